import { z } from 'zod'
import { amendNotice, answerReviewer, draftNotice, endNotice, submitNotice } from '#capabilities/notices/drafting'
import { places } from '#capabilities/notices/lifecycle'
import { lawOf } from '#capabilities/notices/local-law'
import { openNotice, workOf } from '#capabilities/notices/reading'
import { Notice, NoticeType } from '#capabilities/notices/record'
import {
  CheckReply,
  checkReplyOf,
  lineOf,
  NoticeLine,
  NoticeReply,
  noticeReplyOf,
  Recorded,
} from '#capabilities/notices/replies'
import { clock } from '#capabilities/notices/rule-data'
import { localAnswers } from '#capabilities/notices/standing'
import { readEvents, readNoticeRows, readOpenRows, readRefusals } from '#capabilities/notices/store'
import { type Waits, waits, whatWaits } from '#capabilities/notices/waiting'
import { operation } from '#http/operation'
import { PageQuery, pageOf, RecordParams } from '#http/shapes'
import { addTime, type TimeUnit } from '#kernel/clock'
import { findMember } from '#protocol/directory'
import { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'
import type { Caller } from '#store/reader'

const writers = ['officer', 'supervisor'] as const
const readers = ['officer', 'supervisor', 'legal'] as const

const judges = ({ actor }: Caller) => actor.person?.roles.some((it) => it === 'legal' || it === 'supervisor') === true

const Input = z.object({ handling: Handling, body: Notice })

export const draft = operation({
  id: 'notices.draft',
  method: 'post',
  path: '/notices',
  summary: 'Draft a notice or diffusion; it may lack anything that its type asks for until it is submitted',
  access: { roles: writers, scope: 'write' },
  body: Input,
  reply: Recorded,
  status: 201,
  command: { words: 'notices draft' },
  handle: async (request) => {
    const { change, id } = draftNotice(request.body, workOf(request))
    return request.commit(change, { id, version: 1, place: 'draft' })
  },
})

export const check = operation({
  id: 'notices.check',
  method: 'post',
  path: '/notices/check',
  summary: 'What a notice lacks, at which field, and which article asks for it; nothing is kept',
  access: { roles: writers, scope: 'read' },
  body: z.object({ body: Notice }),
  reply: CheckReply,
  reads: true,
  command: { words: 'notices check' },
  handle: async ({ body, services }) => checkReplyOf(body.body, services.store.clock.now()),
})

export const amend = operation({
  id: 'notices.amend',
  method: 'put',
  path: '/notices/{id}',
  summary:
    'Change a notice of ours: a draft again, to be submitted; holders keep what is in force until the new one is',
  access: { roles: writers, scope: 'write' },
  params: RecordParams,
  body: Input.extend({ version: z.number().int().min(1).describe('The version that was changed') }),
  reply: Recorded,
  command: { words: 'notices amend', positional: ['id'] },
  handle: async (request) => {
    const { params, body, commit } = request
    const { view, row } = await openNotice(params.id, request)
    const change = amendNotice(view, { ...body, expected: body.version }, { row, ...workOf(request) })
    return commit(change, { id: params.id, version: view.version + 1, place: 'draft' })
  },
})

export const submit = operation({
  id: 'notices.submit',
  method: 'post',
  path: '/notices/{id}/submit',
  summary: 'Send a complete notice to its reviewer, and to nobody else',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  reply: Recorded,
  command: { words: 'notices submit', positional: ['id'] },
  handle: async (request) => {
    const { params, commit } = request
    const { view, row } = await openNotice(params.id, request)
    const change = submitNotice(view, { row, ...workOf(request) })
    return commit(change, { id: params.id, version: view.version, place: 'submitted' })
  },
})

export const answer = operation({
  id: 'notices.answer',
  method: 'post',
  path: '/notices/{id}/answer',
  summary: 'Answer what the reviewer asked',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ text: z.string().trim().min(3).max(5_000) }),
  reply: Recorded,
  command: { words: 'notices answer', positional: ['id'] },
  handle: async (request) => {
    const { params, body, commit } = request
    const { view, row } = await openNotice(params.id, request)
    const { change } = answerReviewer(view, body.text, { row, ...workOf(request) })
    return commit(change, { id: params.id, version: view.version, place: 'in-review' })
  },
})

