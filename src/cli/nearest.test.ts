import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, nearestPhrase } from '#cli/nearest'

const phrases = [
  'records show',
  'records list',
  'records holders',
  'record',
  'recall',
  'share',
  'sign-in',
  'subjects list',
]

describe('nearestPhrase', () => {
  it.each([
    ['record lst', 'records list'],
    ['records hodlers rec_1', 'records holders'],
    ['shar rec_1', 'share'],
    ['sing-in', 'sign-in'],
    ['subj', 'subjects'],
    ['rekords', 'records'],
    ['recal', 'recall'],
  ])('%s means %s', (typed, phrase) => {
    expect(nearestPhrase(typed, phrases)).toBe(phrase)
  })

  it('has no guess for what is like nothing', () => {
    expect(nearestPhrase('zebra', phrases)).toBeUndefined()
  })
})

describe('distance', () => {
  it('is nothing for the same text, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, a)).toBe(0)
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
