import type { AlertAction } from '#http/travellers'
import { addTime, type TimeUnit } from '#kernel/clock'
import clocks from './clocks.json' with { type: 'json' }

export type ClockId =
  | 'border.confirmation'
  | 'border.confirmation-urgent'
  | 'border.located'
  | 'border.return'
  | 'border.companions'
  | 'border.check-kept'
  | 'border.passengers-kept'
  | 'border.candidate-waiting'
  | 'border.candidate-decided'
  | 'border.exception'

/** When a clock that starts now runs out, RFC 3339 UTC. */
export function runsOut(id: ClockId, from: Date): string {
  const clock = clocks.find((it) => it.id === id)!
  return addTime(from, clock.amount, clock.unit as TimeUnit)
}

/** Against which the owner of an alert answers: sooner where somebody is to be held or protected. */
export function confirmationClock(asked: AlertAction): ClockId {
  return asked === 'arrest' || asked === 'protect' ? 'border.confirmation-urgent' : 'border.confirmation'
}
