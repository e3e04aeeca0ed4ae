import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels } from './labels'
import { directionOfText } from './look'

const box = (left: number, top: number) => ({ left, top, width: 10, height: 5 })

describe('placeLabels', () => {
  it('never puts one over another, and the first where it wishes', () => {
    const Box = fc.record({
      left: fc.integer({ min: 0, max: 50 }),
      top: fc.integer({ min: 0, max: 50 }),
      width: fc.integer({ min: 1, max: 30 }),
      height: fc.integer({ min: 1, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(Box, { minLength: 1, maxLength: 3 }), { minLength: 1 }), (all) => {
        const kept = placeLabels(
          all.map((places, at) => ({ id: String(at), places })),
          { most: 20 },
        )
        expect(kept[0]).toMatchObject(all[0]![0]!)
        for (const one of kept)
          for (const other of kept)
            if (one !== other)
              expect(
                one.left + one.width <= other.left ||
                  other.left + other.width <= one.left ||
                  one.top + one.height <= other.top ||
                  other.top + other.height <= one.top,
              ).toBe(true)
      }),
    )
  })

  it('covers a node only where there is no other place', () => {
    const room = { most: 9, avoid: [box(0, 0)] }
    expect(placeLabels([{ id: 'a', places: [box(2, 2), box(0, 20)] }], room)).toMatchObject([{ top: 20 }])
    expect(placeLabels([{ id: 'a', places: [box(2, 2)] }], room)).toMatchObject([{ top: 2 }])
  })

  it('stops at so many', () => {
    const wishes = Array.from({ length: 9 }, (_, at) => ({ id: String(at), places: [box(0, at * 10)] }))
    expect(placeLabels(wishes, { most: 4 })).toHaveLength(4)
  })
})

describe('directionOfText', () => {
  it('follows the first letter, whatever stands before it', () => {
    expect(directionOfText('12 يوسف Yusuf')).toBe('rtl')
    expect(directionOfText('(Yusuf) يوسف')).toBe('ltr')
    expect(directionOfText('4711')).toBe('ltr')
  })
})
