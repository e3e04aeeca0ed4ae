import { setImmediate as nextTurn } from 'node:timers/promises'
import { readRows } from '#capabilities/screening/batch-store'
import { readRunningWatches, type WatchRecord } from '#capabilities/screening/watch-store'
import type { Services } from '#http/services'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { isSchemaName } from '#matching/schemas'

/**
 * The rows of the files under watch as an index of their own, apart from what the node holds: nobody who searches the node finds
 * them. In memory only, filled from the results of the files.
 */
export interface Population {
  readonly index: MatchingIndex
  /** Places of the rows of each file. */
  readonly batches: Map<string, number[]>
}

/**
 * The least score of a row for a changed entry. The row is then compared with the entry the way round in which files are
 * screened, and that score counts: words weigh differently among the rows, so this is lower.
 */
const reverseThreshold = 0.2
const rowsPerEntry = 1_000
const pageSize = 500

const populations = new WeakMap<Services, Population>()

export function populationOf(services: Services): Population {
  let found = populations.get(services)
  if (found === undefined) {
    found = { index: createMatchingIndex(), batches: new Map() }
    populations.set(services, found)
  }
  return found
}

export function countRows({ batches }: Population, of: Iterable<string>): number {
  let count = 0
  for (const batch of of) count += batches.get(batch)?.length ?? 0
  return count
}

/** Takes in the files that came under watch and drops those that no longer are. Returns the watches that run. */
export async function syncPopulation(services: Services): Promise<WatchRecord[]> {
  const { store } = services
  const population = populationOf(services)
  const running = await readRunningWatches(store, store.clock.now())
  const wanted = new Set(running.map((it) => it.batch))
  for (const [batch, rows] of population.batches) {
    if (wanted.has(batch)) continue
    for (const at of rows) population.index.remove(rowId(batch, at))
    population.batches.delete(batch)
  }
  for (const batch of wanted) if (!population.batches.has(batch)) await takeIn(batch, services)
  return running
}

async function takeIn(batch: string, services: Services): Promise<void> {
  const { index, batches } = populationOf(services)
  const places: number[] = []
  for (let after = 0; ; ) {
    const rows = await readRows(services.store, { batch, after, limit: pageSize })
    for (const { at, schema, properties } of rows) {
      after = at
      if (schema === null || !isSchemaName(schema)) continue
      index.put({ id: rowId(batch, at), schema, properties })
      places.push(at)
    }
    if (rows.length < pageSize) break
    await nextTurn()
  }
  batches.set(batch, places)
}

/** The rows that an entry may meet, by file, of those files that are meant. */
export function findRows(
  { index }: Population,
  entity: MatchEntity,
  isMeant: (batch: string) => boolean,
): Map<string, number[]> {
  const found = index.search(entity, {
    limit: rowsPerEntry,
    threshold: reverseThreshold,
    exclude: (id) => !isMeant(id.slice(0, id.indexOf(' '))),
  })
  const rows = new Map<string, number[]>()
  for (const { id } of found) {
    const [batch = '', at] = id.split(' ')
    const places = rows.get(batch)
    if (places === undefined) rows.set(batch, [Number(at)])
    else places.push(Number(at))
  }
  return rows
}

const rowId = (batch: string, at: number) => `${batch} ${at}`
