import type { DraftContent } from '#capabilities/drafts/record'
import type { RecordId } from '#kernel/ids'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-drafts',
    sql: `create table drafts (
  person text not null,
  key text not null,
  kind text not null,
  caption text not null,
  record text,
  content jsonb not null,
  version int not null,
  updated_at timestamptz not null,
  primary key (person, key)
);
create index drafts_updated on drafts (updated_at);
create index drafts_record on drafts (record) where record is not null;`,
  },
]

export interface DraftRow {
  person: string
  key: string
  kind: string
  /** One line by which its author knows it again. */
  caption: string
  /** The record that it is about: the draft repeats some of it, and goes when it is erased. */
  record: RecordId | null
  content: DraftContent
  /** Grows by one with each saving, so that two windows notice each other. */
  version: number
  updated_at: Date
}

export type DraftSummary = Omit<DraftRow, 'content' | 'person'>

function tables(store: Store) {
  return store.db.withTables<{ drafts: DraftRow }>()
}

const summary = ['key', 'kind', 'caption', 'record', 'version', 'updated_at'] as const

/** The drafts of one person, the newest first, without what is in them. */
export function readDrafts(
  store: Store,
  { person, kind }: { person: string; kind?: string | undefined },
): Promise<DraftSummary[]> {
  return tables(store)
    .selectFrom('drafts')
    .select(summary)
    .where('person', '=', person)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as string))
    .orderBy('updated_at', 'desc')
    .orderBy('key')
    .execute()
}

export function readDraft(
  store: Store,
  { person, key }: { person: string; key: string },
): Promise<DraftRow | undefined> {
  return tables(store)
    .selectFrom('drafts')
    .selectAll()
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function countDrafts(store: Store, person: string): Promise<number> {
  const { count } = await tables(store)
    .selectFrom('drafts')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('person', '=', person)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whose drafts were not touched since then, by key; the oldest first. */
export function readForgotten(
  store: Store,
  { before, limit }: { before: Date; limit: number },
): Promise<Pick<DraftRow, 'person' | 'key' | 'version'>[]> {
  return tables(store)
    .selectFrom('drafts')
    .select(['person', 'key', 'version'])
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(limit)
    .execute()
}
