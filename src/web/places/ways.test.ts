import fc from 'fast-check'
import type { MultiLineString } from 'geojson'
import { describe, expect, it } from 'vitest'
import { linesOf } from './ways'

const point = fc.record({
  latitude: fc.double({ min: -85, max: 85, noNaN: true }),
  longitude: fc.double({ min: -179, max: 179, noNaN: true }),
})
const linesBetween = (from: typeof point extends fc.Arbitrary<infer P> ? P : never, to: typeof from) =>
  (linesOf([{ from, to, asked: true }]).features[0]!.geometry as MultiLineString).coordinates

describe('ways', () => {
  it('begin and end where they say', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const lines = linesBetween(from, to)
        if (lines.length !== 1) return
        const [first, last] = [lines[0]![0]!, lines[0]!.at(-1)!]
        expect(Math.hypot(first[0]! - from.longitude, first[1]! - from.latitude)).toBeLessThan(1e-6)
        expect(Math.hypot(last[0]! - to.longitude, last[1]! - to.latitude)).toBeLessThan(1e-6)
      }),
    )
  })

  it('never run back across the whole map', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        for (const line of linesBetween(from, to))
          line.forEach((it, at) => {
            if (at > 0) expect(Math.abs(it[0]! - line[at - 1]![0]!)).toBeLessThanOrEqual(180)
          })
      }),
    )
    expect(linesBetween({ latitude: 35, longitude: 140 }, { latitude: 37, longitude: -122 })).toHaveLength(2)
  })

  it('keep to the great circle', () => {
    const [line] = linesBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 90 })
    expect(line!.every((it) => Math.abs(it[1]!) < 1e-9)).toBe(true)
    const over = linesBetween({ latitude: 50, longitude: 0 }, { latitude: 50, longitude: 90 })[0]!
    expect(Math.max(...over.map((it) => it[1]!))).toBeGreaterThan(55)
  })
})
