import { movedTo, moveOfOutcome, type Place } from '#capabilities/notices/lifecycle'
import { NoticeDecision } from '#capabilities/notices/record'
import type { Answer, Standing } from '#capabilities/notices/standing'
import { eventRow } from '#capabilities/notices/store'
import type { RowWrite } from '#store/change'

/** What signed decisions make of a notice, in whatever order they and it arrive. Pure. */

interface Known {
  readonly owner: string
  readonly body: Pick<NoticeDecision, 'version' | 'hash' | 'outcome' | 'originator'>
}

interface Arrived {
  readonly owner: string
  readonly reviewer: string | undefined
  readonly version: number
  readonly hash: string
}

/**
 * The place of a version that has just come: nothing is published that its own reviewer has not published in exactly this
 * text. A cancellation holds for every version.
 */
export function standsWith(decisions: readonly Known[], { owner, reviewer, version, hash }: Arrived): Place {
  let place: Place = 'in-review'
  for (const { owner: decider, body } of decisions) {
    if (decider !== reviewer || body.originator !== owner) continue
    if (body.outcome === 'cancelled') return 'cancelled'
    if (body.version !== version || body.hash !== hash) continue
    place = movedTo(place, moveOfOutcome[body.outcome], 'reviewer') ?? place
  }
  return place
}

/**
 * Where a decision takes what is here, or undefined when it is about another version and changes nothing. The place that a
 * node of a holder or issuer keeps may lag behind that of the reviewer, who has taken the notice up meanwhile.
 */
export function decisionMove(
  { role, place, version, hash }: Pick<Standing, 'role' | 'place' | 'version' | 'hash'>,
  decision: Pick<NoticeDecision, 'outcome' | 'version' | 'hash'>,
): Place | undefined {
  const move = moveOfOutcome[decision.outcome]
  if (decision.outcome === 'cancelled') return movedTo(place, move, 'reviewer')
  if (decision.version !== version || decision.hash !== hash) return undefined
  const from = role !== 'reviewer' && place === 'submitted' ? 'in-review' : place
  return movedTo(from, move, 'reviewer')
}

interface SignedDecision {
  readonly id: string
  readonly owner: string
  readonly issuedAt: string
  readonly body: unknown
}

export function answerOf({ id, owner, issuedAt, body }: SignedDecision): Answer {
  const { step, outcome, reason, note } = NoticeDecision.parse(body)
  return { id, step, outcome, reason, note, at: issuedAt, by: owner }
}

/** Its line in what happened to the notice. */
export function decided({ owner, body }: SignedDecision, at: Date): RowWrite {
  const { about, outcome, note, reason } = NoticeDecision.parse(body)
  return eventRow({ notice: about, at, what: outcome, member: owner, note, details: { reason } })
}
