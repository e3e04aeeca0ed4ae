import { type Presented, plainNumber } from '#capabilities/border/presented'
import type { Alert, AlertAction } from '#http/travellers'
import type { Feature } from '#matching/candidate'
import strengths from './strengths.json' with { type: 'json' }

/**
 * What a possible match asks of whom. Pure. A person decides; this says what a person is shown, and what nobody may be asked to
 * do.
 */

/** Number of the document and birth date agree to the letter; something besides the name agrees; the name alone. */
export const matchStrengths = ['document', 'identity', 'name'] as const
export type Strength = (typeof matchStrengths)[number]

/** What the person at the desk does now: what the alert permits, or first of all a comparison. */
export type Step = AlertAction | 'compare' | 'second-line'

export interface Instruction {
  readonly now: Step
  /** What is permitted once it is the same person: null where a name alone agrees, which permits nothing. */
  readonly permitted: AlertAction | null
}

export function strengthOf({ match }: Pick<Alert, 'match'>, presented: Presented): Strength {
  if (match === undefined) return 'name'
  const agreeing = match.features.filter((it) => it.score > 0)
  const isDocument = agreeing.some((it) => strengths.documents.includes(it.name) && isSameDocument(it, presented))
  if (isDocument && agreesOnBirth(match.features, presented)) return 'document'
  return agreeing.some((it) => strengths.corroborating.includes(it.name)) ? 'identity' : 'name'
}

function isSameDocument({ query, candidate }: Feature, { documents }: Presented): boolean {
  const number = plainNumber(query)
  return number !== '' && number === plainNumber(candidate) && documents.some((it) => plainNumber(it.number) === number)
}

function agreesOnBirth(features: readonly Feature[], { birthDate, birthDates }: Presented): boolean {
  // One of several readings of a year may agree and be the wrong one.
  if (birthDate?.length !== 10 || birthDates.length > 1) return false
  if (features.some((it) => strengths.contradictingBirth.includes(it.name))) return false
  return features.some((it) => it.name === 'birth_date' && it.score > 0 && it.candidate === birthDate)
}

/** No action on a name-only match; before two people were compared, none but where document and birth date agree. */
export function instruct({ permitted }: Pick<Alert, 'permitted'>, strength: Strength): Instruction {
  if (strength === 'name') return { now: 'second-line', permitted: null }
  return { now: strength === 'document' ? permitted : 'compare', permitted }
}

/** Nothing of it shows at the counter. */
export function isDiscreet({ discreet, asked, permitted }: Pick<Alert, 'discreet' | 'asked' | 'permitted'>): boolean {
  return discreet || asked === 'discreet-check' || permitted === 'discreet-check'
}

/** Whether its owner hears of it before a person has compared: never by a name alone. */
export function isReportedAtOnce(alert: Pick<Alert, 'discreet' | 'asked' | 'permitted'>, strength: Strength): boolean {
  return strength === 'document' || (strength === 'identity' && isDiscreet(alert))
}

export interface Line {
  readonly feature: string
  readonly verdict: 'agrees' | 'differs'
  readonly presented: string
  /** Null when this caller may not see that field of the alert. */
  readonly alert: string | null
}

/** Both sides of what was compared, the differing first: they are what a person should look at. */
export function linesOf(features: readonly Feature[], maySee: (text: string) => boolean): Line[] {
  const lines = features.map(({ name, score, query, candidate }): Line => {
    const alert = candidate === '' || maySee(candidate) ? candidate : null
    return { feature: name, verdict: score > 0 ? 'agrees' : 'differs', presented: query, alert }
  })
  return lines.sort((a, b) => (a.verdict === b.verdict ? 0 : a.verdict === 'differs' ? -1 : 1))
}
