import { addNote, addProperty, addRemark, type ListEntry } from '#formats/list-entry'
import { addBirthPlace, addCountry, addPlace, type ListPlace } from '#formats/list-identifier'
import { addOfacTitles } from '#formats/ofac-csv'
import { readPeriod } from '#formats/ofac-periods'
import type { References } from '#formats/ofac-references'
import { addOfacSegment } from '#formats/ofac-remarks'
import { isProtected } from '#formats/protected-characteristics'
import { plainText } from '#formats/text'
import { attribute, childrenOf, childText, type XmlElement } from '#formats/xml-elements'

export type Places = ReadonlyMap<string, ListPlace>

interface Value {
  readonly text: string
  readonly place: ListPlace | undefined
  readonly period: ReturnType<typeof readPeriod>
  readonly comment: string
}

type Taker = (entry: ListEntry, value: Value) => boolean

const take =
  (property: string): Taker =>
  (entry, { text }) => {
    addProperty(entry, property, text)
    return text !== ''
  }
const takeCountry =
  (property: string): Taker =>
  (entry, { place, text }) => {
    const country = place?.country || place?.full || text
    addCountry(entry, entry.schema === 'Person' || property === 'flag' ? property : 'country', country)
    return country !== ''
  }

/** Features by OFAC's names of their types; all others are read as the same words in the remarks of the legacy files. */
const features: readonly (readonly [RegExp, Taker])[] = [
  [/^Birthdate$/i, addBirthDate],
  [/^Place of Birth$/i, addBirthPlaceOf],
  [/^Nationality Country$/i, takeCountry('nationality')],
  [/^Citizenship Country$/i, takeCountry('citizenship')],
  [/^Nationality of Registration$/i, takeCountry('country')],
  [/^Location$/i, addLocation],
  [/^Title$/i, addTitles],
  [/^(?:Other )?Vessel Flag$/i, takeCountry('flag')],
  [/^(?:Other )?Vessel Call Sign$/i, take('callSign')],
  [/^(?:Other )?Vessel Type$/i, take('type')],
  [/^Vessel Tonnage$|^Vessel Gross Tonnage$/i, take('tonnage')],
  [/^Vessel Gross Registered Tonnage$/i, take('grossRegisteredTonnage')],
  [/^Vessel Owner$/i, take('owner')],
  [/^Aircraft Manufacture Date$/i, takeDate('buildDate')],
  [/^Organization Established Date$/i, takeDate('incorporationDate')],
]

export interface FeatureContext {
  readonly references: References
  readonly places: Places
  /** Called with the id of a location that the file does not have. */
  readonly onMissing: (id: string) => void
}

export function addOfacFeature(entry: ListEntry, feature: XmlElement, context: FeatureContext): void {
  const label = context.references.text('FeatureType', feature.attributes.FeatureTypeID)
  if (isProtected(label)) return
  const taker = features.find(([pattern]) => pattern.test(label))?.[1]
  for (const version of childrenOf(feature, 'FeatureVersion')) {
    for (const value of valuesOf(version, context)) {
      if (taker?.(entry, value) === true) continue
      const text = value.text || value.place?.full || value.period?.date || value.comment
      if (text === '') continue
      if (!addOfacSegment(entry, `${label} ${text}`)) addRemark(entry, `${label} ${text}`.trim())
    }
  }
}

function valuesOf(version: XmlElement, { references, places, onMissing }: FeatureContext): Value[] {
  const comment = childText(version, 'Comment')
  const values: Value[] = []
  const add = (value: Partial<Value>) => values.push({ text: '', place: undefined, period: null, comment, ...value })
  for (const detail of childrenOf(version, 'VersionDetail')) {
    const text = plainText(detail.text) || references.text('DetailReference', detail.attributes.DetailReferenceID)
    if (text !== '') add({ text })
  }
  for (const location of childrenOf(version, 'VersionLocation')) {
    const id = attribute(location, 'LocationID')
    const place = places.get(id)
    if (place === undefined) onMissing(id)
    else add({ place })
  }
  for (const period of childrenOf(version, 'DatePeriod')) add({ period: readPeriod(period) })
  if (values.length === 0 && comment !== '') add({})
  return values
}

function addBirthDate(entry: ListEntry, { period, text }: Value): boolean {
  if (period === null) return text !== '' && addOfacSegment(entry, `DOB ${text}`)
  addProperty(entry, 'birthDate', period.date)
  if (period.isApproximate) addNote(entry, `Date of birth ${period.date}: approximate (circa)`)
  return true
}

function addBirthPlaceOf(entry: ListEntry, { text, place }: Value): boolean {
  if (place === undefined) return text !== '' && addOfacSegment(entry, `POB ${text}`)
  addBirthPlace(entry, [place.street, place.city, place.state, place.country], place.country ?? '')
  return true
}

function addLocation(entry: ListEntry, { place, comment }: Value): boolean {
  if (place === undefined) return false
  addPlace(entry, comment === '' ? place : { ...place, summary: comment })
  return true
}

function addTitles(entry: ListEntry, { text }: Value): boolean {
  addOfacTitles(entry, text)
  return true
}

function takeDate(property: string): Taker {
  return (entry, { period }) => {
    if (period !== null) addProperty(entry, property, period.date)
    return period !== null
  }
}

/** A Location element: its parts by their kind, and its country. */
export function readOfacPlace(location: XmlElement, references: References): ListPlace {
  const parts = new Map<string, string>()
  for (const part of childrenOf(location, 'LocationPart')) {
    const kind = references.text('LocPartType', part.attributes.LocPartTypeID).toUpperCase()
    const text = childrenOf(part, 'LocationPartValue')
      .map((it) => childText(it, 'Value'))
      .join(', ')
    parts.set(kind, parts.has(kind) ? `${parts.get(kind)}, ${text}` : text)
  }
  const countries = childrenOf(location, 'LocationCountry')
    .map((it) => references.text('Country', it.attributes.CountryID))
    .concat(childrenOf(location, 'LocationAreaCode').map((it) => areaName(references, it.attributes.AreaCodeID)))
    .filter((it) => it !== '' && it !== 'undetermined')
  const of = (...kinds: string[]) =>
    kinds
      .map((it) => parts.get(it) ?? '')
      .filter(Boolean)
      .join(', ')
  const others = [...parts].filter(([kind]) => !placed.includes(kind)).map(([, text]) => text)
  return {
    street: of('ADDRESS1', 'ADDRESS2', 'ADDRESS3'),
    city: of('CITY'),
    state: of('STATE/PROVINCE', 'REGION'),
    postalCode: of('POSTAL CODE'),
    country: countries[0] ?? '',
    full: [of(...placed), ...others, countries[0] ?? ''].filter(Boolean).join(', '),
  }
}

const placed = ['ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'REGION', 'POSTAL CODE']

function areaName(references: References, id: string | undefined): string {
  return attribute(references.element('AreaCode', id) ?? nothing, 'Description')
}

const nothing: XmlElement = { name: '', attributes: {}, text: '', children: [] }
