import type { AttributeComparison } from '#matching/attributes'
import type { Feature, FeatureName } from '#matching/candidate'
import type { Finding } from '#matching/finding'
import { comparisonWeights } from '#matching/name-parts'

/** Log-odds before anything is compared. */
export const priorLogOdds = -2

/** What the names say, to be calibrated; log-odds but for the two nats. */
export const nameWeights = {
  /** Log-odds that the same name, told by endless information, would reach. */
  ceiling: 2.4,
  /** Takes off `scarcity / (nats + offset)`: two common names tell too little to alert by themselves. */
  scarcity: 15,
  offset: 2,
  /** Lost over the way from the same name to nothing in common. */
  difference: 4,
  /** Lost when a single word is all that agrees of names that have more. */
  singleWord: 0.3,
  /** Names that are stated and do not agree. */
  mismatch: -2.6,
  /** Lost by a weak alias without a second attribute, with a country only, and with a confirming one. */
  weakAlone: 1.7,
  weakWithCountry: 1.2,
  weakConfirmed: 0.2,
} as const

/** Support from attributes counts fully from the upper quality on and not at all below the lower. */
const plausible = { from: 0.45, to: 0.85 } as const
/** Above this the log-odds are bent, so that scores stay apart and below 0.991. */
const bend = { from: 2, room: 2.7 } as const

const completeQuality = 0.94

/** What comparing two names found. */
export interface NameAgreement {
  /** 0 to 1: how much of the query's name, by weight, is found in the candidate's, less what is left over on either side. */
  readonly quality: number
  /** Nats: how much the words that agree tell. Two common names tell less than one rare name. */
  readonly information: number
  /** How many words that are names agree. */
  readonly agreeingNames: number
}

/** What the name comparison alone says, in log-odds. */
export function nameLogOdds({ quality, information, agreeingNames }: NameAgreement): number {
  const { ceiling, scarcity, offset, difference, singleWord, mismatch } = nameWeights
  const single = agreeingNames <= 1 && quality < completeQuality ? singleWord : 0
  return Math.max(mismatch, ceiling - scarcity / (information + offset) - difference * (1 - quality) - single)
}

/** What an agreeing word of this weight tells, in nats: common words less than in proportion, since many namesakes share two of them. */
export function telling(weight: number): number {
  return weight * Math.min(1, weight / comparisonWeights.commonWord)
}

/** The name part of a score as it enters the sum. */
export interface NameFinding {
  readonly agreement: NameAgreement
  readonly isWeak: boolean
  readonly queryText: string
  readonly candidateText: string
  readonly explanation: string
}

export interface Score {
  readonly score: number
  readonly features: readonly Feature[]
  readonly agreeing: readonly FeatureName[]
  readonly contradicting: readonly FeatureName[]
}

/**
 * Adds up log-odds from names and attributes and maps them to 0..1. Attributes other than identifiers support only as far
 * as the names agree, so that a shared birthday lifts no stranger. Each feature's score is what it moved the sum by.
 */
export function combine(name: NameFinding | undefined, { findings }: AttributeComparison): Score {
  const hasIdentifier = findings.some((finding) => finding.isIdentifier)
  const quality = name?.agreement.quality ?? 0
  const support = hasIdentifier && name === undefined ? 1 : ramp(quality)
  const features: Feature[] = []
  let sum = priorLogOdds
  const add = (feature: Omit<Feature, 'score'>, weight: number) => {
    const before = bent(sum)
    sum += weight
    features.push({ ...feature, score: round(bent(sum) - before, 3) })
  }
  if (name !== undefined) {
    const { queryText: query, candidateText: candidate, explanation } = name
    const logOdds = nameLogOdds(name.agreement)
    const feature = logOdds <= nameWeights.mismatch ? 'name_differs' : name.isWeak ? 'name_weak' : 'name_match'
    const loss = name.isWeak ? weakLoss(findings) : 0
    add({ name: feature, query, candidate, explanation }, Math.max(nameWeights.mismatch, logOdds - loss) - priorLogOdds)
  }
  for (const { weight, isIdentifier, ...finding } of findings) {
    const share = weight > 0 && !isIdentifier ? support : 1
    add(
      { name: finding.name, query: finding.query, candidate: finding.candidate, explanation: finding.explanation },
      weight * share,
    )
  }
  return {
    score: round(1 / (1 + Math.exp(-bent(sum))), 4),
    features,
    agreeing: features.filter((feature) => feature.score > 0).map((feature) => feature.name),
    contradicting: features.filter((feature) => feature.score < 0).map((feature) => feature.name),
  }
}

function weakLoss(findings: readonly Finding[]): number {
  if (findings.some((finding) => finding.confirms)) return nameWeights.weakConfirmed
  const hasCountry = findings.some((finding) => finding.name === 'country')
  return hasCountry ? nameWeights.weakWithCountry : nameWeights.weakAlone
}

function ramp(quality: number): number {
  return Math.min(1, Math.max(0, (quality - plausible.from) / (plausible.to - plausible.from)))
}

function bent(logOdds: number): number {
  if (logOdds <= bend.from) return logOdds
  return bend.from + bend.room * (1 - Math.exp(-(logOdds - bend.from) / bend.room))
}

/** Fixed decimals, so that the last bit of a logarithm shows in no result. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  const rounded = Math.round(value * scale) / scale
  return rounded === 0 ? 0 : rounded
}
