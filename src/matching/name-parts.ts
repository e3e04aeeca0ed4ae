import type { Script } from '#matching/script'
import type { Term } from '#matching/term'
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

/** Whether a token names, rather than joins, titles or forms. */
export function isNaming(token: WeighedToken): boolean {
  return token.kind === 'name' || token.kind === 'patronymic' || token.kind === 'number'
}
