import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LikenessCache } from '#matching/likeness-cache'

it('gives back what was kept for a pair or nothing, never what was kept for another', () => {
  const number = fc.oneof(fc.nat(9), fc.nat(4_194_303))
  const kept = fc.tuple(number, number, fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(kept, { minLength: 1, maxLength: 300 }), (pairs) => {
      const cache = new LikenessCache()
      const all = new Map<string, number>()
      for (const [word, other, value] of pairs) {
        cache.set(word, other, value)
        all.set(`${word} ${other}`, value)
        expect(cache.get(word, other)).toBe(value)
      }
      for (const [word, other] of pairs) expect([-1, all.get(`${word} ${other}`)]).toContain(cache.get(word, other))
      expect(cache.get(pairs[0]![1] + 5_000_000, pairs[0]![0])).toBe(-1)
      cache.clear()
      for (const [word, other] of pairs) expect(cache.get(word, other)).toBe(-1)
    }),
    { numRuns: 20 },
  )
})
