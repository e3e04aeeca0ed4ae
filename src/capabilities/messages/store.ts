import { sql } from 'kysely'
import { type MessageHead, messageKind, type WorkState } from '#capabilities/messages/record'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { Migration } from '#store/migrate'
import { type Reader, type RecordView, readGrants, viewOf } from '#store/reader'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-message-work',
    sql: `create table message_work (
  thread text not null,
  member text not null,
  direction text not null,
  state text not null,
  deadline timestamptz,
  deadline_rule text,
  stated_deadline timestamptz,
  answer text,
  settled_at timestamptz,
  primary key (thread, member)
);
create index message_work_open on message_work (deadline) where state = 'open';
create index message_work_answer on message_work (answer) where answer is not null;
create index messages_thread on records ((body ->> 'thread')) where type = 'message';`,
  },
]

/** A request between us and one other member: who owes the answer, and until when. */
export interface WorkRow {
  thread: RecordId
  /** The other member: the recipient of our request, or the sender of theirs. */
  member: string
  direction: 'in' | 'out'
  state: WorkState
  /** By our own rule data. */
  deadline: Date | null
  deadline_rule: string | null
  /** What the sender's message states. */
  stated_deadline: Date | null
  answer: RecordId | null
  settled_at: Date | null
}

export type HeadView = RecordView<MessageHead>

export interface BoxFilter {
  readonly box?: 'in' | 'out' | undefined
  readonly state?: WorkState | undefined
  readonly after?: string | undefined
  readonly limit: number
}

function tables(store: Store) {
  return store.db.withTables<{ message_work: WorkRow }>()
}

export function readWork(store: Store, threads: readonly RecordId[]): Promise<WorkRow[]> {
  if (threads.length === 0) return Promise.resolve([])
  return tables(store)
    .selectFrom('message_work')
    .selectAll()
    .where('thread', 'in', [...threads])
    .orderBy('member')
    .execute()
}

export function readWorkWith(
  store: Store,
  { thread, member }: { thread: RecordId; member: string },
): Promise<WorkRow | undefined> {
  return tables(store)
    .selectFrom('message_work')
    .selectAll()
    .where('thread', '=', thread)
    .where('member', '=', member)
    .executeTakeFirst()
}

/** Open requests by the clock that runs out first, then everything else, newest first; as far as the caller may see it. */
export async function readBox(reader: Reader, filter: BoxFilter): Promise<{ views: HeadView[]; next: string | null }> {
  const views: HeadView[] = []
  let place = readPlace(filter.after)
  for (;;) {
    const rows = await readPlaces(reader.store, filter, place)
    const seen = await readHeads(
      reader,
      rows.map((it) => it.id),
    )
    for (const row of rows) {
      const view = seen.get(row.id)
      if (view !== undefined) views.push(view)
      place = row
      if (views.length === filter.limit) return { views, next: printPlace(row) }
    }
    if (rows.length < filter.limit) return { views, next: null }
  }
}

/** The messages of a thread: the first, then by time of making, on which the clocks of two offices need not agree. */
export async function readThread(reader: Reader, thread: RecordId): Promise<HeadView[]> {
  const rows = await reader.store.db
    .selectFrom('records')
    .select('id')
    .where('type', '=', messageKind.type)
    .where((eb) => eb.or([eb('id', '=', thread), eb(eb.ref('body', '->>').key('thread'), '=', thread)]))
    .orderBy((eb) => eb('id', '=', thread), 'desc')
    .orderBy('id')
    .limit(threadLimit)
    .execute()
  return [
    ...(
      await readHeads(
        reader,
        rows.map((it) => it.id),
      )
    ).values(),
  ]
}

/** Other open requests about one of the same records: the same question may have come over another channel. */
export async function readSimilar(reader: Reader, { id, body }: HeadView): Promise<RecordId[]> {
  if (body.concerning.length === 0) return []
  const rows = await tables(reader.store)
    .selectFrom('records')
    .innerJoin('message_work', 'message_work.thread', 'records.id')
    .select('records.id')
    .distinct()
    .where('message_work.state', '=', 'open')
    .where('records.id', '<>', id)
    .where(sql<boolean>`records.body -> 'concerning' ?| ${[...body.concerning]}::text[]`)
    .limit(similarLimit)
    .execute()
  return [
    ...(
      await readHeads(
        reader,
        rows.map((it) => it.id),
      )
    ).keys(),
  ]
}

