import type { Strength } from '#capabilities/border/judge'
import type { Presented } from '#capabilities/border/presented'
import type { Place } from '#capabilities/border/record'
import type { AlertAction } from '#http/travellers'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { Feature } from '#matching/candidate'
import type { RowWrite } from '#store/change'
import type { Store } from '#store/store'

/** An alert as it was when somebody met it: enough to make a candidate of it. */
export interface Match {
  readonly candidate: string
  readonly passenger: number
  readonly alert: RecordId
  readonly version: number
  readonly owner: string
  readonly type: string
  readonly caption: string
  readonly strength: Strength
  readonly discreet: boolean
  readonly asked: AlertAction
  readonly permitted: AlertAction
  readonly loweredBy: string | null
  readonly sought: readonly string[]
  readonly features: readonly Feature[]
}

export interface CheckRow {
  id: string
  person: string
  desk: string
  place: Place
  presented: Presented
  matches: Match[]
  outcome: { readonly did: string; readonly note: string; readonly at: string } | null
  at: Date
  expires_at: Date
}

export const candidateStates = ['open', 'reported', 'same', 'different', 'lapsed'] as const

export interface CandidateRow {
  id: string
  source: 'check' | 'message'
  source_id: string
  /** Its place in the message; 0 at a desk. */
  passenger: number
  alert: RecordId
  alert_version: number
  owner: string
  type: string
  caption: string
  strength: Strength
  discreet: boolean
  action: { readonly asked: AlertAction; readonly permitted: AlertAction; readonly loweredBy: string | null }
  sought: string[]
  features: Feature[]
  presented: Presented
  place: Place
  state: (typeof candidateStates)[number]
  decided_by: string | null
  decided_at: Date | null
  note: string | null
  hit: RecordId | null
  created_at: Date
  expires_at: Date
}

export const hitStates = [
  'recorded',
  'reported',
  'confirmed',
  'not-confirmed',
  'more-information',
  'corrected',
  'false',
  'withdrawn',
] as const

export interface HitRow {
  id: RecordId
  role: 'finder' | 'owner'
  about: RecordId
  other: string
  state: (typeof hitStates)[number]
  discreet: boolean
  due_at: Date | null
  due_rule: string | null
  reported_at: Date
  answered_at: Date | null
  late: boolean
  note: string | null
  /** Digests of the documents that were shown, by which redress is kept. */
  keys: string[]
  /** The number under which it was declared to be somebody else. */
  redress: string | null
  /** Whether the owner has told all who hold the alert. */
  extended: boolean
}

export interface TaskRow {
  hit: RecordId
  task: 'located' | 'return'
  since: Date
  due_at: Date
  rule: string
  done_at: Date | null
}

export interface ExceptionRow {
  alert: RecordId
  key: string
  number: string
  declared_by: string
  expires_at: Date
}

export function tables(store: Store) {
  return store.db.withTables<{
    border_checks: CheckRow
    border_candidates: CandidateRow
    border_hits: HitRow
    border_tasks: TaskRow
    border_exceptions: ExceptionRow
  }>()
}

export function readCheck(store: Store, id: string): Promise<CheckRow | undefined> {
  return tables(store).selectFrom('border_checks').selectAll().where('id', '=', id).executeTakeFirst()
}

export function readCandidate(store: Store, id: string): Promise<CandidateRow | undefined> {
  return tables(store).selectFrom('border_candidates').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The possible match from which a hit was made. */
export function readCandidateOf(store: Store, hit: RecordId): Promise<CandidateRow | undefined> {
  return tables(store).selectFrom('border_candidates').selectAll().where('hit', '=', hit).executeTakeFirst()
}

export interface CandidateFilter {
  readonly state?: CandidateRow['state'] | undefined
  readonly source?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export function readCandidates(
  store: Store,
  { state, source, after, limit }: CandidateFilter,
): Promise<CandidateRow[]> {
  return tables(store)
    .selectFrom('border_candidates')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as CandidateRow['state']))
    .$if(source !== undefined, (query) => query.where('source_id', '=', source as string))
    .$if(after !== undefined, (query) => query.where('id', '<', after as string))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function readHit(store: Store, id: string): Promise<HitRow | undefined> {
  return tables(store)
    .selectFrom('border_hits')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst()
}

export function readHits(
  store: Store,
  { state, role, limit }: { state?: HitRow['state'] | undefined; role?: HitRow['role'] | undefined; limit: number },
): Promise<HitRow[]> {
  return tables(store)
    .selectFrom('border_hits')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as HitRow['state']))
    .$if(role !== undefined, (query) => query.where('role', '=', role as HitRow['role']))
    .orderBy((eb) => eb.fn.coalesce('due_at', 'reported_at'))
    .orderBy('id')
    .limit(limit)
    .execute()
}

export function readTasks(store: Store, hits: readonly string[]): Promise<TaskRow[]> {
  return tables(store)
    .selectFrom('border_tasks')
    .selectAll()
    .where((eb) => eb('hit', '=', eb.fn.any(eb.val([...hits] as RecordId[]))))
    .orderBy('due_at')
    .execute()
}

/** Exceptions in force among these. Asked for every traveller, also where there is nothing to ask for. */
export function readExceptions(store: Store, keys: readonly string[], now: Date): Promise<ExceptionRow[]> {
  return tables(store)
    .selectFrom('border_exceptions')
    .selectAll()
    .where((eb) => eb('key', '=', eb.fn.any(eb.val([...keys]))))
    .where('expires_at', '>', now)
    .execute()
}

/** What this capability repeats of an alert goes with it; that there was a hit stays. */
export function forget(id: RecordId): readonly RowWrite[] {
  return [
    { op: 'delete', table: 'border_candidates', where: { alert: id } },
    { op: 'delete', table: 'border_exceptions', where: { alert: id } },
    { op: 'delete', table: 'border_carrier_answers', where: { alert: id } },
    {
      op: 'update',
      table: 'border_hits',
      where: { about: id, role: 'finder' },
      values: { state: 'withdrawn', note: null, due_at: null },
    },
    {
      op: 'update',
      table: 'border_hits',
      where: { id, role: 'owner' },
      values: { state: 'withdrawn', note: null, due_at: null },
    },
  ]
}

export function asJson(value: unknown): Json {
  return value as Json
}
