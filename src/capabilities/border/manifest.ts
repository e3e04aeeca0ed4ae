import { fault } from '#capabilities/border/faults'
import type { Presented, PresentedDocument } from '#capabilities/border/presented'
import type { Chunks } from '#formats/text'
import type { CarrierReport } from '#formats/travel/carrier-report'
import { type AnsweredList, answeredList } from '#formats/travel/cusres-write'
import type { EdifactEnd } from '#formats/travel/edifact-messages'
import { type PaxlstMessage, readPaxlst } from '#formats/travel/paxlst'
import { flightText, reportOnPaxlst } from '#formats/travel/paxlst-report'
import type { PnrTraveller } from '#formats/travel/pnr-traveller'
import { type PnrgovMessage, readPnrgov } from '#formats/travel/pnrgov'
import { reportOnPnrgov } from '#formats/travel/pnrgov-report'
import type { TravelCountry } from '#formats/travel/travel-country'
import type { ResolvedDate } from '#formats/travel/travel-dates'
import type { TravelName } from '#formats/travel/travel-name'
import type { TravelDocument, Traveller } from '#formats/travel/traveller'

/** Somebody of a message: who they say they are, and by what the carrier knows them. Nothing else of a message is kept. */
export interface Passenger {
  /** From 1, in the order of the message. */
  readonly place: number
  readonly role: 'passenger' | 'crew' | 'unlisted'
  readonly presented: Presented
  readonly bookingLocator: string | null
  readonly passengerReference: string | null
}

export interface Manifest {
  readonly kind: 'paxlst' | 'pnrgov'
  readonly passengers: readonly Passenger[]
  readonly flights: readonly string[]
  readonly carrier: string
  /** Every name that the senders of the messages give themselves. */
  readonly senders: readonly string[]
  /** What an interactive answer takes from each list. */
  readonly lists: readonly AnsweredList[]
  readonly report: CarrierReport
}

const headBytes = 4_096

/**
 * Reads a passenger message whole, PAXLST or PNRGOV by what its header says. Everybody in it is in the manifest, with a name or
 * without. Throws `border/not-a-message`. `today` is an ISO date.
 */
export async function readManifest(file: Uint8Array, today: string): Promise<Manifest> {
  const head = Buffer.from(file.subarray(0, headBytes)).toString('latin1')
  const manifest = head.includes('PNRGOV') ? await readRecords(file, today) : await readLists(file, today)
  if (manifest.report.messages.every((it) => it.type === '') && manifest.passengers.length === 0)
    throw fault('border/not-a-message', 'No passenger list and no name record can be found in this file.')
  return manifest
}

async function readLists(file: Uint8Array, today: string): Promise<Manifest> {
  const items: (PaxlstMessage | EdifactEnd)[] = []
  for await (const it of readPaxlst(once(file), { today })) items.push(it)
  const lists = items.flatMap((it) => (it.kind === 'message' ? [it] : []))
  const people = lists.flatMap((it) => [...it.travellers, ...it.unnamed].sort((a, b) => a.offset - b.offset))
  return {
    kind: 'paxlst',
    passengers: people.map((it, at) => ({ ...listed(it), place: at + 1 })),
    flights: [...new Set(lists.flatMap((it) => it.legs.map(flightText)))],
    carrier: lists.map((it) => it.reportingParty?.name || it.interchange?.sender).find((it) => it) ?? '',
    senders: unique(lists.flatMap((it) => [it.interchange?.sender ?? '', it.reportingParty?.name ?? ''])).filter(
      (it) => it !== '',
    ),
    lists: lists.map(answeredList),
    report: reportOnPaxlst(items, today),
  }
}

async function readRecords(file: Uint8Array, today: string): Promise<Manifest> {
  const items: (PnrgovMessage | EdifactEnd)[] = []
  for await (const it of readPnrgov(once(file), { today })) items.push(it)
  const messages = items.flatMap((it) => (it.kind === 'message' ? [it] : []))
  const people = messages.flatMap((message) =>
    message.records.flatMap((record) => {
      const locator = record.locators[0]?.split(':').at(-1) ?? null
      const nobodys = record.unattachedDocuments.map((it) => unattached(it, locator))
      return [...record.travellers.map((it) => booked(it, locator)), ...nobodys]
    }),
  )
  return {
    kind: 'pnrgov',
    passengers: people.map((it, at) => ({ ...it, place: at + 1 })),
    flights: [
      ...new Set(
        messages.flatMap((it) => (it.flight === null ? [] : [flightText({ ...it.flight, carrier: '', via: [] })])),
      ),
    ],
    carrier: messages.map((it) => it.interchange?.sender || it.originator).find((it) => it) ?? '',
    senders: unique(messages.flatMap((it) => [it.interchange?.sender ?? '', it.originator])).filter((it) => it !== ''),
    lists: [],
    report: reportOnPnrgov(items, today),
  }
}

async function* once(file: Uint8Array): Chunks {
  yield file
}

function listed({ role, name, birthDate, nationalities, documents, bookingLocator, passengerReference }: Traveller) {
  const presented = presentedOf({ names: [name], dates: [birthDate], countries: nationalities, documents })
  return { role, presented, bookingLocator, passengerReference }
}

function booked(
  { name, otherNames, docs, documents }: PnrTraveller,
  bookingLocator: string | null,
): Omit<Passenger, 'place'> {
  const presented = presentedOf({
    names: [name, ...otherNames, ...docs.map((it) => it.name)],
    dates: docs.map((it) => it.birthDate),
    countries: docs.map((it) => it.nationality),
    documents,
  })
  return { role: 'passenger', presented, bookingLocator, passengerReference: null }
}

/** A document of somebody whom the record does not name: stolen, it is as stolen. */
function unattached(document: TravelDocument, bookingLocator: string | null): Omit<Passenger, 'place'> {
  const presented = presentedOf({ names: [], dates: [], countries: [], documents: [document] })
  return { role: 'unlisted', presented, bookingLocator, passengerReference: null }
}

interface Said {
  readonly names: readonly (TravelName | null)[]
  readonly dates: readonly (ResolvedDate | null)[]
  readonly countries: readonly (TravelCountry | null)[]
  readonly documents: readonly TravelDocument[]
}

const most = { names: 8, dates: 4, countries: 8, documents: 16 }

function presentedOf({ names, dates, countries, documents }: Said): Presented {
  const date = dates.find((it) => it?.value != null)
  return {
    names: unique(names.flatMap(readingsOf)).slice(0, most.names),
    birthDate: date?.value ?? null,
    birthDates: date?.uncertain ? [...date.candidates].slice(0, most.dates) : [],
    nationalities: unique(countries.flatMap((it) => it?.iso ?? [])).slice(0, most.countries),
    documents: documents.flatMap(documentOf).slice(0, most.documents),
  }
}

/** A given name may end with a title or with a syllable of its own: both readings are looked for. */
function readingsOf(name: TravelName | null): string[] {
  if (name === null) return []
  return [name.given, ...(name.title === null ? [] : [name.title.given])].map((given) =>
    [given, name.surname]
      .filter((it) => it !== '')
      .join(' ')
      .slice(0, 512),
  )
}

function documentOf({ kind, number, issuer, expiry }: TravelDocument): PresentedDocument[] {
  const plain = number.trim().slice(0, 40)
  if (plain === '') return []
  return [
    {
      number: plain,
      kind: kind === 'identityCard' ? 'identity-card' : kind,
      issuer: issuer?.iso ?? null,
      issuerCode: issuer?.code.slice(0, 8) ?? null,
      expiry: expiry?.value ?? null,
    },
  ]
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
