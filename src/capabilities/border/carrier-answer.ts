import { fault } from '#capabilities/border/faults'
import type { KeptList, KeptPassenger, ToldOf } from '#capabilities/border/message-store'
import type { CandidateRow, HitRow } from '#capabilities/border/store'
import { answersFor } from '#capabilities/border/take-message'
import { writeCusres } from '#formats/travel/cusres-write'
import type { Alerts } from '#http/travellers'
import type { Role } from '#policy/roles'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import answers from './carrier-answers.json' with { type: 'json' }

/**
 * What a person has told to a carrier about somebody whom an alert fits. No alert does it by itself, and none that is discreet
 * ever: an answer that is other than that of everybody would be the tip-off.
 */

export const toldAnswers = ['do-not-board', 'inspect'] as const
export type ToldAnswer = (typeof toldAnswers)[number]

interface Choice {
  readonly answer: string
  readonly code: string
  readonly roles: readonly string[]
  readonly states: readonly string[]
  readonly within: readonly string[]
}

const choices: readonly Choice[] = answers.told

export const codeOf = (answer: ToldAnswer) => choices.find((it) => it.answer === answer)?.code

export type Refusal = 'discreet' | 'role' | 'state' | 'action'

export interface Stand {
  readonly state: HitRow['state']
  readonly discreet: boolean
  readonly permitted: CandidateRow['action']['permitted']
}

/** Why this may not be told, or may not any more; null when it may. Without `roles` who asks is not looked at. */
export function refusalOf(
  answer: string,
  { discreet, state, permitted }: Stand,
  roles?: readonly Role[],
): Refusal | null {
  const choice = choices.find((it) => it.answer === answer)
  if (discreet || choice === undefined) return 'discreet'
  if (!choice.states.includes(state)) return 'state'
  if (!choice.within.includes(permitted)) return 'action'
  return roles === undefined || roles.some((it) => choice.roles.includes(it)) ? null : 'role'
}

const because: Readonly<Record<Refusal, string>> = {
  discreet: 'A discreet alert is told to no carrier.',
  role: 'Whoever says this to a carrier has to be a supervisor.',
  state: 'The owner of the alert has not confirmed, or has said that it is somebody else.',
  action: 'The law here permits less on this alert than this would do.',
}

interface Telling {
  readonly answer: ToldAnswer | 'none'
  readonly note: string
  readonly caller: Caller
  readonly now: Date
  /** Whether the alert is discreet as it is now. */
  readonly isDiscreet: boolean
}

/**
 * Tells the carrier, or takes back what was told. Throws `border/not-told` with the rule, `border/not-finder`, and
 * `border/no-message` for somebody who was met at a desk.
 */
export function tellCarrier(
  row: HitRow,
  { candidate, hit }: { readonly candidate: CandidateRow | undefined; readonly hit: RecordView<object> },
  { answer, note, caller, now, isDiscreet }: Telling,
): Change {
  if (row.role !== 'finder') throw fault('border/not-finder', 'The office that had the message tells the carrier.')
  if (candidate === undefined || candidate.source !== 'message')
    throw fault('border/no-message', 'Nobody asked about this traveller in a message of a carrier.')
  const discreet = row.discreet || candidate.discreet || isDiscreet
  const stand = { state: row.state, discreet, permitted: candidate.action.permitted }
  const refusal = answer === 'none' ? null : refusalOf(answer, stand, caller.actor.person?.roles ?? [])
  if (refusal !== null) throw fault('border/not-told', because[refusal], { rule: `carrier-answers: ${refusal}` })
  const values = {
    hit: row.id,
    alert: row.about,
    message: candidate.source_id,
    passenger: candidate.passenger,
    answer,
    note,
    by: caller.actor.person?.id ?? null,
    at: now,
  }
  return {
    rows: [
      answer === 'none'
        ? { op: 'delete', table: 'border_carrier_answers', where: { hit: row.id } }
        : { op: 'upsert', table: 'border_carrier_answers', key: ['hit'], values },
    ],
    touched: [
      { type: 'border-hit', id: row.id },
      { type: 'border-message', id: candidate.source_id },
    ],
    audit: [audited('adjudicate', caller, { object: hit, reason: note, details: { carrier: answer } })],
  }
}

/** The code of each passenger of whom something is told that may still be told, the gravest where there is more than one. */
export function toldCodes(told: readonly ToldOf[], alerts: Alerts): ReadonlyMap<number, string> {
  const codes = new Map<number, string>()
  for (const { answer, code } of choices.toReversed())
    for (const it of told)
      if (it.answer === answer && refusalOf(answer, it) === null && alerts.find(it.alert)?.discreet !== true)
        codes.set(it.passenger, code)
  return codes
}

interface Answering {
  readonly id: string
  readonly lists: readonly KeptList[]
  readonly passengers: readonly KeptPassenger[]
  readonly codes: ReadonlyMap<number, string>
  readonly now: Date
}

/** One answer for each list of the message, one after the other; null when the message asks for none. */
export function writeAnswer({ id, lists, passengers, codes, now }: Answering): string | null {
  if (lists.length === 0) return null
  let from = 0
  const written = lists.map(({ count, ...list }, at) => {
    const these = passengers.slice(from, from + count)
    from += count
    // A further answer to the same list is a transmission of its own.
    const second = Math.floor(now.getTime() / 1_000)
      .toString(36)
      .slice(-5)
    const reference = `${id.slice(-7)}${at % 100}${second}`.toUpperCase()
    return writeCusres({ ...list, people: these }, answersFor(these, codes), {
      reference,
      preparedAt: now.toISOString(),
    })
  })
  return written.join('\n')
}
