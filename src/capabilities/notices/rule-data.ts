import type { NoticeType, Outcome } from '#capabilities/notices/record'
import { addTime, type TimeUnit } from '#kernel/clock'
import clocks from './clocks.json' with { type: 'json' }
import factorList from './factors.json' with { type: 'json' }
import limitData from './limits.json' with { type: 'json' }
import types from './notice-types.json' with { type: 'json' }
import reasonList from './reason-codes.json' with { type: 'json' }

/** The rules of the field, as data with their sources: read here, and nowhere else. */

export const rulesVersion: string = types.version
export const factors = factorList
export const reasonCodes = reasonList
export const limits = limitData

export type TypeRules = (typeof types.types)[number]

export function rulesFor(type: NoticeType): TypeRules {
  return types.types.find((it) => it.type === type)!
}

export function isReasonFor(code: string, outcome: Outcome): boolean {
  return reasonCodes.some((it) => it.code === code && it.for.includes(outcome))
}

/** Whether a refusal for this is told to all, so that the next request of the sender is looked at with care. */
export const isRemembered = (code: string | null): boolean =>
  reasonCodes.some((it) => it.code === code && it.remembered)

export type ClockId =
  | 'notices.review'
  | 'notices.answer'
  | 'notices.local-review'
  | 'notices.wanted-extradition'
  | 'notices.renewal'
  | 'notices.refusals-remembered'

export const clock = (id: ClockId) => clocks.find((it) => it.id === id)!

/** When a clock that starts now runs out, RFC 3339 UTC. */
export function runsOut(id: ClockId, from: Date): string {
  const { amount, unit } = clock(id)
  return addTime(from, amount, unit as TimeUnit)
}

/** When a notice of this type ends and is reviewed at the latest, from its publication (RPD 49 to 51). */
export function lifetimeOf(type: NoticeType, from: Date): { expiresAt: string; reviewAt: string } {
  const { lifetime, review } = rulesFor(type)
  return {
    expiresAt: addTime(from, lifetime.amount, lifetime.unit as TimeUnit),
    reviewAt: addTime(from, review.amount, review.unit as TimeUnit),
  }
}
