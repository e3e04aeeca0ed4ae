import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTime, fixedClock, secondsPerUnit, type TimeUnit } from '#kernel/clock'

const instant = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true })
  .map((it) => it.toISOString())

describe('addTime', () => {
  it.each([
    ['2026-01-31T10:20:30.456Z', 1, 'months', '2026-02-28T10:20:30.456Z'],
    ['2024-01-31T10:20:30.456Z', 1, 'months', '2024-02-29T10:20:30.456Z'],
    ['2026-03-31T00:00:00.000Z', -1, 'months', '2026-02-28T00:00:00.000Z'],
    ['2026-05-31T00:00:00.000Z', 1, 'months', '2026-06-30T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 1, 'months', '2027-01-31T23:59:59.999Z'],
    ['2026-12-31T23:59:59.999Z', 2, 'months', '2027-02-28T23:59:59.999Z'],
    ['2026-01-15T00:00:00.000Z', -1, 'months', '2025-12-15T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 1, 'years', '2025-02-28T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 4, 'years', '2028-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00.000Z', 100, 'years', '2100-02-28T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', -1, 'years', '2023-02-28T00:00:00.000Z'],
    ['2026-03-29T00:30:00.000Z', 1, 'days', '2026-03-30T00:30:00.000Z'],
    ['2024-02-28T12:00:00.000Z', 1, 'days', '2024-02-29T12:00:00.000Z'],
    ['2026-12-31T23:00:00.000Z', 12, 'hours', '2027-01-01T11:00:00.000Z'],
    ['2026-01-01T00:00:00.000Z', -1, 'minutes', '2025-12-31T23:59:00.000Z'],
  ] as const)('takes %s by %i %s to %s', (from, amount, unit, to) => {
    expect(addTime(from, amount, unit)).toBe(to)
    expect(addTime(new Date(from), amount, unit)).toBe(to)
  })

  it('goes by elapsed time for minutes, hours, days and weeks', () => {
    const unit = fc.constantFrom<TimeUnit>('minutes', 'hours', 'days', 'weeks')
    fc.assert(
      fc.property(instant, fc.integer({ min: -1_000, max: 1_000 }), unit, (from, amount, of) => {
        expect(Date.parse(addTime(from, amount, of)) - Date.parse(from)).toBe(amount * secondsPerUnit[of] * 1_000)
        expect(addTime(addTime(from, amount, of), -amount, of)).toBe(from)
      }),
    )
  })

  it('lands in the month that the calendar counts, on the same day or on its last', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -600, max: 600 }), (from, amount) => {
        const [start, end] = [new Date(from), new Date(addTime(from, amount, 'months'))]
        const monthOf = (it: Date) => it.getUTCFullYear() * 12 + it.getUTCMonth()
        expect(monthOf(end)).toBe(monthOf(start) + amount)
        const tomorrow = new Date(end.getTime() + 86_400_000)
        if (end.getUTCDate() !== start.getUTCDate()) expect(tomorrow.getUTCDate()).toBe(1)
        expect(end.toISOString().slice(10)).toBe(from.slice(10))
      }),
    )
  })

  it('never turns time back: a longer span ends no earlier', () => {
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: 0, max: 60 }), (a, b, amount) => {
        const [first, second] = a < b ? [a, b] : [b, a]
        expect(addTime(first, amount, 'months') <= addTime(second, amount, 'months')).toBe(true)
        expect(addTime(first, amount, 'months') <= addTime(first, amount + 1, 'months')).toBe(true)
      }),
    )
  })

  it('refuses what is no instant', () => {
    expect(() => addTime('tomorrow', 1, 'days')).toThrow(RangeError)
    expect(() => addTime('tomorrow', 1, 'months')).toThrow(RangeError)
  })
})

describe('fixedClock', () => {
  it('moves only when told to, and gives a date of its own to everybody', () => {
    const clock = fixedClock('2026-06-01T00:00:00.000Z')
    clock.now().setFullYear(1999)
    expect(clock.now().toISOString()).toBe('2026-06-01T00:00:00.000Z')
    clock.advance(1_500)
    expect(clock.now().toISOString()).toBe('2026-06-01T00:00:01.500Z')
  })
})
