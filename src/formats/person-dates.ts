import { calendarDate, dateRange, partialDate } from '#formats/partial-date'

/** 'dmy' writes 4 March 1971 as 04/03/1971, 'mdy' as 03/04/1971. */
export type DateOrder = 'dmy' | 'mdy'

export interface ReadDates {
  readonly values: string[]
  readonly warning: string | null
}

/**
 * The dates that a cell of a user's table can mean, partial ISO 8601. Beyond `partialDate`: 1971/03/04, 19710304,
 * 04/03/1971 with / . or - between, and 1960-1965 or 1960/1965. Where day and month cannot be told apart both readings are
 * given with a warning: a date read wrongly would hide a hit. A two-digit year is not read.
 */
export function writtenDates(text: string, order?: DateOrder): ReadDates {
  const line = text.trim()
  const plain = partialDate(line)
  if (plain !== null) return read(plain)
  const years = /^(\d{4}) ?[-/] ?(\d{4})$/.exec(line)
  const range = years === null ? null : dateRange(years[1]!, years[2]!)
  if (range !== null) return read(range)
  const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(line) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(line)
  if (yearFirst !== null) return read(calendarDate(yearFirst[1]!, yearFirst[2], yearFirst[3]), line)
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(line)
  if (found === null) return read(null, line)
  const [, first, second, year] = found as unknown as [string, string, string, string]
  const dayFirst = order === 'mdy' ? null : calendarDate(year, second, first)
  const monthFirst = order === 'dmy' ? null : calendarDate(year, first, second)
  if (dayFirst === null || monthFirst === null || dayFirst === monthFirst) return read(dayFirst ?? monthFirst, line)
  return { values: [dayFirst, monthFirst], warning: `The date '${line}' can be ${dayFirst} or ${monthFirst}.` }
}

function read(date: string | null, line = ''): ReadDates {
  return date === null
    ? { values: [], warning: `The date '${line}' cannot be read.` }
    : { values: [date], warning: null }
}
