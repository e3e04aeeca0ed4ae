import { sql } from 'kysely'
import { type MessageHead, messageKind, type WorkState } from '#capabilities/messages/record'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { readGrants } from '#store/grants'
import type { Migration } from '#store/migrate'
import { type Reader, type RecordView, viewOf } from '#store/reader'
import { headColumns } from '#store/record-heads'
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
  {
    // Words without case, accents and vowel signs, whatever the locale of the database; no stems, which differ by language. The
    // index keeps nothing beside the record itself, so that what is erased there is erased here.
    id: '002-message-words',
    sql: `create function message_words(text) returns text language sql immutable strict parallel safe as $words$
  select regexp_replace(
    regexp_replace(normalize(lower($1 collate "und-x-icu"), NFKD), '[\\u0300-\\u036f\\u0640\\u064b-\\u065f\\u0670]', '', 'g'),
    '[^[:alnum:]]+', ' ', 'g')
$words$;
create index messages_words on records using gin (
  to_tsvector('simple', message_words(coalesce(body ->> 'subject', '') || ' ' || coalesce(body ->> 'text', '')))
) where type = 'message';`,
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

export function tables(store: Store) {
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

/** Messages by id, bound to the caller's rights, in the order asked; without the content of attachments, which can be large. */
export async function readHeads(reader: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, HeadView>> {
  if (ids.length === 0) return new Map()
  const { store, caller } = reader
  const [rows, grants] = await Promise.all([
    store.db
      .selectFrom('records')
      .select([...headColumns, withoutContent.as('body')])
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
