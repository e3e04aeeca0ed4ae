import { gregorianSpan, type Span } from '#matching/partial-date'

/** Calendars that identity papers are dated in, besides the Gregorian one. */
export type Calendar = 'hijri' | 'persian' | 'ethiopian' | 'buddhist' | 'hebrew'

/** Julian day number of 1970-01-01. */
const epoch = 2_440_588

/**
 * A date of another calendar as a span of days; 0 for a month or a day that is not known. Hijri days may be off by one
 * where the month was seen rather than reckoned, and so span three. Undefined for what is no date of the calendar.
 */
export function spanIn(calendar: Calendar, year: number, [month, day]: readonly [number, number]): Span | undefined {
  if (calendar === 'buddhist') return gregorianSpan(year - 543, month, day)
  if (calendar === 'hebrew') return hebrewSpan(year)
  if (year < 1 || year > 3_000 || month > monthsOf(calendar) || day > 31) return undefined
  const start = starts[calendar]
  if (month === 0) return { from: start(year, 1), to: start(year + 1, 1) - 1, precision: 'year' }
  const next = month === monthsOf(calendar) ? start(year + 1, 1) : start(year, month + 1)
  const from = start(year, month)
  if (day === 0) return { from, to: next - 1, precision: 'month' }
  const at = from + day - 1
  const slack = calendar === 'hijri' ? 1 : 0
  return at >= next + slack ? undefined : { from: at - slack, to: at + slack, precision: 'day' }
}

const monthsOf = (calendar: Calendar) => (calendar === 'ethiopian' ? 13 : 12)

const starts = { hijri: hijriStart, persian: persianStart, ethiopian: ethiopianStart } as const

/** The tabular Islamic calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty. */
function hijriStart(year: number, month: number): number {
  return Math.ceil(29.5 * (month - 1)) + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + 1_948_440 - epoch
}

/** The solar Hijri calendar by its cycle of 33 years, right from 1178 to 1633 (1799 to 2254). */
function persianStart(year: number, month: number): number {
  const before = month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6
  return 1_948_320 + 365 * (year - 1) + Math.floor((8 * year + 21) / 33) + before - epoch
}

/** Twelve months of thirty days and one of five or six. */
function ethiopianStart(year: number, month: number): number {
  return 1_723_856 + 365 + 365 * (year - 1) + Math.floor(year / 4) + 30 * (month - 1) - epoch
}

/** A Hebrew year runs from autumn to autumn; months are not told apart. */
function hebrewSpan(year: number): Span | undefined {
  if (year < 4_000 || year > 6_999) return undefined
  return { from: hebrewNewYear(year), to: hebrewNewYear(year + 1) - 1, precision: 'year' }
}

/** The mean conjunction and the postponements of the new year (dehiyyot), after Maimonides. */
function hebrewNewYear(year: number): number {
  return elapsedDays(year) + postponement(year) + hebrewEpoch
}

const hebrewEpoch = 347_998 - epoch

function elapsedDays(year: number): number {
  const months = Math.floor((235 * year - 234) / 19)
  const parts = 12_084 + 13_753 * months
  const days = 29 * months + Math.floor(parts / 25_920)
  return (3 * (days + 1)) % 7 < 3 ? days + 1 : days
}

function postponement(year: number): number {
  const [last, present, next] = [elapsedDays(year - 1), elapsedDays(year), elapsedDays(year + 1)]
  if (next - present === 356) return 2
  return present - last === 382 ? 1 : 0
}
