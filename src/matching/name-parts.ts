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
  /** Whether one side is the initials of the other. */
  readonly areInitials?: true
  /** Whether the query's word is the beginning of the other, cut where its field ended. */
  readonly isCut?: true
}

export const comparisonWeights = {
  /** A word of the query that the candidate lacks costs its weight times this; the candidate's extra words cost less. */
  unmatchedQuery: 0.8,
  unmatchedCandidate: 0.25,
  /** Patronymics and small words may be missing. */
  optional: 0.25,
  outOfOrder: 0.03,
  swappedRoles: 0.08,
  /** Fund 2 is not Fund 3. */
  otherNumber: 0.15,
  initialAgreement: 0.3,
  /** Words below this weight (in about one of sixty names) are common. */
  commonWord: 6.5,
} as const

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

const smallWeights: Partial<Record<TokenKind, number>> = { particle: 0.4, honorific: 0.3, legal: 0.4 }

/** Another number is another thing, however short. */
const leastNumber = 4

/** Many names have the same initials, however rare. */
const mostOfAcronym = 6

/** Some hundred syllables make up nearly all given names of Korea, and twenty are most people's surname. */
const mostOfSyllable = 4.2
const longestSyllable = 5
/** Han characters are read without their tones: one syllable is many characters, and two are many people's name. */
const mostOfHan = { short: 4.4, letters: 4, long: 7, longLetters: 7 }

/** What a token weighs, given what its word tells: words that only join or qualify names weigh little. */
export function tokenWeight(kind: TokenKind, information: number): number {
  if (kind === 'patronymic') return information * 0.6
  if (kind === 'acronym') return Math.min(information, mostOfAcronym)
  return smallWeights[kind] ?? (kind === 'number' ? Math.max(information, leastNumber) : information)
}

/** What a word tells at most that is read from Korean syllables or Han characters. */
export function syllableWeight(weight: number, script: Script, letters: number): number {
  if (script === 'han' && letters <= mostOfHan.longLetters)
    return Math.min(weight, letters <= mostOfHan.letters ? mostOfHan.short : mostOfHan.long)
  return script === 'hangul' && letters <= longestSyllable ? Math.min(weight, mostOfSyllable) : weight
}

/** Whether a token names, rather than joins, titles or forms. Only such a word finds candidates. */
export function isNaming(kind: TokenKind): boolean {
  return kind === 'name' || kind === 'patronymic' || kind === 'number' || kind === 'acronym'
}
