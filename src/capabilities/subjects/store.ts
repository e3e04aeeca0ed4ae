import type { Merged } from '#capabilities/subjects/merge'
import type { RecordId } from '#kernel/ids'
import type { Candidate } from '#matching/candidate'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Reader } from '#store/reader'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-merges',
    sql: `
create table merge_suggestions (
  id text primary key,
  a text not null,
  b text not null,
  a_version int not null,
  b_version int not null,
  score real not null,
  features jsonb not null,
  engine text not null,
  state text not null,
  reason text,
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  unique (a, b)
);
create index merge_suggestions_b on merge_suggestions (b);
create index merge_suggestions_open on merge_suggestions (id) where state = 'open';
create table merges (
  id text primary key,
  kept text not null,
  other text not null,
  kept_version int not null,
  other_version int not null,
  brought jsonb not null,
  dropped jsonb not null,
  pointer text not null,
  state text not null,
  reason text not null,
  merged_by text,
  merged_at timestamptz not null,
  undo_reason text,
  undone_by text,
  undone_at timestamptz
);
create index merges_kept on merges (kept);
create index merges_other on merges (other);
create index records_related on records using gin (jsonb_path_query_array(body, '$.relations.*.other.record')) where type = 'subject';`,
  },
]

export interface SuggestionRow {
  id: `sug_${string}`
  /** The two subjects, the older first: ids grow with time. */
  a: RecordId
  b: RecordId
  a_version: number
  b_version: number
  score: number
  features: Candidate['features']
  engine: string
  /** `lapsed`: a newer version is no longer alike. */
  state: 'open' | 'dismissed' | 'merged' | 'lapsed'
  reason: string | null
  decided_by: string | null
  decided_at: Date | null
  created_at: Date
}

export interface MergeRow {
  id: `mrg_${string}`
  kept: RecordId
  other: RecordId
  /** Versions that the merge wrote. */
  kept_version: number
  other_version: number
  /** Pointers that the merge added to the kept record. */
  brought: readonly string[]
  /** Entries of the kept record that the merge took out, by pointer: relations between the two. */
  dropped: Merged['dropped']
  /** Where in the other record the relation stands that points at the kept one. */
  pointer: string
  state: 'merged' | 'undone'
  reason: string
  merged_by: string | null
  merged_at: Date
  undo_reason: string | null
  undone_by: string | null
  undone_at: Date | null
}

export function tables(store: Store) {
  return store.db.withTables<{ merge_suggestions: SuggestionRow; merges: MergeRow }>()
}

export function readSuggestions(
  store: Store,
  { state, after, limit }: { state: SuggestionRow['state']; after?: string | undefined; limit: number },
): Promise<SuggestionRow[]> {
  return tables(store)
    .selectFrom('merge_suggestions')
    .selectAll()
    .where('state', '=', state)
    .$if(after !== undefined, (query) => query.where('id', '<', after as SuggestionRow['id']))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function readSuggestion(store: Store, id: string): Promise<SuggestionRow | undefined> {
  return tables(store)
    .selectFrom('merge_suggestions')
    .selectAll()
    .where('id', '=', id as SuggestionRow['id'])
    .executeTakeFirst()
}

/** Suggestions that one of these subjects is in, whatever became of them. */
export function readSuggestionsOf(store: Store, ids: readonly string[]): Promise<SuggestionRow[]> {
  const these = ids as RecordId[]
  return tables(store)
    .selectFrom('merge_suggestions')
    .selectAll()
    .where((eb) => eb.or([eb('a', 'in', these), eb('b', 'in', these)]))
    .execute()
}

export function readMerges(store: Store, record: RecordId): Promise<MergeRow[]> {
  return tables(store)
    .selectFrom('merges')
    .selectAll()
    .where((eb) => eb.or([eb('kept', '=', record), eb('other', '=', record)]))
    .orderBy('merged_at', 'desc')
    .limit(100)
    .execute()
}

export function readMerge(store: Store, id: string): Promise<MergeRow | undefined> {
  return tables(store)
    .selectFrom('merges')
    .selectAll()
    .where('id', '=', id as MergeRow['id'])
    .executeTakeFirst()
}

/** Suggestions hold values of both subjects, a merge those of relations: they go when one of the two is erased. */
export function forget(id: RecordId): readonly RowWrite[] {
  return [
    { op: 'delete', table: 'merge_suggestions', where: { a: id } },
    { op: 'delete', table: 'merge_suggestions', where: { b: id } },
    { op: 'delete', table: 'merges', where: { kept: id } },
    { op: 'delete', table: 'merges', where: { other: id } },
  ]
}

export async function knowsOfMerge(id: string, reader: Reader): Promise<boolean> {
  const row = await readMerge(reader.store, id)
  return row !== undefined && knowsOfBoth([row.kept, row.other], reader)
}

/** That two subjects are alike is for those who may know of both. */
export async function knowsOfSuggestion(id: string, reader: Reader): Promise<boolean> {
  const row = await readSuggestion(reader.store, id)
  return row !== undefined && knowsOfBoth([row.a, row.b], reader)
}

async function knowsOfBoth(ids: readonly RecordId[], reader: Reader): Promise<boolean> {
  const records = await Promise.all(ids.map((it) => reader.record(it)))
  return records.every((it) => it !== undefined)
}

const relatedLimit = 200

/** Ids of subjects whose relations name this record. */
export async function readRelated(store: Store, record: RecordId): Promise<RecordId[]> {
  const rows = await store.db
    .selectFrom('records')
    .select('id')
    .where('type', '=', 'subject')
    .where('state', 'in', ['active', 'suspended'])
    .where((eb) =>
      eb(
        eb.fn('jsonb_path_query_array', ['body', eb.val('$.relations.*.other.record')]),
        '@>',
        eb.val(JSON.stringify([record])),
      ),
    )
    .orderBy('id', 'desc')
    .limit(relatedLimit)
    .execute()
  return rows.map((it) => it.id)
}
