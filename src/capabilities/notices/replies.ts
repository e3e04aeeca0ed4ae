import { z } from 'zod'
import { checkForm } from '#capabilities/notices/form-check'
import { localAction } from '#capabilities/notices/local-action'
import { Finding, type Notice, outcomes } from '#capabilities/notices/record'
import { type Answer, isActedOn, openFlags, type Proposal } from '#capabilities/notices/standing'
import type { NoticeEvent, NoticeRow, RefusalRow } from '#capabilities/notices/store'
import { RecordReply, replyOf } from '#http/shapes'
import type { RecordView } from '#store/reader'

export const Recorded = z.object({ id: z.string(), version: z.number(), place: z.string() })

export const GapReply = z.object({
  requirement: z.string(),
  at: z.string(),
  weight: z.enum(['blocks', 'improves']),
  rule: z.string(),
})
export const CheckReply = z.object({ gaps: z.array(GapReply), complete: z.number(), passes: z.boolean() })

export const checkReplyOf = (notice: Notice, now: Date): z.infer<typeof CheckReply> => {
  const { gaps, ...rest } = checkForm(notice, now)
  return { ...rest, gaps: [...gaps] }
}

const Decided = z.object({
  id: z.string(),
  outcome: z.string(),
  reason: z.string().nullable(),
  note: z.string(),
  at: z.string(),
  by: z.string(),
})

export const NoticeLine = z.object({
  id: z.string(),
  caption: z.string(),
  type: z.string(),
  channel: z.string(),
  owner: z.string(),
  role: z.enum(['issuer', 'reviewer', 'holder']),
  place: z.string(),
  local: z.string().nullable(),
  flags: z.array(z.string()),
  inForce: z.boolean(),
  version: z.number(),
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  expiresAt: z.string(),
  updatedAt: z.string(),
  decision: Decided.nullable(),
  proposedBy: z.string().nullable(),
})

export const EventReply = z.object({
  at: z.string(),
  what: z.string(),
  member: z.string(),
  person: z.string().nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.json()),
})

export const NoticeReply = NoticeLine.extend({
  record: RecordReply,
  check: CheckReply,
  action: z.object({ asked: z.string(), permitted: z.string(), loweredBy: z.string().nullable() }),
  proposal: z
    .object({
      outcome: z.enum(outcomes),
      reason: z.string().nullable(),
      note: z.string(),
      findings: z.array(Finding),
      person: z.string(),
      at: z.string(),
    })
    .nullable(),
  events: z.array(EventReply),
  /** What is remembered of the issuer's earlier requests. */
  refusals: z.array(z.object({ type: z.string(), channel: z.string(), reason: z.string(), at: z.string() })),
  /** Whether the caller is the one who proposed, and so cannot confirm. */
  mine: z.boolean(),
})

/** `judges`: whether the caller is one of those who answer at the gate. */
export function lineOf(row: NoticeRow, view: RecordView<Notice>, judges: boolean): z.infer<typeof NoticeLine> {
  return {
    id: row.id,
    caption: view.caption,
    type: row.type,
    channel: row.channel,
    owner: row.owner,
    role: row.role,
    place: row.place,
    local: row.local,
    flags: judges ? row.flags : openFlags(row.flags),
    inForce: isActedOn(row) && view.state === 'active' && !view.held,
    version: row.version,
    dueAt: row.due_at?.toISOString() ?? null,
    dueRule: row.due_rule,
    expiresAt: row.expires_at,
    updatedAt: row.updated_at.toISOString(),
    decision: row.decision as Answer | null,
    proposedBy: row.proposal?.person ?? null,
  }
}

interface Whole {
  readonly row: NoticeRow
  readonly view: RecordView<Notice>
  readonly events: readonly NoticeEvent[]
  readonly refusals: readonly RefusalRow[]
  /** Whose law lowers what is asked. */
  readonly place: Pick<Parameters<typeof localAction>[1], 'law' | 'country'>
  readonly person: string | undefined
  readonly judges: boolean
  readonly now: Date
}

export function noticeReplyOf(whole: Whole): z.infer<typeof NoticeReply> {
  const { row, view, events, refusals, place, person, judges, now } = whole
  const proposal = row.proposal as Proposal | null
  return {
    ...lineOf(row, view, judges),
    record: replyOf(view),
    check: checkReplyOf(view.body, now),
    action: localAction(view.body.asked, { ...place, bound: row.bound ?? undefined }),
    proposal: proposal === null ? null : { ...proposal, findings: [...proposal.findings] },
    events: events.map(({ at, what, member, person: who, note, details }) => ({
      at: at.toISOString(),
      what,
      member,
      person: who,
      note,
      details: judges ? details : withoutGrounds(details),
    })),
    refusals: refusals.map(({ type, channel, reason, at }) => ({ type, channel, reason, at: at.toISOString() })),
    mine: proposal !== null && proposal.person === person,
  }
}

/** As one reads it who has no part in the gate. */
function withoutGrounds(details: NoticeEvent['details']): NoticeEvent['details'] {
  const { flags } = details
  return {
    ...details,
    ...(details.ground === undefined ? {} : { ground: null }),
    ...(Array.isArray(flags) ? { flags: openFlags(flags) } : {}),
  }
}
