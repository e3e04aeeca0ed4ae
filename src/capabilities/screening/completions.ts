import type { Services } from '#http/services'
import { newId } from '#kernel/ids'
import { partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Audited, RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

/**
 * When the people that this node knows were compared with a version of a list, and what came of it. Counted in the same
 * transactions in which the matching writes how far it has read, so that a restart counts nothing twice.
 */

export const completionMigration: Migration = {
  id: '004-completions',
  sql: `create table screening_completions (
  id text primary key,
  list text not null,
  version int,
  content_hash text,
  entries int not null,
  people int not null,
  watched int not null,
  candidates int not null,
  matches int not null,
  begun_at timestamptz not null,
  done_at timestamptz
);
create unique index screening_completions_open on screening_completions (list) where done_at is null;
create index screening_completions_list on screening_completions (list, id);`,
}

export interface CompletionRow {
  id: string
  list: string
  /** Null while it runs: the version is made when all of it is written. */
  version: number | null
  content_hash: string | null
  /** Entries that were added, changed or taken off. */
  entries: number
  /** Subjects of our own, and rows of files under watch, that the entries were compared with. */
  people: number
  watched: number
  /** Possible matches that were put before a person, and matches that were added to files under watch. */
  candidates: number
  matches: number
  begun_at: Date
  done_at: Date | null
}

/** What one turn of the matching did for one list. */
export interface Tally {
  entries: number
  people: number
  watched: number
  candidates: number
  matches: number
}

function table(store: Store) {
  return store.db.withTables<{ screening_completions: CompletionRow }>().selectFrom('screening_completions')
}

/** Newest first; those under way are among them. */
export function readCompletions(
  store: Store,
  { list, limit }: { list?: string | undefined; limit: number },
): Promise<CompletionRow[]> {
  return table(store)
    .selectAll()
    .$if(list !== undefined, (query) => query.where('list', '=', list as string))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** A completion that is under way. */
export interface OpenCompletion {
  readonly row: CompletionRow
  /** Begun in this turn, and not yet written. */
  readonly isNew: boolean
}

/** All that are under way, with one for each of these lists. */
export async function openCompletions(
  lists: Iterable<string>,
  { store }: Services,
): Promise<ReadonlyMap<string, OpenCompletion>> {
  const rows = await table(store).selectAll().where('done_at', 'is', null).execute()
  const open = new Map<string, OpenCompletion>(rows.map((row) => [row.list, { row, isNew: false }]))
  const now = store.clock.now()
  for (const list of lists) if (!open.has(list)) open.set(list, { row: begun(list, now), isNew: true })
  return open
}

interface Turn {
  readonly services: Services
  readonly open: ReadonlyMap<string, OpenCompletion>
  readonly tallies: ReadonlyMap<string, Tally>
  /** Of the last item that was read. */
  readonly sequence: number
}

/** Adds what a turn did, and closes what is now read whole. */
export async function completing({ services, open, tallies, sequence }: Turn): Promise<Outcome> {
  const outcome: Outcome = { rows: [], audit: [], touched: [] }
  if (open.size === 0) return outcome
  const made = await readMade(services.store)
  for (const [list, { row, isNew }] of open) {
    const counted = added(row, tallies.get(list))
    const version = made.get(list)
    const isWhole = version !== undefined && version.changing === null && Number(version.sequence) <= sequence
    if (isWhole) {
      const { version: number, content_hash } = version
      const whole = { ...counted, version: number, content_hash, done_at: services.store.clock.now() }
      outcome.rows.push(write(whole, isNew))
      outcome.audit.push(noted(whole, services))
      outcome.touched.push({ type: 'list', id: list })
    } else if (isNew || tallies.has(list)) outcome.rows.push(write(counted, isNew))
  }
  return outcome
}

interface Outcome {
  readonly rows: RowWrite[]
  readonly audit: Audited[]
  readonly touched: { type: string; id: string }[]
}

function begun(list: string, now: Date): CompletionRow {
  const none = { entries: 0, people: 0, watched: 0, candidates: 0, matches: 0 }
  return {
    id: newId('cmp', now.getTime()),
    list,
    version: null,
    content_hash: null,
    ...none,
    begun_at: now,
    done_at: null,
  }
}

function added(row: CompletionRow, tally: Tally | undefined): CompletionRow {
  if (tally === undefined) return row
  return {
    ...row,
    entries: row.entries + tally.entries,
    people: Math.max(row.people, tally.people),
    watched: Math.max(row.watched, tally.watched),
    candidates: row.candidates + tally.candidates,
    matches: row.matches + tally.matches,
  }
}

function write(row: CompletionRow, isNew: boolean): RowWrite {
  const { id, ...values } = row
  return isNew
    ? { op: 'insert', table: 'screening_completions', values: { ...row } }
    : { op: 'update', table: 'screening_completions', where: { id }, values }
}

function noted(row: CompletionRow, { identity }: Services): Audited {
  const { list, version, content_hash: contentHash, entries, people, watched, candidates, matches } = row
  const node = { actor: { member: partyOf(identity.directory(), identity.me) }, via: 'system' as const }
  return audited('match', node, {
    object: { type: 'list', id: list, ...(version === null ? {} : { version }) },
    details: { stage: 'end', contentHash, entries, people, watched, candidates, matches },
  })
}

interface Made {
  id: string
  version: number | null
  content_hash: string | null
  sequence: string | number | null
  changing: string | null
}

/** The table of lists is read as it is, because capabilities do not know each other. */
async function readMade(store: Store): Promise<Map<string, Made>> {
  const rows = await store.db
    .withTables<{ lists: Made }>()
    .selectFrom('lists')
    .select(['id', 'version', 'content_hash', 'sequence', 'changing'])
    .where('version', 'is not', null)
    .execute()
  return new Map(rows.map((it) => [it.id, it]))
}

/** How many changes of entries of lists wait to be read. */
export async function countWaiting(
  store: Store,
  { types, after }: { types: readonly string[]; after: number },
): Promise<number> {
  if (types.length === 0) return 0
  const row = await store.db
    .selectFrom('changes')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('sequence', '>', after)
    .where('what', 'in', ['record', 'state'])
    .where('type', 'in', [...types])
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
