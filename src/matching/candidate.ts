import type { WordRule } from '#matching/term'

/** Bumped whenever the same entities may score differently: a stored candidate tells which engine made it. */
export const engineVersion = 'comity-matching/6'

export type FeatureName =
  | 'name_match'
  | 'name_weak'
  | 'name_differs'
  | 'birth_date'
  | 'birth_date_overlap'
  | 'birth_date_swapped'
  | 'birth_date_typo'
  | 'birth_year_near'
  | 'birth_date_contradicts'
  | 'birth_place'
  | 'birth_place_contradicts'
  | 'birth_country'
  | 'birth_country_contradicts'
  | 'founding_date'
  | 'founding_date_contradicts'
  | 'country'
  | 'country_contradicts'
  | 'address'
  | 'address_contradicts'
  | 'gender_contradicts'
  | 'passport'
  | 'identifier'
  | 'identifier_near'
  | 'lei'
  | 'bic'
  | 'account'
  | 'wallet'
  | 'email'
  | 'phone'
  | 'imo'
  | 'mmsi'
  | 'call_sign'
  | 'vin'
  | 'serial'

/** One reason for or against. Contributions are log-odds and, with `priorLogOdds`, sum up to the log-odds of the score. */
export interface Feature {
  readonly name: FeatureName
  readonly score: number
  readonly query: string
  readonly candidate: string
  /** A short English sentence. */
  readonly explanation: string
}

/** How two words met; see term.ts and word-classes.ts. */
export type TokenRule = WordRule | 'script' | 'glued' | 'acronym' | 'cut' | 'elsewhere'

export interface TokenEvidence {
  readonly query: string
  /** As the candidate's name writes it; by the rule `elsewhere` another whole name of the candidate that has it. */
  readonly candidate: string
  readonly rule: TokenRule
  readonly similarity: number
}

/** What met what: enough for a reviewer to see the reasons without the engine. */
export interface Evidence {
  /** The two names that met, as written; empty when a side has none. */
  readonly queryName: string
  readonly candidateName: string
  /** 0 to 1, before attributes; 0 when names were not compared or nothing agrees. */
  readonly nameQuality: number
  readonly tokens: readonly TokenEvidence[]
  readonly unmatchedQuery: readonly string[]
  readonly unmatchedCandidate: readonly string[]
  readonly agreeing: readonly FeatureName[]
  readonly contradicting: readonly FeatureName[]
  /** Attributes that both sides state: what could have agreed or contradicted. */
  readonly comparable: readonly string[]
}

export interface Candidate {
  readonly id: string
  /** 0 to 1, four decimals; ordered but never saturated: 0.991 is out of reach. */
  readonly score: number
  readonly features: readonly Feature[]
  readonly evidence: Evidence
}
