import { type Segment, valuesAt } from '#formats/travel/edifact-segment'
import type { FindingCode, FindingPlace } from '#formats/travel/findings'
import { type DocsRecord, readDoca, readDoco, readDocs, slashText } from '#formats/travel/pnr-docs'
import type { People } from '#formats/travel/pnr-people'
import { contactIn, sensitiveClass } from '#formats/travel/pnr-sensitive'
import { referencesOf, seatIn, type TravellerDraft } from '#formats/travel/pnr-traveller'
import { sameTravelName, travelName } from '#formats/travel/travel-name'
import type { TravelDocument } from '#formats/travel/traveller'

export interface ServicesContext {
  readonly today: string
  readonly find: (code: FindingCode, place?: FindingPlace) => void
  readonly leaveOut: (what: string) => void
  readonly people: People
  /** The traveller in whose group the reading is. */
  readonly current: () => TravellerDraft | null
  /** Index of the leg in whose group the reading is. */
  readonly leg: () => number | null
}

/** Gathers the special services (SSR) of a record; what is sensitive is counted by its class and read no further. */
export function startServices(context: ServicesContext) {
  const { today, find, leaveOut, people, current, leg } = context
  const codes: string[] = []
  const unattached: TravelDocument[] = []

  function take(segment: Segment, isHistory: boolean) {
    const code = (valuesAt(segment, 0)[0] ?? '').toUpperCase()
    const sensitive = sensitiveClass(code)
    if (sensitive !== null) return leaveOut(sensitive)
    if (code === 'DOCS') return takeDocs(segment)
    if (isHistory) return
    if (code === 'DOCO' || code === 'DOCA') takeOther(segment, code)
    else if (code === 'SEAT' || code === 'RQST') takeSeats(segment)
    else if (code === 'INFT') takeInfant(segment)
    else if (code.startsWith('CTC')) takeContact(segment, code)
    else if (code.startsWith('TKN')) takeTicket(segment)
    if (!codes.includes(code)) codes.push(code)
  }

  const named = (segment: Segment) =>
    referencesOf(segment).flatMap(({ reference }) => (reference === '' ? [] : people.byReference(reference)))

  /** Whose a segment is: by reference, by the group it stands in, by the only one there is. */
  function ownersOf(segment: Segment): TravellerDraft[] {
    const referred = named(segment)
    if (referred.length > 0) return referred
    const own = current()
    if (own !== null) return [own]
    return people.all.length === 1 ? [people.all[0]!] : []
  }

  function takeDocs(segment: Segment) {
    const fields = slashText(segment)
    const docs = fields === null ? null : readDocs(fields, today)
    const place = { offset: segment.offset, text: segment.text }
    if (docs === null) return find('damaged-docs', place)
    if (docs.wasMisaligned || (docs.birthDate !== null && docs.birthDate.value === null)) find('damaged-docs', place)
    const owner = ownerOfDocs(segment, docs)
    if (owner === undefined) {
      if (docs.document !== null) unattached.push(docs.document)
      return find('unattached-document', place)
    }
    if (docs.name !== null && !sameTravelName(owner.name, docs.name)) find('other-name-in-docs', place)
    const same = (it: DocsRecord) =>
      it.document?.number === docs.document?.number &&
      it.birthDate?.raw === docs.birthDate?.raw &&
      it.document?.issuer?.iso === docs.document?.issuer?.iso
    if (owner.docs.some(same)) return
    owner.docs.push(docs)
    if (docs.document !== null) owner.documents.push(docs.document)
  }

  /** A name that no traveller has is one of a traveller whose TIF was lost. */
  function ownerOfDocs(segment: Segment, docs: DocsRecord): TravellerDraft | undefined {
    const { name } = docs
    const referred = named(segment)[0]
    if (referred !== undefined) return referred
    const own = current()
    if (own !== null && (name === null || sameTravelName(own.name, name) || own.docs.length === 0)) return own
    if (name === null) return ownersOf(segment)[0]
    const byName = people.byName(name)
    if (byName.length > 0) return byName.find((it) => it.docs.length === 0) ?? byName[0]
    find('traveller-without-tif', { offset: segment.offset, text: segment.text })
    return people.add('docs', name, { offset: segment.offset })
  }

  function takeOther(segment: Segment, code: 'DOCO' | 'DOCA') {
    const fields = slashText(segment)
    const place = { offset: segment.offset, text: segment.text }
    if (fields === null) return find('damaged-docs', place)
    const owners = ownersOf(segment)
    if (code === 'DOCA') {
      const address = readDoca(fields)
      if (address !== null) for (const it of owners) it.addresses.push(address)
      return
    }
    const { document, birthPlace } = readDoco(fields)
    if (document !== null && owners.length === 0) {
      unattached.push(document)
      find('unattached-document', place)
    }
    for (const it of owners) {
      if (document !== null && !it.documents.some((one) => one.number === document.number)) it.documents.push(document)
      it.birthPlace ??= birthPlace
    }
  }

  function takeSeats(segment: Segment) {
    for (const { value, reference } of referencesOf(segment)) {
      const text = seatIn(value)
      const owner = people.byReference(reference)[0]
      if (text !== null && owner !== undefined) seat(owner, text)
    }
  }

  function seat(owner: TravellerDraft, text: string) {
    if (!owner.seats.some((it) => it.leg === leg() && it.seat === text)) owner.seats.push({ leg: leg(), seat: text })
  }

  /** 'DYE/ARCHER 15APR12': an infant may be named here alone. */
  function takeInfant(segment: Segment) {
    const text = valuesAt(segment, 0).findLast((it) => it.includes('/'))
    const found = text === undefined ? null : /^\.?([^/\d]+)\/([^\d]*)/.exec(text)
    const name = found === null ? null : travelName(found[1]!, [found[2]!])
    if (name === null || people.byName(name).some((it) => it.name.given !== '')) return
    find('traveller-without-tif', { offset: segment.offset })
    people.add('infant', name, { offset: segment.offset, type: 'IN' })
  }

  function takeContact(segment: Segment, code: string) {
    const text = valuesAt(segment, 0)
      .slice(4)
      .findLast((it) => it !== '')
    const contact = text === undefined ? null : contactIn(`${code} ${text.replace(/^\//, '')}`)
    for (const it of ownersOf(segment)) if (contact !== null) it.contacts.push(contact)
  }

  function takeTicket(segment: Segment) {
    const ticket = valuesAt(segment, 0)
      .slice(4)
      .map((it) => /\d{10,13}/.exec(it)?.[0])
      .find((it) => it !== undefined)
    if (ticket === undefined) return
    for (const it of ownersOf(segment)) if (!it.tickets.includes(ticket)) it.tickets.push(ticket)
  }

  return { take, seat, codes, unattached }
}
