import type { OpenedEnvelope, SealedEnvelope } from '#protocol/envelope'
import { fault as protocolFault } from '#protocol/faults'
import type { Verified } from '#protocol/verified'
import { suspendPeer } from '#store/outbox'
import { keepInQuarantine } from '#store/quarantine'
import type { Store } from '#store/store'

/** Where the stream of a sender stands: the last envelope taken, and its hash; and whether it may send at all. */
export interface Position {
  sequence: number
  hash: string | null
  suspended: string | null
}

/** What is known when a batch begins, read in two statements however many envelopes it has. */
export interface Known {
  readonly positions: ReadonlyMap<string, Position>
  /** Receipts given before, by sender and hash. */
  readonly receipts: ReadonlyMap<string, string>
}

export async function readKnown(store: Store, routes: readonly SealedEnvelope[]): Promise<Known> {
  const senders = [...new Set(routes.map((it) => it.from))]
  const hashes = routes.map((it) => it.hash)
  const [peers, answered] = await Promise.all([
    store.db
      .selectFrom('peers')
      .select(['member', 'in_sequence', 'in_hash', 'suspended'])
      .where((eb) => eb('member', '=', eb.fn.any(eb.val(senders))))
      .execute(),
    store.db
      .selectFrom('inbox')
      .select(['sender', 'hash', 'receipt'])
      .where((eb) => eb('hash', '=', eb.fn.any(eb.val(hashes))))
      .execute(),
  ])
  const rows = new Map(peers.map((it) => [it.member, it]))
  return {
    positions: new Map(
      senders.map((it) => {
        const { in_sequence: sequence = 0, in_hash: hash = null, suspended = null } = rows.get(it) ?? {}
        return [it, { sequence, hash, suspended }]
      }),
    ),
    receipts: new Map(answered.map((it) => [`${it.sender} ${it.hash}`, it.receipt])),
  }
}

/** The next in line goes on; a gap is asked for again; a second envelope at a place that is taken suspends the sender. */
export async function checkOrder(envelope: Verified<OpenedEnvelope>, position: Position, store: Store): Promise<void> {
  const { from, sequence, previous } = envelope
  if (sequence > position.sequence + 1) {
    throw protocolFault('envelope/gap', `Envelope ${position.sequence + 1} is missing.`, {
      details: { expected: position.sequence + 1 },
    })
  }
  if (sequence <= position.sequence || previous !== position.hash) {
    const reason = `Two different envelopes claim sequence ${Math.min(sequence, position.sequence)}.`
    await suspendPeer(store, from, reason)
    position.suspended = reason
    const taken = await readTaken(store, from, Math.min(sequence, position.sequence))
    if (taken !== undefined)
      await keepInQuarantine(store, { sender: from, code: 'envelope/fork', reason, proven: true, ...taken })
    throw protocolFault('envelope/fork', reason, { rule: 'protocol point 4: a fork suspends the peer' })
  }
}

/** The first of the two: as its sender signed it while it is the last one taken, later what our receipt says of it. */
async function readTaken(
  store: Store,
  sender: string,
  sequence: number,
): Promise<{ evidence: string; hash: string } | undefined> {
  const row = await store.db
    .selectFrom('inbox')
    .leftJoin('inbox_tips', (join) =>
      join.onRef('inbox_tips.sender', '=', 'inbox.sender').onRef('inbox_tips.sequence', '=', 'inbox.sequence'),
    )
    .select(['inbox.hash', 'inbox.receipt', 'inbox_tips.signed'])
    .where('inbox.sender', '=', sender)
    .where('inbox.sequence', '=', sequence)
    .executeTakeFirst()
  return row && { evidence: row.signed ?? row.receipt, hash: row.hash }
}
