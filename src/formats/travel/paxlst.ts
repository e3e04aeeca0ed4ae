import type { Chunks } from '#formats/text'
import type { EdifactLimits } from '#formats/travel/edifact'
import { type EdifactEnd, type EdifactMessage, type Interchange, readMessages } from '#formats/travel/edifact-messages'
import { type Quarantined, type Segment, valueAt, valuesAt } from '#formats/travel/edifact-segment'
import { knownTags } from '#formats/travel/edifact-separators'
import { type Finding, type FindingCode, type FindingPlace, finding } from '#formats/travel/findings'
import { startLegs } from '#formats/travel/paxlst-legs'
import { nameOfParty, parties, partyCode, reportingParties } from '#formats/travel/paxlst-name'
import { contactsOf, startPerson } from '#formats/travel/paxlst-person'
import type { Contact, FlightLeg, Traveller } from '#formats/travel/traveller'
import codes from './paxlst-codes.json' with { type: 'json' }

export interface ReportingParty {
  readonly name: string
  readonly contacts: readonly Contact[]
}

export interface StatedCount {
  /** '42' passengers, '41' crew. */
  readonly qualifier: string
  readonly stated: number
  readonly counted: number
}

export interface PaxlstMessage {
  readonly kind: 'message'
  readonly interchange: Interchange | null
  readonly type: string
  readonly version: string
  readonly reference: string
  readonly sequence: string
  /** 'BGM' as it stands: '745' a passenger list, '250' a crew list, '266' a flight close-out. */
  readonly document: string
  readonly transactionReference: string | null
  readonly reportingParty: ReportingParty | null
  readonly legs: readonly FlightLeg[]
  readonly travellers: readonly Traveller[]
  /** Groups of a person without any name: kept, because a document may still identify them. */
  readonly unnamed: readonly Traveller[]
  readonly counts: readonly StatedCount[]
  readonly findings: readonly Finding[]
}

export interface PaxlstOptions extends EdifactLimits {
  /** ISO date against which centuries are resolved. */
  readonly today: string
}

/**
 * Reads the passenger lists of a file (PAXLST, batch or interactive). Everyone with a name is kept, whatever is wrong with the
 * message around them; what is wrong is found and can be told to the carrier.
 */
export async function* readPaxlst(chunks: Chunks, options: PaxlstOptions): AsyncGenerator<PaxlstMessage | EdifactEnd> {
  for await (const item of readMessages(chunks, options)) {
    yield item.kind === 'end' ? item : readPassengerList(item, options.today)
  }
}

