import { calendarDate } from '#formats/partial-date'
import rules from './date-rules.json' with { type: 'json' }

/** What a date is of, which decides the century when the year has two digits. */
export type DateUse = 'birth' | 'expiry' | 'travel'

/** Why one of the candidates was chosen. `none`: the text is no date, or a birth in the future only. */
export type DateRule =
  | 'four-digit-year'
  | 'birth-not-in-future'
  | 'birth-youngest'
  | 'expiry-nearest-today'
  | 'travel-nearest-today'
  | 'none'

export interface ResolvedDate {
  /** As it stands in the message. */
  readonly raw: string
  /** Every calendar date it can be, ISO 8601, the earliest first; only year and month, or the year, where the text has no more. */
  readonly candidates: readonly string[]
  readonly value: string | null
  readonly rule: DateRule
  /** More than one candidate is possible for what the date is of: a reader should look at the document. */
  readonly uncertain: boolean
}

/**
 * Six or eight digits (YYMMDD, CCYYMMDD) into a date. '<' or 'X' for unknown digits at the end make it less exact. The century
 * of a two-digit year is chosen openly: all candidates stay, with the rule that chose. `today` is an ISO date.
 */
export function resolveDate(raw: string, use: DateUse, today: string): ResolvedDate {
  const text = raw.trim().toUpperCase()
  const known = text.replace(/[<X]+$/, '')
  const long = /^(\d{4})(\d{2})?(\d{2})?$/.exec(known)
  if (text.length === 8 && long !== null) {
    const value = exact(long[1]!, long[2], long[3])
    if (value !== null) return { raw, candidates: [value], value, rule: 'four-digit-year', uncertain: false }
  }
  const short = /^(\d{2})(\d{2})?(\d{2})?$/.exec(known)
  if (text.length !== 6 || short === null) return unreadable(raw)
  const [, year, month, day] = short
  const centuries = use === 'birth' ? ['19', '20'] : ['19', '20', '21']
  const candidates = centuries.flatMap((century) => exact(`${century}${year}`, month, day) ?? [])
  return choose({ raw, candidates, use, today })
}

/** DDMMMYY or DDMMMYYYY, as reservation systems write dates: '12JUL64'. */
export function resolveNamedDate(raw: string, use: DateUse, today: string): ResolvedDate {
  const found = /^(\d{2})([A-Z]{3})(\d{2}|\d{4})$/.exec(raw.trim().toUpperCase())
  const month = found === null ? undefined : rules.months.indexOf(found[2]!) + 1
  if (found === null || month === undefined || month === 0) return unreadable(raw)
  const numeric = `${found[3]}${String(month).padStart(2, '0')}${found[1]}`
  return { ...resolveDate(numeric, use, today), raw }
}

interface Choice {
  readonly raw: string
  readonly candidates: readonly string[]
  readonly use: DateUse
  readonly today: string
}

function choose({ raw, candidates, use, today }: Choice): ResolvedDate {
  if (candidates.length === 0) return unreadable(raw)
  if (use === 'birth') {
    const past = candidates.filter((it) => it <= today)
    const value = past.at(-1) ?? null
    const uncertain = past.length > 1 && yearsApart(past.at(-2)!, today) <= rules.oldestAge.years
    const rule = value === null ? 'none' : past.length > 1 ? 'birth-youngest' : 'birth-not-in-future'
    return { raw, candidates: past.length > 0 ? past : candidates, value, rule, uncertain }
  }
  let value = candidates[0]!
  for (const it of candidates) if (yearsApart(it, today) < yearsApart(value, today)) value = it
  const uncertain = use === 'expiry' && yearsApart(value, today) > rules.longestValidity.years
  const kept = candidates.filter((it) => yearsApart(it, today) <= 100)
  return { raw, candidates: kept, value, rule: `${use}-nearest-today`, uncertain }
}

function unreadable(raw: string): ResolvedDate {
  return { raw, candidates: [], value: null, rule: 'none', uncertain: false }
}

function exact(year: string, month: string | undefined, day: string | undefined): string | null {
  if (month === undefined || day === undefined) return calendarDate(year, month, undefined)
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const isLeap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  const last = m === 2 ? (isLeap ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31
  return y >= 1000 && y < 2200 && m >= 1 && m <= 12 && d >= 1 && d <= last ? `${year}-${month}-${day}` : null
}

/** Years between two ISO dates, with the part of a year that is left. */
function yearsApart(date: string, today: string): number {
  return Math.abs(yearOf(date) - yearOf(today))
}

function yearOf(date: string): number {
  const [month, day] = [Number(date.slice(5, 7)) || 1, Number(date.slice(8, 10)) || 1]
  return Number(date.slice(0, 4)) + (month - 1) / 12 + (day - 1) / 372
}

export interface LocalTime {
  readonly raw: string
  /** 'YYYY-MM-DDTHH:MM', or the day alone; the time of the place and no zone, because the message gives none. Null when unreadable. */
  readonly local: string | null
}

/** YYMMDDhhmm, CCYYMMDDhhmm, YYMMDD, CCYYMMDD; the century is the one that is nearest to today. */
export function localTime(raw: string, today: string): LocalTime {
  const digits = raw.replace(/[^0-9]/g, '')
  const dayLength = digits.length === 12 || digits.length === 14 || digits.length === 8 ? 8 : 6
  const day = resolveDate(digits.slice(0, dayLength), 'travel', today).value
  const clock = /^([01]\d|2[0-3])([0-5]\d)/.exec(digits.slice(dayLength))
  if (day === null) return { raw, local: null }
  return { raw, local: clock === null ? day : `${day}T${clock[1]}:${clock[2]}` }
}

/** DDMMYY and hhmm, as PNRGOV has them. */
export function reservationTime(day: string, clock: string, today: string): LocalTime {
  const raw = clock === '' ? day : `${day}:${clock}`
  const found = /^(\d{2})(\d{2})(\d{2})$/.exec(day)
  if (found === null) return { raw, local: null }
  return { raw, local: localTime(`${found[3]}${found[2]}${found[1]}${clock}`, today).local }
}
