import type { RecordId } from '#kernel/ids'
import type { Store } from '#store/store'
import type { HoldingState } from '#store/tables'

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

export async function readHoldings(store: Store, record: RecordId): Promise<Holding[]> {
  const [rows, sent] = await Promise.all([
    store.db.selectFrom('holdings').selectAll().where('record_id', '=', record).orderBy('member').execute(),
    store.db
      .selectFrom('outbox')
      .leftJoin('peers', 'peers.member', 'outbox.recipient')
      .select([
        'outbox.recipient',
        'outbox.content',
        'outbox.state',
        'outbox.created_at',
        'outbox.receipt_status',
        'outbox.receipt_code',
        'outbox.receipt_rule',
        'peers.problem',
      ])
      .where('outbox.record_id', '=', record)
      .orderBy('outbox.id', 'desc')
      .execute(),
  ])
  return rows.map((it) => {
    const mine = sent.filter((row) => row.recipient === it.member)
    const open = mine.find((row) => row.state === 'waiting' || row.state === 'sealed')
    const refused = mine[0]?.receipt_status === 'rejected' || mine[0]?.state === 'refused' ? mine[0] : undefined
    return {
      member: it.member,
      version: it.version,
      state: it.state,
      via: it.via,
      readVersion: it.read_version,
      since: it.since.toISOString(),
      open:
        open === undefined
          ? null
          : { kind: open.content.kind, since: open.created_at.toISOString(), problem: open.problem },
      refusal: refused === undefined ? null : { code: refused.receipt_code ?? 'refused', rule: refused.receipt_rule },
    }
  })
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