function readPassengerList(message: EdifactMessage, today: string): PaxlstMessage {
  const findings: Finding[] = [...message.findings]
  const legs = startLegs(today)
  const [travellers, unnamed]: [Traveller[], Traveller[]] = [[], []]
  const stated: { qualifier: string; stated: number; segment: Segment }[] = []
  let person: ReturnType<typeof startPerson> | null = null
  let party: { name: string; contacts: Contact[] } | null = null
  let document = ''
  let transactionReference: string | null = null
  const find = (code: FindingCode, place?: FindingPlace) => findings.push(finding(code, place))

  if (message.type !== '' && message.type !== 'PAXLST')
    find('wrong-message-type', { values: { wanted: 'PAXLST', found: message.type } })

  function closePerson() {
    if (person === null) return
    const done = person.end(travellers.length + unnamed.length + 1)
    findings.push(...done.findings)
    ;(done.traveller.name === null ? unnamed : travellers).push(done.traveller)
    person = null
  }

  function openPerson(segment: Segment, code: string) {
    const { name, findings: oddities } = nameOfParty(segment)
    if (person?.isBare() && person.name !== null && person.name.raw === name?.raw) find('repeated-person', segment)
    closePerson()
    for (const it of oddities) find(it, segment)
    if (!parties.has(code)) find('unlisted-party', { ...segment, values: { found: code } })
    const address = segment.elements
      .slice(4, 9)
      .map((it) => it.join(' ').trim())
      .filter((it) => it !== '')
    const isName = oddities.includes('misplaced-name')
    person = startPerson({ party: code, offset: segment.offset, name, address: isName ? [] : address, today })
  }

  /** The party code of a group that has neither a name nor anything else yet. */
  const halfParty = () => (person?.isBare() && person.name === null ? person.party : null)

  function takeParty(segment: Segment) {
    const code = partyCode(segment)
    if (!reportingParties.has(code)) return openPerson(segment, code)
    closePerson()
    const name = segment.elements
      .slice(1)
      .flat()
      .map((it) => it.trim())
      .filter((it) => it !== '')
      .join(' ')
    party = { name, contacts: party?.contacts ?? [] }
  }

  function takeHeader(segment: Segment) {
    if (segment.tag === 'BGM') document = valueAt(segment, 0)
    else if (segment.tag === 'RFF' && valueAt(segment, 0) === 'TN')
      transactionReference ??= valuesAt(segment, 0)[1] || null
    else if (segment.tag === 'COM') {
      party ??= { name: '', contacts: [] }
      party.contacts.push(...contactsOf(segment))
    } else if (segment.tag === 'CNT') {
      const [qualifier = '', inside] = valuesAt(segment, 0)
      const value = inside || valueAt(segment, 1)
      if (/^\d{1,6}$/.test(value)) stated.push({ qualifier, stated: Number(value), segment })
      else find('missing-count', segment)
    } else if (!legs.take(segment) && !['RFF', 'DTM', 'CTA', 'FTX', 'GEI', 'MEA'].includes(segment.tag))
      find(knownTags.has(segment.tag) ? 'misplaced-segment' : 'unknown-segment', segment)
  }

  function take(segment: Segment) {
    if (segment.tag === 'NAD') return takeParty(segment)
    if (!knownTags.has(segment.tag) && parties.has(partyCode(segment)) && nameOfParty(segment).name !== null) {
      find('damaged-person', segment)
      return openPerson(segment, partyCode(segment))
    }
    if (['TDT', 'CNT', 'BGM'].includes(segment.tag)) closePerson()
    if (person === null) takeHeader(segment)
    else if (!person.take(segment)) find(knownTags.has(segment.tag) ? 'misplaced-segment' : 'unknown-segment', segment)
  }

  for (const part of message.parts) {
    if (part.kind === 'segment') take(part)
    else {
      const halved = halfParty()
      const lost = lostPerson(part) ?? (halved === null ? null : otherHalf(part, halved))
      if (lost === null) continue
      find('damaged-person', part)
      if (halved !== null) person = null
      openPerson(lost, partyCode(lost))
    }
  }
  closePerson()

  const flights = legs.end()
  const everyone = [...travellers, ...unnamed]
  const counts = stated.map(({ qualifier, stated: count, segment }): StatedCount => {
    const role = (codes.counts as Record<string, string>)[qualifier]
    const ofRole = everyone.filter((it) => (role === 'crew') === (it.role === 'crew')).length
    const counted = role === undefined || everyone.length === count ? everyone.length : ofRole
    if (counted !== count) find('wrong-count', { ...segment, values: { qualifier, counted, stated: count } })
    return { qualifier, stated: count, counted }
  })
  if (everyone.length > 0 && stated.length === 0) find('missing-count')
  if (everyone.length > 0 && flights.length === 0) find('missing-leg')
  if (party === null) find('missing-reporting-party')

  return {
    kind: 'message',
    interchange: message.interchange,
    type: message.type,
    version: message.version,
    reference: message.reference,
    sequence: message.sequence,
    document,
    transactionReference,
    reportingParty: party,
    legs: flights,
    travellers,
    unnamed,
    counts,
    findings,
  }
}

/** A person behind a tag that was lost or damaged: '+FL+++CLARK:MICHAEL', 'NADFL+++…', 'NA+FL+++…'. Null when it is none. */
function lostPerson(part: Quarantined): Segment | null {
  for (const place of [0, 1, 2]) {
    const code = /(?:^|[^A-Z]|^N?A?D?|^NAD[A-Z])(FL|FM|DDT|DDU)$/.exec(
      (part.elements[place] ?? []).join(' ').trim().toUpperCase(),
    )?.[1]
    if (code === undefined) continue
    const elements = [[code], ...part.elements.slice(place + 1)]
    const segment: Segment = { kind: 'segment', tag: 'NAD', elements, offset: part.offset, text: part.text }
    return nameOfParty(segment).name === null ? null : segment
  }
  return null
}

/** The name of a group that was cut in two before it: 'NAD+FL' and then '+++CLARK:MICHAEL'. Null when it holds no name. */
function otherHalf(part: Quarantined, party: string): Segment | null {
  const name = part.elements.find((it) => it.length > 1 && it.some((one) => /\p{L}{2}/u.test(one)))
  if (name === undefined) return null
  return { kind: 'segment', tag: 'NAD', elements: [[party], [''], [''], name], offset: part.offset, text: part.text }
}
