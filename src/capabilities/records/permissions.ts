import type { Asked } from '#capabilities/records/approval'
import { waitForSecond } from '#capabilities/records/approvals'
import { grantKind, type PermissionRequest, refusalKind, requestKind } from '#capabilities/records/record'
import { fault, refuseUnless, type Work } from '#capabilities/records/rules'
import { addTime } from '#kernel/clock'
import { decide } from '#policy/decide'
import { type FourEyesRule, rulesAsking } from '#policy/four-eyes'
import { partyOf } from '#protocol/directory'
import { firstVersion } from '#protocol/draft'
import { effective, type Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { RecordView } from '#store/reader'

/** Asking, granting and using the originator's permission. */

/** Requests and answers are about handling, not about persons: they go between the two members alone. */
function headerBetween(record: RecordView<object>, other: string, now: Date): Handling {
  const { tlp, purposes, grading, basis } = record.handling
  return {
    audience: { members: [other], groups: [], sectors: [] },
    tlp,
    codes: [],
    purposes,
    onward: 'no',
    grading,
    category: 'none',
    nature: 'fact',
    basis,
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 5, 'years'),
  }
}

export function askPermission(
  record: RecordView<object>,
  input: Omit<PermissionRequest, 'about'>,
  { caller, now, directory }: Work,
): { change: Change; id: `rec_${string}` } {
  const me = caller.actor.member.id
  if (record.owner === me)
    throw fault('records/refused', 'The record is our own: share it, there is nobody to ask.', { rule: 'owner-only' })
  for (const it of input.recipients) partyOf(directory, it)
  const body: PermissionRequest = { about: record.id, ...input }
  const draft = firstVersion({
    kind: requestKind,
    owner: me,
    now,
    handling: headerBetween(record, record.owner, now),
    body,
  })
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: requestKind.caption(body) }],
      send: [{ to: record.owner, purpose: input.purposes[0]!, content: { kind: 'record', id: draft.id, version: 1 } }],
      rows: [
        {
          op: 'insert',
          table: 'permission_requests',
          values: { id: draft.id, about: record.id, asker: me, state: 'open' },
        },
      ],
      audit: [audited('disclose', caller, { object: draft, recipient: record.owner, reason: input.reason })],
    },
  }
}

export interface PermissionDecision {
  readonly decision: 'grant' | 'refuse'
  readonly days: number
  readonly reason: string
}

export interface PermissionOutcome {
  readonly state: 'done' | 'waiting'
  readonly change: Change
  /** The answer, when there is one already. */
  readonly id: `rec_${string}` | null
  readonly approval: string | null
  readonly rules: readonly FourEyesRule[]
}

/** Decides on a request, or, where a rule asks for a second person before the office consents, keeps the consent until one has. */
export function decideOrWait(
  request: RecordView<PermissionRequest>,
  record: RecordView<object>,
  input: PermissionDecision,
  work: Work & { readonly name: string },
): PermissionOutcome {
  const { permits, recipients } = request.body
  const { change, id } = decidePermission(request, record, input, work)
  const rules = input.decision === 'grant' ? rulesAsking({ act: 'grant', permits }) : []
  if (rules.length === 0) return { state: 'done', change, id, approval: null, rules }
  const { days, reason } = input
  const asked: Asked = { act: 'grant', request: request.id, days, reason, permits }
  const to = permits === 'onward' ? recipients : [request.owner]
  const waiting = waitForSecond(record, { asked, rules, recipients: to, reason }, work)
  return { state: 'waiting', change: waiting.change, id: null, approval: waiting.id, rules }
}

export function decidePermission(
  request: RecordView<PermissionRequest>,
  record: RecordView<object>,
  input: PermissionDecision,
  { caller, now }: Work,
): { change: Change; id: `rec_${string}` } {
  refuseUnless(
    decide(
      caller.actor,
      'grant',
      { owner: record.owner, state: record.state, handling: effective(record.handling), readers: record.readers },
      { now, purpose: caller.purpose },
    ),
  )
  const asker = request.owner
  const { permits, recipients, purposes } = request.body
  const granting = input.decision === 'grant'
  const expiresAt = [addTime(now, input.days, 'days'), record.handling.expiresAt].sort()[0]!
  const common = { owner: record.owner, now, handling: headerBetween(record, asker, now) }
  const draft = granting
    ? firstVersion({
        ...common,
        kind: grantKind,
        body: { about: record.id, permits, holder: asker, recipients, purposes, expiresAt, reason: input.reason },
        handling: grantHeader(common.handling, recipients),
      })
    : firstVersion({
        ...common,
        kind: refusalKind,
        body: { about: record.id, request: request.id, reason: input.reason },
      })
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: granting ? `Grant until ${expiresAt}` : 'Refusal' }],
      send: [{ to: asker, purpose: purposes[0]!, content: { kind: 'record', id: draft.id, version: 1 } }],
      rows: [
        {
          op: 'update',
          table: 'permission_requests',
          where: { id: request.id, state: 'open' },
          values: { state: granting ? 'granted' : 'refused', answer: draft.id },
          expect: 1,
        },
      ],
      audit: [
        audited('grant', caller, {
          object: draft,
          recipient: asker,
          outcome: granting ? 'permitted' : 'refused',
          reason: input.reason,
          rule: 'protocol point 8',
        }),
      ],
    },
  }
}

/** A grant is shown to those towards whom it holds, so they are in its audience too. */
function grantHeader(handling: Handling, recipients: readonly string[]): Handling {
  return {
    ...handling,
    audience: { ...handling.audience, members: [...new Set([...handling.audience.members, ...recipients])] },
  }
}
