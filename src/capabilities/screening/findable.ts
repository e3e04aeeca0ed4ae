import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { bandFrom } from '#capabilities/screening/bands'
import { engineOf } from '#capabilities/screening/engine'
import { handThreshold, isShown } from '#capabilities/screening/look-up'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import { type Candidate, engineVersion } from '#matching/candidate'
import { type MatchEntity, namesOf } from '#matching/entity'
import { partyOf } from '#protocol/directory'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { RecordRow } from '#store/tables'

/**
 * Whether every entry of a list is found when it is searched by each of its names alone, as the node itself: nothing may be
 * silently out of reach of a search.
 */

export const findableMigration: Migration = {
  id: '003-findable',
  sql: `create table list_checks (
  list text not null,
  version int not null,
  at timestamptz not null,
  sampled boolean not null,
  engine text not null,
  report jsonb not null,
  primary key (list, version, sampled)
);`,
}

export interface FindableReport {
  readonly list: string
  /** Of the list; null when it has none yet. */
  readonly version: number | null
  readonly engine: string
  readonly sampled: boolean
  /** Active entries that the list has, and how many of them the index holds. */
  readonly entries: number
  readonly indexed: number
  /** Entries that were searched by each of their names, and names that were searched by. */
  readonly checked: number
  readonly names: number
  /** Entries that every one of their names finds; equal to `checked` when nothing is out of reach. */
  readonly findable: number
  /** Strong names that do not find their entry at all, or only behind too many others. */
  readonly missed: number
  /** Strong names that reach their entry, with a score below what a search shows: so short or so common that alone they say little. */
  readonly faint: number
  /** Weak names that do not find their entry alone: they count with a second attribute that agrees. */
  readonly weakMissed: number
  /** The first of what was missed. */
  readonly misses: readonly Miss[]
  readonly seconds: number
}

/**
 * `absent`: not in the index. `unfound`: in it, and this name does not reach it. `crowded`: it is found, behind too many others.
 * `faint`: it is reached, with a score below what a search shows.
 */
export const reasons = ['absent', 'unfound', 'crowded', 'faint'] as const

export interface Miss {
  readonly record: string
  readonly caption: string
  readonly name: string
  readonly weak: boolean
  readonly why: (typeof reasons)[number]
}

/** The least score that a search by hand shows of who is not called exactly so. */
const threshold = bandFrom.weak
/** As many as the search of the console compares. */
const limit = 200
const missesKept = 200
const pageSize = 500
/** Searches between two turns of requests. */
const searchesPerTurn = 10

interface Checking {
  /** Share of the entries to check, 0 to 1; all unless given. */
  readonly share?: number
  readonly version: number | null
  readonly signal?: AbortSignal
  readonly onProgress?: (counts: { readonly checked: number; readonly entries: number }) => void
}

export async function checkFindable(services: Services, list: string, checking: Checking): Promise<FindableReport> {
  const { share = 1, version, signal, onProgress } = checking
  const engine = engineOf(services)
  const started = performance.now()
  const search = asTheNode(services, list)
  const misses: Miss[] = []
  const counts = { entries: 0, indexed: 0, checked: 0, names: 0, findable: 0, missed: 0, faint: 0, weakMissed: 0 }
  let searches = 0
  for await (const row of readListings(services, list)) {
    signal?.throwIfAborted()
    counts.entries++
    if (engine.find(row.id)?.version === row.version) counts.indexed++
    if (!isInSample(row.id, share)) continue
    counts.checked++
    const entity = engine.entityOf(row)
    const names = entity === undefined ? [] : namesOf(entity)
    let isFindable = names.length > 0 && engine.find(row.id) !== undefined
    if (!isFindable) {
      counts.missed++
      miss(misses, { record: row.id, caption: row.caption, name: '', weak: false, why: 'absent' })
    }
    for (const { text, isWeak } of isFindable ? names : []) {
      counts.names++
      if (++searches % searchesPerTurn === 0) await nextTurn()
      const why = search(entity!, text)
      if (why === null) continue
      if (isWeak) counts.weakMissed++
      else if (why === 'faint') counts.faint++
      else {
        counts.missed++
        isFindable = false
      }
      miss(misses, { record: row.id, caption: row.caption, name: text, weak: isWeak, why })
    }
    if (isFindable) counts.findable++
    onProgress?.(counts)
  }
  const seconds = Math.round((performance.now() - started) / 10) / 100
  return { list, version, engine: engineVersion, sampled: share < 1, ...counts, misses, seconds }
}

function miss(misses: Miss[], one: Miss): void {
  if (misses.length < missesKept) misses.push(one)
}

/** Searches the list by one name and says why the entity was not among what was found, or null when it was. */
function asTheNode(services: Services, list: string): (entity: MatchEntity, name: string) => Miss['why'] | null {
  const { identity, store } = services
  const engine = engineOf(services)
  const actor = { member: partyOf(identity.directory(), identity.me) }
  const now = store.clock.now()
  const found = (entity: MatchEntity, name: string, { only, least, shows = () => true }: Finding) =>
    engine
      .search(
        { id: 'findable', schema: entity.schema, properties: { name: [name] } },
        {
          limit,
          threshold: least,
          actor,
          act: 'match',
          circumstancesFor: (it) =>
            it.dataset !== list || (only !== undefined && it.id !== only)
              ? undefined
              : { now, purpose: it.subject.handling.purposes[0]! },
        },
      )
      .some((it) => it.id === entity.id && shows(it))
  const isFound = (entity: MatchEntity, name: string, only?: string) =>
    found(entity, name, { only, least: threshold }) ||
    // Namesakes below it: what takes longer is asked for when it is needed.
    found(entity, name, { only, least: handThreshold(threshold), shows: (it) => isShown(it, threshold) })
  return (entity, name) => {
    if (isFound(entity, name)) return null
    if (isFound(entity, name, entity.id)) return 'crowded'
    return found(entity, name, { only: entity.id, least: 0 }) ? 'faint' : 'unfound'
  }
}

interface Finding {
  /** This entity alone. */
  readonly only?: string | undefined
  readonly least: number
  readonly shows?: (candidate: Candidate) => boolean
}

/** The same entries in every run with the same share, spread over the list. */
function isInSample(id: string, share: number): boolean {
  return share >= 1 || Number.parseInt(id.slice(-6), 16) / 0x1000000 < share
}

async function* readListings({ store }: Services, list: string): AsyncGenerator<RecordRow> {
  let after = ''
  for (;;) {
    const rows = await store.db
      .selectFrom('records')
      .selectAll()
      .where('type', '=', 'listing')
      .where('state', '=', 'active')
      .where(sql<boolean>`body ->> 'list' = ${list}`)
      .where('id', '>', after as RecordId)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

export function keepReport(report: FindableReport, at: Date): RowWrite {
  const { list, version, sampled, engine } = report
  const values = { list, version: version ?? 0, at, sampled, engine, report: report as never }
  return { op: 'upsert', table: 'list_checks', key: ['list', 'version', 'sampled'], values }
}

interface CheckRow {
  list: string
  version: number
  at: Date
  sampled: boolean
  engine: string
  report: FindableReport
}

/** The newest check of each list. */
export async function readChecks({ store }: Services): Promise<(FindableReport & { readonly at: string })[]> {
  const rows = await store.db
    .withTables<{ list_checks: CheckRow }>()
    .selectFrom('list_checks')
    .selectAll()
    .distinctOn('list')
    .orderBy('list')
    .orderBy('at', 'desc')
    .execute()
  return rows.map((it) => ({ ...it.report, at: it.at.toISOString() }))
}
