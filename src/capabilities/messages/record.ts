import { z } from 'zod'
import { Instant, MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'

/** A message between officers: a request, its answer, or information that nobody has to answer. */

export const messageKinds = ['request', 'answer', 'information'] as const
export const urgencies = ['urgent', 'normal'] as const
/** Where the data lies that a request asks for; for an urgent one it decides the clock. */
export const availabilities = ['directly-accessible', 'held-by-others'] as const
export const workStates = ['open', 'answered', 'closed'] as const
export type WorkState = (typeof workStates)[number]

/** What may be attached. Nothing that runs code when it is opened is on the list. */
export const mediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/plain',
  'text/csv',
  'application/json',
] as const
export type MediaType = (typeof mediaTypes)[number]

/**
 * All attachments of one message together. Their bytes are in base64 three times over, in the record, in the signed envelope
 * and in the seal, so they grow by 64/27; an envelope holds 8,388,608 sealed characters, and the text needs room beside them.
 */
export const attachmentsLimitBytes = 3_145_728
export const attachmentsLimit = 16

export const AttachmentKey = z.string().regex(/^[a-z0-9]{1,24}$/)

export const Attachment = z.strictObject({
  name: z
    .string()
    .max(240)
    .refine((it) => it === safeName(it), 'a file name without a path, at most 120 characters'),
  mediaType: z.enum(mediaTypes),
  bytes: z.number().int().min(1).max(attachmentsLimitBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64 (RFC 4648 section 4), in the one form that the bytes have. */
  content: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

export const Message = z
  .strictObject({
    /** The first message of the thread; null for that one itself. */
    thread: RecordIdText.nullable(),
    kind: z.enum(messageKinds),
    to: z
      .array(MemberId)
      .min(1)
      .max(64)
      .refine((it) => new Set(it).size === it.length, 'each recipient once'),
    subject: z.string().trim().min(3).max(200),
    text: z.string().trim().min(1).max(20_000),
    urgency: z.enum(urgencies),
    availability: z.enum(availabilities).optional(),
    /** Records that the message refers to. */
    concerning: z.array(RecordIdText).max(64),
    /** By the sender's rule data; the recipient keeps its own clock. */
    deadlineAt: Instant.nullable(),
    deadlineRule: z.string().max(64).nullable(),
    attachments: z
      .record(AttachmentKey, Attachment)
      .refine((it) => Object.keys(it).length <= attachmentsLimit, `at most ${attachmentsLimit} attachments`),
  })
  .superRefine((message, context) => {
    const issue = (path: string, text: string) => context.addIssue({ code: 'custom', path: [path], message: text })
    const { kind, thread, urgency, availability, deadlineAt, deadlineRule } = message
    if (kind === 'request' && thread !== null) issue('thread', 'a request starts a thread')
    if (kind === 'answer' && thread === null) issue('thread', 'an answer belongs to the thread of its request')
    if (kind === 'request' && urgency === 'urgent' && availability === undefined)
      issue('availability', 'an urgent request says where the data lies')
    if ((deadlineAt === null) !== (deadlineRule === null)) issue('deadlineRule', 'a deadline names its rule')
    if (kind !== 'request' && deadlineAt !== null) issue('deadlineAt', 'only a request has a deadline')
  })
export type Message = z.infer<typeof Message>

/** A message as lists and threads show it: what is attached, without the content. */
export type MessageHead = Omit<Message, 'attachments'> & {
  readonly attachments: Readonly<Record<string, Omit<Attachment, 'content'>>>
}

export const messageKind: RecordKind<Message> = {
  type: 'message',
  schema: 1,
  Body: Message,
  caption: ({ subject }) => subject,
}

const nameLimit = 120

/**
 * A file name that is only a name: no path, no control or direction characters, which can make `exe.pdf` of `fdp.exe`, nothing
 * that a file system treats in a special way, at most 120 characters. What is safe already stays as it is.
 */
export function safeName(name: string): string {
  const visible = name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, '')
  const last = visible.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[<>:"|?*]/g, '_').replace(/\s+/gu, ' ')
  return cut(trimDots(plain)) || 'attachment'
}

function trimDots(name: string): string {
  return name.replace(/^[. ]+/, '').replace(/[. ]+$/, '')
}

function cut(name: string): string {
  const characters = [...name]
  if (characters.length <= nameLimit) return name
  const [extension = ''] = /\.[A-Za-z0-9]{1,8}$/.exec(name) ?? []
  return trimDots(characters.slice(0, nameLimit - extension.length).join('')) + extension
}
