import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lettersOf, mayBeTyped, typingSimilarity } from '#matching/typing'

/** Optimal string alignment distance by its definition, every cell. */
function distance(a: string, b: string): number {
  const cells = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j))
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const [above, here] = [cells[i - 1]!, cells[i]!]
      here[j] = Math.min(above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), above[j]! + 1, here[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        here[j] = Math.min(here[j]!, cells[i - 2]![j - 2]! + 1)
    }
  }
  return cells[a.length]![b.length]!
}

const letter = fc.constantFrom('a', 'b', 'k', 'o')
const long = fc.string({ unit: letter, minLength: 7, maxLength: 12 })

describe('typingSimilarity', () => {
  it('finds long words of one beginning alike when two slips at most lie between them', () => {
    fc.assert(
      fc.property(long, long, (one, other) => {
        const [a, b] = [`m${one}`, `m${other}`]
        expect(typingSimilarity(a, b) > 0).toBe(distance(a, b) <= 2)
      }),
    )
  })

  it('finds nothing alike whose letters forbid it', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'c', 'd', 'l', 'm', 'n', 'r', 'v', 'w'), maxLength: 10 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        if (!mayBeTyped(lettersOf(a), lettersOf(b))) expect(typingSimilarity(a, b)).toBe(0)
      }),
    )
    expect(mayBeTyped(lettersOf('arnold'), lettersOf('amold'))).toBe(true)
    expect(mayBeTyped(lettersOf('karim'), lettersOf('yusuf'))).toBe(false)
  })
})
