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
    ['1984-03-08', '1984-03-07', 'near'],
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
