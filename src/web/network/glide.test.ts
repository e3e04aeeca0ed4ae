import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grippedTo, noShift } from './glide'

const pixel = fc.integer({ min: -500, max: 500 })
const spread = fc.integer({ min: 20, max: 500 })
const grip = fc.record({ x: pixel, y: pixel, spread })

describe('grippedTo', () => {
  it('keeps what lies between two fingers between them', () => {
    fc.assert(
      fc.property(grip, grip, (before, now) => {
        const { x, y, scale } = grippedTo(noShift, before, now)
        expect(scale).toBeCloseTo(now.spread / before.spread)
        expect(scale * before.x + x).toBeCloseTo(now.x)
        expect(scale * before.y + y).toBeCloseTo(now.y)
      }),
    )
  })

  it('only moves the picture with one finger', () => {
    const [before, now] = [
      { x: 10, y: 20, spread: 0 },
      { x: 40, y: 15, spread: 0 },
    ]
    expect(grippedTo({ x: 5, y: 5, scale: 2 }, before, now)).toEqual({ x: 35, y: 0, scale: 2 })
  })
})
