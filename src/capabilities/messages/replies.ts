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
