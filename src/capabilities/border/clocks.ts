import type { AlertAction } from '#http/travellers'
import { addTime, type TimeUnit } from '#kernel/clock'
import clocks from './clocks.json' with { type: 'json' }

export type ClockId =
  | 'desk.confirmation'
  | 'desk.confirmation-urgent'
  | 'desk.located'
  | 'desk.return'
  | 'desk.companions'
  | 'desk.check-kept'
  | 'desk.passengers-kept'
  | 'desk.candidate-waiting'
  | 'desk.candidate-decided'
  | 'desk.exception'

/** When a clock that starts now runs out, RFC 3339 UTC. */
export function runsOut(id: ClockId, from: Date): string {
  const clock = clocks.find((it) => it.id === id)!
  return addTime(from, clock.amount, clock.unit as TimeUnit)
}

/** Against which the owner of an alert answers: sooner where somebody is to be held or protected. */
export function confirmationClock(asked: AlertAction): ClockId {
  return asked === 'arrest' || asked === 'protect' ? 'desk.confirmation-urgent' : 'desk.confirmation'
}
