import { addHeld, addNote, addProperty, type ListEntry } from '#formats/list-entry'
import { childText, leavesOf, type XmlElement } from '#formats/xml-elements'
import { countryOf } from '#kernel/countries'

const known = new Set(['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY', 'NOTE'])

interface Place {
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly country: string
  readonly note: string
  readonly full: string
}

/** An address is held; of an organisation it also gives the country. */
export function addUnAddress(entry: ListEntry, element: XmlElement): void {
  const place = placeIn(element)
  const country = countryOf(place.country)
  addHeld(entry, 'Address', {
    full: place.full,
    street: place.street,
    city: place.city,
    state: place.state,
    postalCode: place.zip,
    country,
    summary: place.note,
  })
  if (country !== null && entry.schema !== 'Person') addProperty(entry, 'country', country)
}

export function addUnBirthPlace(entry: ListEntry, element: XmlElement): void {
  const place = placeIn(element)
  addProperty(entry, 'birthPlace', place.full)
  addProperty(entry, 'birthCountry', countryOf(place.country) ?? '')
  if (place.note !== '') addNote(entry, `Place of birth${place.full === '' ? '' : ` ${place.full}`}: ${place.note}`)
}

function placeIn(element: XmlElement): Place {
  const [street, city, state, zip, country] = ['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY'].map((it) =>
    childText(element, it),
  ) as [string, string, string, string, string]
  const others = leavesOf(element).filter((it) => !known.has(it.name) && it !== element)
  return {
    street,
    city,
    state,
    zip,
    country,
    note: [childText(element, 'NOTE'), ...others.map((it) => it.text)].filter(Boolean).join('; '),
    full: [street, city, state, zip, country].filter((it) => it !== '').join(', '),
  }
}
