import { z } from 'zod'
import { confirm } from '#capabilities/notices/deciding'
import { openNotice, workOf } from '#capabilities/notices/reading'
import { answers, Finding, NoticeReport, outcomes } from '#capabilities/notices/record'
import { Recorded } from '#capabilities/notices/replies'
import { reportFound, respond } from '#capabilities/notices/responding'
import { propose, sendBack, takeUp } from '#capabilities/notices/reviewing'
import { operation } from '#http/operation'
import { RecordParams } from '#http/shapes'
import { actionClasses } from '#http/travellers'

const reviewers = ['legal', 'supervisor'] as const
const note = z.string().trim().min(3).max(3_000)
const access = { roles: reviewers, scope: 'write' } as const

export const take = operation({
  id: 'notices.take',
  method: 'post',
  path: '/notices/{id}/review/take',
  summary: 'Take a submitted notice up for review',
  access,
  params: RecordParams,
  reply: Recorded,
  command: { words: 'notices review take', positional: ['id'] },
  handle: async (request) => {
    const { row, view } = await openNotice(request.params.id, request)
    return request.commit(takeUp({ row, ...workOf(request) }), {
      id: row.id,
      version: view.version,
      place: 'in-review',
    })
  },
})

export const proposeDecision = operation({
  id: 'notices.propose',
  method: 'post',
  path: '/notices/{id}/review/propose',
  summary: 'Propose a decision with its reasons, each factor of RPD 34(3) weighed; a second reviewer decides',
  access,
  params: RecordParams,
  body: z.object({
    outcome: z.enum(outcomes),
    reason: z.string().max(60).nullable().default(null),
    note,
    findings: z.array(Finding).max(40).default([]),
  }),
  reply: Recorded,
  command: { words: 'notices review propose', positional: ['id'] },
  handle: async (request) => {
    const { view, row } = await openNotice(request.params.id, request)
    const change = propose(view, request.body, { row, ...workOf(request) })
    return request.commit(change, { id: row.id, version: view.version, place: row.place })
  },
})

export const confirmDecision = operation({
  id: 'notices.confirm',
  method: 'post',
  path: '/notices/{id}/review/confirm',
  summary: 'Confirm what another reviewer proposed: the decision is signed and reaches everybody whom it concerns',
  access: { ...access, purpose: true },
  params: RecordParams,
  reply: z.object({ id: z.string(), decision: z.string() }),
  command: { words: 'notices review confirm', positional: ['id'] },
  handle: async (request) => {
    const { view, row } = await openNotice(request.params.id, request)
    const { change, id } = confirm(view, { row, ...workOf(request) })
    return request.commit(change, { id: row.id, decision: id })
  },
})

export const sendBackProposal = operation({
  id: 'notices.send-back',
  method: 'post',
  path: '/notices/{id}/review/send-back',
  summary: 'Send a proposal back to the review, with the reason',
  access,
  params: RecordParams,
  body: z.object({ note }),
  reply: Recorded,
  command: { words: 'notices review send-back', positional: ['id'] },
  handle: async (request) => {
    const { view, row } = await openNotice(request.params.id, request)
    return request.commit(sendBack(request.body.note, { row, ...workOf(request) }), {
      id: row.id,
      version: view.version,
      place: row.place,
    })
  },
})

export const answerHere = operation({
  id: 'notices.respond',
  method: 'post',
  path: '/notices/{id}/response',
  summary:
    'Take, limit, caution or refuse a received notice under the law here; the ground goes to the secretariat alone',
  access: { ...access, purpose: true },
  params: RecordParams,
  body: z.object({
    answer: z.enum(answers),
    action: z.enum(actionClasses).optional(),
    note: z.string().trim().min(3).max(1_000),
    ground: z.string().trim().min(2).max(60).optional(),
  }),
  reply: z.object({ id: z.string(), response: z.string() }),
  command: { words: 'notices respond', positional: ['id'] },
  handle: async (request) => {
    const { view, row } = await openNotice(request.params.id, request)
    const { change, id } = respond(view, request.body, { row, ...workOf(request) })
    return request.commit(change, { id: row.id, response: id })
  },
})

export const report = operation({
  id: 'notices.report',
  method: 'post',
  path: '/notices/{id}/report',
  summary: 'Tell the issuer that the person was located, or is held',
  access: { roles: ['officer', 'supervisor'], scope: 'write', purpose: true },
  params: RecordParams,
  body: NoticeReport.omit({ about: true }),
  reply: z.object({ id: z.string(), report: z.string() }),
  command: { words: 'notices report', positional: ['id'] },
  handle: async (request) => {
    const { view, row } = await openNotice(request.params.id, request)
    const { change, id } = reportFound(view, request.body, { row, ...workOf(request) })
    return request.commit(change, { id: row.id, report: id })
  },
})
