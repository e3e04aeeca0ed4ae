import { sql } from 'kysely'
import type { ImportReport } from '#capabilities/lists/store'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

/** Imports as they are kept: who began one, when, with which files, how it ended, and what it changed. */

export const importMigration: Migration = {
  id: '002-imports',
  sql: `create table list_imports (
  id text primary key,
  list text not null,
  state text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  by_id text,
  by_name text,
  files jsonb not null,
  report jsonb,
  problem jsonb
);
create index list_imports_list on list_imports (list, id);
create table list_changes (
  import text not null,
  ref text not null,
  change text not null,
  record text not null,
  version int not null,
  primary key (import, ref)
);
create index list_changes_record on list_changes (record);`,
}

export const changeKinds = ['added', 'changed', 'removed'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** `interrupted`: the node ended while it ran. What was written stays, and the next import of the same files goes on there. */
export type ImportState = 'running' | 'done' | 'failed' | 'interrupted'

export interface HandedIn {
  readonly part: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

export interface ImportProblem {
  readonly code: string
  readonly title: string
  readonly rule: string | null
}

export interface ImportRow {
  id: string
  list: string
  state: ImportState
  started_at: Date
  ended_at: Date | null
  by_id: string | null
  by_name: string | null
  files: readonly HandedIn[]
  report: ImportReport | null
  problem: ImportProblem | null
  /** Why the checks were overridden. */
  forced: string | null
  /** The version of the list that it made, or found to be the same. */
  version: number | null
}

export interface ListChange {
  readonly import: string
  readonly ref: string
  readonly change: ChangeKind
  readonly record: string
  readonly version: number
}

function tables(store: Store) {
  return store.db.withTables<{ list_imports: ImportRow; list_changes: ListChange }>()
}

export function readImport(store: Store, list: string, id: string): Promise<ImportRow | undefined> {
  return tables(store)
    .selectFrom('list_imports')
    .selectAll()
    .where('list', '=', list)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Newest first; ids grow with time. */
export function readImports(
  store: Store,
  list: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<ImportRow[]> {
  return tables(store)
    .selectFrom('list_imports')
    .selectAll()
    .where('list', '=', list)
    .$if(after !== undefined, (query) => query.where('id', '<', after as string))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** The newest import of each list. */
export async function readLastImports(store: Store): Promise<Map<string, ImportRow>> {
  const rows = await tables(store)
    .selectFrom('list_imports')
    .selectAll()
    .distinctOn('list')
    .orderBy('list')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((it) => [it.list, it]))
}

/** Imports that no end was written for. */
export async function readUnended(store: Store): Promise<{ id: string; list: string }[]> {
  return tables(store).selectFrom('list_imports').select(['id', 'list']).where('state', '=', 'running').execute()
}

export interface ChangeFilter {
  readonly change?: ChangeKind | undefined
  readonly q?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export async function readChanges(
  store: Store,
  id: string,
  { change, q, after, limit }: ChangeFilter,
): Promise<ListChange[]> {
  return tables(store)
    .selectFrom('list_changes')
    .innerJoin('records', 'records.id', sql`list_changes.record` as never)
    .selectAll('list_changes')
    .where('import', '=', id)
    .$if(change !== undefined, (query) => query.where('change', '=', change as ChangeKind))
    .$if(q !== undefined, (query) => query.where('caption', 'ilike', anywhere(q as string)))
    .$if(after !== undefined, (query) => query.where('ref', '>', after as string))
    .orderBy('ref')
    .limit(limit)
    .execute() as unknown as Promise<ListChange[]>
}

/** A text wherever it stands in another, its own signs taken as they are. */
export function anywhere(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

export function insertChange(change: ListChange): RowWrite {
  return { op: 'upsert', table: 'list_changes', key: ['import', 'ref'], values: { ...change } }
}
