import { sql } from 'kysely'
import type { Purpose } from '#protocol/handling'
import type { DispatchContent } from '#store/change'
import { fault } from '#store/faults'
import type { Store } from '#store/store'
import type { OutboxState } from '#store/tables'

/** The queue's own bookkeeping: which envelope gets which sequence, what waits for whom, who does not answer. */

export interface OutboxRow {
  readonly id: number
  readonly recipient: string
  readonly purpose: Purpose
  readonly content: DispatchContent
}

export interface SealedRow {
  readonly sequence: number
  readonly hash: string
  readonly signed: string
}

/** Written out, so that the partial index over what is open serves whatever the plan. */
const isOpen = sql<OutboxState>`('waiting', 'sealed')`

/** What sealing made of a row: the signed envelope, or the reason for which it does not go. */
export type Sealing =
  | { readonly signed: string; readonly hash: string }
  | { readonly refused: { readonly code: string; readonly rule: string } }

/** Reads what these rows speak of, and returns what signs one of them at the sequence and after the hash given. */
export type SignRows = (
  rows: readonly OutboxRow[],
) => Promise<(row: OutboxRow, place: { sequence: number; previous: string | null }) => Promise<Sealing>>

/**
 * Gives the next rows for a recipient their sequences and signed envelopes, and returns those beyond `after` that are sealed and
 * unanswered, oldest first. Signed text is stored before it is sent: after a crash the same bytes go again, never a second
 * envelope at one sequence. Rows are claimed with `for update skip locked`. Throws `store/conflict` when another sealed meanwhile.
 */
export async function sealNext(
  store: Store,
  recipient: string,
  { after, limit, sign }: { after: number; limit: number; sign: SignRows },
): Promise<SealedRow[]> {
  return store.db.transaction().execute(async (tx) => {
    const open = await tx
      .selectFrom('outbox')
      .select(['id', 'recipient', 'purpose', 'content', 'state', 'sequence', 'hash', 'signed'])
      .where('recipient', '=', recipient)
      .where('state', 'in', isOpen)
      .where((eb) => eb.or([eb('sequence', 'is', null), eb('sequence', '>', after)]))
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    const sealed: SealedRow[] = []
    const fresh = open.filter((it) => it.state === 'waiting')
    for (const it of open)
      if (it.state === 'sealed') sealed.push({ sequence: it.sequence!, hash: it.hash!, signed: it.signed! })
    if (fresh.length === 0) return sealed

    await sql`insert into peers (member) values (${recipient}) on conflict do nothing`.execute(tx)
    const peer = await tx
      .selectFrom('peers')
      .select(['out_sequence', 'out_hash'])
      .where('member', '=', recipient)
      .executeTakeFirstOrThrow()
    let place = { sequence: peer.out_sequence + 1, previous: peer.out_hash }
    const done: Record<string, unknown>[] = []
    const rows = fresh.map(({ id, purpose, content }) => ({ id, recipient, purpose: purpose as Purpose, content }))
    const signRow = await sign(rows)
    for (const row of rows) {
      const sealing = await signRow(row, place)
      if ('refused' in sealing) {
        done.push({ id: row.id, state: 'refused', code: sealing.refused.code, rule: sealing.refused.rule })
        continue
      }
      done.push({ id: row.id, state: 'sealed', sequence: place.sequence, hash: sealing.hash, signed: sealing.signed })
      sealed.push({ sequence: place.sequence, hash: sealing.hash, signed: sealing.signed })
      place = { sequence: place.sequence + 1, previous: sealing.hash }
    }
    await sql`update outbox set state = it.state, sequence = it.sequence, hash = it.hash, signed = it.signed, receipt_code = it.code, receipt_rule = it.rule
      from jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as it (id bigint, state text, sequence bigint, hash text, signed text, code text, rule text)
      where outbox.id = it.id`.execute(tx)
    const kept = done.filter((it) => it.state === 'refused').map((it) => it.id as number)
    if (kept.length > 0) {
      await sql`update holdings set state = 'rejected', since = now() from outbox
        where outbox.id = any(${kept}) and outbox.record_id = holdings.record_id and outbox.recipient = holdings.member
          and outbox.content ->> 'kind' = 'record' and holdings.state = 'sent'`.execute(tx)
    }
    // What comes in from the same peer writes this row too: it is not held while the envelopes are signed.
    const { numUpdatedRows } = await tx
      .updateTable('peers')
      .set({ out_sequence: place.sequence - 1, out_hash: place.previous })
      .where('member', '=', recipient)
      .where('out_sequence', '=', peer.out_sequence)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw fault('store/conflict', 'Another envelope to this member was sealed meanwhile.')
    return sealed
  })
}

export async function recipientsDue(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('outbox').select('recipient').distinct().where('state', 'in', isOpen).execute()
  return rows.map((it) => it.recipient)
}

/** Sealed rows from a sequence on, answered or not: what a peer with a gap asks for again. */
export async function resealFrom(store: Store, recipient: string, sequence: number): Promise<number> {
  const { numUpdatedRows } = await store.db
    .updateTable('outbox')
    .set({ state: 'sealed' })
    .where('recipient', '=', recipient)
    .where('sequence', '>=', sequence)
    .where('state', '=', 'delivered')
    .where('signed', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function noteContact(store: Store, member: string, problem: string | null): Promise<void> {
  await sql`insert into peers (member, seen_at, problem, failing_since)
    values (${member}, ${problem === null ? sql`now()` : null}, ${problem}, ${problem === null ? null : sql`now()`})
    on conflict (member) do update set problem = excluded.problem,
      seen_at = coalesce(excluded.seen_at, peers.seen_at),
      failing_since = case when excluded.problem is null then null else coalesce(peers.failing_since, now()) end`.execute(
    store.db,
  )
}

/** Suspends a peer after a fork, until a person has looked at the evidence. */
export async function suspendPeer(store: Store, member: string, reason: string): Promise<void> {
  await sql`insert into peers (member, suspended) values (${member}, ${reason}) on conflict (member) do update set suspended = excluded.suspended`.execute(
    store.db,
  )
}
