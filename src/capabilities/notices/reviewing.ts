import type { Work } from '#capabilities/notices/drafting'
import { refuseGaps } from '#capabilities/notices/drafting'
import { fault } from '#capabilities/notices/faults'
import { movedTo, moveOfOutcome, type Place } from '#capabilities/notices/lifecycle'
import {
  decisionKind,
  type Finding,
  type Notice,
  type NoticeDecision,
  type Outcome,
  type RefusalMark,
  refusalKind,
} from '#capabilities/notices/record'
import { factors, isReasonFor, isRemembered, rulesVersion, runsOut } from '#capabilities/notices/rule-data'
import { type Answer, type Proposal, recipientsOf, reviewerOf } from '#capabilities/notices/standing'
import { asJson, eventRow, type NoticeRow } from '#capabilities/notices/store'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import { firstVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch, RecordPut, RowWrite } from '#store/change'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** The compliance review (RPD 34, 86): one person proposes with reasons, another decides, and the decision is signed. */

interface Reviewing extends Work {
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

/** The second person confirms: the decision is signed and goes to the issuer and to everybody whom it concerns. */
export function confirm(notice: RecordView<Notice>, { row, ...work }: Reviewing): { change: Change; id: RecordId } {
  const { caller, now, directory } = work
  const proposal = checkSecond(row, work)
  const { outcome, reason, note, findings } = proposal
  const place = placeAfter(row, moveOfOutcome[outcome])
  const me = caller.actor.member.id
  const own = row.owner === me
  const step = (row.decision?.step ?? 0) + 1
  const recipients = recipientsOf(notice.body.to, directory, [row.owner, me])
  const told = reachesHolders(outcome) ? recipients : []
  const body: NoticeDecision = {
    about: row.id,
    version: row.version,
    hash: own ? notice.hash : row.hash,
    originator: row.owner,
    step,
    outcome,
    reason,
    note,
    rules: rulesVersion,
    findings: [...findings],
    persons: [proposal.person, personOf(work)],
  }
  const handling = decisionHandling(notice, [...(own ? [] : [row.owner]), ...told])
  const draft = firstVersion({ kind: decisionKind, owner: me, now, handling, body })
  const purpose = purposeOf(handling, caller.purpose)
  const content = { kind: 'record', id: draft.id, version: 1 } as const
  const answer: Answer = { id: draft.id, step, outcome, reason, note, at: now.toISOString(), by: me }
  // What an issuer finds in its own diffusions is its own care, and no misuse of the channel.
  const remembered = !own && isRemembered(reason) && (outcome === 'refused' || outcome === 'cancelled')
  const mark = remembered ? rememberRefusal(row, reason!, work) : undefined
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: decisionKind.caption(body) }, ...(mark === undefined ? [] : [mark.put])],
      rows: [
        move(row, { place, proposal: null, decision: asJson(answer), ...clockFor(outcome, now) }, work),
        event(row.id, outcome, work, note, { reason }),
        ...(mark?.rows ?? []),
      ],
      held: own || outcome !== 'published' ? [] : [{ id: row.id, held: false }],
      send: [
        ...(own ? [] : [{ to: row.owner, purpose, content }]),
        ...told.map((to): Dispatch => ({ to, purpose, content })),
        ...(own ? followUp(notice, { outcome, recipients, purpose }) : []),
        ...(mark?.send ?? []),
      ],
      touched: [{ type: 'notice', id: row.id }],
      audit: [
        audited('adjudicate', caller, {
          object: notice,
          recipient: row.owner,
          reason: note,
          details: { outcome, reasonCode: reason, proposedBy: proposal.person },
        }),
      ],
    },
  }
}

/** Those who may hold the notice hear of everything that changes whether it is acted on. */
export const reachesHolders = (outcome: Outcome): boolean =>
  outcome === 'published' || outcome === 'suspended' || outcome === 'lifted' || outcome === 'cancelled'

