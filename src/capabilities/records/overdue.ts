import { z } from 'zod'
import { addTime } from '#kernel/clock'
import { defineFaults } from '#kernel/fault'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import data from './receipt-clocks.json' with { type: 'json' }

/** Overdue receipts: tasks for a person (protocol point 6). */

export const fault = defineFaults({ 'receipts/nothing-open': 'conflict' })

export const ReceiptClock = z.strictObject({
  id: z.enum(['receipt.answer', 'receipt.follow-up']),
  what: z.string(),
  amount: z.number().int().min(1),
  unit: z.enum(['minutes', 'hours', 'days']),
  source: z.string(),
  date: z.iso.date(),
  verified: z.boolean(),
})
export type ReceiptClock = z.infer<typeof ReceiptClock>

const clocks = z.array(ReceiptClock).parse(data)

export function receiptClock(id: ReceiptClock['id']): ReceiptClock {
  const clock = clocks.find((it) => it.id === id)
  if (clock === undefined) throw new Error(`receipt-clocks.json has no ${id}`)
  return clock
}

/** When what was sent at this instant is overdue, or what was followed up then is looked at again. */
export function dueAfter(at: string | Date, id: ReceiptClock['id']): string {
  const { amount, unit } = receiptClock(id)
  return addTime(at, amount, unit)
}

/** What was sent by now and should have been answered: sent before this instant. */
export function overdueBefore(now: Date): Date {
  const { amount, unit } = receiptClock('receipt.answer')
  return new Date(addTime(now, -amount, unit))
}

interface Task {
  readonly record: RecordView<object>
  readonly member: string
  /** Whether anything sent to the member about this record is unanswered. */
  readonly isOpen: boolean
  readonly caller: Caller
}

/** Tries at once what waits for a member, instead of after the pause that follows a failure. */
export function retryNow(task: Task): Change {
  const { record, member, caller } = openTask(task)
  return {
    wake: [member],
    touched: [{ type: 'holding', id: record.id }],
    audit: [audited('administer', caller, { object: record, recipient: member, details: { step: 'sent again' } })],
  }
}

/** A person has asked the member by other means. It stays open until the receipt is there, and comes back by its clock. */
export function followUp(
  task: Task,
  { reason, name, now }: { readonly reason: string; readonly name: string; readonly now: Date },
): Change {
  const { record, member, caller } = openTask(task)
  const person = caller.actor.person?.id ?? 'nobody'
  return {
    rows: [
      {
        op: 'upsert',
        table: 'receipt_follow_ups',
        key: ['record', 'member'],
        values: { record: record.id, member, at: now, person, name, reason },
      },
    ],
    touched: [{ type: 'holding', id: record.id }],
    audit: [
      audited('administer', caller, {
        object: record,
        recipient: member,
        reason,
        rule: 'protocol point 6',
        details: { step: 'followed up' },
      }),
    ],
  }
}

function openTask(task: Task): Task {
  if (!task.isOpen)
    throw fault('receipts/nothing-open', `Nothing about this record waits for an answer of ${task.member}.`)
  return task
}
