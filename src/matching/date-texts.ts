import { type Calendar, spanIn } from '#matching/calendars'
import { calendarDay, dayNumber, daysPerYear, gregorianSpan, type PartialDate, type Span } from '#matching/partial-date'
import data from './calendars.json' with { type: 'json' }

const textLimit = 64
const circaYears = 2
/** An early, a late part or a season of a year has no edge that anybody meant. */
const vagueDays = 120

interface Named {
  readonly calendar: Calendar | 'gregorian'
  readonly month: number
}

const longestFirst = (words: string) => words.split('|').sort((a, b) => b.length - a.length)
const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const oneOf = (words: string) => `(?:${longestFirst(words).map(escaped).join('|')})`
const boundary = '(?![\\p{L}\\p{N}])'

const circaWord = new RegExp(`^${oneOf(data.circa)}${boundary}\\s*`, 'u')
const rangeWord = new RegExp(`^${oneOf(data.range)}${boundary}\\s*`, 'u')
const between = new RegExp(`^(.+?)\\s*(?:[-–—/]|\\s${oneOf(data.to)}\\s)\\s*(.+)$`, 'u')
const partWords = Object.entries(data.parts).map(
  ([part, words]) => [part, new RegExp(`^${oneOf(words)}[\\s-]+`, 'u')] as const,
)
const seasonWords = Object.entries(data.seasons).map(
  ([season, words]) => [season, new RegExp(`^${oneOf(words)}\\s+(?:of\\s+|de\\s+)?`, 'u')] as const,
)
const markedCalendars = Object.entries(data.marks).map(([calendar, words]) => {
  const mark = oneOf(words)
  return [calendar as Calendar, new RegExp(`^${mark}\\s+|(?<=[\\d\\s(,.])\\(?${mark}\\)?$`, 'u')] as const
})
const decade = /^(?:the )?(\d{3})0'?s$/
const yearFirst = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?(?:t[\d:.z+-]*)?$/
const dayFirst = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/
const monthFirst = /^(\d{1,2})[-./](\d{4})$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const spokenDay =
  /^(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s*(?:of |de |du )?[-\s]?([\p{L}][\p{L}\s'.-]*?)\.?[-,\s]+(?:of |de |du )?(\d{4})$/u
const spokenMonth = /^([\p{L}][\p{L}\s'.-]*?)\.?[-,\s]+(?:(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+)?(?:of |de |du )?(\d{4})$/u

let months: ReadonlyMap<string, readonly Named[]> | undefined

/**
 * Reads a date as people and lists write it: partial, spoken, approximate, of a span, in another calendar when it says so
 * or when the year can be of no other. Circa widens by two years each way. Undefined for what is no date.
 */
export function readDateText(given: string): PartialDate | undefined {
  const text = given.slice(0, textLimit).trim()
  let rest = plain(text)
  let isCirca = false
  const spoken = rest.replace(circaWord, '')
  if (spoken !== rest || rest.endsWith('~')) {
    isCirca = true
    rest = spoken.endsWith('~') ? spoken.slice(0, -1).trim() : spoken
  }
  const found = readSpan(rest)
  if (found === undefined) return undefined
  const { isVague, ...span } = found
  return dateOf(text, isVague && !isCirca ? widened(span, vagueDays) : span, isCirca)
}

/** A span as a date: widened when it is an estimate, a year when it is a first of January. */
export function dateOf(text: string, { from, to, precision }: Span, isCirca: boolean): PartialDate {
  const widening = isCirca ? Math.round(circaYears * daysPerYear) : 0
  const isPlaceholder = from === to && isFirstOfYear(from)
  if (!isPlaceholder) return { text, from: from - widening, to: to + widening, precision, isCirca, isPlaceholder }
  const { year } = calendarDay(from)
  const end = dayNumber(year + 1, 1, 1) - 1
  return { text, from: from - widening, to: end + widening, precision: 'year', isCirca, isPlaceholder }
}

function widened({ from, to }: Span, days: number): Span {
  return { from: from - days, to: to + days, precision: 'range' }
}

function isFirstOfYear(at: number): boolean {
  const { month, day } = calendarDay(at)
  return month === 1 && day === 1
}

/** Lower case, without accents and in ASCII digits, so that one spelling of a word is enough. */
function plain(text: string): string {
  let out = ''
  for (const character of text.normalize('NFKD').toLowerCase()) {
    if (/\p{M}/u.test(character)) continue
    out += /\p{Nd}/u.test(character) ? digitOf(character) : character
  }
  return out.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

/** Decimal digits of a script are ten in a row and their blocks begin at a multiple of sixteen, or six beyond one. */
function digitOf(character: string): string {
  const code = character.codePointAt(0)!
  for (let zero = code; zero > code - 10; zero--) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(code - zero)
  }
  return String((code - 0x1d7ce) % 10) // mathematical digits follow each other without a gap
}

interface Reading extends Span {
  /** An early, middle or late part, a season: edges that nobody meant exactly. */
  readonly isVague: boolean
}

function readSpan(text: string): Reading | undefined {
  const one = readOne(text)
  if (one !== undefined) return one
  const halves = between.exec(text.replace(rangeWord, ''))
  if (halves === null) return undefined
  const last = readOne(halves[2]!.replace(circaWord, ''))
  const written = halves[1]!.replace(circaWord, '')
  const first = readOne(written) ?? (last === undefined ? undefined : readShort(written, halves[2]!))
  if (first === undefined || last === undefined || last.to < first.from) return undefined
  return { from: first.from, to: last.to, precision: 'range', isVague: first.isVague || last.isVague }
}

/** The first of two may leave out what the second says: 3-5 March 1970, March to May 1970. */
function readShort(text: string, whole: string): Reading | undefined {
  return readOne(`${text} ${whole.replace(/^\d{1,2} /, '')}`) ?? readOne(`${text} ${whole.slice(-4)}`)
}

function readOne(text: string): Reading | undefined {
  const years = decade.exec(text)
  if (years !== null) return exactly(decadeSpan(Number(`${years[1]}0`)))
  for (const [part, word] of partWords) {
    if (!word.test(text)) continue
    const whole = readOne(text.replace(word, ''))
    return whole === undefined ? undefined : vaguely(thirdOf(whole, part))
  }
  for (const [season, word] of seasonWords) {
    const year = Number(text.replace(word, ''))
    if (word.test(text) && isYear(year)) return vaguely(seasonSpan(season, year))
  }
  for (const [calendar, mark] of markedCalendars) {
    if (!mark.test(text)) continue
    const rest = text.replace(mark, '').trim()
    const found = readNumbers(rest, calendar) ?? readNamed(rest, calendar)
    if (found !== undefined) return exactly(found)
  }
  return exactly(readNumbers(text, undefined) ?? readNamed(text, undefined))
}

function exactly(span: Span | undefined): Reading | undefined {
  return span === undefined ? undefined : { ...span, isVague: false }
}

function vaguely(span: Span): Reading {
  return { ...span, isVague: true }
}

function decadeSpan(year: number): Span {
  return { from: dayNumber(year, 1, 1), to: dayNumber(year + 10, 1, 1) - 1, precision: 'range' }
}

function thirdOf({ from, to }: Span, part: string): Span {
  const third = Math.round((to - from) / 3)
  const start = part === 'early' ? from : part === 'mid' ? from + third : to - third
  return { from: start, to: start + third, precision: 'range' }
}

/** A season of the north; in the south the span is wrong by half a year. */
function seasonSpan(season: string, year: number): Span {
  const month = { spring: 3, summer: 6, autumn: 9, winter: 12 }[season] ?? 3
  if (season === 'winter')
    return { from: dayNumber(year - 1, 12, 1), to: dayNumber(year + 1, 3, 1), precision: 'range' }
  return { from: dayNumber(year, month, 1), to: dayNumber(year, month + 3, 1) - 1, precision: 'range' }
}

function readNumbers(text: string, calendar: Calendar | undefined): Span | undefined {
  const first = yearFirst.exec(text) ?? compact.exec(text)
  if (first !== null) return span(calendar, Number(first[1]), [Number(first[2] ?? 0), Number(first[3] ?? 0)])
  const last = dayFirst.exec(text)
  if (last !== null) {
    const [day, month, year] = [Number(last[1]), Number(last[2]), Number(last[3])]
    return span(calendar, year, [month, day]) ?? (month > 12 ? span(calendar, year, [day, month]) : undefined)
  }
  const month = monthFirst.exec(text)
  return month === null ? undefined : span(calendar, Number(month[2]), [Number(month[1]), 0])
}

function readNamed(text: string, calendar: Calendar | undefined): Span | undefined {
  const day = spokenDay.exec(text)
  const month = day === null ? spokenMonth.exec(text) : null
  const word = day?.[2] ?? month?.[1]
  if (word === undefined) return undefined
  const named = namedMonth(word.trim(), calendar)
  if (named === undefined) return undefined
  const [year, dayOfMonth] =
    day === null ? [Number(month![3]), Number(month![2] ?? 0)] : [Number(day[3]), Number(day[1])]
  return span(named.calendar === 'gregorian' ? undefined : named.calendar, year, [named.month, dayOfMonth])
}

function namedMonth(word: string, calendar: Calendar | undefined): Named | undefined {
  months ??= readMonths()
  const all = months.get(word.replaceAll('.', ''))
  return calendar === undefined ? all?.[0] : (all?.find((it) => it.calendar === calendar) ?? all?.[0])
}

function readMonths(): ReadonlyMap<string, readonly Named[]> {
  const found = new Map<string, Named[]>()
  for (const [calendar, list] of Object.entries(data.months)) {
    for (const [index, spellings] of list.split(';').entries()) {
      for (const spelling of spellings.split('|')) {
        const key = plain(spelling)
        found.set(key, [...(found.get(key) ?? []), { calendar: calendar as Named['calendar'], month: index + 1 }])
      }
    }
  }
  return found
}

const isYear = (year: number) => year >= 1_600 && year < 2_200

/** The year tells the calendar where it can be of one only; 1200 to 1500 may be lunar or solar Hijri and tells nothing. */
function span(calendar: Calendar | undefined, year: number, rest: readonly [number, number]): Span | undefined {
  if (rest[0] > 13 || (rest[0] === 0 && rest[1] > 0)) return undefined
  if (calendar !== undefined) return spanIn(calendar, year, rest)
  if (isYear(year)) return gregorianSpan(year, ...rest)
  if (year >= 2_400 && year <= 2_600) return spanIn('buddhist', year, rest)
  return year >= 5_600 && year <= 5_900 ? spanIn('hebrew', year, rest) : undefined
}
