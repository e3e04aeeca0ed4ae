import { describe, expect, it } from 'vitest'
import { dateIn, dateRange, partialDate } from '#formats/partial-date'
import { writtenDates } from '#formats/person-dates'

describe('partialDate', () => {
  it.each([
    ['1971', '1971'],
    ['1971-03', '1971-03'],
    ['1971-03-04', '1971-03-04'],
    ['2015-07-01-04:00', '2015-07-01'],
    ['2026-02-27T00:00:09.554Z', '2026-02-27'],
    ['04 Mar 1971', '1971-03-04'],
    ['4 Mar.1971', '1971-03-04'],
    ['March 4, 1971', '1971-03-04'],
    ['Nov. 1973', '1973-11'],
    ['Sept. 1973', '1973-09'],
    ['August 1961', '1961-08'],
  ])('reads %s', (text, date) => {
    expect(partialDate(text)).toBe(date)
  })

  it.each(['', '1971-02-30', '1971-13', '04/03/1971', '30-35 years old', '24/06/1402', '0000', 'x'.repeat(100)])(
    'does not read %s',
    (text) => {
      expect(partialDate(text)).toBeNull()
    },
  )
})

describe('dateRange', () => {
  it('is an interval, one date, or nothing', () => {
    expect(dateRange('1960', '1965')).toBe('1960/1965')
    expect(dateRange('01 Jan 1972', '31 Dec 1974')).toBe('1972-01-01/1974-12-31')
    expect(dateRange('1960', '1960')).toBe('1960')
    expect(dateRange('1965', '1960')).toBeNull()
    expect(dateRange('', '1960')).toBeNull()
  })
})

describe('dateIn', () => {
  it('finds the first date of a sentence', () => {
    expect(dateIn(' on 21 January 2022, in Exercise')).toBe('2022-01-21')
    expect(dateIn('date: 2026-12-11.')).toBe('2026-12-11')
    expect(dateIn('in Karachi in Jul.1996')).toBe('1996-07')
    expect(dateIn('no date in 7 words')).toBeNull()
  })
})

describe('writtenDates', () => {
  it('gives both readings of a date that can be two', () => {
    expect(writtenDates('04/03/1971').values).toEqual(['1971-03-04', '1971-04-03'])
    expect(writtenDates('04/03/1971').warning).toContain('1971-04-03')
    expect(writtenDates('04/03/1971', 'dmy')).toEqual({ values: ['1971-03-04'], warning: null })
    expect(writtenDates('04.03.1971', 'mdy').values).toEqual(['1971-04-03'])
    expect(writtenDates('23/03/1971')).toEqual({ values: ['1971-03-23'], warning: null })
    expect(writtenDates('4/4/1971')).toEqual({ values: ['1971-04-04'], warning: null })
  })

  it('reads other common ways and refuses the rest with a warning', () => {
    expect(writtenDates('1971/03/04').values).toEqual(['1971-03-04'])
    expect(writtenDates('19710304').values).toEqual(['1971-03-04'])
    expect(writtenDates('1960-1965').values).toEqual(['1960/1965'])
    expect(writtenDates('04/03/71')).toEqual({ values: [], warning: "The date '04/03/71' cannot be read." })
  })
})
