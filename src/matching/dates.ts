import { dateOf, readDateText } from '#matching/date-texts'
import { type CalendarDay, calendarDay, daysPerYear, gregorianSpan, type PartialDate } from '#matching/partial-date'

export type { PartialDate }

/**
 * `exact`: the same day; `overlap`: at least one is partial and they agree; `swap`: the same with day and month exchanged;
 * `typo`: one digit of day, month or year wrong, two neighbouring ones exchanged, or the year ten off; `near`: up to two
 * years apart; `contradiction`: further apart.
 */
export type DateRelation = 'exact' | 'overlap' | 'swap' | 'typo' | 'near' | 'contradiction'

export interface DateComparison {
  readonly relation: DateRelation
  readonly query: PartialDate
  readonly candidate: PartialDate
  /** Whole years between the two, 0 when they overlap. */
  readonly yearsApart: number
}

const nearYears = 2
const isoDay = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/
const earliest = 1_600

/**
 * Reads `1971`, `1971-03`, `1971-03-04`, `1968/1971`, `04/03/1971` (day first), `1971~`, `circa 1971`, `4 March 1971`,
 * `between 1968 and 1971`, `1960s`, `late 1960s`, `summer 1982`, `1391 AH`, `1350 SH`, `2514 BE`, `1963 EC`. Undefined for
 * what is no date.
 */
export function parseDate(text: string): PartialDate | undefined {
  const match = isoDay.exec(text)
  if (match === null) return readDateText(text)
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)]
  if (year < earliest || year >= 2_200 || (match[2] !== undefined && (month === 0 || day === 0)))
    return readDateText(text)
  const span = gregorianSpan(year, month, day)
  return span === undefined ? undefined : dateOf(text, span, false)
}

/** The best agreement between the dates of two sides; undefined when one side has none. */
export function compareDates(
  query: readonly PartialDate[],
  candidate: readonly PartialDate[],
): DateComparison | undefined {
  let best: DateComparison | undefined
  let bestRank = 0
  for (const a of query) {
    for (const b of candidate) {
      const comparison = comparePair(a, b)
      const rank = rankOf(comparison)
      if (best === undefined || rank < bestRank) {
        best = comparison
        bestRank = rank
      }
    }
  }
  return best
}

const overlapOfMonths = 31
const overlapOfYear = 366

/** Whole numbers by relation, a fraction by years: the same day first, then what is known to a month, and so on. */
function rankOf(comparison: DateComparison): number {
  const years = Math.min(0.9, comparison.yearsApart / 200)
  switch (comparison.relation) {
    case 'exact':
      return comparison.query.isPlaceholder ? 2 : 0
    case 'overlap': {
      const width = widthOf(comparison)
      return width <= overlapOfMonths ? 1 : width <= overlapOfYear ? 5 : 6
    }
    case 'swap':
      return 3
    case 'typo':
      return 4
    case 'near':
      return 7 + years
    case 'contradiction':
      return 8 + years
  }
}

/** Days of the wider of the two. */
export function widthOf({ query, candidate }: DateComparison): number {
  return Math.max(query.to - query.from, candidate.to - candidate.from) + 1
}

function comparePair(query: PartialDate, candidate: PartialDate): DateComparison {
  const relation = relationOf(query, candidate)
  const gap = query.from > candidate.to ? query.from - candidate.to : candidate.from - query.to
  return { relation, query, candidate, yearsApart: Math.max(0, Math.floor(gap / daysPerYear)) }
}

function relationOf(query: PartialDate, candidate: PartialDate): DateRelation {
  const bothDays = isDay(query) && isDay(candidate)
  if (bothDays && query.from === candidate.from) return 'exact'
  if (query.isPlaceholder && candidate.isPlaceholder && query.from === candidate.from) return 'exact'
  if (!bothDays && query.from <= candidate.to && candidate.from <= query.to) return 'overlap'
  if (bothDays) {
    const [a, b] = [calendarDay(query.from), calendarDay(candidate.from)]
    if (a.year === b.year && a.month === b.day && a.day === b.month) return 'swap'
    if (isTypo(a, b)) return 'typo'
  }
  const gap = query.from > candidate.to ? query.from - candidate.to : candidate.from - query.to
  return gap / daysPerYear < nearYears + 1 ? 'near' : 'contradiction'
}

/** A Hijri day spans three and is a day nonetheless. */
function isDay(date: PartialDate): boolean {
  return date.precision === 'day' && date.from === date.to
}

/** One of day, month and year differs, and by one keystroke or by ten years. */
function isTypo(a: CalendarDay, b: CalendarDay): boolean {
  const differing = (['year', 'month', 'day'] as const).filter((part) => a[part] !== b[part])
  const [part] = differing
  if (part === undefined || differing.length > 1) return false
  return oneKeystroke(digits(a, part), digits(b, part)) || (part === 'year' && Math.abs(a.year - b.year) === 1)
}

function digits(date: CalendarDay, part: keyof CalendarDay): string {
  return String(date[part]).padStart(part === 'year' ? 4 : 2, '0')
}

function oneKeystroke(a: string, b: string): boolean {
  const wrong: number[] = []
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) wrong.push(index)
  const [first, second] = wrong
  if (wrong.length === 1) return true
  return wrong.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!]
}
