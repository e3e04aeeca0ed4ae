import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTerms, keysOf, makeTerm, relate, similarityFloor, type Term } from '#matching/term'
import { tokenise } from '#matching/tokens'
import spellings from './spellings.json' with { type: 'json' }

const person = { isPerson: true, isOrganisation: false }

/** The word as it is met beside another one: alone, a name in Han or Hangul would be cut in two. */
function termOf(word: string): Term {
  const beside = /\p{Script=Han}/u.test(word) ? ' 王' : /\p{Script=Hangul}/u.test(word) ? ` ${word}` : ''
  const tokens = beside === '' ? tokenise(word, person) : tokenise(`${word}${beside}`, person).slice(0, 1)
  return makeTerm(tokens.map((token) => token.text).join(''))
}

function shareKey(a: Term, b: Term): boolean {
  const keys = new Set(keysOf(a))
  return a.text === b.text || keysOf(b).some((key) => keys.has(key))
}

describe('spellings', () => {
  it.each(spellings.groups)('reach each other: $group', ({ pairs }) => {
    for (const [a, b] of pairs) {
      const [one, other] = [termOf(a!), termOf(b!)]
      expect(compareTerms(one, other), `${a} ${b}`).toBeGreaterThanOrEqual(similarityFloor)
      expect(shareKey(one, other), `${a} ${b} share a key`).toBe(true)
    }
  })

  it('leave different names apart', () => {
    for (const [a, b] of spellings.apart) {
      expect(compareTerms(termOf(a!), termOf(b!)), `${a} ${b}`).toBeLessThan(0.85)
    }
  })
})

describe('relate', () => {
  const ruleOf = (a: string, b: string) => relate(termOf(a), termOf(b))?.rule

  it('tells why two words may stand for one another', () => {
    expect(ruleOf('Omar', 'omar')).toBe('exact')
    expect(ruleOf('O', 'omar')).toBe('initial')
    expect(ruleOf('Volkonsky', 'Wolkonski')).toBe('spelling')
    expect(ruleOf('Tarhouni', 'Tarhuni')).toBe('skeleton')
    expect(ruleOf('Sasha', 'Aleksandr')).toBe('nickname')
    expect(ruleOf('Yahya', 'John')).toBe('variant')
    expect(ruleOf('Wong', 'Huang')).toBe('reading')
    expect(ruleOf('bank', 'مصرف')).toBe('translation')
    expect(ruleOf('Omar', 'Karim')).toBeUndefined()
  })

  it('says the likeness that the comparison says, in every script', () => {
    const words = spellings.groups.flatMap((group) => group.pairs.flat())
    const word = fc.constantFrom(...words)
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [one, other] = [termOf(a), termOf(b)]
        const similarity = compareTerms(one, other)
        expect(relate(one, other)?.similarity ?? 0).toBe(similarity)
        expect(compareTerms(other, one)).toBe(similarity)
      }),
      { numRuns: 500 },
    )
  })
})
