import { addHeld, addNote, addProperty, type ListEntry } from '#formats/list-entry'
import { propertyOfNumber } from '#formats/ofac-numbers'
import { plainText } from '#formats/text'
import { countryOf } from '#kernel/countries'

export interface ListIdentifier {
  /** The list's own word: 'Passport', 'Tax ID No.', 'National ID'. */
  readonly type: string
  readonly number: string
  /** A name or a code. */
  readonly country?: string | undefined
  /** Partial ISO 8601 dates. */
  readonly startDate?: string | null | undefined
  readonly endDate?: string | null | undefined
  readonly authority?: string | undefined
  readonly summary?: string | undefined
}

/** Numbers that are of the subject itself and of no document, by what the list calls them. */
const ownNumbers: readonly (readonly [RegExp, string])[] = [
  [/\bIMO\b|^Vessel Registration Identification/i, 'imoNumber'],
  [/^MMSI\b/i, 'mmsi'],
  [/^(?:SWIFT|BIC|SWIFT\/BIC)\b/i, 'swiftBic'],
  [/^(?:LEI\b|Legal Entity Identifier)/i, 'leiCode'],
  [/tail number/i, 'registrationNumber'],
  [/call sign/i, 'callSign'],
]

/**
 * Adds a number with its kind and country: as a property of the subject where it is one (IMO, MMSI, BIC, LEI, tail number),
 * otherwise as a held Passport or Identification, and beside it as the subject's registration or tax number.
 */
export function addIdentifier(entry: ListEntry, given: ListIdentifier): void {
  const type = plainText(given.type)
  const number = plainText(given.number)
  const written = plainText(given.country ?? '')
  const country = countryOf(written) ?? countryOf(written.toUpperCase())
  const own = ownNumbers.find(([pattern]) => pattern.test(type))?.[1]
  if (own !== undefined && number !== '') {
    const bare = own === 'imoNumber' ? number.replace(/^IMO[ :]*/i, '') : number
    if (own !== 'imoNumber' || /^\d{7}$/.test(bare)) {
      addProperty(entry, own, bare)
      if (given.summary) addNote(entry, `${type} ${number}: ${given.summary}`)
      return
    }
  }
  const summary = [given.summary ?? '', country === null ? written : ''].map((it) => plainText(it)).filter(Boolean)
  addHeld(entry, /passport/i.test(type) ? 'Passport' : 'Identification', {
    type,
    number,
    country,
    authority: given.authority ?? null,
    startDate: given.startDate ?? null,
    endDate: given.endDate ?? null,
    summary: summary.join('; '),
  })
  const property = number === '' ? null : propertyOfNumber(type, entry.schema)
  if (property !== null) addProperty(entry, property, number)
}

export interface ListPlace {
  readonly street?: string
  readonly city?: string
  readonly state?: string
  readonly postalCode?: string
  /** A name or a code. */
  readonly country?: string
  /** As the list writes it, where it does not take the place apart. */
  readonly full?: string
  readonly summary?: string
}

/** Adds an address; of what is no person it is also the country. */
export function addPlace(entry: ListEntry, place: ListPlace): void {
  const country = countryCodeOf(place.country ?? '')
  const parts = [place.street, place.city, place.state, place.postalCode, place.country]
  addHeld(entry, 'Address', {
    full: place.full ?? joined(parts),
    street: place.street ?? null,
    city: place.city ?? null,
    state: place.state ?? null,
    postalCode: place.postalCode ?? null,
    country,
    summary: place.summary ?? null,
  })
  if (country !== null && entry.schema !== 'Person') addProperty(entry, 'country', country)
}

/** The place of birth in words, and its country when the list names one that is known. */
export function addBirthPlace(entry: ListEntry, parts: readonly (string | undefined)[], country: string): void {
  addProperty(entry, 'birthPlace', joined(parts))
  addProperty(entry, 'birthCountry', countryCodeOf(country) ?? '')
}

/** A country of the subject; a name that is none of today stays as a note. */
export function addCountry(entry: ListEntry, property: string, text: string): void {
  const written = plainText(text)
  if (written === '') return
  const country = countryCodeOf(written)
  if (country === null) addNote(entry, `${property}: ${written}`)
  else addProperty(entry, property, country)
}

export function countryCodeOf(text: string): string | null {
  const written = plainText(text)
  if (written === '') return null
  return countryOf(written) ?? (/^[a-z]{2}$/.test(written) ? countryOf(written.toUpperCase()) : null)
}

function joined(parts: readonly (string | undefined)[]): string {
  const texts = parts.map((it) => plainText(it ?? '')).filter((it) => it !== '')
  return texts.filter((it, at) => it !== texts[at - 1]).join(', ')
}
