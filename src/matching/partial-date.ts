/** A date known to a day, a month, a year or a span, as days since 1970-01-01, both ends included. */
export interface PartialDate {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly precision: 'day' | 'month' | 'year' | 'range'
  readonly isCirca: boolean
  /** The first of January, which many offices write for a day that nobody knows: `from` and `to` are the year's. */
  readonly isPlaceholder: boolean
}

/** Days since 1970-01-01, both ends included, and how exact they were meant. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly precision: PartialDate['precision']
}

const day = 86_400_000
export const daysPerYear = 365.2425

export function dayNumber(year: number, month: number, dayOfMonth: number): number {
  return Math.round(Date.UTC(year, month - 1, dayOfMonth) / day)
}

/** The day, the month or the year as a span; 0 for a part that is not known. Undefined for a day that there is not. */
export function gregorianSpan(year: number, month: number, dayOfMonth: number): Span | undefined {
  if (month > 12 || dayOfMonth > 31) return undefined
  if (month === 0) return { from: dayNumber(year, 1, 1), to: dayNumber(year + 1, 1, 1) - 1, precision: 'year' }
  const end = dayNumber(year, month + 1, 1) - 1
  if (dayOfMonth === 0) return { from: dayNumber(year, month, 1), to: end, precision: 'month' }
  const at = dayNumber(year, month, dayOfMonth)
  return at > end ? undefined : { from: at, to: at, precision: 'day' } // there is no 30 February
}

export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function calendarDay(at: number): CalendarDay {
  const date = new Date(at * day)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
