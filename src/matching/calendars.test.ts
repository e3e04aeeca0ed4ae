import { describe, expect, it } from 'vitest'
import { type Calendar, spanIn } from '#matching/calendars'

const day = 86_400_000

/** The calendars of the platform, which come from Unicode's data, are the second opinion. */
function told(calendar: string, at: number): { year: number; day: string } {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  })
  const parts = Object.fromEntries(format.formatToParts(new Date(at * day)).map((it) => [it.type, it.value]))
  return { year: Number.parseInt(parts.year ?? '', 10), day: parts.day! }
}

describe('spanIn', () => {
  it.each<[Calendar, string, number, number]>([
    ['persian', 'persian', 1_250, 1_450],
    ['ethiopian', 'ethiopic', 1_880, 2_020],
    ['hebrew', 'hebrew', 5_600, 5_800],
    ['hijri', 'islamic-civil', 1_280, 1_460],
  ])('begins each %s year on the day that Unicode begins it', (calendar, name, from, to) => {
    for (let year = from; year < to; year++) {
      const { from: start } = spanIn(calendar, year, [0, 0])!
      expect(told(name, start)).toEqual({ year, day: '1' })
      expect(spanIn(calendar, year + 1, [0, 0])!.from).toBe(spanIn(calendar, year, [0, 0])!.to + 1)
    }
  })

  it('spans three days for a Hijri day, which holds the day of the calendar of Umm al-Qura', () => {
    let right = 0
    for (let year = 1_360; year < 1_440; year++) {
      const { from, to } = spanIn('hijri', year, [1, 1])!
      expect(to - from).toBe(2)
      for (let at = from; at <= to; at++) if (told('islamic-umalqura', at).day === '1') right++
    }
    expect(right).toBe(80)
  })

  it('knows no thirteenth month but in Ethiopia, and no day past the end of a month', () => {
    expect(spanIn('persian', 1_350, [13, 1])).toBeUndefined()
    expect(spanIn('ethiopian', 1_963, [13, 6])).toBeDefined()
    expect(spanIn('ethiopian', 1_964, [13, 6])).toBeUndefined()
    expect(spanIn('persian', 1_350, [7, 31])).toBeUndefined()
  })
})
