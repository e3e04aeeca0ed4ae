import type { Blocking } from '#matching/blocking'
import type { NameTable } from '#matching/name-table'
import { compareNames, type NameComparison } from '#matching/names'
import type { Query, QueryName } from '#matching/query'
import { nameLogOdds, nameWeights } from '#matching/score'
import { compareTerms, type Term } from '#matching/term'

/** A pair of names: one of the query's and one that is indexed. */
export interface NameHit {
  readonly query: QueryName
  /** Number of the indexed name. */
  readonly name: number
  readonly comparison: NameComparison
  /** What the pair says at best: a weak alias as if confirmed. */
  readonly logOdds: number
  readonly isWeak: boolean
}

/** Names compared in full for each name of the query. */
const comparedNames = 128

/** Compares one query's names, remembering how alike its words are to the words it has met. */
export class NameComparer {
  private readonly names: NameTable
  private readonly entities: number
  private readonly likeness = new Map<QueryName, Map<Term, number>[]>()

  constructor(names: NameTable, entities: number) {
    this.names = names
    this.entities = entities
  }

  compare(query: QueryName, name: number): NameHit {
    let likeness = this.likeness.get(query)
    if (likeness === undefined) {
      likeness = query.weighed.map(() => new Map<Term, number>())
      this.likeness.set(query, likeness)
    }
    const known = likeness
    const weighed = this.names.weigh(name, this.entities)
    const comparison = compareNames(query.weighed, weighed, (i, j) => {
      const { term } = weighed[j]!
      let value = known[i]!.get(term)
      if (value === undefined) {
        value = compareTerms(query.weighed[i]!.term, term)
        known[i]!.set(term, value)
      }
      return value
    })
    const isWeak = query.isWeak || this.names.isWeak(name)
    const logOdds = nameLogOdds(comparison) - (isWeak ? nameWeights.weakConfirmed : 0)
    return { query, name, comparison, logOdds, isWeak }
  }

  /** The best pair of every owner that blocking finds and `accept` lets through. */
  findOwners(query: Query, blocking: Blocking, accept: (owner: number) => boolean): Map<number, NameHit> {
    const hits = new Map<number, NameHit>()
    for (const queryName of query.names) {
      if (queryName.probes.length === 0) continue
      for (const name of blocking.find(queryName.probes, comparedNames, accept)) {
        const hit = this.compare(queryName, name)
        const owner = this.names.ownerOf(name)
        const known = hits.get(owner)
        if (known === undefined || hit.logOdds > known.logOdds) hits.set(owner, hit)
      }
    }
    return hits
  }

  /** The best pair of one owner, whatever blocking says; undefined when a side has no name. */
  bestOf(query: Query, from: number, to: number): NameHit | undefined {
    let best: NameHit | undefined
    for (const queryName of query.names) {
      for (let name = from; name < to; name++) {
        const hit = this.compare(queryName, name)
        if (best === undefined || hit.logOdds > best.logOdds) best = hit
      }
    }
    return best
  }
}
