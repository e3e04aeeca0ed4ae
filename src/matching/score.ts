import type { AttributeComparison } from '#matching/attributes'
import type { Feature, FeatureName } from '#matching/candidate'
import type { Finding } from '#matching/finding'
import weights from './name-weights.json' with { type: 'json' }

/** Log-odds before anything is compared. */
export const priorLogOdds = -2

/** What each thing that two names have in common, or not, moves the log-odds by; see the note in the file. */
export type NameWeights = typeof weights.person

const { person, other } = weights

/** What the names of people and of others say, in log-odds. */
export function weightsOf({ isPerson }: { readonly isPerson: boolean }): NameWeights {
  return isPerson ? person : other
}

/** More than this no name can say. */
export const mostOfNames: number = Math.max(person.base + person.agreed, other.base + other.agreed)

/** What is not fitted. */
export const nameWeights = {
  /** Names that do not agree, at worst, beside an identifier that does; from here on they are said to differ. */
  mismatch: -2.6,
  /** Lost by a weak alias, and the share lost of what speaks for it: alone, with a country only, with what confirms it. */
  weakAlone: { loss: 0.6, share: 0.9 },
  weakWithCountry: { loss: 0.5, share: 0.7 },
  weakConfirmed: { loss: 0.2, share: 0 },
} as const

/** So many nats that agree say half of what names can. */
export const halfAgreed = 14

/** Other names of a candidate add no more than this to what the likest says: so much lower every search must look. */
export const mostElsewhere = 0.2

/** Support from attributes counts fully from the upper quality on and not at all below the lower. */
const plausible = { from: 0.45, to: 0.85 } as const
/** Above this the log-odds are bent, so that scores stay apart and below 0.991. */
const bend = { from: 2, room: 2.7 } as const
/** Below this they are bent too, so that even what is far apart stays in order. */
const bendBelow = { from: -3, room: 2 } as const

/** What comparing two names found. Sums are in nats, of words that are names. */
export interface NameAgreement {
  /** People's names and others' are weighed apart. */
  readonly isPerson: boolean
  /** What the words tell that agree, each as far as it agrees. */
  readonly agreed: number
  /** What those of them tell that are spelt nearly alike (of a query in Latin letters), that are not spelt alike, and of these that are hardly alike. */
  readonly near: number
  readonly loose: number
  readonly slips: number
  /** What the words tell of which one side has the initial. */
  readonly initials: number
  /** Whether one name is the initials of the other, and nothing else agrees. */
  readonly isAcronym: boolean
  /** Words of the query that the candidate lacks, and words that only the candidate has. */
  readonly missing: number
  readonly extra: number
  /** 0 to 1: what share these are of what each name tells. */
  readonly missingShare: number
  readonly extraShare: number
  /** What those missing tell that another name of the candidate has, each as far as it agrees, and how many they are. */
  readonly elsewhere: number
  readonly elsewhereWords: number
  /** The same of words that may be missing: patronymics, and what is said twice. */
  readonly optionalMissing: number
  readonly optionalExtra: number
  /** How many words of either side stand where the other has another: the lesser of the two counts of what is left over. */
  readonly conflict: number
  readonly isReordered: boolean
  /** Given and family name exchanged, where both sides say which is which. */
  readonly isSwapped: boolean
  /** One name is the other from its second word on. */
  readonly isHeadless: boolean
  /** Fund 2 is not Fund 3, and junior not senior. */
  readonly isOtherNumber: boolean
  /** Legal forms on both sides, and not the same. */
  readonly isOtherForm: boolean
  /** National on one side, Central on the other. */
  readonly isOtherRank: boolean
  /** 0 to 1: how much of the query's name, by weight, is found in the candidate's, less what is left over on either side. */
  readonly quality: number
}

/** What the words that agree say, in log-odds: the rarer, the more, but never without end. */
export function agreedLogOdds(agreed: number, w: NameWeights): number {
  return w.base + w.agreed * (agreed / (agreed + halfAgreed))
}

/** What the name comparison alone says, in log-odds. */
export function nameLogOdds(found: NameAgreement): number {
  const w = weightsOf(found)
  let sum = agreedLogOdds(found.agreed, w) + w.initials * found.initials
  sum -= w.near * found.near + w.loose * found.loose + w.slips * found.slips
  sum -= w.missing * found.missing + w.extra * found.extra
  sum -= w.missingShare * found.missingShare + w.extraShare * found.extraShare
  sum += Math.min(mostElsewhere, w.elsewhere * found.elsewhere + w.elsewhereWords * found.elsewhereWords)
  sum -= w.optionalMissing * found.optionalMissing + w.optionalExtra * found.optionalExtra
  sum -= w.conflict * found.conflict
  if (found.isAcronym) sum -= w.acronym
  if (found.isOtherForm) sum -= w.otherForm
  if (found.isOtherRank) sum -= w.otherRank
  if (found.isReordered) sum -= w.reordered
  if (found.isHeadless) sum -= w.headless
  if (found.isOtherNumber) sum -= w.otherNumber
  return sum
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
    const found = name.isWeak ? weakened(logOdds, weaknessOf(findings)) : logOdds
    const weight = hasIdentifier ? Math.max(nameWeights.mismatch, found) : found
    add({ name: feature, query, candidate, explanation }, weight - priorLogOdds)
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

/** A weak alias never alerts by itself: what it says is kept in order, and below. */
export function weakened(logOdds: number, { loss, share }: { readonly loss: number; readonly share: number }): number {
  return logOdds - loss - share * Math.max(0, logOdds)
}

function weaknessOf(findings: readonly Finding[]): { readonly loss: number; readonly share: number } {
  if (findings.some((finding) => finding.confirms)) return nameWeights.weakConfirmed
  const hasCountry = findings.some((finding) => finding.name === 'country')
  return hasCountry ? nameWeights.weakWithCountry : nameWeights.weakAlone
}

function ramp(quality: number): number {
  return Math.min(1, Math.max(0, (quality - plausible.from) / (plausible.to - plausible.from)))
}

function bent(logOdds: number): number {
  if (logOdds < bendBelow.from) {
    return bendBelow.from - bendBelow.room * Math.log(1 + (bendBelow.from - logOdds) / bendBelow.room)
  }
  if (logOdds <= bend.from) return logOdds
  return bend.from + bend.room * (1 - Math.exp(-(logOdds - bend.from) / bend.room))
}

/** Fixed decimals, so that the last bit of a logarithm shows in no result. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals
  const rounded = Math.round(value * scale) / scale
  return rounded === 0 ? 0 : rounded
}
