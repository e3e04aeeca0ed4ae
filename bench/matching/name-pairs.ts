import type { MatchEntity } from '#matching/entity'
import { seeded } from '../invented.ts'
import { listedPairs } from './listed-pairs.ts'
import { organisationPairs } from './organisation-pairs.ts'
import { personPairs } from './person-pairs.ts'
import { hash, type Part, partOf } from './sets.ts'
import { spelledPairs } from './spelled-pairs.ts'

/** Two names, and whether a person who reads them would say that they may well be one's. EXERCISE: most are invented. */
export interface NamePair {
  readonly kind: string
  readonly same: boolean
  readonly schema: 'Person' | 'Company'
  readonly a: string
  readonly b: string
}

export interface PlacedPair extends NamePair {
  readonly part: Part
}

/** Pairs by rule, by published transliterations and by published lists; which part one falls into, a hash of it decides. */
export async function makeNamePairs(listed: readonly MatchEntity[]): Promise<readonly PlacedPair[]> {
  const made = [
    ...personPairs(seeded(1_907)),
    ...organisationPairs(seeded(2_021)),
    ...(await spelledPairs(seeded(3_110))),
    ...listedPairs(listed),
  ]
  const seen = new Set<string>()
  const pairs: PlacedPair[] = []
  for (const pair of made) {
    const key = `${pair.kind}|${pair.a}|${pair.b}`
    if (pair.a === pair.b || seen.has(key)) continue
    seen.add(key)
    const isTurned = hash(key) % 2 === 1
    pairs.push({ ...pair, ...(isTurned ? { a: pair.b, b: pair.a } : {}), part: partOf(key) })
  }
  return pairs
}
