import type { Work } from '#capabilities/notices/drafting'
import { refuseGaps } from '#capabilities/notices/drafting'
import { fault } from '#capabilities/notices/faults'
import { movedTo, moveOfOutcome, type Place } from '#capabilities/notices/lifecycle'
import type { Finding, Notice, Outcome } from '#capabilities/notices/record'
import { factors, isReasonFor } from '#capabilities/notices/rule-data'
import { type Proposal, reviewerOf } from '#capabilities/notices/standing'
import { asJson, eventRow, type NoticeRow } from '#capabilities/notices/store'
import type { Directory } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { RecordView } from '#store/reader'

/** The compliance review (RPD 34, 86): one person proposes with reasons, another decides, and the decision is signed. */

export interface Reviewing extends Work {
  readonly row: NoticeRow
}

export interface ProposalInput {
  readonly outcome: Outcome
  readonly reason: string | null
  readonly note: string
  readonly findings: readonly Finding[]
}

/** Outcomes that rest on the whole test; the others are steps on the way. */
const rests: ReadonlySet<Outcome> = new Set(['published', 'refused', 'cancelled'])

export function takeUp({ row, ...work }: Reviewing): Change {
  checkReviewer(row, work.directory, work)
  const place = placeAfter(row, 'take')
  return {
    rows: [move(row, { place }, work), event(row.id, 'take', work)],
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', work.caller, { object: { ...row, type: 'notice' }, details: { place } })],
  }
}

export function propose(notice: RecordView<Notice>, input: ProposalInput, { row, ...work }: Reviewing): Change {
  const { caller, now } = work
  checkReviewer(row, work.directory, work)
  placeAfter(row, moveOfOutcome[input.outcome])
  checkReasons(input)
  if (input.outcome === 'published') refuseGaps(notice.body, now)
  const proposal: Proposal = { ...input, person: personOf(work), at: now.toISOString() }
  return {
    rows: [
      move(row, { proposal: asJson(proposal) }, work),
      event(row.id, 'propose', work, input.note, { outcome: input.outcome, reason: input.reason }),
    ],
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', caller, { object: notice, reason: input.note, details: { proposed: input.outcome } })],
  }
}

/** The second reviewer sees it otherwise. */
export function sendBack(note: string, { row, ...work }: Reviewing): Change {
  checkSecond(row, work)
  return {
    rows: [move(row, { proposal: null }, work), event(row.id, 'send-back', work, note)],
    touched: [{ type: 'notice', id: row.id }],
    audit: [audited('change', work.caller, { object: { ...row, type: 'notice' }, reason: note })],
  }
}

function checkReasons({ outcome, reason, findings }: ProposalInput): void {
  if (outcome !== 'published' && outcome !== 'lifted' && (reason === null || !isReasonFor(reason, outcome)))
    throw fault('notices/reason-missing', `Say by its code why the notice is ${outcome}.`, { rule: 'RPD 34, 81, 86' })
  const missing = rests.has(outcome) ? factors.filter((it) => !findings.some((one) => one.factor === it.factor)) : []
  if (missing.length > 0)
    throw fault(
      'notices/findings-missing',
      `The test is not complete: ${missing.map((it) => it.factor).join(', ')}. A person weighs each factor and says why.`,
      { rule: 'RPD 34(3)', details: { missing: missing.map((it) => it.factor) } },
    )
}

function checkReviewer(row: NoticeRow, directory: Directory, { caller }: Pick<Work, 'caller'>): void {
  if (reviewerOf(row, directory) === caller.actor.member.id) return
  throw fault('notices/not-reviewer', 'The review of this notice is not for this node.', { rule: 'RPD 86' })
}

export function checkSecond(row: NoticeRow, work: Work): Proposal {
  checkReviewer(row, work.directory, work)
  if (row.proposal === null) throw fault('notices/nothing-proposed', 'Nothing is proposed that could be confirmed.')
  if (row.proposal.person === personOf(work))
    throw fault('notices/same-person', 'Who proposed it cannot confirm it: a second reviewer decides.', {
      rule: 'RPD 86; four eyes',
    })
  return row.proposal
}

export function placeAfter(row: NoticeRow, step: Parameters<typeof movedTo>[1]): Place {
  const place = movedTo(row.place, step, 'reviewer')
  if (place === undefined)
    throw fault('notices/not-now', `The notice is ${row.place}: it cannot be changed in this way now.`)
  return place
}

export function move(row: NoticeRow, values: Extract<RowWrite, { op: 'update' }>['values'], { now }: Work): RowWrite {
  return {
    op: 'update',
    table: 'notices',
    where: { id: row.id, place: row.place, version: row.version },
    values: { ...values, updated_at: now },
    expect: 1,
  }
}

export const personOf = ({ caller }: Pick<Work, 'caller'>): string => caller.actor.person!.id

export function event(
  notice: string,
  what: string,
  { caller, now }: Work,
  note?: string,
  details: Record<string, string | null> = {},
): RowWrite {
  const { member, person } = caller.actor
  return eventRow({ notice, at: now, what, member: member.id, person: person?.id, note, details })
}
