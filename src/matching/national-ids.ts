import { holdsWeighted, type WeightedRule } from '#matching/check-digits'
import { nationalChecks } from '#matching/national-checks'
import data from './national-ids.json' with { type: 'json' }

interface NationalRule extends Partial<WeightedRule> {
  readonly country: string
  readonly name: string
  readonly pattern: RegExp
  readonly check?: string
  readonly shared?: boolean
}

let byCountry: ReadonlyMap<string, readonly NationalRule[]> | undefined

/** What check digits say: they hold, they fail, or there are none to be asked. */
export type CheckResult = 'holds' | 'fails' | 'none'

export interface NationalReading {
  readonly check: CheckResult
  /** The state whose rule holds. */
  readonly country?: string
}

/**
 * Asks the rules of the given states (ISO 3166-1 alpha-2, lower case) about a number of letters and digits. It fails only
 * where a rule knows its form and no other number of the state has that form.
 */
export function checkNational(value: string, countries: Iterable<string>): NationalReading {
  byCountry ??= Map.groupBy(readRules(), (it) => it.country)
  let check: CheckResult = 'none'
  for (const country of countries) {
    for (const rule of byCountry.get(country) ?? []) {
      if (rule.check === undefined || !rule.pattern.test(value)) continue
      if (holds(rule, value)) return { check: 'holds', country }
      if (rule.shared !== true) check = 'fails'
    }
  }
  return { check }
}

function readRules(): NationalRule[] {
  return data.rules.map(({ pattern, ...rule }) => ({ ...rule, pattern: new RegExp(pattern, 'u') }) as NationalRule)
}

function holds(rule: NationalRule, value: string): boolean {
  if (rule.check === 'weights') return holdsWeighted(value, rule as WeightedRule)
  return nationalChecks[rule.check!]!(value)
}
