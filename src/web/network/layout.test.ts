import { describe, expect, it } from 'vitest'
import { scaledAbout } from './glide'
import { arrange, stepsFor } from './layout'

const chain = (count: number, pinned: readonly number[] = []) => ({
  places: new Float32Array(count * 2).fill(Number.NaN).map((it, at) => (pinned.includes(at >> 1) ? 7 : it)),
  sizes: new Float32Array(count).fill(10),
  pinned: Uint8Array.from({ length: count }, (_, at) => (pinned.includes(at) ? 1 : 0)),
  ends: Uint32Array.from({ length: (count - 1) * 2 }, (_, at) => (at + 1) >> 1),
})
const finished = (request: ReturnType<typeof chain>) => [...arrange(request)].at(-1)!

describe('arrange', () => {
  it('takes the steps that it says, and gives every node a place of its own', () => {
    const steps = [...arrange(chain(12))]
    expect(steps).toHaveLength(stepsFor(12))
    const places = steps.at(-1)!
    const own = new Set(Array.from({ length: 12 }, (_, at) => `${places[2 * at]} ${places[2 * at + 1]}`))
    expect(own.size).toBe(12)
    expect(places.every(Number.isFinite)).toBe(true)
  })

  it('comes out the same every time', () => {
    expect(finished(chain(30))).toEqual(finished(chain(30)))
  })

  it('leaves what is pinned where it is', () => {
    expect([...finished(chain(12, [4])).slice(8, 10)]).toEqual([7, 7])
  })

  it('keeps related nodes nearer than others', () => {
    const places = finished(chain(20))
    const apart = (one: number, other: number) =>
      Math.hypot(places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!)
    expect(apart(0, 1)).toBeLessThan(apart(0, 19))
  })
})

describe('scaledAbout', () => {
  it('leaves the point where it is', () => {
    const about = { x: 30, y: 40 }
    const first = scaledAbout({ x: 5, y: -3, scale: 1.5 }, 1.2, about)
    // The point of the picture that was under the pointer before.
    const under = { x: (about.x - 5) / 1.5, y: (about.y + 3) / 1.5 }
    expect(under.x * first.scale + first.x).toBeCloseTo(30)
    expect(under.y * first.scale + first.y).toBeCloseTo(40)
  })
})
