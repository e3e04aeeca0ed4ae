import { setImmediate as nextTurn } from 'node:timers/promises'
import { bandOf } from '#capabilities/screening/bands'
import type { RowBand } from '#capabilities/screening/batch-record'
import { callerNow } from '#capabilities/screening/batch-rules'
import { type BatchRecord, type RowRecord, readBatch } from '#capabilities/screening/batch-store'
import { engineOf, type Indexed } from '#capabilities/screening/engine'
import { countRows, findRows, populationOf, syncPopulation } from '#capabilities/screening/population'
import { asJson } from '#capabilities/screening/store'
import { leastScore } from '#capabilities/screening/thresholds'
import { ended } from '#capabilities/screening/watch-rules'
import { readChangedSince, readKnownMatches, readRowsAt, type WatchRecord } from '#capabilities/screening/watch-store'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import type { Candidate } from '#matching/candidate'
import { decide } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import type { SchemaName } from '#protocol/vocabulary'
import { audited } from '#store/audited'
import type { Audited, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'

/** What of the files under watch meets what changed on the lists. */
export interface Watched {
  readonly rows: RowWrite[]
  readonly audit: Audited[]
  readonly touched: { type: string; id: string }[]
  /** Rows that were compared. */
  readonly people: number
  /** Matches that were added, by list. */
  readonly matches: Map<string, number>
}

interface Watch {
  readonly watch: WatchRecord
  readonly batch: BatchRecord
  readonly keeper: Caller
  /** Whoever handed it in, if another person keeps the watch and they still work here: what they may not know of is not added. */
  readonly owner: Caller | undefined
}

const recordsAtOnce = 100

interface Met {
  readonly indexed: Indexed
  readonly candidate: Candidate
}

/**
 * Compares changed entries with the rows of the files under watch, in the name of whoever keeps each watch, as they are now. A
 * watch whose keeper has left or may no longer screen ends. `completionOf` gives the completion in which a list's matches count.
 */
export async function screenWatched(
  changed: readonly RecordId[],
  services: Services,
  completionOf: (list: string) => Promise<string | null>,
): Promise<Watched> {
  const result: Watched = { rows: [], audit: [], touched: [], people: 0, matches: new Map() }
  const running = await syncPopulation(services)
  if (running.length === 0) return result
  const standing: Watch[] = []
  for (const it of running) {
    const one = await standingOf(it, services, result)
    if (one !== undefined) standing.push(one)
  }
  const compared = new Set<string>()
  const met = await compare(changed, standing, { services, compared })
  for (const one of standing) {
    const { batch, caught_up: isCaughtUp, begun_at: begunAt } = one.watch
    const found = met.get(batch) ?? new Map<number, Met[]>()
    if (!isCaughtUp) {
      const types = [...services.kinds.values()].flatMap((it) => (it.matching?.as === 'list' ? [it.type] : []))
      const missed = await readChangedSince(services.store, { since: one.batch.created_at, types })
      const known = new Set<string>(changed)
      const late = await compare(
        missed.filter((it) => !known.has(it)),
        [one],
        { services, compared: new Set() },
      )
      for (const [at, mets] of late.get(batch) ?? []) found.set(at, [...(found.get(at) ?? []), ...mets])
      const where = { batch, begun_at: begunAt }
      result.rows.push({ op: 'update', table: 'screening_watches', where, values: { caught_up: true } })
    }
    await append(one, found, { services, result, completionOf })
  }
  return { ...result, people: countRows(populationOf(services), compared) }
}

async function standingOf(watch: WatchRecord, services: Services, result: Watched): Promise<Watch | undefined> {
  const { store, people, identity } = services
  const batch = await readBatch(store, watch.batch)
  if (batch === undefined) return undefined // deleted since
  const member = partyOf(identity.directory(), identity.me)
  const standings = await people.standing([watch.person, batch.person])
  try {
    const keeper = callerNow(watch, { member, standing: standings.get(watch.person) })
    const owner = standings.get(batch.person)
    const isAlone = owner === undefined || owner.disabled || batch.person === watch.person
    return {
      watch,
      batch,
      keeper,
      owner: isAlone ? undefined : { ...keeper, actor: { member, person: { id: batch.person, roles: owner.roles } } },
    }
  } catch (cause) {
    if (!isFault(cause)) throw cause
    const change = ended(watch, {
      caller: { actor: { member, person: { id: watch.person, roles: watch.roles } }, via: 'system' },
      now: store.clock.now(),
      problem: cause.code,
    })
    result.rows.push(...(change.rows ?? []))
    result.audit.push(...change.audit)
    result.touched.push(...(change.touched ?? []))
    return undefined
  }
}

/** By file and place what each row meets. Policy is asked before anything is compared. */
async function compare(
  changed: readonly RecordId[],
  watches: readonly Watch[],
  { services, compared }: { services: Services; compared: Set<string> },
): Promise<Map<string, Map<number, Met[]>>> {
  const engine = engineOf(services)
  const population = populationOf(services)
  const found = new Map<string, Map<number, Met[]>>()
  if (watches.length === 0) return found
  const byBatch = new Map(watches.map((it) => [it.watch.batch, it]))
  const now = services.store.clock.now()
  let turn = 0
  for await (const record of readRecords(changed, services)) {
    if (++turn % 20 === 0) await nextTurn()
    const indexed = engine.find(record.id)
    if (indexed?.as !== 'list') continue
    const meant = new Set([...byBatch.values()].filter((it) => mayMeet(indexed, it, now)).map((it) => it.watch.batch))
    for (const it of meant) compared.add(it)
    const entity = meant.size === 0 ? undefined : engine.entityOf(record)
    if (entity === undefined) continue
    for (const [batch, places] of findRows(population, entity, (it) => meant.has(it))) {
      const rows = await readRowsAt(services.store, { batch, at: places })
      for (const row of rows.values()) {
        const candidate = screenRow(row, indexed, { services, watch: byBatch.get(batch)! })
        if (candidate === undefined) continue
        const ofBatch = found.get(batch) ?? new Map<number, Met[]>()
        found.set(batch, ofBatch.set(row.at, [...(ofBatch.get(row.at) ?? []), { indexed, candidate }]))
      }
    }
  }
  return found
}

async function* readRecords(ids: readonly RecordId[], { store }: Services): AsyncGenerator<RecordRow> {
  for (let at = 0; at < ids.length; at += recordsAtOnce) {
    const part = ids.slice(at, at + recordsAtOnce)
    yield* await store.db
      .selectFrom('records')
      .selectAll()
      .where('id', 'in', part)
      .where('state', '=', 'active')
      .execute()
  }
}

function mayMeet({ subject }: Indexed, { watch, keeper, owner }: Watch, now: Date): boolean {
  const circumstances = { now, purpose: watch.purpose }
  return [keeper, owner].every((it) => it === undefined || decide(it.actor, 'search', subject, circumstances).permit)
}

/** The row against this one entry, as the screening of the file would. */
function screenRow(
  { schema, properties }: RowRecord,
  indexed: Indexed,
  { services, watch: { watch, keeper } }: { services: Services; watch: Watch },
): Candidate | undefined {
  const circumstances = { now: services.store.clock.now(), purpose: watch.purpose }
  const query = { id: 'row', schema: schema as SchemaName, properties }
  return engineOf(services).search(query, {
    limit: 1,
    threshold: leastScore,
    actor: keeper.actor,
    act: 'search',
    circumstancesFor: (it) => (it.id === indexed.id ? circumstances : undefined),
  })[0]
}

const strength: Readonly<Record<RowBand, number>> = { unread: 0, none: 0, review: 1, alert: 2 }

interface Appending {
  readonly services: Services
  readonly result: Watched
  readonly completionOf: (list: string) => Promise<string | null>
}

/** Adds the new matches to the results of the file, and what the keeper is told. */
async function append(
  { watch, batch, keeper }: Watch,
  found: ReadonlyMap<number, readonly Met[]>,
  { services, result, completionOf }: Appending,
): Promise<void> {
  if (found.size === 0) return
  const { store } = services
  const now = store.clock.now()
  const at = [...found.keys()]
  const [rows, known] = await Promise.all([
    readRowsAt(store, { batch: batch.id, at }),
    readKnownMatches(store, { batch: batch.id, at }),
  ])
  const counts = { ...batch.counts }
  let told = 0
  for (const [place, mets] of found) {
    const row = rows.get(place)!
    let added = 0
    let band = row.band
    for (const { indexed, candidate } of mets) {
      const before = known.get(`${place} ${indexed.id}`)
      const own = bandOf(candidate.score) === 'alert' ? 'alert' : 'review'
      if (strength[own] > strength[band]) band = own
      const isNew = before === undefined || bandOf(before.score) !== bandOf(candidate.score)
      const values = {
        batch: batch.id,
        at: place,
        record: indexed.id,
        version: indexed.version,
        score: candidate.score,
        explanation: asJson({ features: candidate.features, evidence: candidate.evidence }),
        found_at: now,
        completion: await completionOf(indexed.dataset),
      }
      result.rows.push({ op: 'upsert', table: 'screening_matches', key: ['batch', 'at', 'record'], values })
      if (before === undefined) added++
      if (!isNew) continue
      told++
      result.matches.set(indexed.dataset, (result.matches.get(indexed.dataset) ?? 0) + 1)
    }
    counts[row.band]--
    counts[band]++
    const where = { batch: batch.id, at: place }
    result.rows.push({ op: 'update', table: 'screening_rows', where, values: { band, found: row.found + added } })
  }
  result.rows.push({
    op: 'update',
    table: 'screening_batches',
    where: { id: batch.id },
    values: { counts: asJson(counts) },
  })
  result.touched.push({ type: 'batch', id: batch.id })
  if (told === 0) return
  const values = { unseen: watch.unseen + told, found_at: now }
  result.rows.push({ op: 'update', table: 'screening_watches', where: { batch: batch.id }, values })
  const details = { stage: 'watch', found: told }
  result.audit.push(
    audited('match', { ...keeper, via: 'system' }, { object: { type: 'batch', id: batch.id }, details }),
  )
}
