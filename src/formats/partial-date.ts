const months: Readonly<Record<string, string>> = {
  jan: '01',
  feb: '02',
  mar: '03',
  apr: '04',
  may: '05',
  jun: '06',
  jul: '07',
  aug: '08',
  sep: '09',
  oct: '10',
  nov: '11',
  dec: '12',
}
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?'
const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.{1,20}|Z|[+-]\d{2}:\d{2})?)?)?$/
const dayMonthYear = new RegExp(`^(\\d{1,2}) ?${month} ?,? ?(\\d{4})$`, 'i')
const monthDayYear = new RegExp(`^${month} ?(\\d{1,2}),? ?(\\d{4})$`, 'i')
const monthYear = new RegExp(`^${month} ?,? ?(\\d{4})$`, 'i')
const inProse = new RegExp(
  `\\b(\\d{4}-\\d{2}-\\d{2}|\\d{1,2} ?${month} ?,? ?\\d{4}|${month} ?\\d{1,2},? ?\\d{4}|${month} ?\\d{4})(?!\\d)`,
  'i',
)

/**
 * A date as exact as the text gives it, ISO 8601: '1971', '1971-03' or '1971-03-04'. Reads ISO dates (with or without a
 * time or an offset, which are left out), '4 Mar. 1971', 'March 4, 1971', 'Mar 1971'. Null for anything else, for a day that
 * the calendar does not have, and for numbers whose order could be day or month first.
 */
export function partialDate(text: string): string | null {
  const line = text.trim()
  if (line.length > 40) return null
  const found = iso.exec(line)
  if (found !== null) return calendarDate(found[1]!, found[2], found[3])
  const named = dayMonthYear.exec(line)
  if (named !== null) return calendarDate(named[3]!, numberOf(named[2]!), named[1])
  const american = monthDayYear.exec(line)
  if (american !== null) return calendarDate(american[3]!, numberOf(american[1]!), american[2])
  const short = monthYear.exec(line)
  return short === null ? null : calendarDate(short[2]!, numberOf(short[1]!), undefined)
}

/** An ISO 8601 interval, 'from/to'; one date when both are the same; null when an end is no date or they are reversed. */
export function dateRange(from: string, to: string): string | null {
  const [first, last] = [partialDate(from), partialDate(to)]
  if (first === null || last === null) return null
  if (first === last) return first
  return first.slice(0, 4) > last.slice(0, 4) ? null : `${first}/${last}`
}

/** The first date in a sentence ('expires on 21 Jan. 2022'), as `partialDate` gives it. Looks at 300 units at most. */
export function dateIn(text: string): string | null {
  const found = inProse.exec(text.slice(0, 300))
  return found === null ? null : partialDate(found[1]!)
}

/** Year, month and day as numbers in text into an ISO date, or null when the calendar does not have it. */
export function calendarDate(year: string, monthNumber: string | undefined, day: string | undefined): string | null {
  if (!/^(1[0-9]|20|21)\d{2}$/.test(year)) return null
  if (monthNumber === undefined) return year
  const [m, d] = [Number(monthNumber), day === undefined ? undefined : Number(day)]
  if (!(m >= 1 && m <= 12)) return null
  const yearMonth = `${year}-${String(m).padStart(2, '0')}`
  if (d === undefined) return yearMonth
  const lastDay = new Date(Date.UTC(Number(year), m, 0)).getUTCDate()
  return d >= 1 && d <= lastDay ? `${yearMonth}-${String(d).padStart(2, '0')}` : null
}

function numberOf(name: string): string {
  return months[name.slice(0, 3).toLowerCase()]!
}
