import { type Kysely, sql } from 'kysely'
import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'
import type { HoldingState, OutboxState, Tables } from '#store/tables'

/** One line of the delivery ledger (protocol point 7): a member, the version that it has said it holds, what is still open. */
export interface Holding {
  readonly member: string
  readonly version: number
  readonly state: HoldingState
  readonly via: string | null
  readonly readVersion: number | null
  readonly since: string
  /** The newest thing sent and not yet answered. */
  readonly open: { readonly kind: string; readonly since: string; readonly problem: string | null } | null
  /** The newest refusal: by the recipient, or by our own policy before dispatch. */
  readonly refusal: { readonly code: string; readonly rule: string | null } | null
}

export function readHoldings({ reads }: Store, record: RecordId): Promise<readonly Holding[]> {
  return reads.holdings.load(record)
}

interface HoldingRow {
  readonly record: string
  readonly member: string
  readonly version: number
  readonly state: HoldingState
  readonly via: string | null
  readonly read_version: number | null
  readonly since: Date
  readonly open_kind: string | null
  readonly open_since: Date
  readonly problem: string | null
  readonly last_state: OutboxState | null
  readonly last_status: string | null
  readonly last_code: string | null
  readonly last_rule: string | null
}

/** One statement, so that a row is never both held and still open. */
export async function selectHoldings(
  db: Kysely<Tables>,
  records: readonly string[],
): Promise<{ record: string; holding: Holding }[]> {
  const { rows } = await sql<HoldingRow>`
    select it.record_id as record, it.member, it.version, it.state, it.via, it.read_version, it.since,
      open.kind as open_kind, open.created_at as open_since, peers.problem,
      last.state as last_state, last.receipt_status as last_status, last.receipt_code as last_code, last.receipt_rule as last_rule
    from holdings as it
    left join peers on peers.member = it.member
    left join lateral (
      select content ->> 'kind' as kind, created_at from outbox
      where record_id = it.record_id and recipient = it.member and state in ('waiting', 'sealed')
      order by id desc limit 1
    ) as open on true
    left join lateral (
      select state, receipt_status, receipt_code, receipt_rule from outbox
      where record_id = it.record_id and recipient = it.member
      order by id desc limit 1
    ) as last on true
    where it.record_id = any(${records})
    order by it.record_id, it.member`.execute(db)
  return rows.map((row) => ({ record: row.record, holding: holdingOf(row) }))
}

function holdingOf(row: HoldingRow): Holding {
  const refused = row.last_status === 'rejected' || row.last_state === 'refused'
  return {
    member: row.member,
    version: row.version,
    state: row.state,
    via: row.via,
    readVersion: row.read_version,
    since: row.since.toISOString(),
    open:
      row.open_kind === null
        ? null
        : { kind: row.open_kind, since: row.open_since.toISOString(), problem: row.problem },
    refusal: refused ? { code: row.last_code ?? 'refused', rule: row.last_rule } : null,
  }
}

/** Members that hold, or may yet come to hold, a record of ours. */
export async function readHolders(store: Store, record: RecordId): Promise<string[]> {
  const rows = await store.db
    .selectFrom('holdings')
    .select('member')
    .where('record_id', '=', record)
    .where('state', 'in', ['sent', 'held', 'recalling'])
    .execute()
  return rows.map((it) => it.member)
}
