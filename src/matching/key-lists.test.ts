import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memory } from '#matching/columns'
import { KeyLists } from '#matching/key-lists'

const byNumber = (a: number, b: number) => a - b

describe('KeyLists', () => {
  it('finds all numbers of a hash and no others, settled or recent', () => {
    const hash = fc.oneof(fc.nat(12), fc.constantFrom(0xffffffff, 0x80000000, 256, 512))
    const step = fc.oneof(
      { weight: 30, arbitrary: fc.record({ hash, value: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.record({ drop: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.constant('tighten' as const) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const lists = new KeyLists(new Memory(), 'keys', 1_024)
        const expected = new Map<number, number[]>()
        for (const one of steps) {
          if (one === 'tighten') lists.tighten()
          else if ('drop' in one) {
            lists.rewrite((value) => (value < one.drop ? -1 : value - one.drop))
            for (const [key, values] of expected) {
              expected.set(
                key,
                values.filter((value) => value >= one.drop).map((value) => value - one.drop),
              )
            }
          } else {
            lists.add(one.hash, one.value)
            expected.set(one.hash, [...(expected.get(one.hash) ?? []), one.value])
          }
        }
        for (const [key, values] of expected) {
          const count = lists.collect(key)
          expect(Array.from(lists.collected.subarray(0, count)).sort(byNumber)).toEqual(values.sort(byNumber))
          expect(lists.has(key)).toBe(values.length > 0)
          expect(lists.collect(key, 1)).toBe(Math.min(1, values.length))
        }
        expect(lists.has(77)).toBe(false)
        expect(lists.size).toBe([...expected.values()].flat().length)
      }),
    )
  })

  it('finds every one of many numbers', () => {
    const lists = new KeyLists(new Memory(), 'keys', 100_000)
    for (let value = 0; value < 100_000; value++) lists.add(Math.imul(value % 50_000, 0x9e3779b1) >>> 0, value)
    for (let key = 0; key < 50_000; key += 97) {
      const count = lists.collect(Math.imul(key, 0x9e3779b1) >>> 0)
      expect(Array.from(lists.collected.subarray(0, count)).sort(byNumber)).toEqual([key, key + 50_000])
    }
  })
})
