import type { Candidate, Feature, FeatureName } from '#matching/candidate'
import { round } from '#matching/score'

/** One explanation as the `/match` response of opensanctions/yente has it (`FeatureResult`). */
export interface YenteExplanation {
  readonly detail: string
  /** How far the feature holds, 0 to 1: for a contradiction too. */
  readonly score: number
  readonly query: string | null
  readonly candidate: string | null
}

/** The part of a `/match` result that scoring fills; `features` is what older clients read. */
export interface YenteScoring {
  readonly score: number
  readonly match: boolean
  readonly features: Readonly<Record<string, number>>
  readonly explanations: Readonly<Record<string, YenteExplanation>>
}

/** Our features under the keys that yente's clients know, with the degree to which each holds when it is there. */
const keys: Readonly<Partial<Record<FeatureName, readonly [key: string, degree: number]>>> = {
  name_match: ['name_match', 1],
  name_weak: ['weak_alias_match', 1],
  name_differs: ['name_match', 1],
  birth_date: ['dob_matches', 1],
  birth_date_overlap: ['dob_year_matches', 1],
  birth_date_swapped: ['dob_day_disjoint', 0.5],
  birth_date_typo: ['dob_day_disjoint', 0.5],
  birth_year_near: ['dob_day_disjoint', 1],
  birth_date_contradicts: ['dob_year_disjoint', 1],
  country_contradicts: ['country_mismatch', 1],
  birth_country_contradicts: ['country_mismatch', 0.5],
  address: ['address_match', 1],
  gender_contradicts: ['gender_mismatch', 1],
  passport: ['identifier_match', 1],
  identifier: ['identifier_match', 1],
  identifier_near: ['identifier_match', 0.5],
  account: ['identifier_match', 1],
  call_sign: ['identifier_match', 1],
  vin: ['identifier_match', 1],
  serial: ['identifier_match', 1],
  lei: ['lei_code_match', 1],
  bic: ['bic_code_match', 1],
  wallet: ['crypto_wallet_address', 1],
  email: ['email_match', 1],
  phone: ['phone_match', 1],
  imo: ['vessel_imo_mmsi_match', 1],
  mmsi: ['vessel_imo_mmsi_match', 1],
}

/** The keys that features may have, with what each means: those of yente, and our own where it has none. */
export const yenteKeys: ReadonlyMap<string, string> = new Map([
  ['name_match', 'How far the names agree'],
  ['weak_alias_match', 'A weak alias agrees'],
  ['dob_matches', 'The day of birth is the same'],
  ['dob_year_matches', 'The dates of birth can be the same'],
  ['dob_day_disjoint', 'The dates of birth differ by a slip or by little'],
  ['dob_year_disjoint', 'The years of birth contradict'],
  ['country', 'A country in common'],
  ['country_mismatch', 'No country in common'],
  ['gender_mismatch', 'The stated genders differ'],
  ['identifier_match', 'A number of a document or a register is the same'],
  ['lei_code_match', 'The legal entity identifier is the same'],
  ['bic_code_match', 'The bank identifier code is the same'],
  ['crypto_wallet_address', 'A wallet address is the same'],
  ['email_match', 'An e-mail address is the same'],
  ['phone_match', 'A telephone number is the same'],
  ['vessel_imo_mmsi_match', 'The number of a vessel is the same'],
  ['address_match', 'The addresses agree'],
  ['address_contradicts', 'The addresses have no word in common'],
  ['birth_place', 'The places of birth agree'],
  ['birth_place_contradicts', 'The places of birth have no word in common'],
  ['birth_country', 'Born in the same country'],
  ['founding_date', 'Founded on the same date'],
  ['founding_date_contradicts', 'The founding dates contradict'],
])

/**
 * A candidate in the shape of yente's answers: `match` from the threshold up. A weight multiplies what the features under its
 * key add to the log-odds: 0 leaves them out, 1 changes nothing.
 */
export function toYente(
  candidate: Candidate,
  threshold = 0.7,
  weights: Readonly<Record<string, number>> = {},
): YenteScoring {
  const features: Record<string, number> = {}
  const explanations: Record<string, YenteExplanation> = {}
  for (const [key, feature] of byKey(candidate)) {
    const score = degreeOf(feature, candidate)
    features[key] = score
    explanations[key] = {
      detail: feature.explanation,
      score,
      query: feature.query === '' ? null : feature.query,
      candidate: feature.candidate === '' ? null : feature.candidate,
    }
  }
  const score = reweighed(candidate, weights)
  return { score, match: score >= threshold, features, explanations }
}

/** From the score as it is, so that weights which change nothing leave it to the last decimal. */
function reweighed({ score, features }: Candidate, weights: Readonly<Record<string, number>>): number {
  let change = 0
  for (const it of features) {
    const key = keys[it.name]?.[0] ?? it.name
    if (Object.hasOwn(weights, key)) change += it.score * (weights[key]! - 1)
  }
  return change === 0 ? score : round(1 / (1 + Math.exp(-(Math.log(score / (1 - score)) + change))), 4)
}

/** Features that yente has no key for keep our name. Of two under one key, the one that moved the score more is shown. */
function byKey(candidate: Candidate): ReadonlyMap<string, Feature> {
  const shown = new Map<string, Feature>()
  for (const feature of candidate.features) {
    const key = keys[feature.name]?.[0] ?? feature.name
    const other = shown.get(key)
    if (other === undefined || Math.abs(feature.score) > Math.abs(other.score)) shown.set(key, feature)
  }
  return shown
}

function degreeOf(feature: Feature, { evidence }: Candidate): number {
  if (feature.name.startsWith('name_')) return evidence.nameQuality
  return keys[feature.name]?.[1] ?? 1
}
