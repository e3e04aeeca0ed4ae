import { calendarDate } from '#formats/partial-date'
import { childText, type XmlElement } from '#formats/xml-elements'

export interface Period {
  /** A partial ISO 8601 date or an interval. */
  readonly date: string
  readonly isApproximate: boolean
}

/**
 * A DatePeriod of OFAC's advanced model: four points, Start/From, Start/To, End/From, End/To. The earliest and the latest
 * bound it; a period that is a whole year or a whole month is that year or month. Null when it has no date that the calendar
 * has.
 */
export function readPeriod(period: XmlElement): Period | null {
  const points = period.children
    .filter((it) => it.name === 'Start' || it.name === 'End')
    .flatMap((it) => it.children)
    .map(readPoint)
    .filter((it) => it !== null)
    .sort()
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return null
  const isApproximate = period.children.some((it) => it.attributes.Approximate === 'true')
  return { date: between(first, last), isApproximate }
}

/** Year, Month and Day elements as a partial ISO 8601 date; null when the calendar does not have it. */
export function readPoint(element: XmlElement): string | null {
  const [year, month, day] = ['Year', 'Month', 'Day'].map((it) => childText(element, it) || undefined)
  return year === undefined ? null : calendarDate(year, month, month === undefined ? undefined : day)
}

function between(first: string, last: string): string {
  if (first === last) return first
  const [from, to] = [first.slice(0, 4), last.slice(0, 4)]
  if (first.endsWith('-01-01') && last.endsWith('-12-31')) return from === to ? from : `${from}/${to}`
  const month = first.slice(0, 7)
  const ofMonth = calendarDate(from, first.slice(5, 7), '28') !== null && last.startsWith(`${month}-`)
  if (first === `${month}-01` && ofMonth && isLastDay(last)) return month
  return `${first}/${last}`
}

function isLastDay(date: string): boolean {
  return calendarDate(date.slice(0, 4), date.slice(5, 7), String(Number(date.slice(8)) + 1)) === null
}
