/** A date known to a day, a month, a year or a span, as days since 1970-01-01, both ends included. */
export interface PartialDate {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly precision: 'day' | 'month' | 'year' | 'range'
  readonly isCirca: boolean
}

/**
 * `exact`: the same day; `overlap`: at least one is partial and they agree; `swap`: the same with day and month exchanged;
 * `near`: one part of the date or up to two years apart; `contradiction`: further apart.
 */
export type DateRelation = 'exact' | 'overlap' | 'swap' | 'near' | 'contradiction'

export interface DateComparison {
  readonly relation: DateRelation
  readonly query: PartialDate
  readonly candidate: PartialDate
  /** Whole years between the two, 0 when they overlap. */
  readonly yearsApart: number
}

const day = 86_400_000
const daysPerYear = 365.2425
const nearYears = 2
const circaYears = 2
const circaWord = /^(?:circa|approximately|approx\.?|about|c\.?|ca\.?|~)\s*/i
const part = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T[\d:.Z+-]*)?$/
const dayFirst = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/
const textLimit = 48

/**
 * Reads `1971`, `1971-03`, `1971-03-04`, `1968/1971`, `04/03/1971` (day first), `1971~` and `circa 1971`. Circa widens a date
 * by two years each way. Undefined for what is no date.
 */
export function parseDate(text: string): PartialDate | undefined {
  let rest = text.slice(0, textLimit).trim()
  const spoken = rest.replace(circaWord, '')
  const isCirca = spoken !== rest || rest.endsWith('~')
  rest = spoken.endsWith('~') ? spoken.slice(0, -1) : spoken
  const european = dayFirst.exec(rest)
  if (european !== null) rest = `${european[3]}-${european[2]}-${european[1]}`
  const halves = european === null ? rest.split('/') : [rest]
  if (halves.length > 2) return undefined
  const first = interval(halves[0]!)
  const last = halves.length === 2 ? interval(halves[1]!) : first
  if (first === undefined || last === undefined || last.to < first.from) return undefined
  const widening = isCirca ? Math.round(circaYears * daysPerYear) : 0
  const precision = halves.length === 2 ? 'range' : first.precision
  return {
    text: text.slice(0, textLimit).trim(),
    from: first.from - widening,
    to: last.to + widening,
    precision,
    isCirca,
  }
}

function interval(text: string): { from: number; to: number; precision: 'day' | 'month' | 'year' } | undefined {
  const match = part.exec(text.trim())
  if (match === null) return undefined
  const year = Number(match[1])
  const month = Number(match[2] ?? 0)
  const dayOfMonth = Number(match[3] ?? 0)
  if (year < 1000 || month > 12 || dayOfMonth > 31) return undefined
  if (month === 0) return { from: dayNumber(year, 1, 1), to: dayNumber(year + 1, 1, 1) - 1, precision: 'year' }
  if (dayOfMonth === 0) {
    return { from: dayNumber(year, month, 1), to: dayNumber(year, month + 1, 1) - 1, precision: 'month' }
  }
  const at = dayNumber(year, month, dayOfMonth)
  if (at >= dayNumber(year, month + 1, 1)) return undefined // 30 February
  return { from: at, to: at, precision: 'day' }
}

function dayNumber(year: number, month: number, dayOfMonth: number): number {
  return Math.round(Date.UTC(year, month - 1, dayOfMonth) / day)
}

const ranking: readonly DateRelation[] = ['exact', 'swap', 'overlap', 'near', 'contradiction']

/** The best agreement between the dates of two sides; undefined when one side has none. */
export function compareDates(
  query: readonly PartialDate[],
  candidate: readonly PartialDate[],
): DateComparison | undefined {
  let best: DateComparison | undefined
  for (const a of query) {
    for (const b of candidate) {
      const comparison = comparePair(a, b)
      if (best === undefined || isBetter(comparison, best)) best = comparison
    }
  }
  return best
}

function isBetter(a: DateComparison, b: DateComparison): boolean {
  const rank = ranking.indexOf(a.relation) - ranking.indexOf(b.relation)
  return rank !== 0 ? rank < 0 : a.yearsApart < b.yearsApart
}

function comparePair(query: PartialDate, candidate: PartialDate): DateComparison {
  const bothDays = query.from === query.to && candidate.from === candidate.to
  if (bothDays && query.from === candidate.from) return { relation: 'exact', query, candidate, yearsApart: 0 }
  if (!bothDays && query.from <= candidate.to && candidate.from <= query.to) {
    return { relation: 'overlap', query, candidate, yearsApart: 0 }
  }
  if (bothDays && isSwapped(query.from, candidate.from)) return { relation: 'swap', query, candidate, yearsApart: 0 }
  const gap = query.from > candidate.to ? query.from - candidate.to : candidate.from - query.to
  const yearsApart = Math.floor(gap / daysPerYear)
  return { relation: yearsApart <= nearYears ? 'near' : 'contradiction', query, candidate, yearsApart }
}

function isSwapped(a: number, b: number): boolean {
  const [x, y] = [new Date(a * day), new Date(b * day)]
  return (
    x.getUTCFullYear() === y.getUTCFullYear() &&
    x.getUTCMonth() + 1 === y.getUTCDate() &&
    x.getUTCDate() === y.getUTCMonth() + 1
  )
}