const threadLimit = 500
const similarLimit = 20

interface Place {
  readonly id: RecordId
  /** The open deadline that runs out first, in milliseconds since 1970; null for what is not open. */
  readonly due: number | null
}

async function readPlaces(store: Store, filter: BoxFilter, after: Place | undefined): Promise<Place[]> {
  const inOpen = after === undefined || after.due !== null
  const open = inOpen ? await readOpen(store, filter, after) : []
  if (filter.state === 'open' || open.length === filter.limit) return open
  const rest = { ...filter, limit: filter.limit - open.length }
  return [...open, ...(await readSettled(store, rest, inOpen ? undefined : after))]
}

function readOpen(store: Store, filter: BoxFilter, after: Place | undefined): Promise<Place[]> {
  // A request to which no rule gives a deadline waits behind those that have one.
  const due = sql<number>`coalesce((extract(epoch from min(message_work.deadline)) * 1000)::bigint, ${Number.MAX_SAFE_INTEGER})`
  const open = tables(store)
    .selectFrom('message_work')
    .select(['thread', due.as('due')])
    .where('state', '=', 'open')
    .groupBy('thread')
    .as('open')
  return messagesIn(store, filter)
    .innerJoin(open, 'open.thread', 'records.id')
    .select(['records.id', 'open.due'])
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('open.due', '>', after?.due as number),
          eb.and([eb('open.due', '=', after?.due as number), eb('records.id', '<', after?.id as RecordId)]),
        ]),
      ),
    )
    .orderBy('open.due')
    .orderBy('records.id', 'desc')
    .limit(filter.limit)
    .execute()
}

async function readSettled(store: Store, filter: BoxFilter, after: Place | undefined): Promise<Place[]> {
  const rows = await messagesIn(store, filter)
    .select('records.id')
    .where((eb) => eb.not(eb.exists(workOf('open'))))
    .$if(after !== undefined, (query) => query.where('records.id', '<', after?.id as RecordId))
    .orderBy('records.id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(({ id }) => ({ id, due: null }))
}

function messagesIn(store: Store, { box, state }: BoxFilter) {
  return tables(store)
    .selectFrom('records')
    .where('records.type', '=', messageKind.type)
    .where('records.state', 'in', ['active', 'suspended'])
    .$if(box !== undefined, (query) => query.where('records.owner', box === 'out' ? '=' : '<>', store.me))
    .$if(state !== undefined, (query) => query.where((eb) => eb.exists(workOf(state as WorkState))))
}

function workOf(state: WorkState) {
  return sql`(select from message_work where message_work.thread = records.id and message_work.state = ${state})`
}

function printPlace({ due, id }: Place): string {
  return `${due ?? '-'}.${id}`
}

function readPlace(text: string | undefined): Place | undefined {
  const [, due, id] = /^(-|\d{1,16})\.(rec_[0-9a-f]{32})$/.exec(text ?? '') ?? []
  return due === undefined ? undefined : { due: due === '-' ? null : Number(due), id: id as RecordId }
}

/** Messages by id, bound to the caller's rights, in the order asked; without the content of attachments, which can be large. */
async function readHeads(reader: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, HeadView>> {
  if (ids.length === 0) return new Map()
  const { store, caller } = reader
  const [rows, grants] = await Promise.all([
    store.db
      .selectFrom('records')
      .select([
        'id',
        'type',
        'schema',
        'owner',
        'version',
        'state',
        'hash',
        'caption',
        'handling',
        'marks',
        'readers',
        'previous',
        'issued_at',
        'expires_at',
        'received_from',
        'read_version',
        withoutContent.as('body'),
      ])
      .where('id', 'in', [...ids])
      .execute(),
    readGrants(store, ids),
  ])
  const views = new Map<RecordId, HeadView>()
  const byId = new Map(rows.map((it) => [it.id, it]))
  for (const id of ids) {
    const row = byId.get(id)
    const view = row && viewOf<MessageHead>(row, { caller, act: 'view', now: store.clock.now(), grants })
    if (view !== undefined) views.set(id, view)
  }
  return views
}

const withoutContent = sql<Record<string, Json>>`jsonb_set(records.body, '{attachments}',
  (select coalesce(jsonb_object_agg(key, value - 'content'), '{}') from jsonb_each(records.body -> 'attachments')), false)`
