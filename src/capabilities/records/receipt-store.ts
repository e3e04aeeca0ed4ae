import { sql } from 'kysely'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'

/** Something sent about a record that its recipient has not answered, the oldest for each pair of them. */
export interface Unanswered {
  readonly record: RecordId
  readonly member: string
  readonly kind: 'record' | 'recall'
  readonly count: number
  readonly since: string
  /** Whether it was signed and sent, or still waits for what goes before it. */
  readonly sent: boolean
  readonly problem: string | null
  readonly failingSince: string | null
  readonly seenAt: string | null
  readonly followUp: { readonly at: string; readonly name: string; readonly reason: string } | null
}

interface Row {
  readonly record: RecordId
  readonly member: string
  readonly kind: 'record' | 'recall'
  readonly count: number
  readonly since: Date
  readonly state: string
  readonly problem: string | null
  readonly failing_since: Date | null
  readonly seen_at: Date | null
  readonly followed_at: Date | null
  readonly name: string | null
  readonly reason: string | null
}

const listLimit = 500

/** What was sent before an instant and is unanswered, oldest first. A follow-up counts only when it came after it was sent. */
export async function readUnanswered(store: Store, before: Date): Promise<Unanswered[]> {
  const { rows } = await sql<Row>`
    select it.record_id as record, it.recipient as member, it.kind, it.count, it.since, it.state,
      peers.problem, peers.failing_since, peers.seen_at, follow.at as followed_at, follow.name, follow.reason
    from (
      select distinct on (record_id, recipient) record_id, recipient, content ->> 'kind' as kind, created_at as since, state,
        (count(*) over (partition by record_id, recipient))::int as count
      from outbox
      where state in ('waiting', 'sealed') and record_id is not null and content ->> 'kind' in ('record', 'recall')
      order by record_id, recipient, id
    ) as it
    left join peers on peers.member = it.recipient
    left join receipt_follow_ups as follow
      on follow.record = it.record_id and follow.member = it.recipient and follow.at >= it.since
    where it.since <= ${before}
    order by it.since
    limit ${listLimit}`.execute(store.db)
  return rows.map((row) => ({
    record: row.record,
    member: row.member,
    kind: row.kind,
    count: row.count,
    since: row.since.toISOString(),
    sent: row.state === 'sealed',
    problem: row.problem,
    failingSince: row.failing_since?.toISOString() ?? null,
    seenAt: row.seen_at?.toISOString() ?? null,
    followUp:
      row.followed_at === null
        ? null
        : { at: row.followed_at.toISOString(), name: row.name ?? '', reason: row.reason ?? '' },
  }))
}

export async function hasOpen(store: Store, record: RecordId, member: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('outbox')
    .select('id')
    .where('record_id', '=', record)
    .where('recipient', '=', member)
    .where('state', 'in', ['waiting', 'sealed'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A record of ours that is being taken back: how many were told, and how many have erased it. */
export interface OpenRecall {
  readonly record: RecordId
  readonly since: string
  readonly told: number
  readonly erased: number
}

/** Recalls that somebody has not answered yet, newest first. Who had refused the record had nothing to erase. */
export async function readOpenRecalls(store: Store): Promise<OpenRecall[]> {
  const { rows } = await sql<{ record: RecordId; since: Date; told: number; erased: number }>`
    select it.record_id as record, min(sent.created_at) as since, count(distinct it.member)::int as told,
      (count(distinct it.member) filter (where it.state = 'erased'))::int as erased
    from holdings as it
    join records on records.id = it.record_id and records.state = 'withdrawn' and records.owner = ${store.me}
    join outbox as sent on sent.record_id = it.record_id and sent.recipient = it.member
      and sent.content ->> 'kind' = 'recall' and sent.content ->> 'state' = 'withdrawn'
    where it.state <> 'rejected'
    group by it.record_id
    having bool_or(it.state <> 'erased')
    order by since desc
    limit ${listLimit}`.execute(store.db)
  return rows.map((it) => ({ ...it, since: it.since.toISOString() }))
}
