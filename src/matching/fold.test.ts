import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldWords, nameLengthLimit } from '#matching/fold'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
)

describe('fold', () => {
  it('is idempotent, bounded and well formed on any string', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = fold(text)
        expect(fold(once)).toBe(once)
        expect(once.length).toBeLessThanOrEqual(nameLengthLimit)
        expect(once.isWellFormed()).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is idempotent at the length limit', () => {
    for (const text of [
      'щ'.repeat(600),
      'a '.repeat(400),
      '\ufdfa'.repeat(300),
      '王'.repeat(512),
      '\u{1f600}'.repeat(300),
    ]) {
      expect(fold(fold(text))).toBe(fold(text))
    }
  })

  it.each([
    ['Jürgen Müßig-Łódź', 'jurgen mussig lodz'],
    ['Юсуф Харун Аль-Мансури', 'yusuf kharun al mansuri'],
    ['Дмитрий', 'dmitry'],
    ['Гнатюк Їжак', 'gnatyuk yizhak'],
    ['Κωνσταντίνος Μπέης', 'konstantinos beis'],
    ['გიორგი', 'giorgi'],
    ['Ստեփան', 'stepan'],
    ['أحمد إبراهيم آدم', 'احمد ابراهيم ادم'],
    ['مُحَمَّد ـــ', 'محمد'],
    ['محمدی کریم', 'محمدي كريم'],
    ['김정은', 'kimjongun'],
    ['ムハンマド・アリー', 'muhanmado ari'],
    ['シャルロット', 'sharurotto'],
    ['王伟', 'wang wei'],
    ["O'Neil Ba'asyir", 'oneil baasyir'],
    ['İstanbul', 'istanbul'],
    ['١٢٣ ４５', '123 45'],
    ['Мохaмед', 'mokhamed'],
    ['Pаypal', 'paypal'],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })
})

describe('foldWords', () => {
  it('keeps what was written beside what it was folded to, and cuts where the script changes', () => {
    expect(foldWords('Аль-Мансури 王伟Inc')).toEqual([
      { raw: 'Аль', text: 'al', script: 'cyrillic' },
      { raw: 'Мансури', text: 'mansuri', script: 'cyrillic' },
      { raw: '王伟', text: '王伟', script: 'han' },
      { raw: 'Inc', text: 'inc', script: 'latin' },
    ])
  })
})
