import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memory } from '#matching/columns'
import { commonWords } from '#matching/lexicon'
import { compareTerms, makeTerm } from '#matching/term'
import { WordLikeness } from '#matching/word-likeness'
import { WordRecords } from '#matching/word-records'

const lexicon = [...commonWords.keys()].filter((_, at) => at % 3 === 0)
const letters = 'abcdefghijklmnopqrstuvwxyz'
const known = fc.constantFrom(...lexicon)
const changed = fc
  .tuple(known, fc.nat(), fc.constantFrom(...letters, ''), fc.boolean())
  .map(([word, at, letter, instead]) => {
    const place = at % (word.length + 1)
    return word.slice(0, place) + letter + word.slice(place + (instead ? 1 : 0))
  })
const feminine = known.map((it) => `${it}a`)
const word = fc.oneof(known, changed, feminine, fc.constantFrom('يوسف', 'محمد', 'warner', 'wamer', 'clark', 'dark'))

const byRecord = (a: string, b: string): number => {
  const records = new WordRecords(new Memory())
  const other = makeTerm(b)
  records.add(other)
  return new WordLikeness(makeTerm(a), -1).to(0, records, () => other)
}

describe('WordLikeness', () => {
  it('says of a word in the index what comparing the two says', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        fc.pre(a !== b && a !== '' && b !== '')
        expect(byRecord(a, b)).toBeCloseTo(compareTerms(makeTerm(a), makeTerm(b)), 10)
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    ['karim', 'karima'],
    ['karima', 'karim'],
    ['maria', 'mario'],
    ['warner', 'wamer'],
    ['mohamed', 'muhammad'],
    ['ivanov', 'ivanova'],
  ])('compares %s with %s alike from either side', (a, b) => {
    expect(byRecord(a, b)).toBeCloseTo(compareTerms(makeTerm(a), makeTerm(b)), 10)
  })
})
