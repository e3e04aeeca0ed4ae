import type { AlertAction } from '#http/travellers'

/**
 * What is asked is an upper bound: the law of the place lowers it and never raises it, and that it did is recorded. Classes of
 * one kind stand in an order of intrusion; `protect` and `none` are never changed.
 */
export const intrusion = [
  'none',
  'discreet-check',
  'inquiry-check',
  'ask',
  'specific-check',
  'seize',
  'arrest',
] as const

export interface LawRule {
  readonly country: string | null
  readonly class: AlertAction
  readonly permitted: AlertAction
  readonly source: string
}

interface Place {
  readonly law: readonly LawRule[]
  readonly country: string | null
  /** At most this, where a person of this node has said so. */
  readonly bound?: AlertAction | undefined
}

export interface LocalAction {
  readonly asked: AlertAction
  readonly permitted: AlertAction
  /** The source of the rule that lowered it; null when it was not. */
  readonly loweredBy: string | null
}

/** What the law here makes of a request. */
export function localAction(asked: AlertAction, { law, country, bound }: Place): LocalAction {
  const rule =
    law.find((it) => it.country === country && it.class === asked) ??
    law.find((it) => it.country === null && it.class === asked)
  const byLaw = rule === undefined ? asked : lower(asked, rule.permitted)
  const permitted = bound === undefined ? byLaw : lower(byLaw, bound)
  const loweredBy =
    permitted === asked ? null : permitted === byLaw ? rule!.source : 'limited here by the legal review of this node'
  return { asked, permitted, loweredBy }
}

function lower(a: AlertAction, b: AlertAction): AlertAction {
  if (a === 'protect' || b === 'protect') return a
  return intrusion.indexOf(a) <= intrusion.indexOf(b) ? a : b
}

/** A discreet check keeps its secret whatever else the notice says. */
export const isDiscreet = (permitted: AlertAction, discreet: boolean): boolean =>
  discreet || permitted === 'discreet-check'
