import { createMatchingIndex } from '#matching/name-index'
import { findLists, readListings } from '../list-files.ts'
import { buildPairs, type EntityPair, type PairKind } from './entity-sets.ts'
import type { Bands } from './fairness.ts'
import { areaUnderCurve, bestF1 } from './pair-metrics.ts'
import { type Share, shareOf } from './shares.ts'

/** How whole entities, with all that the lists say of them, are told apart. */
export interface PairFigures {
  readonly pairs: number
  readonly areaUnderCurve: number
  readonly f1: number
  readonly from: number
  readonly kinds: readonly {
    readonly name: PairKind
    readonly same: boolean
    readonly review: Share
    readonly alert: Share
  }[]
}

export async function pairFigures(folder: string, bands: Bands): Promise<PairFigures> {
  const pairs = buildPairs(await readListings(findLists(folder))).filter(({ part }) => part === 'test')
  const scored = pairs.map((pair) => ({ kind: pair.kind, same: pair.same, score: scoreOf(pair) }))
  const { f1, threshold } = bestF1(scored)
  return {
    pairs: pairs.length,
    areaUnderCurve: Number(areaUnderCurve(scored).toFixed(4)),
    f1: Number(f1.toFixed(4)),
    from: threshold,
    kinds: Array.from(
      Map.groupBy(scored, ({ kind }) => kind),
      ([name, own]) => ({
        name,
        same: own[0]!.same,
        review: shareOf(own, ({ score }) => score >= bands.review),
        alert: shareOf(own, ({ score }) => score >= bands.alert),
      }),
    ),
  }
}

function scoreOf({ query, candidate }: EntityPair): number {
  const index = createMatchingIndex()
  index.put(candidate)
  return index.search({ ...query, id: 'query' }, { limit: 1, threshold: 0 })[0]?.score ?? 0
}
