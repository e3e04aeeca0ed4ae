import { successorsOf } from '#matching/countries'
import { compareDates, type DateComparison, widthOf } from '#matching/dates'
import type { Attributes } from '#matching/entity'
import { comparePlaces, type PlaceComparison } from '#matching/places'
import data from './attribute-weights.json' with { type: 'json' }

export type WeightKey = keyof typeof data.weights

/** What was seen when one attribute of two sides was compared; its weight stands under `key`. */
export type Observation =
  | { readonly of: 'birth' | 'founded'; readonly key: WeightKey; readonly dates: DateComparison }
  | { readonly of: 'birthPlace' | 'address'; readonly key: WeightKey; readonly places: PlaceComparison }
  | { readonly of: 'country' | 'birthCountry'; readonly key: WeightKey; readonly shared: readonly string[] }
  | { readonly of: 'gender'; readonly key: WeightKey | undefined }

/** Looks at every attribute that both sides state; which of them speak for or against is a matter of weights. */
export function observeAttributes(query: Attributes, candidate: Attributes): readonly Observation[] {
  const seen: Observation[] = []
  const birth = compareDates(query.birth, candidate.birth)
  if (birth !== undefined) seen.push({ of: 'birth', key: birthKey(birth), dates: birth })
  const founded = compareDates(query.founded, candidate.founded)
  if (founded !== undefined) seen.push({ of: 'founded', key: foundedKey(founded), dates: founded })
  const country = observeCountries(query, candidate)
  if (country !== undefined) seen.push(country)
  const birthPlace = comparePlaces(query.birthPlaces, candidate.birthPlaces)
  if (birthPlace !== undefined)
    seen.push({ of: 'birthPlace', key: `birthPlace.${birthPlace.relation}`, places: birthPlace })
  const birthCountry = observeBirthCountries(query, candidate)
  if (birthCountry !== undefined) seen.push(birthCountry)
  const address = comparePlaces(query.addresses, candidate.addresses)
  if (address !== undefined) seen.push({ of: 'address', key: `address.${address.relation}`, places: address })
  if (query.genders.size > 0 && candidate.genders.size > 0) {
    seen.push({ of: 'gender', key: query.genders.isDisjointFrom(candidate.genders) ? 'gender.apart' : undefined })
  }
  return seen
}

const farApartYears = 5
const daysOfMonth = 31
const daysOfYear = 366

function birthKey(dates: DateComparison): WeightKey {
  switch (dates.relation) {
    case 'exact':
      return dates.query.isPlaceholder ? 'birth.placeholder' : 'birth.exact'
    case 'swap':
      return 'birth.swapped'
    case 'typo':
      return 'birth.typo'
    case 'overlap': {
      const width = widthOf(dates)
      return width <= daysOfMonth ? 'birth.month' : width <= daysOfYear ? 'birth.year' : 'birth.range'
    }
    case 'near':
      return dates.yearsApart === 0 ? 'birth.sameYear' : 'birth.near'
    case 'contradiction':
      return dates.yearsApart > farApartYears ? 'birth.farApart' : 'birth.apart'
  }
}

function foundedKey({ relation, query }: DateComparison): WeightKey {
  if (relation === 'exact') return query.isPlaceholder ? 'founded.overlap' : 'founded.exact'
  return relation === 'overlap' || relation === 'swap' ? 'founded.overlap' : 'founded.apart'
}

/** Nationality with nationality where both state it, else whatever links the two. */
function observeCountries(query: Attributes, candidate: Attributes): Observation | undefined {
  if (query.countries.size === 0 || candidate.countries.size === 0) return undefined
  const [a, b] = [query.nationalities, candidate.nationalities]
  const both = a.size > 0 && b.size > 0
  const shared = both ? sorted(a.intersection(b)) : []
  if (shared.length > 0) return { of: 'country', key: 'country.nationality', shared }
  const linked = sorted(query.countries.intersection(candidate.countries))
  const isSeat = !(query.isPerson || candidate.isPerson)
  if (linked.length > 0) return { of: 'country', key: isSeat ? 'country.seat' : 'country.linked', shared: linked }
  const followed = sorted(withSuccessors(query.countries).intersection(withSuccessors(candidate.countries)))
  if (followed.length > 0) return { of: 'country', key: 'country.former', shared: followed }
  if (both) return { of: 'country', key: 'country.nationalityApart', shared: [] }
  return { of: 'country', key: isSeat ? 'country.seatApart' : 'country.linkedApart', shared: [] }
}

function observeBirthCountries(query: Attributes, candidate: Attributes): Observation | undefined {
  const [a, b] = [query.birthCountries, candidate.birthCountries]
  if (a.size === 0 || b.size === 0) return undefined
  const shared = sorted(withSuccessors(a).intersection(withSuccessors(b)))
  return { of: 'birthCountry', key: shared.length > 0 ? 'birthCountry.same' : 'birthCountry.apart', shared }
}

function withSuccessors(codes: ReadonlySet<string>): ReadonlySet<string> {
  let all = codes
  for (const code of codes) {
    const successors = successorsOf(code)
    if (successors.length > 0) all = all.union(new Set(successors))
  }
  return all
}

function sorted(codes: Iterable<string>): readonly string[] {
  return Array.from(codes).sort()
}
