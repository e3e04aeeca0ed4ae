/** Where time comes from. Only the composition root uses the system's; tests and exercises bring their own. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that moves only when told to. */
export function fixedClock(start: string | Date): Clock & { advance(milliseconds: number): void } {
  let time = new Date(start).getTime()
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds
    },
  }
}

export const secondsPerUnit = {
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  weeks: 604_800,
  months: 2_629_746, // a twelfth of the mean Gregorian year
  years: 31_556_952, // the mean Gregorian year: 365.2425 days
} as const

export type TimeUnit = keyof typeof secondsPerUnit

/** An instant plus a span, RFC 3339 UTC. Months and years go by the calendar, the others by elapsed time. */
export function addTime(from: string | Date, amount: number, unit: TimeUnit): string {
  const at = new Date(from)
  if (unit === 'months' || unit === 'years') {
    const months = unit === 'years' ? amount * 12 : amount
    const day = at.getUTCDate()
    at.setUTCDate(1)
    at.setUTCMonth(at.getUTCMonth() + months)
    const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
    at.setUTCDate(Math.min(day, lastDay))
    return at.toISOString()
  }
  return new Date(at.getTime() + amount * secondsPerUnit[unit] * 1000).toISOString()
}
