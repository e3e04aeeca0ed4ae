import { makeCheckpoint } from '#capabilities/audit/checkpoint'
import { keepKeys } from '#capabilities/audit/keys'
import { type CheckpointRow, nodesOf, readUnavailable, readWitness } from '#capabilities/audit/store'
import { askEverySeconds, chooseWitnesses, mayAsk } from '#capabilities/audit/witness'
import type { Services } from '#http/services'
import { toHex } from '#kernel/bytes'
import { consistencyProof } from '#ledger/proof'
import type { Change } from '#store/change'

/** Signs the ledger as it stands when it has grown, and asks the witnesses that have not cosigned that much. */
export async function round(services: Services): Promise<CheckpointRow> {
  await keepKeys(services)
  const checkpoint = await makeCheckpoint(services)
  if (checkpoint.size > 0) await askWitnesses(services, checkpoint)
  return checkpoint
}

async function askWitnesses({ store, identity }: Services, { size, note }: CheckpointRow): Promise<void> {
  const now = store.clock.now()
  const witnesses = chooseWitnesses(identity.directory(), identity.me, await readUnavailable(store))
  for (const member of witnesses) {
    const state = await readWitness(store, member)
    if (!mayAsk(state, size, now)) continue
    const proof = await consistencyProof({ oldSize: state.head, newSize: size }, nodesOf(store))
    const change: Change = {
      rows: [
        { op: 'upsert', table: 'audit_witnesses', key: ['member'], values: { member, asked: size, asked_at: now } },
      ],
      send: [
        {
          to: member,
          purpose: 'oversight',
          content: { kind: 'checkpoint', note, oldSize: state.head, proof: proof.map(toHex) },
        },
      ],
      audit: [],
    }
    await store.commit(change)
  }
}

/** Keeps the directory's keys at once, then a round a minute. A round that fails is tried again by the next one. */
export async function startClock(services: Services): Promise<AsyncDisposable> {
  await keepKeys(services)
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = round(services)
      .catch((cause: unknown) => services.log.error({ err: cause }, 'no checkpoint was made'))
      .finally(() => {
        busy = false
      })
  }, askEverySeconds * 1000).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
    },
  }
}
