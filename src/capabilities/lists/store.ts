import { sql } from 'kysely'
import { definitionMigration } from '#capabilities/lists/definitions'
import { downloadMigration } from '#capabilities/lists/download-store'
import { anywhere, importMigration } from '#capabilities/lists/imports'
import type { Listing } from '#capabilities/lists/record'
import { shareMigration } from '#capabilities/lists/share-store'
import { versionMigration } from '#capabilities/lists/versions'
import type { RecordId } from '#kernel/ids'
import { openRecord } from '#protocol/record'
import { followerPositions } from '#store/follow'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'
import { storedVersion } from '#store/stored-version'

export const migrations: readonly Migration[] = [
  {
    id: '001-lists',
    sql: `create table lists (
  id text primary key,
  generated_at text,
  imported_at timestamptz not null,
  imported_by text,
  entries int not null,
  report jsonb not null
);
create table list_entries (
  list text not null,
  ref text not null,
  record text not null,
  digest text not null,
  primary key (list, ref)
);
create table list_shares (list text not null, member text not null, since timestamptz not null default now(), primary key (list, member));`,
  },
  importMigration,
  shareMigration,
  definitionMigration,
  versionMigration,
  downloadMigration,
]

export interface ImportReport {
  readonly list: string
  readonly generatedAt: string | null
  readonly entries: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  /** How many of each schema, and how many names, documents and other held things the file has. */
  readonly counts: Readonly<Record<string, number>>
  readonly rejected: readonly { readonly where: string; readonly code: string; readonly reason: string }[]
  readonly seconds: number
}

interface ListRow {
  id: string
  generated_at: string | null
  imported_at: Date
  imported_by: string | null
  entries: number
  report: ImportReport
  version: number | null
  content_hash: string | null
  /** Of the change feed: what matching has worked through from there on holds all of the version. */
  sequence: number | null
  /** The import that is writing, or was cut short while it did. */
  changing: string | null
}

export interface EntryRow {
  list: string
  ref: string
  record: RecordId
  digest: string
}

function tables(store: Store) {
  return store.db.withTables<{
    lists: ListRow
    list_entries: EntryRow
    list_shares: { list: string; member: string; since: Date }
  }>()
}

export function readLists(store: Store): Promise<ListRow[]> {
  return tables(store).selectFrom('lists').selectAll().orderBy('id').execute()
}

export async function readEntries(store: Store, list: string): Promise<Map<string, EntryRow>> {
  const rows = await tables(store).selectFrom('list_entries').selectAll().where('list', '=', list).execute()
  return new Map(rows.map((it) => [it.ref, it]))
}

export async function readListMembers(store: Store, list: string): Promise<string[]> {
  const rows = await tables(store).selectFrom('list_shares').select('member').where('list', '=', list).execute()
  return rows.map((it) => it.member)
}

/** The members that each list is shared with. */
export async function readShares(store: Store): Promise<Map<string, { member: string; since: Date }[]>> {
  const rows = await tables(store).selectFrom('list_shares').selectAll().orderBy('member').execute()
  return Map.groupBy(rows, (it) => it.list)
}

/**
 * How many entries of each list a search can find now: those that are active and that the matching, which follows the change
 * feed at its own pace, has worked through. The name of its follower is read as it is, because capabilities do not know each other.
 */
export async function readFindable(store: Store): Promise<Map<string, number>> {
  const position = followerPositions(store).get('screening') ?? 0
  const { rows } = await sql<{ list: string; findable: number }>`
    select it.list, count(*)::int as findable from list_entries as it
    join records on records.id = it.record and records.state = 'active'
    where not exists (select from changes where changes.sequence > ${position} and changes.id = it.record)
    group by it.list`.execute(store.db)
  return new Map(rows.map((it) => [it.list, it.findable]))
}

export interface EntryFilter {
  /** Part of a name, or the number by which the list or people cite the entry. */
  readonly q?: string | undefined
  readonly schema?: string | undefined
  readonly programme?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Records of the entries of a list that fit the filter, newest first; who asks may not be allowed to see all of them. */
export async function readEntryIds(store: Store, list: string, filter: EntryFilter): Promise<RecordId[]> {
  const { q, schema, programme, after, limit } = filter
  const text = q === undefined ? null : anywhere(q)
  const { rows } = await sql<{ record: RecordId }>`
    select it.record from list_entries as it join records on records.id = it.record
    where it.list = ${list}
      and (${after ?? null}::text is null or it.record < ${after ?? null})
      and (${schema ?? null}::text is null or records.body ->> 'schema' = ${schema ?? null})
      and (${programme ?? null}::text is null or records.body -> 'programmes' ? ${programme ?? null})
      and (${text}::text is null or it.ref = ${q ?? null} or records.body ->> 'reference' ilike ${text}
        or exists (select from jsonb_array_elements(records.body -> 'names') as name where name ->> 'value' ilike ${text}))
    order by it.record desc limit ${limit}`.execute(store.db)
  return rows.map((it) => it.record)
}

/** Kinds and programmes that the entries of a list have, with how many of each: what one can filter by. */
export async function readFacets(store: Store, list: string) {
  const { rows } = await sql<{ facet: 'schema' | 'programme'; value: string; count: number }>`
    with held as (
      select records.body from list_entries as it join records on records.id = it.record where it.list = ${list}
    )
    select 'schema' as facet, body ->> 'schema' as value, count(*)::int as count from held group by 2
    union all
    select 'programme', programme, count(*)::int from held, jsonb_array_elements_text(body -> 'programmes') as programme group by 2
    order by facet, count desc, value`.execute(store.db)
  return rows
}

/** The entry as it is in each of these versions and in the one before it, by record and version. Read what the caller may see only. */
export async function readVersionsOf(
  store: Store,
  versions: readonly { readonly record: string; readonly version: number }[],
): Promise<Map<string, Listing>> {
  if (versions.length === 0) return new Map()
  const rows = await store.db
    .selectFrom('record_versions')
    .select(['record_id', 'version', 'signed', 'disclosures'])
    .where((eb) =>
      eb.or(
        versions.map((it) =>
          eb.and([eb('record_id', '=', it.record), eb('version', 'in', [it.version - 1, it.version])]),
        ),
      ),
    )
    .execute()
  return new Map(rows.map((it) => [`${it.record_id} ${it.version}`, openRecord<Listing>(storedVersion(it)).body]))
}
