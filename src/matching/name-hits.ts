import { type Blocking, mostOfRank } from '#matching/blocking'
import type { EntityStore } from '#matching/entity-store'
import type { NameComparer } from '#matching/name-comparison'
import type { NameTable } from '#matching/name-table'
import type { Query, QueryName } from '#matching/query'
import { areCompatible, type SchemaName } from '#matching/schemas'
import {
  mostElsewhere,
  type NameAgreement,
  type NameWeights,
  nameLogOdds,
  nameWeights,
  weakened,
  weightsOf,
} from '#matching/score'

/** A pair of names: one of the query's and one that is indexed. */
export interface NameHit {
  readonly query: QueryName
  /** Number of the indexed name. */
  readonly name: number
  readonly agreement: NameAgreement
  /** What the pair says at best: a weak alias as if confirmed. */
  readonly logOdds: number
  readonly isWeak: boolean
}

export interface HitParts {
  readonly names: NameTable
  readonly blocking: Blocking
  readonly comparer: NameComparer
  readonly entities: EntityStore
}

export interface HitOptions {
  /** Owners wanted. */
  readonly limit: number
  /** Least log-odds of names that can matter. */
  readonly floor: number
  /** Whether names alone decide, so that names which can no longer be among the best need not be compared. */
  readonly isDecisive: boolean
  readonly accept: (owner: number) => boolean
  /** Compares every name instead of those that share words. */
  readonly isExhaustive: boolean
}

/** Names compared in full for each name of the query. */
const comparedNames = 192

/** The best pair of every owner that is found and that `accept` lets through. */
export function findHits(parts: HitParts, query: Query, options: HitOptions): Map<number, NameHit> {
  const { names, blocking } = parts
  const floor = options.floor - mostElsewhere
  const weights = weightsFor(query.entity.schema)
  const hits = new Map<number, NameHit>()
  const best = new BestOwners(options.limit)
  for (const queryName of query.names) {
    const consider = (name: number) => {
      const owner = names.ownerOf(name)
      if (!options.accept(owner)) return false
      const logOdds = compare(parts, queryName, name)
      const known = hits.get(owner)
      if (logOdds < floor || (known !== undefined && !isBetter({ logOdds, name }, known))) return true
      const hit = hitOf(parts, { queryName, name, logOdds })
      hits.set(owner, hit)
      best.add(owner, worth(hit))
      return true
    }
    if (options.isExhaustive) {
      for (let name = 0; name < names.length; name++) consider(name)
      continue
    }
    if (queryName.probes.length === 0) continue
    let compared = 0
    const sought = { probes: queryName.probes, weights, floor }
    blocking.find(sought, (name, rank) => {
      const most = mostOfRank(rank)
      if (most < floor || (options.isDecisive && most + mostElsewhere < best.least)) return false
      if (consider(name)) compared++
      return compared < comparedNames
    })
  }
  for (const [owner, hit] of hits) {
    if (options.isDecisive && worth(hit) + mostElsewhere < best.least) hits.delete(owner)
    else if (hit.agreement.missing > 0) hits.set(owner, withOthers(parts, owner, hit))
  }
  return hits
}

/** What names of those whom a query may mean are weighed by. */
function weightsFor(schema: SchemaName): readonly NameWeights[] {
  const people = [weightsOf({ isPerson: true })]
  if (schema === 'Person') return people
  const others = [weightsOf({ isPerson: false })]
  return areCompatible(schema, 'Person') ? [...people, ...others] : others
}

/** The pair, with what its owner's other names have of the words that are missing. */
function withOthers(parts: HitParts, owner: number, hit: NameHit): NameHit {
  const { comparer, entities, names } = parts
  const [from, to] = entities.namesOf(owner, names.length)
  if (to - from < 2) return hit
  const logOdds = compare(parts, hit.query, hit.name)
  comparer.creditOthers(from, to)
  if (comparer.found.elsewhereWords === 0) return hit
  return {
    ...hit,
    agreement: { ...comparer.found },
    logOdds: logOdds + nameLogOdds(comparer.found) - nameLogOdds(hit.agreement),
  }
}

/** The best pair of one owner, whatever blocking says; undefined when a side has no name. */
export function bestHit(parts: HitParts, query: Query, [from, to]: readonly [number, number]): NameHit | undefined {
  let best: NameHit | undefined
  for (const queryName of query.names) {
    for (let name = from; name < to; name++) {
      const logOdds = compare(parts, queryName, name)
      if (best === undefined || isBetter({ logOdds, name }, best)) best = hitOf(parts, { queryName, name, logOdds })
    }
  }
  return best === undefined ? undefined : withOthers(parts, parts.names.ownerOf(best.name), best)
}

/** The log-odds of a pair, a weak alias as if confirmed; what they come from stands in the comparer. */
function compare({ comparer, names, entities }: HitParts, query: QueryName, name: number): number {
  comparer.compare(query, name, query.isPerson || entities.schemaOf(names.ownerOf(name)) === 'Person')
  return nameLogOdds(comparer.found) - (query.isWeak || names.isWeak(name) ? nameWeights.weakConfirmed.loss : 0)
}

/** The pair that was compared last. */
function hitOf(
  { comparer, names }: HitParts,
  { queryName, name, logOdds }: { readonly queryName: QueryName; readonly name: number; readonly logOdds: number },
): NameHit {
  const isWeak = queryName.isWeak || names.isWeak(name)
  return { query: queryName, name, agreement: { ...comparer.found }, logOdds, isWeak }
}

/** Of pairs that say as much, the one of the name that comes first. */
function isBetter(a: Pick<NameHit, 'logOdds' | 'name'>, b: NameHit): boolean {
  return a.logOdds > b.logOdds || (a.logOdds === b.logOdds && a.name < b.name)
}

/** What a pair says where nothing else is known. */
function worth({ logOdds, isWeak }: NameHit): number {
  if (!isWeak) return logOdds
  return weakened(logOdds + nameWeights.weakConfirmed.loss, nameWeights.weakAlone)
}

/** The log-odds of the best owners, so many of them. */
class BestOwners {
  private readonly limit: number
  private readonly owners: number[] = []
  private readonly values: number[] = []

  constructor(limit: number) {
    this.limit = limit
  }

  /** The least of the best; minus infinity while there are not enough. */
  get least(): number {
    return this.values.length < this.limit ? -Infinity : this.values[this.limit - 1]!
  }

  add(owner: number, value: number): void {
    const known = this.owners.indexOf(owner)
    if (known >= 0) {
      if (this.values[known]! >= value) return
      this.owners.splice(known, 1)
      this.values.splice(known, 1)
    }
    let place = this.values.length
    while (place > 0 && this.values[place - 1]! < value) place--
    if (place >= this.limit) return
    this.owners.splice(place, 0, owner)
    this.values.splice(place, 0, value)
    if (this.values.length > this.limit) {
      this.owners.pop()
      this.values.pop()
    }
  }
}
