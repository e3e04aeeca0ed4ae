import type { PassengerAnswer, ResponseTable } from '#formats/travel/cusres'
import { exerciseResponses } from '#formats/travel/cusres'
import { type ElementInput, writeSegment } from '#formats/travel/edifact-segment'
import { defaultSeparators, type Separators } from '#formats/travel/edifact-separators'
import type { PaxlstMessage } from '#formats/travel/paxlst'
import { fault } from '#formats/travel/travel-faults'
import type { FlightLeg, Traveller } from '#formats/travel/traveller'
import codes from './cusres-codes.json' with { type: 'json' }

/** What an answer takes from the list that it answers. */
export interface AnsweredList
  extends Pick<PaxlstMessage, 'interchange' | 'reference' | 'transactionReference' | 'legs'> {
  /** Everybody, in the order of the list. */
  readonly people: readonly Pick<Traveller, 'passengerReference' | 'bookingLocator'>[]
}

export function answeredList({ travellers, unnamed, ...list }: PaxlstMessage): AnsweredList {
  const people = [...travellers, ...unnamed].sort((a, b) => a.offset - b.offset)
  const { interchange, reference, transactionReference, legs } = list
  return { interchange, reference, transactionReference, legs, people }
}

export interface CusresOptions {
  readonly responses?: ResponseTable
  readonly separators?: Separators
  /** Who answers, as the carrier knows it; the recipient of the list when it is left out. */
  readonly sender?: string
  /** Control reference of the answer: at most 14 characters. */
  readonly reference: string
  /** UTC instant of the answer, ISO 8601. */
  readonly preparedAt: string
}

/**
 * Writes the answer (CUSRES D.05B) to an interactive passenger list, with the references of the list so that the carrier can
 * match it. Throws `formats/wrong-answer` for a code that the table does not have, for an answer without a code, and for one
 * that names nobody of the list.
 */
export function writeCusres(list: AnsweredList, answers: readonly PassengerAnswer[], options: CusresOptions): string {
  const separators = options.separators ?? defaultSeparators
  const responses = options.responses ?? exerciseResponses
  for (const answer of answers) check(answer, list, responses)
  const { interchange } = list
  const sender = options.sender ?? interchange?.recipient ?? ''
  const recipient = interchange?.sender ?? ''
  const [day, clock] = prepared(options.preparedAt)
  const segments: [string, ElementInput[]][] = [
    ['UNH', [list.reference || options.reference, ['CUSRES', 'D', '05B', 'UN', 'IATA']]],
    ['BGM', [codes.documents.answer]],
    ['RFF', [['TN', list.transactionReference ?? list.reference]]],
    ...list.legs.flatMap(flightSegments),
    ...answers.flatMap((it) => answerSegments(it, responses)),
  ]
  const all: [string, ElementInput[]][] = [
    [
      'UNB',
      [['UNOA', '4'], sender, recipient, [day, clock], options.reference, '', interchange?.applicationReference ?? ''],
    ],
    ['UNG', ['CUSRES', sender, recipient, [day, clock], options.reference, 'UN', ['D', '05B']]],
    ...segments,
    ['UNT', [String(segments.length + 1), list.reference || options.reference]],
    ['UNE', ['1', options.reference]],
    ['UNZ', ['1', options.reference]],
  ]
  const advice = `UNA${separators.component}${separators.element}.${separators.release ?? ' '} ${separators.terminator}`
  const isDefault = separators === defaultSeparators
  return [
    ...(isDefault ? [] : [advice]),
    ...all.map(([tag, elements]) => writeSegment(tag, elements, separators)),
  ].join('\n')
}

function flightSegments(leg: FlightLeg): [string, ElementInput[]][] {
  const times = [
    ['189', leg.departure.time?.raw],
    ['232', leg.arrival.time?.raw],
  ] as const
  const places = [
    ['125', leg.departure.place],
    ['87', leg.arrival.place],
  ] as const
  return [
    ['RFF', [['AF', leg.flight]]],
    ...times.flatMap(([use, raw]): [string, ElementInput[]][] => (raw ? [['DTM', [[use, raw, '201']]]] : [])),
    ...places.flatMap(([use, place]): [string, ElementInput[]][] => (place ? [['LOC', [use, place]]] : [])),
  ]
}

function answerSegments(answer: PassengerAnswer, responses: ResponseTable): [string, ElementInput[]][] {
  const texts = answer.texts.length > 0 ? answer.texts : answer.codes.map((it) => responses[it]!.text)
  const reference = (qualifier: string, value: string | null): [string, ElementInput[]][] =>
    value === null ? [] : [['RFF', [[qualifier, value]]]]
  return [
    ['ERP', ['2']],
    ...reference('AVF', answer.bookingLocator),
    ...reference('ABO', answer.passengerReference),
    ...answer.codes.map((it): [string, ElementInput[]] => ['ERC', [it]]),
    ...[...placeText(answer), ...texts]
      .filter((it) => it !== '')
      .map((it): [string, ElementInput[]] => ['FTX', ['AAP', '', '', it]]),
  ]
}

/** By what else could a carrier know who is meant. */
function placeText({ passengerReference, bookingLocator, place }: PassengerAnswer): string[] {
  if (place === undefined || passengerReference !== null || bookingLocator !== null) return []
  return [`PASSENGER ${place.number} OF THE LIST${place.name === '' ? '' : `, ${place.name.toUpperCase()}`}`]
}

function check(answer: PassengerAnswer, { people }: AnsweredList, responses: ResponseTable) {
  const unknown = answer.codes.find((it) => responses[it] === undefined)
  if (answer.codes.length === 0 || unknown !== undefined)
    throw fault('formats/wrong-answer', 'An answer needs codes of the table.', { details: { code: unknown ?? null } })
  const { passengerReference, bookingLocator, place } = answer
  const isOf =
    (place !== undefined && people[place.number - 1] !== undefined) ||
    people.some(
      (it) =>
        (passengerReference !== null && it.passengerReference === passengerReference) ||
        (passengerReference === null && bookingLocator !== null && it.bookingLocator === bookingLocator),
    )
  if (!isOf)
    throw fault('formats/wrong-answer', 'The answer names nobody of the list.', { details: { passengerReference } })
}

function prepared(instant: string): [day: string, clock: string] {
  const text = new Date(instant).toISOString()
  return [text.slice(2, 10).replaceAll('-', ''), text.slice(11, 16).replace(':', '')]
}
