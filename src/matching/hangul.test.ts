import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSyllable, syllableText } from '#matching/hangul'
import { createMatchingIndex } from '#matching/name-index'
import { readingsOf } from '#matching/readings'
import { compareTerms, makeTerm } from '#matching/term'
import { tokenise } from '#matching/tokens'

const rawOf = (name: string) => tokenise(name, { isPerson: true, isOrganisation: false }).map(({ raw }) => raw)
const likeness = (syllable: string, latin: string) =>
  compareTerms(makeTerm(syllableText(syllable)), { ...makeTerm(latin), isKnown: false })

function scoreOf(asked: string, listed: string): number {
  const index = createMatchingIndex()
  index.put({ id: 'listed', schema: 'Person', properties: { name: [listed] } })
  const query = { id: 'query', schema: 'Person', properties: { name: [asked] } } as const
  return index.search(query, { threshold: 0 })[0]?.score ?? 0
}

describe('readSyllable', () => {
  it.each([
    ['정', ['jeong', 'jung', 'chung', 'chong']],
    ['영', ['yeong', 'young', 'yong']],
    ['희', ['hui', 'hee', 'hi']],
    ['철', ['cheol', 'chul', 'chol']],
    ['이', ['lee', 'yi', 'ri', 'rhee']],
    ['신', ['shin', 'sin']],
    ['박', ['park', 'pak', 'bak']],
  ])('reads %s as passports do', (syllable, spellings) => {
    for (const spelling of spellings) expect(likeness(syllable, spelling), spelling).toBeGreaterThan(0.94)
  })

  it('tells syllables of another vowel or consonant apart', () => {
    for (const [syllable, latin] of [
      ['정', 'jang'],
      ['성', 'sang'],
      ['강', 'jang'],
      ['영', 'yang'],
      ['준', 'jin'],
      ['선', 'sin'],
      ['철', 'yul'],
    ] as const)
      expect(likeness(syllable, latin), `${syllable} ${latin}`).toBeLessThan(0.93)
  })

  it('reads every syllable that can be written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0xac00, max: 0xd7a3 }), (code) => {
        const syllable = String.fromCharCode(code)
        expect(readSyllable(syllable).length).toBeGreaterThan(0)
        expect(readingsOf(syllableText(syllable))[0]).toMatch(/^[a-z]+$/)
        expect(makeTerm(syllableText(syllable)).phones).not.toBe('')
      }),
    )
  })
})

describe('Korean names', () => {
  it('are cut into syllables with and without a space', () => {
    expect(rawOf('김영희')).toEqual(['김', '영', '희'])
    expect(rawOf('김 영희')).toEqual(['김', '영', '희'])
    expect(rawOf('남궁민수')).toEqual(['남궁', '민', '수'])
    expect(rawOf('야마다 쇼겐')).toEqual(['야마다', '쇼겐'])
  })

  it('are found under any romanisation, and not under a neighbour of the same sounds', () => {
    for (const listed of ['Kim Young-hee', 'Gim Yeonghui', 'Kim Yong Hui', 'Yeong Hui KIM'])
      expect(scoreOf('김영희', listed), listed).toBeGreaterThan(0.6)
    for (const listed of ['Kim Yang-ho', 'Jang Young-hee', 'Kim Young-ho'])
      expect(scoreOf('김영희', listed), listed).toBeLessThan(0.5)
  })
})
