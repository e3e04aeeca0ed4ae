import type { Services } from '#http/services'
import { newId } from '#kernel/ids'
import { partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
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

interface Turn {
  readonly services: Services
  readonly tallies: ReadonlyMap<string, Tally>
  /** Of the last item that was read. */
  readonly sequence: number
}

/** Adds what a turn did, and closes what is now read whole. Nothing, when the turn had nothing to do with a list. */
export async function completing({ services, tallies, sequence }: Turn): Promise<Change | undefined> {
  const { store } = services
  const open = new Map(
    (await table(store).selectAll().where('done_at', 'is', null).execute()).map((it) => [it.list, it]),
  )
  if (tallies.size === 0 && open.size === 0) return undefined
  const made = await readMade(store)
  const now = store.clock.now()
  const changes: Change[] = []
  for (const list of new Set([...tallies.keys(), ...open.keys()])) {
    const before = open.get(list)
    const row = added(before ?? begun(list, now), tallies.get(list))
    const version = made.get(list)
    const isWhole = version !== undefined && version.changing === null && Number(version.sequence) <= sequence
    const values = isWhole
      ? { ...row, version: version.version, content_hash: version.content_hash, done_at: now }
      : row
    if (before === undefined || isWhole || tallies.has(list))
      changes.push(isWhole ? done(values, { services, before }) : { rows: [write(values, before)], audit: [] })
  }
  return changes.length === 0
    ? undefined
    : {
        rows: changes.flatMap((it) => it.rows ?? []),
        audit: changes.flatMap((it) => it.audit),
        touched: changes.flatMap((it) => it.touched ?? []),
      }
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

function write(row: CompletionRow, before: CompletionRow | undefined): RowWrite {
  const { id, ...values } = row
  return before === undefined
    ? { op: 'insert', table: 'screening_completions', values: { ...row } }
    : { op: 'update', table: 'screening_completions', where: { id }, values }
}

function done(
  row: CompletionRow,
  { services, before }: { services: Services; before: CompletionRow | undefined },
): Change {
  const { list, version, content_hash: contentHash, entries, people, watched, candidates, matches } = row
  const node = {
    actor: { member: partyOf(services.identity.directory(), services.identity.me) },
    via: 'system' as const,
  }
  return {
    rows: [write(row, before)],
    touched: [{ type: 'list', id: list }],
    audit: [
      audited('match', node, {
        object: { type: 'list', id: list, ...(version === null ? {} : { version }) },
        details: { stage: 'end', contentHash, entries, people, watched, candidates, matches },
      }),
    ],
  }
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

/** How many changes of entries of lists wait to be read, and since when nothing older does. */
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
