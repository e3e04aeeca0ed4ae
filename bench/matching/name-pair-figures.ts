import type { MatchEntity } from '#matching/entity'
import { createPairComparer, type PairComparer } from '#matching/pair-comparer'
import type { Bands } from './fairness.ts'
import { makeNamePairs, type NamePair } from './name-pairs.ts'
import { areaUnderCurve, bestF1, f1From } from './pair-metrics.ts'
import { type Share, shareOf } from './shares.ts'

/** How two names alone, compared without a list, are told apart. */
export interface NamePairFigures {
  readonly pairs: number
  readonly areaUnderCurve: number
  readonly f1: number
  readonly from: number
  readonly f1FromReview: number
  readonly f1FromAlert: number
  readonly kinds: readonly {
    readonly name: string
    readonly same: boolean
    readonly review: Share
    readonly alert: Share
  }[]
}

export async function namePairFigures(listed: readonly MatchEntity[], bands: Bands): Promise<NamePairFigures> {
  const comparer = createPairComparer()
  const pairs = (await makeNamePairs(listed)).filter(({ part }) => part === 'test')
  const scored = pairs.map((pair) => ({ kind: pair.kind, same: pair.same, score: scoreOfNames(comparer, pair) }))
  const { f1, threshold } = bestF1(scored)
  const fixed = (value: number) => Number(value.toFixed(4))
  return {
    pairs: pairs.length,
    areaUnderCurve: fixed(areaUnderCurve(scored)),
    f1: fixed(f1),
    from: threshold,
    f1FromReview: fixed(f1From(scored, bands.review)),
    f1FromAlert: fixed(f1From(scored, bands.alert)),
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

export function scoreOfNames(comparer: PairComparer, { schema, a, b }: NamePair): number {
  const found = comparer.compare(
    { id: 'query', schema, properties: { name: [a] } },
    { id: 'candidate', schema, properties: { name: [b] } },
  )
  return found?.score ?? 0
}
