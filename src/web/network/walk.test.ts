import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Direction, directions, nearestSpot, nextSpot } from './walk'

const spots = [
  { id: 'middle', x: 0, y: 0 },
  { id: 'right', x: 10, y: 3 },
  { id: 'far right', x: 40, y: 0 },
  { id: 'below', x: 2, y: 20 },
]

describe('nextSpot', () => {
  it('finds the near one rather straight ahead, and nothing where there is nothing', () => {
    expect(nextSpot(spots[0]!, 'ArrowRight', spots)).toBe('right')
    expect(nextSpot(spots[1]!, 'ArrowRight', spots)).toBe('far right')
    expect(nextSpot(spots[0]!, 'ArrowDown', spots)).toBe('below')
    expect(nextSpot(spots[0]!, 'ArrowUp', spots)).toBeUndefined()
  })

  it('always goes where the arrow points', () => {
    const Spot = fc.record({ x: fc.integer({ min: -99, max: 99 }), y: fc.integer({ min: -99, max: 99 }) })
    const Arrow = fc.constantFrom(...(Object.keys(directions) as Direction[]))
    fc.assert(
      fc.property(fc.array(Spot, { minLength: 2 }), Arrow, (places, arrow) => {
        const all = places.map((it, at) => ({ ...it, id: String(at) }))
        const found = all.find((it) => it.id === nextSpot(all[0]!, arrow, all))
        if (found === undefined) return
        const [ahead, aside] = directions[arrow]
        expect((found.x - all[0]!.x) * ahead + (found.y - all[0]!.y) * aside).toBeGreaterThan(0)
      }),
    )
  })
})

describe('nearestSpot', () => {
  it('finds the nearest within reach only', () => {
    expect(nearestSpot({ x: 9, y: 3 }, spots, 12)).toBe('right')
    expect(nearestSpot({ x: 25, y: 20 }, spots, 12)).toBeUndefined()
  })
})
