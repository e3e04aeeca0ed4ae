import { addTime, type TimeUnit } from '#kernel/clock'
import clocks from './clocks.json' with { type: 'json' }

/** When a question has to be answered, counted from then, by which rule. The first clock that applies is in force. */
export function deadlineFor(
  { waiting }: { readonly waiting: boolean },
  from: Date,
): { readonly at: string; readonly rule: string } {
  const clock = clocks.find(({ when }) => when.waiting === undefined || when.waiting === waiting)!
  return { at: addTime(from, clock.amount, clock.unit as TimeUnit), rule: clock.id }
}
