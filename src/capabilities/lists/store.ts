import type { RecordId } from '#kernel/ids'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

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
