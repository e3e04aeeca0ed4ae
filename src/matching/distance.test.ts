import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alikeAtAll, phoneSimilarity, readFirst, similarityTo } from '#matching/distance'
import { latinPhones } from '#matching/phones'

const word = fc
  .string({ unit: fc.constantFrom(...'abdhiklmnorstuwxyz'), minLength: 1, maxLength: 12 })
  .map(latinPhones)
  .filter((phones) => phones !== '')
const abjads = fc.constantFrom(0 as const, 1 as const, 2 as const)

describe('phoneSimilarity', () => {
  it('does not depend on what was compared before', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 6 }), abjads, (words, sides) => {
        const all = () => words.flatMap((a) => words.map((b) => phoneSimilarity(a, b, sides)))
        const first = all()
        for (const other of words) phoneSimilarity(other, words[0]!, ((sides + 1) % 3) as 0 | 1 | 2)
        expect(all()).toEqual(first)
      }),
    )
  })

  it('is the same whichever of two words is read first, and from bytes', () => {
    fc.assert(
      fc.property(word, word, abjads, (a, b, sides) => {
        const found = phoneSimilarity(a, b, sides)
        expect(phoneSimilarity(b, a, sides)).toBeCloseTo(found, 12)
        readFirst(a)
        const bytes = Uint8Array.from(b, (sound) => sound.charCodeAt(0))
        expect(similarityTo(bytes, { from: 0, length: b.length, least: alikeAtAll }, sides)).toBe(found)
      }),
    )
  })
})