/** What the issuer's node does when the decision is there: it sends the notice out, or calls it back. */
export function followUp(
  notice: Pick<RecordView<Notice>, 'id' | 'version'>,
  { outcome, recipients, purpose }: { outcome: Outcome; recipients: readonly string[]; purpose: Dispatch['purpose'] },
): Dispatch[] {
  if (outcome === 'published')
    return recipients.map((to) => ({
      to,
      purpose,
      content: { kind: 'record', id: notice.id, version: notice.version },
    }))
  if (outcome !== 'cancelled') return []
  return recipients.map((to) => ({
    to,
    purpose,
    content: { kind: 'recall', id: notice.id, state: 'withdrawn', reason: 'Cancelled after review (RPD 81).' },
  }))
}

export function clockFor(outcome: Outcome, now: Date): { due_at: string | null; due_rule: string | null } {
  if (outcome !== 'information-asked') return { due_at: null, due_rule: null }
  return { due_at: runsOut('notices.answer', now), due_rule: 'notices.answer' }
}

/** Told to every state, with nothing of the person: so that the next request of this sender is looked at with care. */
function rememberRefusal(
  { id, owner, type, channel }: NoticeRow,
  reason: string,
  { caller, now, directory }: Work,
): { put: RecordPut; rows: RowWrite[]; send: Dispatch[] } {
  const me = caller.actor.member.id
  const body = { member: owner, type, channel, reason, at: now.toISOString() } as RefusalMark
  const handling: Handling = {
    audience: { members: [], groups: [], sectors: ['state'] },
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism', 'criminal-proceedings', 'border-security', 'oversight'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'none',
    nature: 'fact',
    basis: { instrument: 'Rules on the Processing of Data', provision: '34, 86' },
    reviewAt: addTime(now, 12, 'months'),
    expiresAt: runsOut('notices.refusals-remembered', now),
  }
  const draft = firstVersion({ kind: refusalKind, owner: me, now, handling, body })
  const values = { id: draft.id, member: owner, type, channel, reason, at: now }
  return {
    put: { record: draft, caption: refusalKind.caption(body) },
    rows: [
      { op: 'insert', table: 'notice_refusals', values },
      eventRow({ notice: id, at: now, what: 'remembered', member: me }),
    ],
    send: recipientsOf(handling.audience, directory, [me]).map((to) => ({
      to,
      purpose: handling.purposes[0]!,
      content: { kind: 'record', id: draft.id, version: 1 },
    })),
  }
}

function decisionHandling({ handling }: RecordView<Notice>, members: readonly string[]): Handling {
  return {
    ...handling,
    codes: handling.codes,
    onward: 'no',
    audience: { members: [...members], groups: [], sectors: [] },
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

function checkSecond(row: NoticeRow, work: Work): Proposal {
  checkReviewer(row, work.directory, work)
  if (row.proposal === null) throw fault('notices/nothing-proposed', 'Nothing is proposed that could be confirmed.')
  if (row.proposal.person === personOf(work))
    throw fault('notices/same-person', 'Who proposed it cannot confirm it: a second reviewer decides.', {
      rule: 'RPD 86; four eyes',
    })
  return row.proposal
}

function placeAfter(row: NoticeRow, step: Parameters<typeof movedTo>[1]): Place {
  const place = movedTo(row.place, step, 'reviewer')
  if (place === undefined)
    throw fault('notices/not-now', `The notice is ${row.place}: it cannot be changed in this way now.`)
  return place
}

function move(row: NoticeRow, values: Extract<RowWrite, { op: 'update' }>['values'], { now }: Work): RowWrite {
  return {
    op: 'update',
    table: 'notices',
    where: { id: row.id, place: row.place, version: row.version },
    values: { ...values, updated_at: now },
    expect: 1,
  }
}

const personOf = ({ caller }: Pick<Work, 'caller'>): string => caller.actor.person!.id

function event(
  notice: string,
  what: string,
  { caller, now }: Work,
  note?: string,
  details: Record<string, string | null> = {},
): RowWrite {
  const { member, person } = caller.actor
  return eventRow({ notice, at: now, what, member: member.id, person: person?.id, note, details })
}
