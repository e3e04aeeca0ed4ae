import { type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import type { Finding } from '#formats/travel/findings'
import { type FindingCode, type FindingPlace, finding } from '#formats/travel/findings'
import { parties } from '#formats/travel/paxlst-name'
import { sexOf } from '#formats/travel/stated-sex'
import { type TravelCountry, travelCountry } from '#formats/travel/travel-country'
import { type ResolvedDate, resolveDate } from '#formats/travel/travel-dates'
import type { TravelName } from '#formats/travel/travel-name'
import type {
  Contact,
  OtherReference,
  StatedPlace,
  StatedSex,
  TravelDocument,
  Traveller,
} from '#formats/travel/traveller'
import codes from './paxlst-codes.json' with { type: 'json' }

const documentKinds: Readonly<Record<string, string>> = codes.documents
const placeUses: Readonly<Record<string, string>> = codes.places
const references: Readonly<Record<string, string>> = codes.references

interface Draft {
  type: string
  number: string
  issuer: TravelCountry | null
  expiry: ResolvedDate | null
}

export interface PersonStart {
  readonly party: string
  readonly offset: number
  readonly name: TravelName | null
  readonly address: readonly string[]
  readonly today: string
}

/** Gathers the segments of one person, in whatever order they come. */
export function startPerson(start: PersonStart) {
  const { party, offset, name, address, today } = start
  const known = parties.get(party)
  const findings: Finding[] = []
  const single = new Map<string, string>()
  let sex: StatedSex | null = null
  let birthDate: ResolvedDate | null = null
  let pieces: number | null = null
  let weight: string | null = null
  const nationalities: TravelCountry[] = []
  const located = new Map<string, StatedPlace>()
  const documents: Draft[] = []
  const [seats, tags]: [string[], string[]] = [[], []]
  const [otherReferences, otherPlaces]: [OtherReference[], OtherReference[]] = [[], []]
  const contacts: Contact[] = []
  let taken = 0

  const find = (code: FindingCode, place: FindingPlace) => findings.push(finding(code, place))

  /** The first value of a field that a person has once; a different second one is found and not kept. */
  function once(field: string, value: string, segment: Segment): boolean {
    const earlier = single.get(field)
    if (earlier !== undefined && earlier !== value) find('contradiction', segment)
    if (earlier === undefined) single.set(field, value)
    return earlier === undefined
  }

  function country(text: string, segment: Segment): TravelCountry | null {
    const found = travelCountry(text)
    if (found?.kind === 'unknown') find('unknown-country', { ...segment, values: { found: text } })
    return found
  }

  function takeDate(segment: Segment) {
    const [use, inside] = valuesAt(segment, 0)
    const value = inside || valueAt(segment, 1)
    const document = documents.at(-1)
    if (use === '329') {
      const date = resolveDate(value, 'birth', today)
      if (date.value === null) find('unreadable-date', segment)
      if (once('birthDate', value, segment)) birthDate = date
    } else if (use === '36') {
      const date = resolveDate(value, 'expiry', today)
      if (value !== '' && date.value === null) find('unreadable-date', segment)
      if (document === undefined) find('orphan-document-part', segment)
      if (value === '') return
      if (document === undefined) documents.push({ type: '', number: '', issuer: null, expiry: date })
      else if (document.expiry === null) document.expiry = date
      else if (document.expiry.raw !== value) find('contradiction', segment)
    } else otherReferences.push({ qualifier: `DTM ${use}`, value })
  }

  function takePlace(segment: Segment) {
    const use = valueAt(segment, 0)
    const [code = '', , , placeName = ''] = valuesAt(segment, 1)
    const document = documents.at(-1)
    if (use === '91') {
      if (code === '' && placeName === '') return
      const issuer = country(code || placeName, segment)
      if (document === undefined) {
        find('orphan-document-part', segment)
        documents.push({ type: '', number: '', issuer, expiry: null })
      } else if (document.issuer === null) document.issuer = issuer
      else if (document.issuer.code !== issuer?.code) find('contradiction', segment)
      return
    }
    const field = placeUses[use]
    const related = valuesAt(segment, 2)
    const further = valuesAt(segment, 3)
    const names = [placeName, related[0], related[3], further[0], further[3]].filter((it) => it)
    if (field === undefined) {
      otherPlaces.push({ qualifier: use, value: [code, ...names].filter((it) => it !== '').join(', ') })
      return
    }
    if (code === '' && names.length === 0) return
    const isCountry = field === 'residence' || field === 'birthPlace'
    const place = { code, name: names.join(', '), country: isCountry ? country(code, segment) : null }
    if (once(field, code || place.name, segment)) located.set(field, place)
  }

  function takeReference(segment: Segment) {
    const [qualifier = '', inside] = valuesAt(segment, 0)
    const value = inside || valueAt(segment, 1)
    const field = references[qualifier.toUpperCase()]
    if (value === '') return
    if (field === 'seat') {
      if (!seats.includes(value)) seats.push(value)
    } else if (field === 'bookingLocator' || field === 'passengerReference') once(field, value, segment)
    else otherReferences.push({ qualifier, value })
  }

  function takeDocument(segment: Segment) {
    const type = valueAt(segment, 0).toUpperCase()
    const inside = valuesAt(segment, 0)
      .slice(3)
      .find((it) => it !== '')
    const number = valuesAt(segment, 1).find((it) => it !== '') ?? inside ?? ''
    if (type === '' && number === '') {
      documents.push({ type, number, issuer: null, expiry: null })
      return
    }
    if (number === '') find('missing-document-number', segment)
    if (type === '') find('missing-document-type', segment)
    documents.push({ type, number, issuer: null, expiry: null })
  }

  function takeSex(segment: Segment) {
    const raw =
      segment.elements
        .slice(1)
        .flat()
        .map((it) => it.trim())
        .findLast((it) => it !== '') ?? ''
    const value = sexOf(raw)
    if (value === null) find('unreadable-sex', segment)
    if (raw !== '' && once('sex', raw.toUpperCase(), segment)) sex = { raw, value }
  }

  /** False when the segment has no place in the group of a person. */
  function take(segment: Segment): boolean {
    taken++
    if (segment.tag === 'ATT') takeSex(segment)
    else if (segment.tag === 'DTM') takeDate(segment)
    else if (segment.tag === 'LOC') takePlace(segment)
    else if (segment.tag === 'RFF') takeReference(segment)
    else if (segment.tag === 'DOC') takeDocument(segment)
    else if (segment.tag === 'COM') contacts.push(...contactsOf(segment))
    else if (segment.tag === 'NAT') {
      const found = country(valuesAt(segment, 1).find((it) => it !== '') ?? '', segment)
      if (found !== null && !nationalities.some((it) => it.code === found.code)) nationalities.push(found)
    } else if (segment.tag === 'MEA') {
      const amount = valuesAt(segment, 2)
      if (valueAt(segment, 0) === 'CT') pieces = Number(amount.find((it) => /^\d{1,4}$/.test(it)) ?? Number.NaN) || null
      if (valueAt(segment, 0) === 'WT')
        weight =
          amount
            .filter((it) => it !== '')
            .reverse()
            .join(' ') || null
    } else if (segment.tag === 'FTX' && valueAt(segment, 0) === 'BAG')
      tags.push(...segment.elements.slice(3).map((it) => it.join(':')))
    else return ['FTX', 'GEI', 'EMP', 'CPI', 'QTY', 'CTA'].includes(segment.tag)
    return true
  }

  function end(ordinal: number): { traveller: Traveller; findings: readonly Finding[] } {
    const place: FindingPlace = { offset, text: name === null ? '' : name.raw, values: { person: ordinal } }
    const kept = documents.filter(
      (it) => it.type !== '' || it.number !== '' || it.expiry !== null || it.issuer !== null,
    )
    const codeOf = (field: string) => located.get(field)?.code || located.get(field)?.name || null
    if (birthDate === null) find('missing-birth-date', place)
    if (sex === null) find('missing-sex', place)
    if (nationalities.length === 0) find('missing-nationality', place)
    if (!kept.some((it) => it.number !== '')) find('missing-document', place)
    if (codeOf('embarkation') === null) find('missing-embarkation', place)
    if (codeOf('disembarkation') === null) find('missing-disembarkation', place)
    const traveller: Traveller = {
      role: known?.role ?? 'unlisted',
      transit: known?.transit ?? false,
      party,
      offset,
      name,
      sex,
      birthDate,
      birthPlace: located.get('birthPlace') ?? null,
      nationalities,
      residence: located.get('residence') ?? null,
      address,
      embarkation: codeOf('embarkation'),
      disembarkation: codeOf('disembarkation'),
      clearance: codeOf('clearance'),
      documents: kept.map((it): TravelDocument => ({ ...it, kind: documentKinds[it.type] ?? null })),
      bookingLocator: single.get('bookingLocator') ?? null,
      passengerReference: single.get('passengerReference') ?? null,
      seats,
      otherReferences,
      otherPlaces,
      contacts,
      bags: { pieces, weight, tags },
    }
    return { traveller, findings }
  }

  return { take, end, isBare: () => taken === 0, name, party }
}

/** Each element of COM is a number or address with the code of its channel. */
export function contactsOf(segment: Segment): Contact[] {
  return segment.elements
    .map((it) => ({ value: it[0]?.trim() ?? '', channel: it[1]?.trim() ?? '' }))
    .filter((it) => it.value !== '')
}
