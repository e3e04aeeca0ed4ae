import type { BatchState, ReadingChoice, RowBand, Survey } from '#capabilities/screening/batch-record'
import type { Explanation } from '#capabilities/screening/store'
import type { Doubt } from '#formats/person-csv'
import type { RecordId } from '#kernel/ids'
import type { Role } from '#policy/roles'
import type { Purpose } from '#protocol/handling'
import type { Migration } from '#store/migrate'
import type { Caller } from '#store/reader'
import type { Store } from '#store/store'

export const batchMigration: Migration = {
  id: '002-batches',
  sql: `create table screening_batches (
  id text primary key,
  name text not null,
  person text not null,
  roles jsonb not null,
  via text not null,
  purpose text not null,
  reference text not null,
  state text not null,
  survey jsonb not null,
  choice jsonb,
  rows int not null,
  done int not null default 0,
  counts jsonb not null,
  worked_ms double precision not null default 0,
  problem text,
  created_at timestamptz not null,
  ended_at timestamptz,
  kept_until timestamptz not null
);
create table screening_rows (
  batch text not null references screening_batches (id) on delete cascade,
  at int not null,
  line int not null,
  reference text,
  name text not null,
  schema text,
  properties jsonb not null,
  band text not null,
  rejected text,
  doubts jsonb not null,
  found int not null,
  primary key (batch, at)
);
create index screening_rows_band on screening_rows (batch, band, at);
create table screening_matches (
  batch text not null,
  at int not null,
  record text not null,
  version int not null,
  score double precision not null,
  explanation jsonb not null,
  primary key (batch, at, record),
  foreign key (batch, at) references screening_rows (batch, at) on delete cascade
);
create index screening_matches_record on screening_matches (record);`,
}

export interface BatchRecord {
  id: string
  name: string
  person: string
  roles: Role[]
  via: Caller['via']
  purpose: Purpose
  reference: string
  state: BatchState
  survey: Survey
  choice: ReadingChoice | null
  rows: number
  done: number
  counts: Record<RowBand, number>
  /** Milliseconds of screening so far, without pauses. */
  worked_ms: number
  problem: string | null
  created_at: Date
  ended_at: Date | null
  kept_until: Date
}

export interface RowRecord {
  batch: string
  at: number
  line: number
  reference: string | null
  name: string
  schema: string | null
  properties: Record<string, string[]>
  band: RowBand
  rejected: string | null
  doubts: Doubt[]
  found: number
}

/** What a row met. The record's own line is read anew for whoever looks, so that a recall or a narrower handling holds here. */
export interface MatchRecord {
  batch: string
  at: number
  record: RecordId
  version: number
  score: number
  explanation: Explanation
  /** When a watch added it, and in which completion; null for what the screening of the file found. */
  found_at: Date | null
  completion: string | null
}

function tables(store: Store) {
  return store.db.withTables<{
    screening_batches: BatchRecord
    screening_rows: RowRecord
    screening_matches: MatchRecord
    screening_completions: { id: string; version: number | null }
  }>()
}

export function readBatch(store: Store, id: string): Promise<BatchRecord | undefined> {
  return tables(store).selectFrom('screening_batches').selectAll().where('id', '=', id).executeTakeFirst()
}

export function readBatches(
  store: Store,
  { person, states, limit = 200 }: { person?: string; states?: readonly BatchState[]; limit?: number } = {},
): Promise<BatchRecord[]> {
  return tables(store)
    .selectFrom('screening_batches')
    .selectAll()
    .$if(person !== undefined, (query) => query.where('person', '=', person as string))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states as BatchState[])]))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Those whose time is over. */
export function readOverdue(store: Store, now: Date): Promise<BatchRecord[]> {
  return tables(store).selectFrom('screening_batches').selectAll().where('kept_until', '<=', now).limit(100).execute()
}

export function readRows(
  store: Store,
  { batch, band, after, limit }: { batch: string; band?: RowBand | undefined; after: number; limit: number },
): Promise<RowRecord[]> {
  return tables(store)
    .selectFrom('screening_rows')
    .selectAll()
    .where('batch', '=', batch)
    .where('at', '>', after)
    .$if(band !== undefined, (query) => query.where('band', '=', band as RowBand))
    .orderBy('at')
    .limit(limit)
    .execute()
}

/** With the version of the list in which it was met; null before the version is made. */
export type ReadMatch = MatchRecord & { readonly list_version: number | null }

export async function readMatches(
  store: Store,
  { batch, rows }: { batch: string; rows: readonly RowRecord[] },
): Promise<Map<number, ReadMatch[]>> {
  const found = new Map<number, ReadMatch[]>()
  const at = rows.filter((it) => it.found > 0).map((it) => it.at)
  if (at.length === 0) return found
  const matches = await tables(store)
    .selectFrom('screening_matches')
    .leftJoin('screening_completions', 'screening_completions.id', 'screening_matches.completion')
    .selectAll('screening_matches')
    .select('screening_completions.version as list_version')
    .where('batch', '=', batch)
    .where('at', 'in', at)
    .orderBy('score', 'desc')
    .execute()
  for (const it of matches) found.set(it.at, [...(found.get(it.at) ?? []), it])
  return found
}
