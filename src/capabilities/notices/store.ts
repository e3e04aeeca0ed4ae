import type { Answer, GateFlag, Proposal, Standing } from '#capabilities/notices/standing'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-notices',
    sql: `create table notices (
  id text primary key,
  role text not null,
  type text not null,
  channel text not null,
  owner text not null,
  place text not null,
  version int not null,
  hash text not null,
  local text,
  bound text,
  flags jsonb not null default '[]',
  due_at timestamptz,
  due_rule text,
  proposal jsonb,
  decision jsonb,
  expires_at text not null,
  updated_at timestamptz not null
);
create index notices_place on notices (place, id);

create table notice_events (
  id bigint generated always as identity primary key,
  notice text not null,
  at timestamptz not null,
  what text not null,
  member text not null,
  person text,
  note text,
  details jsonb not null default '{}'
);
create index notice_events_notice on notice_events (notice, id);

create table notice_refusals (
  id text primary key,
  member text not null,
  type text not null,
  channel text not null,
  reason text not null,
  at timestamptz not null
);
create index notice_refusals_member on notice_refusals (member, at);

create table notice_shields (
  id text primary key,
  kind text not null,
  country text not null,
  properties jsonb not null,
  note text not null,
  added_by text not null,
  added_at timestamptz not null
);`,
  },
]

export interface NoticeRow extends Standing {
  id: RecordId
  type: string
  channel: string
  owner: string
  due_at: Date | null
  due_rule: string | null
  proposal: Proposal | null
  decision: Answer | null
  expires_at: string
  updated_at: Date
}

export interface NoticeEvent {
  id: number
  notice: string
  at: Date
  what: string
  member: string
  person: string | null
  note: string | null
  details: Record<string, Json>
}

/** A person whom this state protects, or about whom it has decided already: known to this node alone (`local-gate.ts`). */
export interface ShieldRow {
  id: string
  kind: 'protection' | 'final-decision'
  /** From which state protection was given; for a final decision, the state whose request it bars, or `*`. */
  country: string
  properties: Record<string, string[]>
  note: string
  added_by: string
  added_at: Date
}

export interface RefusalRow {
  id: string
  member: string
  type: string
  channel: string
  reason: string
  at: Date
}

export function tables(store: Store) {
  return store.db.withTables<{
    notices: NoticeRow
    notice_events: NoticeEvent
    notice_refusals: RefusalRow
    notice_shields: ShieldRow
  }>()
}

export function readNoticeRow(store: Store, id: string): Promise<NoticeRow | undefined> {
  return tables(store)
    .selectFrom('notices')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst()
}

export interface NoticeFilter {
  readonly role?: string | undefined
  readonly type?: string | undefined
  readonly place?: string | undefined
  readonly local?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Newest first. */
export function readNoticeRows(
  store: Store,
  { role, type, place, local, after, limit }: NoticeFilter,
): Promise<NoticeRow[]> {
  return tables(store)
    .selectFrom('notices')
    .selectAll()
    .$if(role !== undefined, (query) => query.where('role', '=', role as NoticeRow['role']))
    .$if(type !== undefined, (query) => query.where('type', '=', type as string))
    .$if(place !== undefined, (query) => query.where('place', '=', place as NoticeRow['place']))
    .$if(local !== undefined, (query) => query.where('local', '=', local as NonNullable<NoticeRow['local']>))
    .$if(after !== undefined, (query) => query.where('id', '<', after as RecordId))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Notices on which something may wait, the clock that runs out first on top. */
export function readOpenRows(store: Store, limit: number): Promise<NoticeRow[]> {
  return tables(store)
    .selectFrom('notices')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('place', 'in', ['submitted', 'in-review', 'information-asked', 'refused']),
        eb('local', '=', 'review'),
        eb('proposal', 'is not', null),
        eb('due_rule', 'is not', null),
      ]),
    )
    .orderBy('due_at', (it) => it.asc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute()
}

export function readEvents(store: Store, notice: string): Promise<NoticeEvent[]> {
  return tables(store).selectFrom('notice_events').selectAll().where('notice', '=', notice).orderBy('id').execute()
}

export function readRefusals(store: Store, { member, since }: { member?: string; since: Date }): Promise<RefusalRow[]> {
  return tables(store)
    .selectFrom('notice_refusals')
    .selectAll()
    .where('at', '>=', since)
    .$if(member !== undefined, (query) => query.where('member', '=', member as string))
    .orderBy('at', 'desc')
    .limit(500)
    .execute()
}

export function readShields(store: Store): Promise<ShieldRow[]> {
  return tables(store).selectFrom('notice_shields').selectAll().orderBy('id').execute()
}

/** What a notice's row repeats of it goes with it. */
export const forget = (id: RecordId): readonly RowWrite[] => [
  { op: 'delete', table: 'notices', where: { id } },
  { op: 'delete', table: 'notice_events', where: { notice: id } },
]

export const asJson = (value: object): Json => value as Json

interface Event {
  readonly notice: string
  readonly at: Date
  readonly what: string
  readonly member: string
  readonly person?: string | null | undefined
  readonly note?: string | null | undefined
  readonly details?: Record<string, Json>
}

export const eventRow = ({ person = null, note = null, details = {}, ...rest }: Event): RowWrite => ({
  op: 'insert',
  table: 'notice_events',
  values: { ...rest, person, note, details },
})

export const asFlags = (flags: readonly GateFlag[]): Json => [...flags]
