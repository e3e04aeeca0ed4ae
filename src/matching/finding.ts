import type { FeatureName } from '#matching/candidate'

/** What comparing one attribute found. */
export interface Finding {
  readonly name: FeatureName
  /** Log-odds for (above 0) or against. */
  readonly weight: number
  readonly query: string
  readonly candidate: string
  readonly explanation: string
  /** Identifiers stand by themselves; other support counts as far as the names agree. */
  readonly isIdentifier: boolean
  /** Whether it may confirm a weak alias. */
  readonly confirms: boolean
}
