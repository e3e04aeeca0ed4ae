import { fault } from '#capabilities/audit/faults'
import { originOf } from '#capabilities/audit/keys'
import { type CheckpointRow, nodesOf, readCheckpoint, readCosignatures, readFrontier } from '#capabilities/audit/store'
import type { Services } from '#http/services'
import { fromHex, toHex } from '#kernel/bytes'
import { isFault } from '#kernel/fault'
import { parseCheckpoint, signCheckpoint, withSignatures } from '#ledger/checkpoint'
import { type Frontier, rootOfFrontier } from '#ledger/frontier'
import { verifyConsistency } from '#ledger/merkle'
import { consistencyProof, type ReadNode } from '#ledger/proof'
import type { Store } from '#store/store'

/**
 * The newest checkpoint: a new one when the ledger has grown. Bookkeeping of checkpoints writes no audit entry, so a quiet
 * ledger needs none. Throws `audit/rewritten` instead of signing what contradicts the one before.
 */
export async function makeCheckpoint({ store, identity }: Services): Promise<CheckpointRow> {
  const [head, last] = await Promise.all([readFrontier(store), readCheckpoint(store)])
  const root = rootOfFrontier(head)
  if (last !== undefined) await checkGrowth(last, head, nodesOf(store))
  if (last?.size === head.size) return last
  const origin = originOf(identity.directory(), identity.me)
  const note = signCheckpoint({ origin, size: head.size, root }, identity.signingKey().keyObject)
  const made = { size: head.size, root: toHex(root), note, at: store.clock.now() }
  await store.commit({
    rows: [{ op: 'insert', table: 'audit_checkpoints', values: made, orIgnore: true }],
    audit: [],
  })
  return made
}

async function checkGrowth(last: CheckpointRow, head: Frontier, readNode: ReadNode): Promise<void> {
  const rewritten = () =>
    fault('audit/rewritten', `The ledger no longer continues what was signed at ${last.size} entries.`, {
      rule: 'protocol point 10',
      details: { signed: last.size, size: head.size },
    })
  if (last.size > head.size) throw rewritten()
  const proof = await consistencyProof({ oldSize: last.size, newSize: head.size }, readNode).catch((cause: unknown) => {
    if (isFault(cause, 'ledger/missing-node')) throw rewritten()
    throw cause
  })
  const holds = verifyConsistency({
    oldSize: last.size,
    newSize: head.size,
    oldRoot: fromHex(last.root),
    newRoot: rootOfFrontier(head),
    proof,
  })
  if (!holds) throw rewritten()
}

/** The notes of these checkpoints, each with the cosignatures that came back. */
export async function cosignedNotes(store: Store, rows: readonly CheckpointRow[]) {
  const lines = await readCosignatures(
    store,
    rows.map((it) => it.size),
  )
  return rows.map(({ size, root, note, at }) => {
    const cosigned = lines.get(size) ?? []
    return {
      size,
      root,
      at: at.toISOString(),
      note:
        cosigned.length === 0
          ? note
          : withSignatures(
              parseCheckpoint(note),
              cosigned.map((it) => it.line),
            ),
      cosigners: cosigned.map((it) => ({ member: it.member, at: it.at.toISOString() })),
    }
  })
}
