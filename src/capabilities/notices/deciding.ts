import type { Work } from '#capabilities/notices/drafting'
import { moveOfOutcome } from '#capabilities/notices/lifecycle'
import {
  decisionKind,
  type Notice,
  type NoticeDecision,
  type Outcome,
  type RefusalMark,
  refusalKind,
} from '#capabilities/notices/record'
import { checkSecond, event, move, personOf, placeAfter, type Reviewing } from '#capabilities/notices/reviewing'
import { isRemembered, rulesVersion, runsOut } from '#capabilities/notices/rule-data'
import { type Answer, recipientsOf } from '#capabilities/notices/standing'
import { asJson, eventRow, type NoticeRow } from '#capabilities/notices/store'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, Dispatch, RecordPut, RowWrite } from '#store/change'
import type { RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** The decision on a notice: a signed record, and everything that follows from it at the node that makes it. */

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
