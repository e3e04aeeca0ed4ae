import { z } from 'zod'
import { dueAfter, followUp, overdueBefore, receiptClock, retryNow } from '#capabilities/records/overdue'
import { hasOpen, readOpenRecalls, readUnanswered } from '#capabilities/records/receipt-store'
import { operation } from '#http/operation'
import { found } from '#http/shapes'
import { MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const

const HolderParams = z.object({ id: RecordIdText, member: MemberId })

export const overdue = operation({
  id: 'receipts.overdue',
  method: 'get',
  path: '/overdue-receipts',
  summary:
    'What members were sent and have not answered in time, with what is known of why; each is a task for a person',
  access: { roles: readers, scope: 'read' },
  reply: z.object({
    /** The clock by which an answer is overdue. */
    clock: z.object({
      id: z.string(),
      amount: z.number(),
      unit: z.string(),
      source: z.string(),
      verified: z.boolean(),
    }),
    items: z.array(
      z.object({
        record: z.object({ id: z.string(), type: z.string(), caption: z.string(), state: z.string() }),
        member: z.string(),
        kind: z.enum(['record', 'recall']),
        /** How many things about the record are unanswered. */
        count: z.number(),
        since: z.string(),
        dueAt: z.string(),
        sent: z.boolean(),
        problem: z.string().nullable(),
        failingSince: z.string().nullable(),
        seenAt: z.string().nullable(),
        followUp: z.object({ at: z.string(), name: z.string(), reason: z.string(), againAt: z.string() }).nullable(),
      }),
    ),
  }),
  command: { words: 'receipts overdue', columns: ['member', 'kind', 'since', 'dueAt', 'problem'] },
  handle: async ({ reader, services: { store } }) => {
    const { id, amount, unit, source, verified } = receiptClock('receipt.answer')
    const rows = await readUnanswered(store, overdueBefore(store.clock.now()))
    const items = await Promise.all(
      rows.map(async ({ record: about, followUp: done, ...row }) => {
        const record = await reader.record(about)
        if (record === undefined) return []
        return [
          {
            ...row,
            record: { id: record.id, type: record.type, caption: record.caption, state: record.state },
            dueAt: dueAfter(row.since, 'receipt.answer'),
            followUp: done === null ? null : { ...done, againAt: dueAfter(done.at, 'receipt.follow-up') },
          },
        ]
      }),
    )
    return { clock: { id, amount, unit, source, verified }, items: items.flat() }
  },
})

export const retry = operation({
  id: 'receipts.retry',
  method: 'post',
  path: '/records/{id}/holders/{member}/retry',
  summary: 'Try at once to bring a member what waits for it, instead of after the pause',
  access: { roles: writers, scope: 'write' },
  params: HolderParams,
  reply: z.object({ id: z.string(), member: z.string() }),
  status: 202,
  command: { words: 'receipts retry', positional: ['id', 'member'] },
  handle: async ({ params: { id, member }, caller, reader, services: { store }, commit }) => {
    const record = found(await reader.record(id))
    return commit(retryNow({ record, member, isOpen: await hasOpen(store, id, member), caller }), { id, member })
  },
})

export const followedUp = operation({
  id: 'receipts.follow-up',
  method: 'post',
  path: '/records/{id}/holders/{member}/follow-up',
  summary: 'Say that a person asked the member by other means: the task rests until its clock has run again',
  access: { roles: writers, scope: 'write' },
  params: HolderParams,
  body: z.object({ reason: z.string().trim().min(3).max(1_000) }),
  reply: z.object({ id: z.string(), member: z.string(), againAt: z.string() }),
  command: { words: 'receipts follow-up', positional: ['id', 'member'] },
  handle: async ({ params: { id, member }, body, caller, reader, services: { store }, signedIn, commit }) => {
    const record = found(await reader.record(id))
    const now = store.clock.now()
    const task = { record, member, isOpen: await hasOpen(store, id, member), caller }
    const change = followUp(task, { reason: body.reason, name: signedIn?.person.name ?? '', now })
    return commit(change, { id, member, againAt: dueAfter(now, 'receipt.follow-up') })
  },
})

export const recalls = operation({
  id: 'receipts.recalls',
  method: 'get',
  path: '/recalls',
  summary: 'Records of ours that are being taken back, until the last holder has answered',
  access: { roles: readers, scope: 'read' },
  reply: z.object({
    items: z.array(
      z.object({
        record: z.object({ id: z.string(), type: z.string(), caption: z.string() }),
        since: z.string(),
        told: z.number(),
        erased: z.number(),
      }),
    ),
  }),
  command: { words: 'receipts recalls', columns: ['since', 'told', 'erased'] },
  handle: async ({ reader, services: { store } }) => {
    const rows = await readOpenRecalls(store)
    const items = await Promise.all(
      rows.map(async ({ record: about, ...row }) => {
        const record = await reader.record(about)
        return record === undefined
          ? []
          : [{ ...row, record: { id: record.id, type: record.type, caption: record.caption } }]
      }),
    )
    return { items: items.flat() }
  },
})
