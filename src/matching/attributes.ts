import { countryName } from '#matching/countries'
import type { DateComparison } from '#matching/dates'
import type { Attributes } from '#matching/entity'
import type { Finding } from '#matching/finding'
import { type Observation, observeAttributes, type WeightKey } from '#matching/observations'
import { compareIdentifiers, mostNear } from '#matching/shared-identifiers'
import data from './attribute-weights.json' with { type: 'json' }

/** Log-odds by what was seen; how they were found stands with the data. */
export const attributeWeights: Readonly<Record<WeightKey, number>> = data.weights

/** The most that attributes other than identifiers can add for a query. */
export function mostSupport(query: Attributes): number {
  let most = 0
  if (query.birth.length > 0) most += attributeWeights['birth.exact']
  if (query.founded.length > 0) most += attributeWeights['founded.exact']
  if (query.countries.size > 0)
    most += Math.max(attributeWeights['country.nationality'], attributeWeights['country.seat'])
  if (query.birthPlaces.length > 0) most += attributeWeights['birthPlace.same']
  if (query.birthCountries.size > 0) most += attributeWeights['birthCountry.same']
  if (query.addresses.length > 0) most += attributeWeights['address.same']
  return query.identifiers.length > 0 ? most + mostNear : most
}

export interface AttributeComparison {
  readonly findings: readonly Finding[]
  readonly comparable: readonly string[]
}

/** Compares what two entities state besides names. A document that only one side has, or a different one, is no contradiction. */
export function compareAttributes(query: Attributes, candidate: Attributes): AttributeComparison {
  const findings: Finding[] = []
  const comparable: string[] = []
  for (const seen of observeAttributes(query, candidate)) {
    comparable.push(properties[seen.of])
    const finding = findingOf(seen, query, candidate)
    if (finding !== undefined) findings.push(finding)
  }
  const nations = [query.nationalities, candidate.nationalities] as const
  const isElsewhere = nations[0].size > 0 && nations[1].size > 0 && nations[0].isDisjointFrom(nations[1])
  compareIdentifiers(query.identifiers, candidate.identifiers, { findings, comparable, isElsewhere })
  return { findings, comparable }
}

const properties: Readonly<Record<Observation['of'], string>> = {
  birth: 'birthDate',
  founded: 'incorporationDate',
  country: 'country',
  birthPlace: 'birthPlace',
  birthCountry: 'birthCountry',
  address: 'address',
  gender: 'gender',
}

const firstYears = 3
const fullYears = 12

/** Dates apart count more the further they are; all else has one weight. */
function weightOf(seen: Observation): number {
  if (seen.key === undefined) return 0
  if (seen.of !== 'birth' || seen.dates.relation !== 'contradiction') return attributeWeights[seen.key]
  const [from, to] = [attributeWeights['birth.apart'], attributeWeights['birth.farApart']]
  const share = (seen.dates.yearsApart - firstYears) / (fullYears - firstYears)
  return from + (to - from) * Math.min(1, Math.max(0, share))
}

/** Undefined for what weighs nothing. */
function findingOf(seen: Observation, query: Attributes, candidate: Attributes): Finding | undefined {
  const weight = weightOf(seen)
  if (weight === 0) return undefined
  switch (seen.of) {
    case 'birth':
      return birthFinding(seen.dates, weight)
    case 'founded':
      return foundedFinding(seen.dates, weight)
    case 'birthPlace':
    case 'address':
      return placeFinding(seen, weight)
    case 'country':
    case 'birthCountry':
      return countryFinding(seen, weight, { query, candidate })
    case 'gender':
      return genderFinding(query, candidate, weight)
  }
}

