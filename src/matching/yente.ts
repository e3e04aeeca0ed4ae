import type { Candidate, Feature, FeatureName } from '#matching/candidate'

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

/** A candidate in the shape of yente's answers: `match` from the threshold up. */
export function toYente(candidate: Candidate, threshold = 0.7): YenteScoring {
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
  return { score: candidate.score, match: candidate.score >= threshold, features, explanations }
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
