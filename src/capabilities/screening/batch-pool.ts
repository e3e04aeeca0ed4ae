import { availableParallelism } from 'node:os'
import { type Engine, engineOf } from '#capabilities/screening/engine'
import { type Asking, type Found, lookUp, seeCandidates } from '#capabilities/screening/look-up'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import type { Selection } from '#matching/search'
import type { SearchPool } from '#matching/search-pool'
import limits from './batch-limits.json' with { type: 'json' }

/** Threads that screen the rows of large files. All large files of a node share them; they end with the last. */

interface Shared {
  readonly pool: SearchPool
  users: number
}

const shared = new WeakMap<Services, Shared>()

/**
 * Whether threads are worth their start, which takes seconds: many rows, and much to compare each with. Twelve thousand rows
 * against a thousand entries are done by one thread before others have begun.
 */
export function isForPool(rows: number, services: Services): boolean {
  const isMuch = rows * engineOf(services).size >= limits.pooledComparisons
  return isMuch && rows >= limits.pooledRows && availableParallelism() > 1
}

export interface RowPool extends AsyncDisposable {
  /** What each of these meets, as this caller may see it; the same as `lookUp` finds for each. */
  lookUp(queries: readonly MatchEntity[], asking: Asking): Promise<Found[][]>
}

export interface PoolLimits {
  /** Most that are found of each row, and the least score, 0 to 1. */
  readonly limit: number
  readonly threshold: number
}

export function openRowPool(services: Services, limits: PoolLimits): RowPool {
  const engine = engineOf(services)
  const own = shared.get(services) ?? { pool: engine.openPool(), users: 0 }
  own.users++
  shared.set(services, own)
  const chosen = chooseFor(engine)
  return {
    async lookUp(queries, asking) {
      const candidates = await searchPool(queries, asking, { ...limits, engine, pool: own.pool, chosen })
      if (candidates === undefined) return Promise.all(queries.map((it) => lookUp(it, asking, limits)))
      return Promise.all(candidates.map((it) => seeCandidates(it, asking)))
    },
    async [Symbol.asyncDispose]() {
      own.users--
      if (own.users > 0) return
      shared.delete(services)
      await own.pool.close()
    },
  }
}

/** A record that changes while the rows are compared is not in what was chosen before: after so many tries one thread does it. */
const tries = 2

interface PoolSearch extends PoolLimits {
  readonly engine: Engine
  readonly pool: SearchPool
  readonly chosen: (asking: Asking) => Selection
}

async function searchPool(
  queries: readonly MatchEntity[],
  asking: Asking,
  { engine, pool, chosen, limit, threshold }: PoolSearch,
): Promise<readonly (readonly Candidate[])[] | undefined> {
  for (let left = tries; left > 0; left--) {
    const { version } = engine
    try {
      const found = await pool.search(queries, { limit, threshold, among: chosen(asking) })
      if (engine.version === version) return found
    } catch (cause) {
      if (!isFault(cause, 'matching/stale-selection')) throw cause
    }
  }
  return undefined
}

/** Records expire and come into their time: what may be compared is decided again after this, if nothing else changed. */
const selectionMilliseconds = 10_000

/** Chooses what a caller may compare, and again when the index, the rights of the caller or the hour have changed. */
function chooseFor(engine: Engine): (asking: Asking) => Selection {
  let last: { readonly key: string; readonly at: number; readonly selection: Selection } | undefined
  return ({ caller, services }) => {
    const { actor, purpose } = caller
    const key = JSON.stringify([engine.version, actor, purpose])
    const now = services.store.clock.now()
    if (last?.key !== key || Math.abs(now.getTime() - last.at) > selectionMilliseconds) {
      const circumstances = { now, purpose }
      const selection = engine.select({ actor, act: 'search', circumstancesFor: () => circumstances })
      last = { key, at: now.getTime(), selection }
    }
    return last.selection
  }
}
