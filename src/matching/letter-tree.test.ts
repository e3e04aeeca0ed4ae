import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LetterTree } from '#matching/letter-tree'

const run = fc.string({ unit: fc.constantFrom('a', 'b', 'z'), minLength: 2, maxLength: 5 })

it('finds the longest run that stands at a place', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'z', 'é', '{', ' '), maxLength: 12 })
  fc.assert(
    fc.property(fc.array(run, { maxLength: 8 }), text, (runs, within) => {
      const tree = new LetterTree(runs)
      for (let at = 0; at <= within.length; at++) {
        const standing = runs.filter((it) => within.startsWith(it, at)).sort((a, b) => b.length - a.length)
        expect(tree.longestAt(within, at)).toBe(standing[0])
      }
    }),
  )
})
