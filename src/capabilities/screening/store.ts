import { sql } from 'kysely'
import type { PermittedAction } from '#capabilities/screening/action'
import { batchMigration } from '#capabilities/screening/batch-store'
import { completionMigration } from '#capabilities/screening/completions'
import { findableMigration } from '#capabilities/screening/findable'
import { watchMigration } from '#capabilities/screening/watch-store'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { Evidence, Feature } from '#matching/candidate'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Reader } from '#store/reader'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-candidates-and-hits',
    sql: `create table candidates (
  id text primary key,
  ours text not null,
  ours_version int not null,
  theirs text not null,
  theirs_version int not null,
  score double precision not null,
  explanation jsonb not null,
  engine text not null,
  state text not null,
  decided_by text,
  decided_at timestamptz,
  reason text,
  hit text,
  created_at timestamptz not null default now(),
  unique (ours, theirs)
);
create index candidates_theirs on candidates (theirs);
create index candidates_open on candidates (id) where state = 'open';

create table hits (
  id text primary key,
  role text not null,
  about text not null,
  other text not null,
  state text not null,
  due_at timestamptz,
  due_rule text,
  reported_at timestamptz not null,
  answered_at timestamptz,
  late boolean not null default false,
  action jsonb not null,
  confirmation text,
  note text
);
create index hits_about on hits (about);`,
  },
  batchMigration,
  findableMigration,
  completionMigration,
  watchMigration,
]

export interface Explanation {
  readonly features: readonly Feature[]
  readonly evidence: Evidence
}

export interface CandidateRow {
  id: string
  ours: RecordId
  ours_version: number
  theirs: RecordId
  theirs_version: number
  score: number
  explanation: Explanation
  engine: string
  state: 'open' | 'hit' | 'no-hit' | 'lapsed'
  decided_by: string | null
  decided_at: Date | null
  reason: string | null
  hit: string | null
  created_at: Date
}

export type HitState = 'recorded' | 'reported' | 'confirmed' | 'not-confirmed' | 'more-information' | 'withdrawn'

export interface HitRow {
  id: RecordId
  role: 'finder' | 'owner'
  about: RecordId
  other: string
  state: HitState
  due_at: Date | null
  due_rule: string | null
  reported_at: Date
  answered_at: Date | null
  late: boolean
  action: PermittedAction
  confirmation: string | null
  note: string | null
}

function tables(store: Store) {
  return store.db.withTables<{ candidates: CandidateRow; hits: HitRow }>()
}

export function readCandidate(store: Store, id: string): Promise<CandidateRow | undefined> {
  return tables(store).selectFrom('candidates').selectAll().where('id', '=', id).executeTakeFirst()
}

/** `likest`: the highest score first, and of one score the newest. */
export const candidateOrders = ['newest', 'likest'] as const

export interface CandidateFilter {
  readonly state?: string | undefined
  readonly record?: string | undefined
  readonly order?: (typeof candidateOrders)[number]
  readonly limit: number
  /** Where the page before ended. */
  readonly after?: string | undefined
}

export function readCandidates(
  store: Store,
  { state, limit, after, record, order = 'newest' }: CandidateFilter,
): Promise<CandidateRow[]> {
  const isBehind =
    order === 'newest'
      ? sql<boolean>`id < ${after}`
      : sql<boolean>`(score, id) < (select score, id from candidates where id = ${after})`
  return tables(store)
    .selectFrom('candidates')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as CandidateRow['state']))
    .$if(after !== undefined, (query) => query.where(isBehind))
    .$if(record !== undefined, (query) =>
      query.where((eb) => eb.or([eb('ours', '=', record as RecordId), eb('theirs', '=', record as RecordId)])),
    )
    .$if(order === 'likest', (query) => query.orderBy('score', 'desc'))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function readPairs(store: Store, records: readonly RecordId[]): Promise<CandidateRow[]> {
  const ids = [...records]
  return tables(store)
    .selectFrom('candidates')
    .selectAll()
    .where((eb) => eb.or([eb('ours', '=', eb.fn.any(eb.val(ids))), eb('theirs', '=', eb.fn.any(eb.val(ids)))]))
    .execute()
}

export function readHit(store: Store, id: string): Promise<HitRow | undefined> {
  return tables(store)
    .selectFrom('hits')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst()
}

export interface HitFilter {
  readonly state?: HitState | undefined
  readonly role?: HitRow['role'] | undefined
  /** The other member. */
  readonly other?: string | undefined
  readonly limit: number
}

export function readHits(store: Store, { state, role, other, limit }: HitFilter): Promise<HitRow[]> {
  return tables(store)
    .selectFrom('hits')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as HitState))
    .$if(role !== undefined, (query) => query.where('role', '=', role as HitRow['role']))
    .$if(other !== undefined, (query) => query.where('other', '=', other as string))
    .orderBy((eb) => eb.fn.coalesce('due_at', 'reported_at'))
    .limit(limit)
    .execute()
}

/** The record of ours from which a hit was found. */
export async function readOursOf(store: Store, hit: string): Promise<RecordId | undefined> {
  const query = tables(store).selectFrom('candidates').select('ours').where('hit', '=', hit)
  return (await query.executeTakeFirst())?.ours
}

/** A candidate is there for whom both its records are. */
export async function knowsOfCandidate(id: string, reader: Reader): Promise<boolean> {
  const row = await readCandidate(reader.store, id)
  if (row === undefined) return false
  const both = await Promise.all([reader.record(row.ours), reader.record(row.theirs)])
  return !both.includes(undefined)
}

/** What this capability repeats of a record: the explanation of its candidates. */
export function forget(id: RecordId): readonly RowWrite[] {
  return [
    { op: 'delete', table: 'candidates', where: { theirs: id } },
    { op: 'delete', table: 'candidates', where: { ours: id } },
    { op: 'delete', table: 'screening_matches', where: { record: id } },
    { op: 'update', table: 'hits', where: { about: id, role: 'finder' }, values: { state: 'withdrawn', note: null } },
  ]
}

export function asJson(value: object): Json {
  return value as Json
}
