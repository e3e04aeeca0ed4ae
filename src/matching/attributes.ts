import { countryName } from '#matching/countries'
import { compareDates, type DateComparison } from '#matching/dates'
import type { Attributes } from '#matching/entity'
import type { Finding } from '#matching/finding'
import { compareIdentifiers } from '#matching/shared-identifiers'

/** Weights in log-odds, all in one place to be calibrated. */
export const attributeWeights = {
  birthExact: 1.35,
  birthSwapped: 0.6,
  birthOverlapMonth: 0.65,
  birthOverlapYear: 0.45,
  birthOverlapRange: 0.3,
  birthSameYear: 0.1,
  birthNear: 0.05,
  birthApart: -1.3,
  birthFarApart: -2.3,
  foundedExact: 0.9,
  foundedOverlap: 0.3,
  foundedApart: -0.5,
  country: 0.25,
  countryApart: -0.35,
  genderApart: -1.4,
} as const

/** The most that attributes other than identifiers can add for a query. */
export function mostSupport(query: Attributes): number {
  const birth = query.birth.length > 0 ? attributeWeights.birthExact : 0
  const founded = query.founded.length > 0 ? attributeWeights.foundedExact : 0
  return birth + founded + (query.countries.size > 0 ? attributeWeights.country : 0)
}

const farApartYears = 5

export interface AttributeComparison {
  readonly findings: readonly Finding[]
  readonly comparable: readonly string[]
}

/** Compares what two entities state besides names. A document that only one side has, or a different one, is no contradiction. */
export function compareAttributes(query: Attributes, candidate: Attributes): AttributeComparison {
  const findings: Finding[] = []
  const comparable: string[] = []
  const birth = compareDates(query.birth, candidate.birth)
  if (birth !== undefined) {
    comparable.push('birthDate')
    findings.push(birthFinding(birth))
  }
  const founded = compareDates(query.founded, candidate.founded)
  if (founded !== undefined) {
    comparable.push('incorporationDate')
    const finding = foundedFinding(founded)
    if (finding !== undefined) findings.push(finding)
  }
  if (query.countries.size > 0 && candidate.countries.size > 0) {
    comparable.push('country')
    findings.push(countryFinding(query.countries, candidate.countries))
  }
  if (query.genders.size > 0 && candidate.genders.size > 0) {
    comparable.push('gender')
    if (query.genders.isDisjointFrom(candidate.genders)) findings.push(genderFinding(query, candidate))
  }
  compareIdentifiers(query.identifiers, candidate.identifiers, findings, comparable)
  return { findings, comparable }
}

function birthFinding({ relation, query, candidate, yearsApart }: DateComparison): Finding {
  const [a, b] = [query.text, candidate.text]
  const base = { query: a, candidate: b, isIdentifier: false }
  switch (relation) {
    case 'exact':
      return {
        ...base,
        name: 'birth_date',
        weight: attributeWeights.birthExact,
        confirms: true,
        explanation: `Both were born on ${a}.`,
      }
    case 'swap': {
      const explanation = `Day and month of birth are swapped: ${a} and ${b}.`
      return { ...base, name: 'birth_date_swapped', weight: attributeWeights.birthSwapped, confirms: true, explanation }
    }
    case 'overlap': {
      const span = Math.max(query.to - query.from, candidate.to - candidate.from)
      const { birthOverlapMonth, birthOverlapYear, birthOverlapRange } = attributeWeights
      const weight = span <= 31 ? birthOverlapMonth : span <= 366 ? birthOverlapYear : birthOverlapRange
      const explanation = `The birth dates ${a} and ${b} can be the same.`
      return { ...base, name: 'birth_date_overlap', weight, confirms: span <= 366, explanation }
    }
    case 'near': {
      const weight = yearsApart === 0 ? attributeWeights.birthSameYear : attributeWeights.birthNear
      const explanation = `The birth dates ${a} and ${b} are less than ${yearsApart + 1 === 1 ? 'a year' : `${yearsApart + 1} years`} apart.`
      return { ...base, name: 'birth_year_near', weight, confirms: false, explanation }
    }
    case 'contradiction': {
      const weight = yearsApart > farApartYears ? attributeWeights.birthFarApart : attributeWeights.birthApart
      const explanation = `The birth dates ${a} and ${b} are at least ${yearsApart} years apart.`
      return { ...base, name: 'birth_date_contradicts', weight, confirms: false, explanation }
    }
  }
}

function foundedFinding({ relation, query, candidate, yearsApart }: DateComparison): Finding | undefined {
  const base = { query: query.text, candidate: candidate.text, isIdentifier: false }
  if (relation === 'exact' || relation === 'overlap' || relation === 'swap') {
    const weight = relation === 'exact' ? attributeWeights.foundedExact : attributeWeights.foundedOverlap
    const explanation = `Both were founded on ${query.text}, as far as the dates are known.`
    return { ...base, name: 'founding_date', weight, confirms: relation === 'exact', explanation }
  }
  if (relation === 'near') return undefined
  const explanation = `The founding dates ${query.text} and ${candidate.text} are at least ${yearsApart} years apart.`
  return {
    ...base,
    name: 'founding_date_contradicts',
    weight: attributeWeights.foundedApart,
    confirms: false,
    explanation,
  }
}

function countryFinding(query: ReadonlySet<string>, candidate: ReadonlySet<string>): Finding {
  const shared = Array.from(query.intersection(candidate)).sort()
  const base = { query: listOf(query), candidate: listOf(candidate), isIdentifier: false, confirms: false }
  if (shared.length > 0) {
    const explanation = `Both are linked to ${shared.map(countryName).join(' and ')}.`
    return { ...base, name: 'country', weight: attributeWeights.country, explanation }
  }
  const explanation = 'No country of the one is a country of the other.'
  return { ...base, name: 'country_contradicts', weight: attributeWeights.countryApart, explanation }
}

function genderFinding(query: Attributes, candidate: Attributes): Finding {
  return {
    name: 'gender_contradicts',
    weight: attributeWeights.genderApart,
    query: listOf(query.genders),
    candidate: listOf(candidate.genders),
    explanation: 'The stated genders differ.',
    isIdentifier: false,
    confirms: false,
  }
}

function listOf(values: ReadonlySet<string>): string {
  return Array.from(values).sort().join(', ')
}
