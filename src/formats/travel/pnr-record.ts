import { type Quarantined, type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import { type Finding, type FindingCode, type FindingPlace, finding } from '#formats/travel/findings'
import { type PnrLeg, readLeg } from '#formats/travel/pnr-legs'
import { paymentsOf } from '#formats/travel/pnr-payment'
import { startPeople } from '#formats/travel/pnr-people'
import {
  contactIn,
  freeTextClass,
  isPayer,
  type KeptContact,
  longTextClass,
  maskCards,
} from '#formats/travel/pnr-sensitive'
import { startServices } from '#formats/travel/pnr-services'
import {
  bagsOf,
  type PnrTraveller,
  readTif,
  seatIn,
  type TravellerDraft,
  type TravellerSource,
  ticketOf,
} from '#formats/travel/pnr-traveller'
import type { TravelDocument } from '#formats/travel/traveller'

export interface PnrAgency {
  readonly system: string
  readonly location: string
  readonly iataNumber: string
  readonly country: string
}

export interface PnrRecord {
  /** 'UA:7C789A', the record's own first; those of other carriers after it. */
  readonly locators: readonly string[]
  /** 'DDMMYY:hhmm' of the reservation as it stands; null when not given. */
  readonly bookedAt: string | null
  readonly agency: PnrAgency | null
  readonly groupNames: readonly string[]
  readonly travellers: readonly PnrTraveller[]
  readonly itinerary: readonly PnrLeg[]
  readonly contacts: readonly KeptContact[]
  /** Postal addresses of ADD: 'use: street, city, …'. */
  readonly addresses: readonly string[]
  /** Of SSR that name none of the travellers. */
  readonly unattachedDocuments: readonly TravelDocument[]
  /** Codes of special services that may be kept, without any text. */
  readonly services: readonly string[]
}

type Section = 'travellers' | 'itinerary' | 'history'

export interface RecordContext {
  readonly today: string
  readonly find: (code: FindingCode, place?: FindingPlace) => void
  /** Counts something that is left out, under its class. */
  readonly leaveOut: (what: string) => void
}

/** Gathers one passenger name record from its segments, in the order of the message. */
export function startRecord({ today, find, leaveOut }: RecordContext) {
  const people = startPeople()
  const itinerary: PnrLeg[] = []
  const locators: string[] = []
  const contacts: KeptContact[] = []
  const addresses: string[] = []
  const groupNames: string[] = []
  let agency: PnrAgency | null = null
  let bookedAt: string | null = null
  let section: Section = 'travellers'
  let current: TravellerDraft | null = null
  let isOther = false
  const leg = () => (itinerary.length === 0 ? null : itinerary.length - 1)

  const services = startServices({ today, find, leaveOut, people, current: () => current, leg })

  function takeTraveller(segment: Segment, source: TravellerSource) {
    const tif = readTif(segment)
    current = null
    if (tif.group !== null) {
      if (!groupNames.includes(tif.group)) groupNames.push(tif.group)
      return
    }
    if (tif.name === null) return find('no-name', segment)
    const known = people.find(tif)
    // before the itinerary each TIF is a person; only one that repeats name and reference of another is the same
    const isSame =
      known !== undefined && (section !== 'travellers' || (tif.reference !== '' && known.reference === tif.reference))
    if (isSame) {
      if (section === 'travellers') find('repeated-traveller', segment)
      people.spell(known, tif.name)
      current = known
      return
    }
    if (people.byReference(tif.reference).length > 0) find('repeated-reference', segment)
    current = people.add(source, tif.name, { offset: segment.offset, type: tif.type, reference: tif.reference })
    if (section !== 'travellers') find('traveller-without-tif', segment)
    if (section === 'history') section = 'travellers'
  }

  function takeText(segment: Segment) {
    const qualifier = valuesAt(segment, 0)[1] ?? ''
    const lines = segment.elements
      .slice(1)
      .map((it) => it.join(':').trim())
      .filter((it) => it !== '')
    if (lines.length === 0) return
    const contact = contactIn(lines.join(' '))
    if (contact !== null) keepContact(contact)
    else if (isPayer(qualifier) && current !== null) current.payer ??= maskCards(lines.join(', '))
    else leaveOut(freeTextClass)
  }

  function keepContact(contact: KeptContact) {
    const list = current?.contacts ?? contacts
    if (!list.some((it) => it.code === contact.code && it.value === contact.value)) list.push(contact)
  }

  function takeAddress(segment: Segment) {
    for (const element of segment.elements.slice(1)) {
      const [use = '', ...lines] = element.map((it) => it.trim())
      const last = lines.at(-1) ?? ''
      const contact = contactIn(last)
      if (contact !== null) keepContact(contact)
      const filled = (contact === null ? lines : lines.slice(0, -1)).filter((it) => it !== '')
      if (filled.length > 0) addresses.push(`${use}: ${maskCards(filled.join(', '))}`)
    }
  }

  function takeLocator(segment: Segment) {
    for (const element of segment.elements) {
      const [carrier = '', locator = '', ...rest] = element.map((it) => it.trim())
      const key = `${carrier}:${locator}`
      if (locator !== '' && !locators.includes(key)) locators.push(key)
      const at = rest.findIndex((it) => /^\d{6}$/.test(it))
      if (at !== -1) bookedAt ??= rest.slice(at, at + 2).join(':')
    }
  }

  function takeLeg(segment: Segment) {
    current = null
    if (section === 'history') return
    section = 'itinerary'
    const read = readLeg(segment, today, isOther)
    if (read !== null) itinerary.push(read)
    isOther = false
  }

  function take(segment: Segment) {
    const { tag } = segment
    if (tag === 'TIF')
      takeTraveller(segment, section === 'itinerary' ? 'check-in' : section === 'history' ? 'history' : 'tif')
    else if (tag === 'SSR') services.take(segment, section === 'history')
    else if (tag === 'TVL') takeLeg(segment)
    else if (tag === 'RCI') takeLocator(segment)
    else if (tag === 'LTS') leaveOut(longTextClass)
    else if (tag === 'IFT') takeText(segment)
    else if (tag === 'ADD') takeAddress(segment)
    else if (tag === 'ABI' || tag === 'SAC') {
      section = 'history'
      current = null
    } else if (tag === 'MSG') isOther = true
    else if (tag === 'ORG' && section === 'travellers') agency ??= agencyOf(segment)
    else if (tag === 'TRI') current = null
    else if (current !== null) takeDetail(segment, current)
  }

  function takeDetail(segment: Segment, traveller: TravellerDraft) {
    const { tag } = segment
    if (tag === 'FOP') traveller.payments.push(...paymentsOf(segment))
    else if (tag === 'TKT' && ticketOf(segment) !== '') {
      if (!traveller.tickets.includes(ticketOf(segment))) traveller.tickets.push(ticketOf(segment))
    } else if (tag === 'FTI') {
      const card = valuesAt(segment, 0).slice(0, 2).join('')
      if (!traveller.frequentFlyer.includes(card)) traveller.frequentFlyer.push(card)
    } else if (tag === 'SSD') {
      const seat = seatIn(valueAt(segment, 0))
      if (seat !== null) services.seat(traveller, seat)
    } else if (tag === 'TBD') traveller.bags.push(bagsOf(segment, leg()))
    else if (tag === 'REF' && traveller.reference === '') people.refer(traveller, valuesAt(segment, 0)[1] ?? '')
  }

  /** A traveller behind a tag that was lost: family name, then given name, type and reference in their shape. */
  function rescue(part: Quarantined | Segment): boolean {
    for (const from of [0, 1]) {
      const elements = part.elements.slice(from)
      const [, second] = elements
      if (second === undefined || !looksLikeTif(withoutTag(elements[0] ?? []), second)) continue
      const segment: Segment = {
        kind: 'segment',
        tag: 'TIF',
        elements: [withoutTag(elements[0] ?? []), ...elements.slice(1)],
        offset: part.offset,
        text: part.text,
      }
      if (readTif(segment).name === null) continue
      find('damaged-person', { offset: part.offset })
      takeTraveller(segment, 'damaged')
      return true
    }
    return false
  }

  function end(offset: number): { record: PnrRecord; findings: readonly Finding[] } {
    const findings: Finding[] = []
    if (locators.length === 0) findings.push(finding('missing-locator', { offset }))
    if (people.all.length === 0 && groupNames.length === 0) findings.push(finding('no-passengers', { offset }))
    for (const [index, it] of people.all.entries())
      if (it.docs.length === 0)
        findings.push(finding('missing-docs', { offset: it.offset, values: { person: index + 1 } }))
    const record: PnrRecord = {
      locators,
      bookedAt,
      agency,
      groupNames,
      travellers: people.all,
      itinerary,
      contacts,
      addresses,
      unattachedDocuments: services.unattached,
      services: services.codes,
    }
    return { record, findings }
  }

  return { take, rescue, end }
}

function agencyOf(segment: Segment): PnrAgency {
  const [system = '', location = ''] = valuesAt(segment, 0)
  return { system, location, iataNumber: valueAt(segment, 1), country: valueAt(segment, 5) }
}

/** What is left of a tag in front of the family name goes: 'TIF#CLARK', 'F CLARK', 'TIF' with the name behind it. */
function withoutTag([first = '', ...rest]: readonly string[]): string[] {
  if (first.trim() === 'TIF' && rest.length > 0) return rest
  return [first.replace(/^(?:TIF[^\p{L}]|T?I?F?\s+)/u, ''), ...rest]
}

/** Names without digits, then a type and a reference as a TIF has them; without a type, the mark of an individual. */
function looksLikeTif(first: readonly string[], second: readonly string[]): boolean {
  const [given = '', type = '', reference = ''] = second.map((it) => it.trim())
  const isTyped = /^(?:A|C|IN)$/.test(type) || (type === '' && first[1]?.trim() === 'I')
  return isTyped && !/\d/.test(`${first[0]}${given}`) && /^[A-Z0-9.]{1,12}$/i.test(reference)
}
