import type { BatchRecord, RowRecord } from '#capabilities/screening/batch-store'
import type { RecordId } from '#kernel/ids'
import type { Role } from '#policy/roles'
import type { Purpose } from '#protocol/handling'
import type { Migration } from '#store/migrate'
import type { Caller } from '#store/reader'
import type { Store } from '#store/store'

/** Files whose rows are compared with what changes on the lists until a day that is set. */

export const watchMigration: Migration = {
  id: '005-watches',
  sql: `create table screening_watches (
  batch text primary key references screening_batches (id) on delete cascade,
  person text not null,
  roles jsonb not null,
  via text not null,
  purpose text not null,
  reference text not null,
  begun_at timestamptz not null,
  until timestamptz not null,
  caught_up boolean not null default false,
  unseen int not null default 0,
  found_at timestamptz,
  ended_at timestamptz,
  problem text
);
alter table screening_matches add column found_at timestamptz;
alter table screening_matches add column completion text;`,
}

export interface WatchRecord {
  batch: string
  /** Who keeps it, in whose name and for what. */
  person: string
  roles: Role[]
  via: Caller['via']
  purpose: Purpose
  reference: string
  begun_at: Date
  until: Date
  /** Whether what changed between the screening of the file and the beginning of the watch was compared. */
  caught_up: boolean
  /** Matches that were added since the keeper last said that they are seen. */
  unseen: number
  found_at: Date | null
  ended_at: Date | null
  problem: string | null
}

export interface KnownMatch {
  at: number
  record: RecordId
  score: number
}

function tables(store: Store) {
  return store.db.withTables<{
    screening_watches: WatchRecord
    screening_batches: BatchRecord
    screening_rows: RowRecord
    screening_matches: KnownMatch & { batch: string }
  }>()
}

export async function readWatches(store: Store, batches: readonly string[]): Promise<Map<string, WatchRecord>> {
  if (batches.length === 0) return new Map()
  const query = tables(store).selectFrom('screening_watches').selectAll()
  const rows = await query.where('batch', 'in', [...batches]).execute()
  return new Map(rows.map((it) => [it.batch, it]))
}

/** Those that run at this instant. */
export function readRunningWatches(store: Store, now: Date): Promise<WatchRecord[]> {
  return tables(store)
    .selectFrom('screening_watches')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .orderBy('batch')
    .execute()
}

/** Rows of files that are kept under watch at this instant, without those of one file. */
export async function countWatched(store: Store, { now, except }: { now: Date; except: string }): Promise<number> {
  const row = await tables(store)
    .selectFrom('screening_watches')
    .innerJoin('screening_batches', 'screening_batches.id', 'screening_watches.batch')
    .select((eb) => eb.fn.sum<string>('screening_batches.rows').as('rows'))
    .where('screening_watches.ended_at', 'is', null)
    .where('screening_watches.until', '>', now)
    .where('screening_watches.batch', '!=', except)
    .executeTakeFirst()
  return Number(row?.rows ?? 0)
}

export async function readRowsAt(
  store: Store,
  { batch, at }: { batch: string; at: readonly number[] },
): Promise<Map<number, RowRecord>> {
  if (at.length === 0) return new Map()
  const query = tables(store).selectFrom('screening_rows').selectAll().where('batch', '=', batch)
  const rows = await query.where('at', 'in', [...at]).execute()
  return new Map(rows.map((it) => [it.at, it]))
}

export async function readKnownMatches(
  store: Store,
  { batch, at }: { batch: string; at: readonly number[] },
): Promise<Map<string, KnownMatch>> {
  if (at.length === 0) return new Map()
  const query = tables(store).selectFrom('screening_matches').select(['at', 'record', 'score'])
  const rows = await query
    .where('batch', '=', batch)
    .where('at', 'in', [...at])
    .execute()
  return new Map(rows.map((it) => [`${it.at} ${it.record}`, it]))
}

/** Records of these types that changed since an instant. */
export async function readChangedSince(
  store: Store,
  { since, types }: { since: Date; types: readonly string[] },
): Promise<RecordId[]> {
  if (types.length === 0) return []
  const rows = await store.db
    .selectFrom('changes')
    .select('id')
    .distinct()
    .where('at', '>=', since)
    .where('what', 'in', ['record', 'state'])
    .where('type', 'in', [...types])
    .execute()
  return rows.map((it) => it.id as RecordId)
}