function birthFinding(dates: DateComparison, weight: number): Finding {
  const { relation, query, candidate, yearsApart } = dates
  const [a, b] = [query.text, candidate.text]
  const base = { query: a, candidate: b, isIdentifier: false, weight, confirms: false }
  switch (relation) {
    case 'exact':
      return { ...base, name: 'birth_date', confirms: true, explanation: `Both were born on ${a}.` }
    case 'swap': {
      const explanation = `Day and month of birth are swapped: ${a} and ${b}.`
      return { ...base, name: 'birth_date_swapped', confirms: true, explanation }
    }
    case 'typo':
      return { ...base, name: 'birth_date_typo', explanation: `The birth dates ${a} and ${b} differ by one slip.` }
    case 'overlap': {
      const isNarrow = Math.max(query.to - query.from, candidate.to - candidate.from) <= 366
      const explanation = `The birth dates ${a} and ${b} can be the same.`
      return { ...base, name: 'birth_date_overlap', confirms: isNarrow, explanation }
    }
    case 'near': {
      const span = yearsApart === 0 ? 'a year' : `${yearsApart + 1} years`
      const explanation = `The birth dates ${a} and ${b} are less than ${span} apart.`
      return { ...base, name: 'birth_year_near', explanation }
    }
    case 'contradiction': {
      const explanation = `The birth dates ${a} and ${b} are at least ${yearsApart} years apart.`
      return { ...base, name: 'birth_date_contradicts', explanation }
    }
  }
}

function foundedFinding(
  { relation, query, candidate, yearsApart }: DateComparison,
  weight: number,
): Finding | undefined {
  const base = { query: query.text, candidate: candidate.text, isIdentifier: false, weight }
  if (weight > 0) {
    const explanation = `Both were founded on ${query.text}, as far as the dates are known.`
    return { ...base, name: 'founding_date', confirms: relation === 'exact' && !query.isPlaceholder, explanation }
  }
  if (relation !== 'contradiction') return undefined
  const explanation = `The founding dates ${query.text} and ${candidate.text} are at least ${yearsApart} years apart.`
  return { ...base, name: 'founding_date_contradicts', confirms: false, explanation }
}

type PlaceSeen = Extract<Observation, { of: 'birthPlace' | 'address' }>

function placeFinding({ of, places }: PlaceSeen, weight: number): Finding {
  const [query, candidate] = [places.query.text, places.candidate.text]
  const base = { query, candidate, weight, isIdentifier: false }
  const what = of === 'address' ? 'addresses' : 'places of birth'
  const name = of === 'address' ? 'address' : 'birth_place'
  if (places.relation === 'apart') {
    const explanation = `The ${what} have no word in common: ${query} and ${candidate}.`
    return { ...base, name: `${name}_contradicts`, explanation, confirms: false }
  }
  const extent = places.relation === 'same' ? 'agree' : 'agree in part'
  const explanation = `The ${what} ${extent}: ${query} and ${candidate}.`
  return { ...base, name, explanation, confirms: places.relation === 'same' }
}

type CountrySeen = Extract<Observation, { of: 'country' | 'birthCountry' }>

interface Sides {
  readonly query: Attributes
  readonly candidate: Attributes
}

/** A country is shared by millions, so that it confirms nothing. */
function countryFinding({ of, key, shared }: CountrySeen, weight: number, { query, candidate }: Sides): Finding {
  const isBirth = of === 'birthCountry'
  const isNational = key === 'country.nationality' || key === 'country.nationalityApart'
  const side = isBirth ? 'birthCountries' : isNational ? 'nationalities' : 'countries'
  const base = {
    query: listOf(query[side]),
    candidate: listOf(candidate[side]),
    isIdentifier: false,
    confirms: false,
    weight,
  }
  const names = shared.map(countryName).join(' and ')
  if (shared.length === 0) {
    const explanation = isBirth
      ? 'They were born in different countries.'
      : 'No country of the one is a country of the other.'
    return { ...base, name: isBirth ? 'birth_country_contradicts' : 'country_contradicts', explanation }
  }
  if (isBirth) return { ...base, name: 'birth_country', explanation: `Both were born in ${names}.` }
  const isFormer = key === 'country.former'
  const how = isFormer ? 'Both can be linked to' : isNational ? 'Both are nationals of' : 'Both are linked to'
  return { ...base, name: 'country', explanation: `${how} ${names}.` }
}

function genderFinding(query: Attributes, candidate: Attributes, weight: number): Finding {
  return {
    name: 'gender_contradicts',
    weight,
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
