import { z } from 'zod'
import { messageKinds, urgencies, workStates } from '#capabilities/messages/record'
import type { HeadView, WorkRow } from '#capabilities/messages/store'

/** What the API says of messages and of the work that they make. */

export const WorkReply = z.object({
  member: z.string(),
  direction: z.enum(['in', 'out']),
  state: z.enum(workStates),
  deadlineAt: z.string().nullable(),
  deadlineRule: z.string().nullable(),
  /** What the sender states, where it is not our own request. */
  statedDeadlineAt: z.string().nullable(),
  overdue: z.boolean(),
  answer: z.string().nullable(),
  settledAt: z.string().nullable(),
})

export const MessageReply = z.object({
  id: z.string(),
  thread: z.string(),
  kind: z.enum(messageKinds),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  urgency: z.enum(urgencies),
  issuedAt: z.string(),
  tlp: z.string(),
  attachments: z.number(),
  /** Of the request as a whole: open while one recipient has not answered. Null for what nobody has to answer. */
  state: z.enum(workStates).nullable(),
  /** The open deadline that runs out first. */
  deadlineAt: z.string().nullable(),
  overdue: z.boolean(),
  work: z.array(WorkReply),
})

/** A message that was searched for, with the words around the first that was found. */
export const FoundReply = MessageReply.extend({ excerpt: z.string() })

const aroundCharacters = 80

/** The part of a text in which the first of these words stands, or its beginning. */
export function excerptOf({ text }: Pick<HeadView['body'], 'text'>, words: readonly string[]): string {
  const lower = text.toLowerCase()
  // Lower case can be longer than what it was made of; then places in one are not places in the other.
  const places = lower.length === text.length ? words.map((it) => lower.indexOf(it.toLowerCase())) : []
  const at = Math.min(...places.filter((it) => it >= 0))
  const start = Number.isFinite(at) ? Math.max(0, at - aroundCharacters) : 0
  const part = text.slice(start, start + 2 * aroundCharacters).toWellFormed()
  return `${start > 0 ? '… ' : ''}${part.trim()}${start + 2 * aroundCharacters < text.length ? ' …' : ''}`
}

/** A message as lists show it. */
export function itemOf({ id, owner, issuedAt, handling, body }: HeadView, rows: readonly WorkRow[], now: Date) {
  const work = rows.filter((it) => it.thread === id).map((it) => workReplyOf(it, now))
  const open = work.filter((it) => it.state === 'open')
  const { kind, to, subject, urgency } = body
  return {
    id,
    thread: body.thread ?? id,
    kind,
    from: owner,
    to,
    subject,
    urgency,
    issuedAt,
    tlp: handling.tlp,
    attachments: Object.keys(body.attachments).length,
    state: open[0]?.state ?? work[0]?.state ?? null,
    deadlineAt: open.flatMap((it) => it.deadlineAt ?? []).sort()[0] ?? null,
    overdue: open.some((it) => it.overdue),
    work,
  }
}

export function workReplyOf(row: WorkRow, now: Date): z.infer<typeof WorkReply> {
  const { member, direction, state, deadline, answer } = row
  return {
    member,
    direction,
    state,
    deadlineAt: deadline?.toISOString() ?? null,
    deadlineRule: row.deadline_rule,
    statedDeadlineAt: row.stated_deadline?.toISOString() ?? null,
    overdue: state === 'open' && deadline !== null && deadline < now,
    answer,
    settledAt: row.settled_at?.toISOString() ?? null,
  }
}
