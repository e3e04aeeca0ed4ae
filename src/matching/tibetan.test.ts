import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatchingIndex } from '#matching/name-index'
import { compareTerms, makeTerm } from '#matching/term'
import { romaniseTibetan } from '#matching/tibetan'

describe('romaniseTibetan', () => {
  it.each([
    ['a prefix and a letter above', 'བསྟན', 'ten'],
    ['a final that only colours the vowel', 'ལས', 'le'],
    ['r below', 'བཀྲ', 'ta'],
    ['y below', 'ཕྱུག', 'chuk'],
    ['a second final', 'ནམས', 'nam'],
    ['d before b', 'དབང', 'wang'],
    ['a letter above one with y below', 'རྒྱལ', 'gyal'],
  ])('reads %s', (_, syllable, latin) => {
    const [one, other] = [makeTerm(romaniseTibetan(syllable)), { ...makeTerm(latin), isKnown: false }]
    expect(compareTerms(one, other), syllable).toBeGreaterThan(0.88)
  })

  it('finds a name whose syllables Latin letters join', () => {
    const index = createMatchingIndex()
    index.put({ id: 'listed', schema: 'Person', properties: { name: ['Tenzin Norgyal'] } })
    const query = { id: 'query', schema: 'Person', properties: { name: ['བསྟན་འཛིན་ནོར་རྒྱལ་'] } } as const
    expect(index.search(query, { threshold: 0.5 })[0]?.id).toBe('listed')
  })

  it('reads whatever stands in its block', () => {
    const letter = fc.integer({ min: 0xf40, max: 0xfbc }).map((code) => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 12 }), (text) => {
        expect(romaniseTibetan(text)).not.toMatch(/undefined/)
      }),
    )
  })
})
