import type { Chunks } from '#formats/text'
import { type EdifactEnd, type Interchange, readMessages } from '#formats/travel/edifact-messages'
import { type Segment, valuesAt } from '#formats/travel/edifact-segment'
import { type Finding, finding } from '#formats/travel/findings'
import { startLegs } from '#formats/travel/paxlst-legs'
import type { FlightLeg } from '#formats/travel/traveller'
import defaults from './cusres-codes.json' with { type: 'json' }

export interface ResponseCode {
  /** What a code says, as one word that programs compare. */
  readonly meaning: string
  /** Whether the carrier may let the person board on it. */
  readonly boards: boolean
  /** What is written beside it when the answer brings no text of its own. */
  readonly text: string
}

/** A state's table of response codes, by code. */
export type ResponseTable = Readonly<Record<string, ResponseCode>>

export const exerciseResponses: ResponseTable = defaults.codes

export interface PassengerAnswer {
  readonly bookingLocator: string | null
  /** The unique passenger reference of the list that is answered (RFF+ABO). */
  readonly passengerReference: string | null
  readonly codes: readonly string[]
  /** Free text for the carrier's agent; empty without any. */
  readonly texts: readonly string[]
  /** For somebody whom the list gives no reference: where they stand in it, from 1, and as what. Written as a text. */
  readonly place?: { readonly number: number; readonly name: string } | undefined
}

export interface CusresMessage {
  readonly kind: 'message'
  readonly interchange: Interchange | null
  readonly type: string
  readonly reference: string
  /** BGM as it stands. */
  readonly document: string
  readonly transactionReference: string | null
  readonly flights: readonly FlightLeg[]
  readonly answers: readonly (PassengerAnswer & {
    /** What the table makes of the codes together; null when it can not say: the carrier must ask. */
    readonly meaning: ResponseCode | null
  })[]
  /** Codes that concern the whole message (ERP+1): it was refused. */
  readonly messageErrors: readonly string[]
  readonly findings: readonly Finding[]
}

/** Reads answers to interactive passenger lists (CUSRES) with a state's table. `today` is an ISO date. */
export async function* readCusres(
  chunks: Chunks,
  options: { readonly today: string; readonly responses?: ResponseTable },
): AsyncGenerator<CusresMessage | EdifactEnd> {
  const responses = options.responses ?? exerciseResponses
  for await (const item of readMessages(chunks)) {
    if (item.kind === 'end') {
      yield item
      continue
    }
    const { interchange, type, reference } = item
    const segments = item.parts.filter((it): it is Segment => it.kind === 'segment')
    const read = readAnswers(segments, responses, options.today)
    const wrongType =
      type === 'CUSRES' || type === ''
        ? []
        : [finding('wrong-message-type', { values: { wanted: 'CUSRES', found: type } })]
    yield {
      kind: 'message',
      interchange,
      type,
      reference,
      ...read,
      findings: [...item.findings, ...wrongType, ...read.findings],
    }
  }
}

type Draft = { bookingLocator: string | null; passengerReference: string | null; codes: string[]; texts: string[] }

function readAnswers(segments: readonly Segment[], responses: ResponseTable, today: string) {
  const findings: Finding[] = []
  const legs = startLegs(today)
  const drafts: { draft: Draft; segment: Segment }[] = []
  const messageErrors: string[] = []
  let document = ''
  let transactionReference: string | null = null
  let open: Draft | null = null
  let ofMessage = false

  for (const segment of segments) {
    const [qualifier = '', value = ''] = valuesAt(segment, 0)
    if (segment.tag === 'BGM') document = qualifier
    else if (segment.tag === 'ERP') {
      ofMessage = qualifier === '1'
      open = ofMessage ? null : { bookingLocator: null, passengerReference: null, codes: [], texts: [] }
      if (open !== null) drafts.push({ draft: open, segment })
    } else if (segment.tag === 'ERC') {
      if (open === null) messageErrors.push(qualifier)
      else {
        open.codes.push(qualifier)
        if (responses[qualifier] === undefined)
          findings.push(finding('unlisted-response', { ...segment, values: { found: qualifier } }))
      }
    } else if (segment.tag === 'FTX') {
      const text = segment.elements
        .slice(3)
        .flat()
        .map((it) => it.trim())
        .filter((it) => it !== '')
        .join(' ')
      if (text !== '') open?.texts.push(text)
    } else if (segment.tag === 'RFF') {
      if (open !== null && qualifier === 'AVF') open.bookingLocator = value || null
      else if (open !== null && qualifier === 'ABO') open.passengerReference = value || null
      else if (qualifier === 'TN') transactionReference ??= value || null
      // the flight of an answer is a reference, where that of a list is a stage of transport
      else if (qualifier === 'AF') legs.take({ ...segment, tag: 'TDT', elements: [['20'], [value]] })
    } else if (open === null && !ofMessage) legs.take(segment)
  }
  const answers = drafts.map(({ draft, segment }) => {
    if (draft.codes.length === 0) findings.push(finding('no-passenger-answer', segment))
    return { ...draft, meaning: meaningOf(draft.codes, responses) }
  })
  return { document, transactionReference, flights: legs.end(), answers, messageErrors, findings }
}

/** The first code that refuses counts before any that boards, and one that no table knows lets nobody board. */
function meaningOf(codes: readonly string[], responses: ResponseTable): ResponseCode | null {
  const known = codes.map((it) => responses[it])
  const refusing = known.find((it) => it?.boards === false)
  return refusing ?? (known.includes(undefined) ? null : (known[0] ?? null))
}
