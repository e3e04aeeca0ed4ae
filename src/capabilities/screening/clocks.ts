import { addTime, type TimeUnit } from '#kernel/clock'
import clocks from './clocks.json' with { type: 'json' }

export type ClockId = 'sirene.supplementary-information' | 'screening.batch-kept' | 'screening.batch-waiting'

/** When a clock that starts now runs out, RFC 3339 UTC. */
export function runsOut(id: ClockId, from: Date): string {
  const clock = clocks.find((it) => it.id === id)!
  return addTime(from, clock.amount, clock.unit as TimeUnit)
}
