import type { TimeUnit } from '#kernel/clock'

/** A clock for the answer to a request, with its source and date (protocol point 12), as `deadlines.json` has it. */
export interface AnyDeadlineRule {
  readonly id: string
  readonly what: string
  /** Applies to a request that agrees with every member named. */
  readonly when: { readonly urgency?: string | undefined; readonly availability?: string | undefined }
  readonly amount: number
  readonly unit: TimeUnit
  readonly source: string
  readonly date: string
  readonly verified: boolean
  readonly verifiedIn: string
}

interface Asked {
  readonly kind: string
  readonly urgency: string
  readonly availability?: string | undefined
}

/** The first rule that applies is in force; none does to what nobody has to answer. */
export function ruleFor<Rule extends Pick<AnyDeadlineRule, 'when'>>(
  { kind, urgency, availability }: Asked,
  rules: readonly Rule[],
): Rule | undefined {
  if (kind !== 'request') return undefined
  return rules.find(
    ({ when }) =>
      (when.urgency === undefined || when.urgency === urgency) &&
      (when.availability === undefined || when.availability === availability),
  )
}
