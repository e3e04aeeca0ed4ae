import { z } from 'zod'
import { ruleFor } from '#capabilities/messages/deadline-rule'
import { availabilities, type Message, urgencies } from '#capabilities/messages/record'
import { addTime } from '#kernel/clock'
import data from './deadlines.json' with { type: 'json' }

/** A clock for the answer to a request, with its source and date (protocol point 12). The first that applies is in force. */
export const DeadlineRule = z.strictObject({
  id: z.string().max(64),
  what: z.string(),
  /** Applies to a request that agrees with every member named. */
  when: z.strictObject({ urgency: z.enum(urgencies).optional(), availability: z.enum(availabilities).optional() }),
  amount: z.number().int().min(1),
  unit: z.enum(['hours', 'days', 'weeks']),
  source: z.string(),
  date: z.iso.date(),
  verified: z.boolean(),
  verifiedIn: z.string(),
})
export type DeadlineRule = z.infer<typeof DeadlineRule>

export const deadlineRules: readonly DeadlineRule[] = z.array(DeadlineRule).min(1).parse(data)

export interface Deadline {
  readonly at: string
  readonly rule: string
}

/** When a message has to be answered, counted from its issue; null when it need not be, or no rule applies. */
export function deadlineFor(
  message: Pick<Message, 'kind' | 'urgency' | 'availability'>,
  issuedAt: string | Date,
  rules: readonly DeadlineRule[] = deadlineRules,
): Deadline | null {
  const rule = ruleFor(message, rules)
  return rule === undefined ? null : { at: addTime(issuedAt, rule.amount, rule.unit), rule: rule.id }
}