export const end = operation({
  id: 'notices.end',
  method: 'post',
  path: '/notices/{id}/end',
  summary: 'End a notice of ours: the person is held, it is withdrawn, or its purpose is met; every holder is told',
  access: { roles: [...writers, 'legal'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    how: z.enum(['executed', 'withdrawn', 'purpose-met']),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({ id: z.string(), told: z.array(z.string()) }),
  command: { words: 'notices end', positional: ['id'] },
  handle: async (request) => {
    const { params, body, services, commit } = request
    const { view, row } = await openNotice(params.id, request)
    const holders = await readHolders(services.store, params.id)
    const change = endNotice(view, body, { row, holders, ...workOf(request) })
    return commit(change, { id: params.id, told: (change.send ?? []).map((it) => it.to) })
  },
})

export const list = operation({
  id: 'notices.list',
  method: 'get',
  path: '/notices',
  summary:
    'Notices of ours, those under our review, and those received that passed the gate of this node, newest first',
  access: { roles: readers, scope: 'read', purpose: true },
  query: PageQuery.extend({
    role: z.enum(['issuer', 'reviewer', 'holder']).optional(),
    type: NoticeType.optional(),
    place: z.enum(places).optional(),
    local: z.enum(localAnswers).optional(),
  }),
  reply: pageOf(NoticeLine),
  command: { words: 'notices list', columns: ['id', 'caption', 'owner', 'role', 'place', 'local', 'dueAt'] },
  handle: async ({ query, reader, caller, services, commit }) => {
    const items: z.infer<typeof NoticeLine>[] = []
    let after = query.after
    let next: string | null = null
    for (;;) {
      const rows = await readNoticeRows(services.store, { ...query, after })
      for (const row of rows) {
        const view = await reader.record<Notice>(row.id)
        if (view !== undefined) items.push(lineOf(row, view, judges(caller)))
        after = row.id
        if (items.length === query.limit) break
      }
      next = items.length === query.limit ? (after ?? null) : null
      if (items.length === query.limit || rows.length < query.limit) break
    }
    return commit(
      { audit: [audited('search', caller, { details: { type: 'notice', found: items.length } })] },
      { items, next },
    )
  },
})

const openAtMost = 500

export const waiting = operation({
  id: 'notices.waiting',
  method: 'get',
  path: '/notices/waiting',
  summary: 'Notices on which something waits for whoever asks: a review, a second reviewer, the gate here, an answer',
  access: { roles: readers, scope: 'read' },
  reply: z.object({ items: z.array(NoticeLine.extend({ waits: z.enum(waits) })) }),
  command: { words: 'notices waiting', columns: ['id', 'caption', 'owner', 'waits', 'dueAt'] },
  handle: async ({ reader, caller, services: { store, directories } }) => {
    const asking = { me: store.me, directory: directories.current(), person: caller.actor.person! }
    const items: (z.infer<typeof NoticeLine> & { waits: Waits })[] = []
    for (const row of await readOpenRows(store, openAtMost)) {
      const what = whatWaits(row, asking)
      const view = what === undefined ? undefined : await reader.record<Notice>(row.id)
      if (what !== undefined && view !== undefined) items.push({ ...lineOf(row, view, judges(caller)), waits: what })
    }
    return { items }
  },
})

export const get = operation({
  id: 'notices.get',
  method: 'get',
  path: '/notices/{id}',
  summary: 'A notice whole: its form, where it stands, the decision, what happened, what is remembered of its issuer',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: NoticeReply,
  command: { words: 'notices show', positional: ['id'] },
  handle: async (request) => {
    const { params, caller, services } = request
    const { store, directories } = services
    const { view, row, now } = await openNotice(params.id, request)
    const { amount, unit } = clock('notices.refusals-remembered')
    const since = new Date(addTime(now, -amount, unit as TimeUnit))
    const [events, refusals] = await Promise.all([
      readEvents(store, params.id),
      readRefusals(store, { member: row.owner, since }),
    ])
    const { country } = findMember(directories.current(), store.me)
    const place = { law: lawOf(store), country }
    return noticeReplyOf({
      row,
      view,
      events,
      refusals,
      place,
      person: caller.actor.person?.id,
      judges: judges(caller),
      now,
    })
  },
})
