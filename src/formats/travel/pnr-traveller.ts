import { type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import type { DocsRecord, StatedAddress } from '#formats/travel/pnr-docs'
import type { PnrPayment } from '#formats/travel/pnr-payment'
import type { KeptContact } from '#formats/travel/pnr-sensitive'
import { type TravelName, travelName } from '#formats/travel/travel-name'
import type { TravelDocument } from '#formats/travel/traveller'

/** Where in the record the traveller was first named. */
export type TravellerSource = 'tif' | 'docs' | 'infant' | 'check-in' | 'history' | 'damaged'

export interface PnrBags {
  /** Index of the leg in the itinerary; null when they were named before any leg. */
  readonly leg: number | null
  readonly pieces: number | null
  /** '44 kg', '97 lb'; as the record has it when the unit is another. */
  readonly weight: string | null
  /** Carrier and tag number, and the destination where it is given: 'ET0447 FRA'. */
  readonly tags: readonly string[]
}

export interface PnrTraveller {
  readonly source: TravellerSource
  readonly name: TravelName
  /** How other segments under the same reference spell it, where one of them was damaged. */
  readonly otherNames: readonly TravelName[]
  /** 'A' adult, 'C' child, 'IN' infant, as the record has it. */
  readonly type: string
  /** What other segments of the record name the traveller by. */
  readonly reference: string
  readonly offset: number
  readonly docs: readonly DocsRecord[]
  /** Of DOCS and DOCO together. */
  readonly documents: readonly TravelDocument[]
  readonly birthPlace: string | null
  readonly addresses: readonly StatedAddress[]
  readonly contacts: readonly KeptContact[]
  readonly payer: string | null
  readonly payments: readonly PnrPayment[]
  readonly tickets: readonly string[]
  readonly frequentFlyer: readonly string[]
  readonly seats: readonly { readonly leg: number | null; readonly seat: string }[]
  readonly bags: readonly PnrBags[]
}

/** A traveller while the record is being read. */
export type TravellerDraft = { -readonly [Key in keyof PnrTraveller]: Mutable<PnrTraveller[Key]> }
type Mutable<Value> = Value extends readonly (infer Item)[] ? Item[] : Value

export interface TifName {
  readonly name: TravelName | null
  /** Set when the segment names a group and nobody. */
  readonly group: string | null
  readonly type: string
  readonly reference: string
}

/** TIF: family name with its kind, then given name, type and reference; all of it in one element where a separator was lost. */
export function readTif(segment: Segment): TifName {
  const first = valuesAt(segment, 0)
  const isOne = segment.elements.length === 1 && first.length >= 3 && /^(?:A|C|IN)$/.test(first.at(-2)!)
  const [surname = '', kind = ''] = isOne ? first.slice(0, 1) : first
  const [given = '', type = '', reference = ''] = isOne
    ? [first.length === 3 ? '' : first[1]!, ...first.slice(-2)]
    : valuesAt(segment, 1)
  if (kind === 'G' && given === '') return { name: null, group: surname, type, reference }
  const slash = given === '' && surname.includes('/') ? surname.split('/') : null
  const name = slash === null ? travelName(surname, [given]) : travelName(slash[0]!, slash.slice(1))
  return { name, group: null, type, reference }
}

export function newTraveller(source: TravellerSource, name: TravelName, offset: number): TravellerDraft {
  return {
    source,
    name,
    otherNames: [],
    type: '',
    reference: '',
    offset,
    docs: [],
    documents: [],
    birthPlace: null,
    addresses: [],
    contacts: [],
    payer: null,
    payments: [],
    tickets: [],
    frequentFlyer: [],
    seats: [],
    bags: [],
  }
}

/** References of the travellers that an SSR is about: the third component of each further element. */
export function referencesOf(segment: Segment): { value: string; reference: string }[] {
  return segment.elements
    .slice(1)
    .map((_, index) => valuesAt(segment, index + 1))
    .map((it) => ({ value: it[0] ?? '', reference: it[2] ?? '' }))
    .filter((it) => it.value !== '' || it.reference !== '')
}

/** TBD: pieces, weight and unit (700 kilograms, 701 pounds), then one element for each run of tags. */
export function bagsOf(segment: Segment, leg: number | null): PnrBags {
  const elements = segment.elements.map((_, index) => valuesAt(segment, index))
  const measured = elements.find(
    (it) => it.length >= 2 && it.slice(0, 3).every((one) => /^[\d.]*$/.test(one)) && it.some((one) => one !== ''),
  )
  const [pieces = '', weight = '', unit = ''] = measured ?? []
  const units: Readonly<Record<string, string>> = { '700': ' kg', '701': ' lb' }
  const tags = elements
    .filter((it) => it !== measured && /^[A-Z0-9]{2,3}$/.test(it[0] ?? '') && /^\d{3,10}$/.test(it[1] ?? ''))
    .map((it) => [`${it[0]}${it[1]}`, it.slice(2).find((one) => /^[A-Z]{3}$/.test(one))].filter((one) => one).join(' '))
  const count = Number(pieces)
  return {
    leg,
    pieces: pieces === '' || !Number.isInteger(count) ? null : count,
    weight: weight === '' ? null : `${weight}${units[unit] ?? ''}`,
    tags,
  }
}

/** SSD gives the seat at check-in; 'XXX' and the like say that there is none. */
export function seatIn(text: string): string | null {
  const seat = text.trim().toUpperCase()
  return /^0*\d{1,3}[A-Z]{1,2}$/.test(seat) ? seat.replace(/^0+/, '') : null
}

export const ticketOf = (segment: Segment) => valueAt(segment, 0)
