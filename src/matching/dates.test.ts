import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDates, parseDate } from '#matching/dates'

const relation = (a: string, b: string) => compareDates([parseDate(a)!], [parseDate(b)!])?.relation

describe('parseDate', () => {
  it('reads partial dates as intervals', () => {
    expect(parseDate('1971')).toMatchObject({ from: 365, to: 729, precision: 'year', isCirca: false })
    expect(parseDate('1971-03')).toMatchObject({ from: 424, to: 454, precision: 'month' })
    expect(parseDate('1971-03-04')).toMatchObject({ from: 427, to: 427, precision: 'day' })
    expect(parseDate('04/03/1971')).toMatchObject({ from: 427, to: 427 })
    expect(parseDate('1968/1971')).toMatchObject({ from: -731, to: 729, precision: 'range' })
    expect(parseDate('circa 1971')).toMatchObject({ isCirca: true, precision: 'year' })
    expect(parseDate('1971~')).toMatchObject({ isCirca: true })
  })

  it.each([
    ['4 March 1971', '1971-03-04', '1971-03-04'],
    ['March 4, 1971', '1971-03-04', '1971-03-04'],
    ['4 de marzo de 1971', '1971-03-04', '1971-03-04'],
    ['4 марта 1971', '1971-03-04', '1971-03-04'],
    ['٤/٣/١٩٧١', '1971-03-04', '1971-03-04'],
    ['03/25/1971', '1971-03-25', '1971-03-25'],
    ['Mar 1971', '1971-03-01', '1971-03-31'],
    ['between 1968 and 1971', '1968-01-01', '1971-12-31'],
    ['01 Jan 1962 to 31 Dec 1962', '1962-01-01', '1962-12-31'],
    ['3-5 March 1970', '1970-03-03', '1970-03-05'],
    ['March to May 1970', '1970-03-01', '1970-05-31'],
    ['Approximately 1965-1970', '1963-01-02', '1972-12-30'],
    ['1960s', '1960-01-01', '1969-12-31'],
    ['1970-01-01', '1970-01-01', '1970-12-31'],
    ['1391 AH', '1971-02-27', '1972-02-15'],
    ['15 Muharram 1391', '1971-03-12', '1971-03-14'],
    ['١٣٩١ هـ', '1971-02-27', '1972-02-15'],
    ['1350 SH', '1971-03-21', '1972-03-20'],
    ['۱۳۵۰/۰۳/۱۴ ش', '1971-06-04', '1971-06-04'],
    ['2514', '1971-01-01', '1971-12-31'],
    ['พ.ศ. 2514', '1971-01-01', '1971-12-31'],
    ['5731', '1970-10-01', '1971-09-19'],
    ['1963 E.C.', '1970-09-11', '1971-09-11'],
  ])('%s is %s to %s', (text, from, to) => {
    const date = parseDate(text)!
    expect([date.from, date.to].map((it) => new Date(it * 86_400_000).toISOString().slice(0, 10))).toEqual([from, to])
  })

  it('leaves a year that may be of either Hijri calendar unread', () => {
    expect(parseDate('1350')).toBeUndefined()
  })

  it('refuses what is no date', () => {
    for (const text of ['', 'unknown', '1984-02-30', '1984-13', '0000', '1971/1968', '1/2/3/4', '19-01-01']) {
      expect(parseDate(text)).toBeUndefined()
    }
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void parseDate(text)))
  })
})

describe('compareDates', () => {
  it.each([
    ['1984-03-07', '1984-03-07', 'exact'],
    ['1984-07-03', '1984-03-07', 'swap'],
    ['1984', '1984-03-07', 'overlap'],
    ['1984-03', '1984-03-07', 'overlap'],
    ['1980/1985', '1984-03-07', 'overlap'],
    ['circa 1983', '1984-03-07', 'overlap'],
    ['1984-03-08', '1984-03-07', 'typo'],
    ['1994-03-07', '1984-03-07', 'typo'],
    ['1985-03-07', '1984-03-07', 'typo'],
    ['1984-03-21', '1984-03-12', 'typo'],
    ['1984-05-21', '1984-03-12', 'near'],
    ['1984-01-01', '1984-03-07', 'overlap'],
    ['1984-01-01', '1984-01-01', 'exact'],
    ['1350 SH', '1971-06-04', 'overlap'],
    ['1391-01-15 AH', '1971-03-13', 'overlap'],
    ['1982', '1984-03-07', 'near'],
    ['1990-01-01', '1984-03-07', 'contradiction'],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(relation(a, b)).toBe(expected)
    expect(relation(b, a)).toBe(expected)
  })

  it('takes the best of several and is undefined where a side has none', () => {
    const dates = ['1950', '1984-03-07'].map((text) => parseDate(text)!)
    expect(compareDates(dates, [parseDate('1984-03-07')!])?.relation).toBe('exact')
    expect(compareDates([], dates)).toBeUndefined()
  })
})
