import { glueWords } from '#matching/glue'
import { orderCost } from '#matching/name-order'
import { type AlignedPair, comparisonWeights, isNaming, type WeighedToken } from '#matching/name-parts'
import { similarityFloor } from '#matching/term'
import type { TokenKind } from '#matching/tokens'

export interface NameComparison {
  /** 0 to 1: how much of the query's name, by weight, is found in the candidate's, less what is left over on either side. */
  readonly quality: number
  /** Nats: how much the words that agree tell. Two common names tell less than one rare name. */
  readonly information: number
  /** How many words that are names agree. */
  readonly agreeingNames: number
  readonly pairs: readonly AlignedPair[]
}

/**
 * How far a word agrees: 1 for the same word, 0.96 for the same sounds, 0.8 for a likeness of 0.9, 0.4 at the floor. Spelling
 * differences count more than in proportion, since many are two different names.
 */
export function agreement(similarity: number): number {
  if (similarity >= 1) return 1
  if (similarity >= 0.9) return 0.8 + ((similarity - 0.9) * 0.16) / 0.07
  if (similarity >= similarityFloor) return 0.4 + ((similarity - similarityFloor) * 0.4) / (0.9 - similarityFloor)
  return similarity > 0 ? comparisonWeights.initialAgreement : 0
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
      information += Math.min(telling(query, pair.query), telling(candidate, pair.candidate)) * share
      agreeingNames += Math.max(pair.query.length, pair.candidate.length)
    }
  }
  const freeQuery = freeOf(query, pairs, 'query')
  const freeCandidate = freeOf(candidate, pairs, 'candidate')
  for (const index of freeQuery) {
    possible += comparisonWeights.unmatchedQuery * leftover(query, index)
  }
  for (const index of freeCandidate) {
    possible += comparisonWeights.unmatchedCandidate * leftover(candidate, index)
  }
  const isOther = freeQuery.some((index) => query[index]!.kind === 'number')
  const numbers = isOther && freeCandidate.some((index) => candidate[index]!.kind === 'number')
  const cost = orderCost(query, candidate, pairs) + (numbers ? comparisonWeights.otherNumber : 0)
  const quality = possible === 0 ? 0 : Math.max(0, agreed / possible - cost)
  return { quality, information, agreeingNames, pairs }
}

function sum(tokens: readonly WeighedToken[], indexes: readonly number[]): number {
  let total = 0
  for (const index of indexes) total += tokens[index]!.weight
  return total
}

/** Common words tell less than in proportion: many namesakes share two of them. */
function telling(tokens: readonly WeighedToken[], indexes: readonly number[]): number {
  let total = 0
  for (const index of indexes) {
    const { weight } = tokens[index]!
    total += weight * Math.min(1, weight / comparisonWeights.commonWord)
  }
  return total
}

/** A word said twice counts once; patronymics and small words may be missing. */
function leftover(tokens: readonly WeighedToken[], index: number): number {
  const token = tokens[index]!
  const isSaid = tokens.some((other, at) => at !== index && other.term.text === token.term.text)
  const isOptional = isSaid || (token.kind !== 'name' && token.kind !== 'number')
  return isOptional ? token.weight * comparisonWeights.optional : token.weight
}
