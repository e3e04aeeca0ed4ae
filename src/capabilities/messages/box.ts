import { sql } from 'kysely'
import { messageKind, type WorkState } from '#capabilities/messages/record'
import { type HeadView, readHeads, tables } from '#capabilities/messages/store'
import type { RecordId } from '#kernel/ids'
import type { Reader } from '#store/reader'
import type { Store } from '#store/store'

export interface BoxFilter {
  readonly box?: 'in' | 'out' | undefined
  readonly state?: WorkState | undefined
  /** Who sent it, or is among its recipients. */
  readonly member?: string | undefined
  /** Issued at or after, and before: instants. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** Words of the subject or the text, each whole or its beginning. */
  readonly words?: readonly string[] | undefined
  readonly after?: string | undefined
  readonly limit: number
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
      if (view !== undefined && mayBeFound(view, filter)) views.push(view)
      place = row
      if (views.length === filter.limit) return { views, next: printPlace(row) }
    }
    if (rows.length < filter.limit) return { views, next: null }
  }
}

/** That a word is in a part which is kept from this person is not theirs to learn. */
function mayBeFound({ body }: HeadView, { words = [] }: BoxFilter): boolean {
  return words.length === 0 || (body.subject !== undefined && body.text !== undefined)
}

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

function messagesIn(store: Store, { box, state, member, from, until, words = [] }: BoxFilter) {
  return tables(store)
    .selectFrom('records')
    .where('records.type', '=', messageKind.type)
    .where('records.state', 'in', ['active', 'suspended'])
    .$if(box !== undefined, (query) => query.where('records.owner', box === 'out' ? '=' : '<>', store.me))
    .$if(state !== undefined, (query) => query.where((eb) => eb.exists(workOf(state as WorkState))))
    .$if(member !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('records.owner', '=', member as string),
          sql<boolean>`coalesce(records.body -> 'to', '[]') ? ${member}::text`,
        ]),
      ),
    )
    .$if(from !== undefined, (query) => query.where('records.issued_at', '>=', from as string))
    .$if(until !== undefined, (query) => query.where('records.issued_at', '<', until as string))
    .$if(words.length > 0, (query) => query.where((eb) => eb.and(words.map(hasWord))))
}

/** Its expression is that of the index `messages_words`. A word without a letter or digit is in no message. */
function hasWord(word: string) {
  return sql<boolean>`to_tsvector('simple', message_words(
      coalesce(records.body ->> 'subject', '') || ' ' || coalesce(records.body ->> 'text', '')))
    @@ (nullif(phraseto_tsquery('simple', message_words(${word}))::text, '') || ':*')::tsquery`
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
