import { z } from 'zod'
import { openAttachment } from '#capabilities/messages/attachments'
import { readBox } from '#capabilities/messages/box'
import type { Work } from '#capabilities/messages/checks'
import { fault } from '#capabilities/messages/faults'
import {
  AttachmentKey,
  availabilities,
  type Message,
  type MessageHead,
  messageKind,
  urgencies,
  workStates,
} from '#capabilities/messages/record'
import { excerptOf, FoundReply, itemOf, MessageReply, WorkReply, workReplyOf } from '#capabilities/messages/replies'
import { answerMessage, sendMessage } from '#capabilities/messages/rules'
import { type HeadView, readSimilar, readThread, readWork, readWorkWith } from '#capabilities/messages/store'
import { type OperationRequest, operation } from '#http/operation'
import { found, PageQuery, pageOf, RecordParams, RecordReply, replyOf } from '#http/shapes'
import type { RecordId } from '#kernel/ids'
import { Handling, Instant, Mark, MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import { audited } from '#store/audited'
import { readGrants } from '#store/grants'
import type { Reader, RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const
/** Above what attachments may have in base64, so that one that is too large is refused with the rule. */
const limitBytes = 8_388_608

const Writing = z.object({
  handling: Handling.partial({ audience: true }).describe('The audience is set to the recipients'),
  text: z.string().trim().min(1).max(20_000),
  concerning: z.array(RecordIdText).max(64).default([]),
  attachments: z
    .record(
      AttachmentKey,
      z.object({
        name: z.string().min(1).max(1_000),
        mediaType: z.string().max(100),
        content: z.string().max(limitBytes).describe('Base64'),
        sha256: z.string().max(64).optional(),
      }),
    )
    .default({}),
  marks: z.record(z.string().max(500), Mark).default({}).describe('By pointer: /body/attachments/{key}'),
})

const Sent = z.object({
  id: z.string(),
  thread: z.string(),
  to: z.array(z.string()),
  deadlineAt: z.string().nullable(),
  deadlineRule: z.string().nullable(),
})

export const send = operation({
  id: 'messages.send',
  method: 'post',
  path: '/messages',
  summary: 'Send a request or information to officers of other members',
  access: { roles: writers, scope: 'write', purpose: true },
  body: Writing.extend({
    thread: RecordIdText.optional().describe('A message of the thread that this continues'),
    kind: z.enum(['request', 'information']),
    to: z.array(MemberId).min(1).max(64),
    subject: z.string().trim().min(3).max(200),
    urgency: z.enum(urgencies).default('normal'),
    availability: z.enum(availabilities).optional(),
  }),
  reply: Sent,
  status: 202,
  limitBytes,
  command: { words: 'messages send' },
  handle: async ({ body, caller, reader, services, commit }) => {
    const thread = body.thread === undefined ? null : await firstOf(reader, body.thread)
    const work = await workOn(body.concerning, { caller, reader, services })
    const { change, id, body: sent } = sendMessage(body, { ...work, thread })
    const { to, deadlineAt, deadlineRule } = sent
    return commit(change, { id, thread: sent.thread ?? id, to, deadlineAt, deadlineRule })
  },
})

export const answer = operation({
  id: 'messages.answer',
  method: 'post',
  path: '/messages/{id}/answer',
  summary: 'Answer a request that was sent to us, once; the answer goes to its sender',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: Writing.extend({ subject: z.string().trim().min(3).max(200).optional() }),
  reply: Sent,
  status: 202,
  limitBytes,
  command: { words: 'messages answer', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const request = found(await reader.record<MessageHead>(params.id))
    const row = await readWorkWith(services.store, { thread: request.id, member: request.owner })
    const work = await workOn(body.concerning, { caller, reader, services })
    const { change, id, body: sent } = answerMessage(request, body, { ...work, row })
    return commit(change, { id, thread: request.id, to: sent.to, deadlineAt: null, deadlineRule: null })
  },
})

const BoxQuery = PageQuery.extend({
  box: z.enum(['in', 'out']).optional(),
  state: z.enum(workStates).optional(),
  member: MemberId.optional().describe('Who sent it, or is among its recipients'),
  from: Instant.optional().describe('Issued at this instant or later'),
  until: Instant.optional().describe('Issued before this instant'),
})

export const list = operation({
  id: 'messages.list',
  method: 'get',
  path: '/messages',
  summary: 'Messages in and out: open requests by the clock that runs out first, then the others, newest first',
  access: { roles: readers, scope: 'read' },
  query: BoxQuery,
  reply: pageOf(MessageReply),
  command: {
    words: 'messages list',
    columns: ['id', 'kind', 'from', 'subject', 'urgency', 'state', 'deadlineAt', 'overdue'],
  },
  handle: async ({ query, caller, reader, services, commit }) => {
    const { views, next } = await readBox(reader, query)
    const work = await readWork(
      services.store,
      views.map((it) => it.id),
    )
    const items = views.map((it) => itemOf(it, work, services.store.clock.now()))
    const details = { type: messageKind.type, found: items.length }
    return commit({ audit: [audited('view', caller, { details })] }, { items, next })
  },
})

const wordsLimit = 10

export const search = operation({
  id: 'messages.search',
  method: 'get',
  path: '/messages/search',
  summary: 'Messages with all these words in subject or text, each whole or its beginning; ordered as the list is',
  access: { roles: readers, scope: 'read', purpose: true },
  query: BoxQuery.extend({ q: z.string().trim().min(2).max(200) }),
  reply: pageOf(FoundReply),
  command: {
    words: 'messages search',
    positional: ['q'],
    columns: ['id', 'kind', 'from', 'subject', 'excerpt', 'issuedAt'],
  },
  handle: async ({ query, caller, reader, services, commit }) => {
    const { q, ...filter } = query
    const words = q.normalize('NFC').split(/\s+/u).slice(0, wordsLimit)
    const { views, next } = await readBox(reader, { ...filter, words })
    const work = await readWork(
      services.store,
      views.map((it) => it.id),
    )
    const now = services.store.clock.now()
    const items = views.map((it) => ({ ...itemOf(it, work, now), excerpt: excerptOf(it.body, words) }))
    const details = { type: messageKind.type, found: items.length }
    return commit({ audit: [audited('search', caller, { details })] }, { items, next })
  },
})

export const show = operation({
  id: 'messages.show',
  method: 'get',
  path: '/messages/{id}',
  summary: 'The thread of a message, oldest first, with how its request stands; senders learn that theirs were read',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({
    thread: z.string(),
    messages: z.array(RecordReply),
    work: z.array(WorkReply),
    /** Other open requests about one of the same records. */
    similar: z.array(z.string()),
  }),
  command: { words: 'messages show', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const asked = messageIn(await reader.record<Message>(params.id))
    const thread = asked.body.thread ?? asked.id
    const views = await readThread(reader, thread)
    const first = views.find((it) => it.id === thread)
    const work = first === undefined ? [] : await readWork(services.store, [thread])
    return commit(
      {
        reads: readsOf(views, services.identity.me),
        audit: views.map((it) => audited('view', caller, { object: it })),
      },
      {
        thread,
        messages: views.map(replyOf),
        work: work.map((it) => workReplyOf(it, services.store.clock.now())),
        similar: first === undefined ? [] : await readSimilar(reader, first),
      },
    )
  },
})

export const attachment = operation({
  id: 'messages.attachment',
  method: 'get',
  path: '/messages/{id}/attachments/{key}',
  summary: 'An attachment of a message, in base64, its hash checked again',
  access: { roles: readers, scope: 'read' },
  params: RecordParams.extend({ key: AttachmentKey }),
  reply: z.object({
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    content: z.string(),
  }),
  command: { words: 'messages attachment', positional: ['id', 'key'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const view = messageIn(await reader.record<Message>(params.id))
    const opened = openAttachment(view.body, params.key)
    const details = { attachment: params.key, sha256: opened.sha256 }
    return commit(
      { reads: readsOf([view], services.identity.me), audit: [audited('view', caller, { object: view, details })] },
      opened,
    )
  },
})

function messageIn<Body>(view: RecordView<Body> | undefined): RecordView<Body> {
  return found(view?.type === messageKind.type ? view : undefined)
}

async function firstOf(reader: Reader, id: RecordId): Promise<RecordView<MessageHead>> {
  const view = found(await reader.record<MessageHead>(id))
  if (view.type !== messageKind.type) throw fault('messages/no-such-thread', 'This record is not a message.')
  return view.body.thread === null ? view : found(await reader.record<MessageHead>(view.body.thread))
}

async function workOn(
  ids: readonly RecordId[],
  { caller, reader, services }: Pick<OperationRequest, 'caller' | 'reader' | 'services'>,
): Promise<Work> {
  const concerning = await Promise.all([...new Set(ids)].map(async (it) => found(await reader.record(it))))
  const grants = await readGrants(services.store, ids)
  return { caller, now: services.store.clock.now(), directory: services.directories.current(), concerning, grants }
}

function readsOf(views: readonly Pick<HeadView, 'id' | 'version' | 'owner' | 'handling'>[], me: string) {
  return views
    .filter((it) => it.owner !== me)
    .map(({ id, version, owner, handling }) => ({ id, version, owner, purpose: purposeOf(handling) }))
}
