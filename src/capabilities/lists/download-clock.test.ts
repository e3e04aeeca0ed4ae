import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfter, secondsUntilNext } from './download-clock.ts'

const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const hours = fc.integer({ min: 1, max: 48 })

describe('secondsUntilNext', () => {
  it('is the rhythm of the source, a tenth more or less, after a good answer', () => {
    fc.assert(
      fc.property(hours, chance, (everyHours, luck) => {
        const seconds = secondsUntilNext({ failures: 0, everyHours }, () => luck)
        expect(seconds).toBeGreaterThanOrEqual(everyHours * 3_240)
        expect(seconds).toBeLessThanOrEqual(everyHours * 3_960)
      }),
    )
  })

  it('grows with each failure, never beyond the rhythm, and never asks at once', () => {
    fc.assert(
      fc.property(hours, chance, fc.integer({ min: 1, max: 60 }), (everyHours, luck, failures) => {
        const at = (it: number) => secondsUntilNext({ failures: it, everyHours }, () => luck)
        expect(at(failures)).toBeGreaterThanOrEqual(150)
        expect(at(failures + 1)).toBeGreaterThanOrEqual(at(failures))
        expect(at(failures)).toBeLessThanOrEqual(everyHours * 3_600)
      }),
    )
  })

  it('never asks sooner than the source wants, as long as that is within a day', () => {
    fc.assert(
      fc.property(hours, chance, fc.nat(10), fc.nat(200_000), (everyHours, luck, failures, retryAfterSeconds) => {
        const seconds = secondsUntilNext({ failures, everyHours, retryAfterSeconds }, () => luck)
        expect(seconds).toBeGreaterThanOrEqual(Math.min(retryAfterSeconds, 86_400))
      }),
    )
  })
})

describe('retryAfter', () => {
  it('reads seconds and dates', () => {
    const now = new Date('2026-11-27T12:00:00Z')
    expect(retryAfter('120', now)).toBe(120)
    expect(retryAfter('Fri, 27 Nov 2026 12:05:00 GMT', now)).toBe(300)
    expect(retryAfter('Fri, 27 Nov 2026 11:00:00 GMT', now)).toBe(0)
    for (const it of [null, '', 'soon']) expect(retryAfter(it, now)).toBeUndefined()
  })
})
