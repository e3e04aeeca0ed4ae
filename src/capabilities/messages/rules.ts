import { type AttachmentInput, readAttachments } from '#capabilities/messages/attachments'
import {
  checkConcerned,
  checkDates,
  checkMarks,
  checkRecipient,
  checkThread,
  refuseUnless,
  type Work,
} from '#capabilities/messages/checks'
import { deadlineFor } from '#capabilities/messages/deadlines'
import { fault } from '#capabilities/messages/faults'
import { Message, type MessageHead, messageKind } from '#capabilities/messages/record'
import type { WorkRow } from '#capabilities/messages/store'
import { openWork, settleWork } from '#capabilities/messages/work'
import type { RecordId } from '#kernel/ids'
import { decide } from '#policy/decide'
import { partyOf } from '#protocol/directory'
import { firstVersion } from '#protocol/draft'
import { effective, type Handling, type Mark } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import { distribute, purposeOf } from '#wire/distribute'

/** The header as its writer gives it; the audience is always the recipients, whatever it says. */
type Header = Omit<Handling, 'audience'> & { readonly audience?: Handling['audience'] | undefined }

export interface Writing {
  readonly handling: Header
  readonly text: string
  readonly attachments: Readonly<Record<string, AttachmentInput>>
  /** Keeps an attachment from some of the recipients: `/body/attachments/a1`. */
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Sending extends Writing {
  readonly kind: 'request' | 'information'
  readonly to: readonly string[]
  readonly subject: string
  readonly urgency: Message['urgency']
  readonly availability?: Message['availability'] | undefined
}

export interface Answering extends Writing {
  readonly subject?: string | undefined
}

interface Sent {
  readonly change: Change
  readonly id: RecordId
  readonly body: Message
}

/** Sends a request or information. A request opens work towards each of its recipients, with the deadline of the rule data. */
export function sendMessage(
  input: Sending,
  { thread = null, ...work }: Work & { readonly thread?: RecordView<MessageHead> | null },
): Sent {
  const { kind, urgency, availability, subject } = input
  const { caller, now, directory } = work
  const to = [...input.to]
  for (const member of to) checkRecipient(member, caller, directory)
  if (thread !== null) checkThread(input, thread, caller)
  if (kind === 'request' && urgency === 'urgent' && availability === undefined)
    throw fault(
      'messages/availability-missing',
      'An urgent request says whether the data is directly accessible or held by others: that decides its clock.',
      { rule: 'Directive (EU) 2023/977' },
    )
  const deadline = deadlineFor({ kind, urgency, availability }, now)
  const sent = post(input, work, {
    ...frame(input, work),
    thread: thread?.id ?? null,
    kind,
    to,
    subject,
    urgency,
    ...(availability === undefined ? {} : { availability }),
    deadlineAt: deadline?.at ?? null,
    deadlineRule: deadline?.rule ?? null,
  })
  const rows =
    kind === 'request'
      ? to.map((member) => openWork({ thread: sent.id, member, direction: 'out' }, deadline, null))
      : []
  return { ...sent, change: { ...sent.change, rows, touched: [{ type: 'message', id: thread?.id ?? sent.id }] } }
}

/** Answers a request that was sent to us, once; the answer goes to its sender alone. */
export function answerMessage(
  request: RecordView<MessageHead>,
  input: Answering,
  { row, ...work }: Work & { readonly row: WorkRow | undefined },
): Sent {
  if (request.type !== messageKind.type || request.body.kind !== 'request')
    throw fault('messages/not-a-request', 'Only a request can be answered; send information in its thread instead.')
  if (row === undefined || row.direction !== 'in')
    throw fault('messages/not-addressed', 'The request was not sent to this office.', { rule: 'recipients only' })
  if (row.state === 'closed') throw fault('messages/closed', 'The request was taken back by its sender.')
  if (row.state === 'answered')
    throw fault(
      'messages/already-answered',
      'The request is answered. To add to the answer send information in its thread; to replace it, recall it first.',
      { details: { answer: row.answer } },
    )
  const sent = post(input, work, {
    ...frame(input, work),
    thread: request.id,
    kind: 'answer',
    to: [request.owner],
    subject: input.subject ?? request.body.subject,
    urgency: request.body.urgency,
    deadlineAt: null,
    deadlineRule: null,
  })
  const settled = settleWork({ thread: request.id, member: request.owner, direction: 'in' }, sent.id, work.now)
  return { ...sent, change: { ...sent.change, rows: [settled], touched: [{ type: 'message', id: request.id }] } }
}

function frame({ text, attachments }: Writing, { concerning }: Work) {
  return { text, attachments: readAttachments(attachments), concerning: concerning.map((it) => it.id) }
}

/** What every message goes through: its form, its dates, and for each recipient the law of its own header. */
function post({ handling: given, marks }: Writing, work: Work, body: Message): Sent {
  const { caller, now, directory } = work
  const owner = caller.actor.member.id
  const handling: Handling = { ...given, audience: { members: body.to, groups: [], sectors: [] } }
  checkDates(handling, body, now)
  checkMarks(marks, body)
  const parsed = Message.safeParse(body)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((it) => ({ at: `/${it.path.join('/')}`, message: it.message }))
    throw fault('messages/malformed', `The message cannot be sent: ${issues[0]?.message ?? ''}`, {
      details: { issues },
    })
  }
  const readers = readersOf(handling, marks, caller)
  const purpose = purposeOf(handling, caller.purpose)
  const subject = { owner, state: 'active' as const, readers, handling: effective(handling) }
  for (const member of body.to) {
    const recipient = partyOf(directory, member)
    refuseUnless(decide(caller.actor, 'disclose', subject, { now, purpose, recipient }))
    for (const record of work.concerning) checkConcerned(record, member, work)
  }
  const draft: RecordDraft = firstVersion({ kind: messageKind, owner, now, handling, body: parsed.data, marks })
  return {
    id: draft.id,
    body: parsed.data,
    change: {
      records: [{ record: draft, caption: messageKind.caption(parsed.data), readers }],
      send: distribute(draft, { members: body.to, purpose, directory, now }).send,
      audit: body.to.map((recipient) =>
        audited('disclose', caller, { object: draft, recipient, details: { kind: body.kind, thread: body.thread } }),
      ),
    },
  }
}

function readersOf({ tlp }: Handling, marks: Writing['marks'], { actor }: Caller): string[] {
  const red = tlp === 'RED' || Object.values(marks).some((it) => it.tlp === 'RED')
  return red && actor.person !== undefined ? [actor.person.id] : []
}
