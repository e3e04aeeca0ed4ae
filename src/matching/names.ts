import { glueWords } from '#matching/glue'
import type { Script } from '#matching/script'
import { similarityFloor, type Term } from '#matching/term'
import type { NameRole, TokenKind } from '#matching/tokens'

/** A token as the comparison sees it: its word, what it does in the name, and how much it tells. */
export interface WeighedToken {
  readonly term: Term
  readonly kind: TokenKind
  readonly role: NameRole
  readonly script: Script
  /** Information in nats: the rarer the word, the heavier. */
  readonly weight: number
}

export interface AlignedPair {
  readonly query: readonly number[]
  readonly candidate: readonly number[]
  readonly similarity: number
  readonly isGlued: boolean
}

export interface NameComparison {
  /** 0 to 1: how much of the query's name, by weight, is found in the candidate's, less what is left over on either side. */
  readonly quality: number
  /** Nats: how much the words that agree tell. Two common names tell less than one rare name. */
  readonly information: number
  /** How many words that are names agree. */
  readonly agreeingNames: number
  readonly pairs: readonly AlignedPair[]
}

export const comparisonWeights = {
  /** A word of the query that the candidate lacks costs its weight times this; the candidate's extra words cost less. */
  unmatchedQuery: 0.85,
  unmatchedCandidate: 0.3,
  /** Patronymics and small words may be missing. */
  optional: 0.25,
  outOfOrder: 0.03,
  swappedRoles: 0.08,
  /** Similarity at and below which a pair agrees in nothing. */
  agreementFloor: 0.6,
  initialAgreement: 0.3,
} as const

/**
 * How far a word agrees: 1 for the same word, about 0.9 for the same sounds, 0.4 at the floor. Spelling differences
 * count more than in proportion, since many are two different names.
 */
export function agreement(similarity: number): number {
  if (similarity < similarityFloor) return similarity > 0 ? comparisonWeights.initialAgreement : 0
  return (similarity - comparisonWeights.agreementFloor) / (1 - comparisonWeights.agreementFloor)
}

/**
 * Compares two names. Words are paired one to one whatever their order, best first; then words that one side writes
 * together and the other apart. `similarity` gives the likeness of two tokens by position, 0 for none.
 */
export function compareNames(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  similarity: (query: number, candidate: number) => number,
): NameComparison {
  const pairs = pairWords(query, candidate, similarity)
  const freeQuery = freeOf(query, pairs, 'query')
  const freeCandidate = freeOf(candidate, pairs, 'candidate')
  if (freeQuery.length > 0 && freeCandidate.length > 0) {
    for (const glued of glueWords(query, candidate, { freeQuery, freeCandidate })) pairs.push(glued)
  }
  pairs.sort((a, b) => a.query[0]! - b.query[0]!)
  return measure(query, candidate, pairs)
}

function pairWords(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  similarity: (query: number, candidate: number) => number,
): AlignedPair[] {
  const found: { i: number; j: number; likeness: number; gain: number }[] = []
  for (let i = 0; i < query.length; i++) {
    for (let j = 0; j < candidate.length; j++) {
      if (!mayPair(query[i]!.kind, candidate[j]!.kind)) continue
      const likeness = similarity(i, j)
      if (likeness > 0) {
        found.push({ i, j, likeness, gain: agreement(likeness) * Math.min(query[i]!.weight, candidate[j]!.weight) })
      }
    }
  }
  found.sort((a, b) => b.gain - a.gain || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || a.i - b.i || a.j - b.j)
  const pairs: AlignedPair[] = []
  let usedQuery = 0
  let usedCandidate = 0
  for (const { i, j, likeness } of found) {
    if ((usedQuery & (1 << i)) !== 0 || (usedCandidate & (1 << j)) !== 0) continue
    usedQuery |= 1 << i
    usedCandidate |= 1 << j
    pairs.push({ query: [i], candidate: [j], similarity: likeness, isGlued: false })
  }
  return pairs
}

/** Legal forms pair only with their like: a company called Co is no Co. */
function mayPair(a: TokenKind, b: TokenKind): boolean {
  return (a === 'legal') === (b === 'legal')
}

function freeOf(tokens: readonly WeighedToken[], pairs: readonly AlignedPair[], side: 'query' | 'candidate'): number[] {
  let used = 0
  for (const pair of pairs) for (const index of pair[side]) used |= 1 << index
  const free: number[] = []
  for (let index = 0; index < tokens.length; index++) if ((used & (1 << index)) === 0) free.push(index)
  return free
}

function measure(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  pairs: readonly AlignedPair[],
): NameComparison {
  let agreed = 0
  let possible = 0
  let information = 0
  let agreeingNames = 0
  for (const pair of pairs) {
    const share = agreement(pair.similarity)
    const weight = sum(query, pair.query)
    agreed += weight * share
    possible += weight
    if (pair.query.some((index) => isNaming(query[index]!)) && share > comparisonWeights.initialAgreement) {
      information += Math.min(weight, sum(candidate, pair.candidate)) * share
      agreeingNames += Math.max(pair.query.length, pair.candidate.length)
    }
  }
  for (const index of freeOf(query, pairs, 'query')) {
    possible += comparisonWeights.unmatchedQuery * leftover(query[index]!)
  }
  for (const index of freeOf(candidate, pairs, 'candidate')) {
    possible += comparisonWeights.unmatchedCandidate * leftover(candidate[index]!)
  }
  const quality = possible === 0 ? 0 : Math.max(0, agreed / possible - orderCost(query, candidate, pairs))
  return { quality, information, agreeingNames, pairs }
}

function sum(tokens: readonly WeighedToken[], indexes: readonly number[]): number {
  let total = 0
  for (const index of indexes) total += tokens[index]!.weight
  return total
}

function isNaming(token: WeighedToken): boolean {
  return token.kind === 'name' || token.kind === 'patronymic' || token.kind === 'number'
}

function leftover(token: WeighedToken): number {
  return token.kind === 'name' || token.kind === 'number' ? token.weight : token.weight * comparisonWeights.optional
}

/** Given and family name exchanged costs most where both sides say which is which; another order of words costs little. */
function orderCost(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  pairs: readonly AlignedPair[],
): number {
  let last = -1
  let isOrdered = true
  let known = 0
  let swapped = false
  for (const pair of pairs) {
    const [a, b] = [query[pair.query[0]!]!, candidate[pair.candidate[0]!]!]
    if (!isNaming(a)) continue
    if (a.role !== 'unknown' && b.role !== 'unknown') {
      known++
      if (a.role !== b.role) swapped = true
    }
    if (pair.candidate[0]! < last) isOrdered = false
    last = pair.candidate[0]!
  }
  if (swapped) return comparisonWeights.swappedRoles
  return isOrdered || known === pairs.length ? 0 : comparisonWeights.outOfOrder
}
