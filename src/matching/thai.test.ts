import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldWords } from '#matching/fold'
import { compareTerms, keysOf, makeTerm } from '#matching/term'
import { romaniseThai } from '#matching/thai'
import data from './thai.json' with { type: 'json' }

const termOf = (word: string) => makeTerm(foldWords(word)[0]!.text)

function likeness(a: string, b: string): number {
  const [one, two] = [termOf(a), termOf(b)]
  const keys = new Set(keysOf(one))
  return keysOf(two).some((key) => keys.has(key)) ? compareTerms(one, two) : 0
}

describe('romaniseThai', () => {
  it.each([
    ['vowels that stand before their consonants', 'เพ็ญแข', ['Penkae', 'Phenkhae']],
    ['vowels around their consonants', 'เสาวลักษณ์', ['Saowalak', 'Saowaluk']],
    ['vowels that are not written', 'สมพล', ['Sompol', 'Somphon', 'Sompon']],
    ['an r that is n or nothing', 'ศิริพร', ['Siriporn', 'Siriphon', 'Siripon']],
    ['an l that is n', 'วิมล', ['Wimon', 'Wimol', 'Vimol']],
    ['a doubled r that is a', 'กนกวรรณ', ['Kanokwan', 'Kanokwan']],
    ['letters under a stroke', 'จันทร์แก้ว', ['Chankaew', 'Jankaeo', 'Chankaeo']],
    ['stops at the end', 'ประสิทธิ์', ['Prasit', 'Prasith']],
    ['a sibilant at the end', 'วรเดช', ['Woradet', 'Voradej', 'Woradech']],
    ['an h that only sets the tone', 'หลวงทอง', ['Luangthong', 'Luangtong']],
    ['a cluster of which r is silent', 'ทรงชัย', ['Songchai', 'Songchai']],
    ['a final vowel that is silent', 'อภิชาติ', ['Apichat', 'Apichart', 'Aphichat']],
    ['Lao in French spelling', 'ສຸວັນນະ', ['Souvanna', 'Suvanna']],
  ])('reads %s', (_, native, spellings) => {
    for (const spelling of spellings) expect(likeness(native, spelling), `${native} ${spelling}`).toBeGreaterThan(0.85)
  })

  it('leaves different names apart', () => {
    for (const [native, other] of [
      ['สมชาย', 'Somsak'],
      ['ประเสริฐ', 'Prasong'],
      ['วิชัย', 'Wichit'],
      ['ธนา', 'Mana'],
      ['พรชัย', 'Chaiporn'],
    ] as const)
      expect(likeness(native, other), `${native} ${other}`).toBeLessThan(0.85)
  })

  it('never throws and never fails to say a consonant, whatever stands beside what', () => {
    const letters = `${data.onset} ${data.vowels}`.split(' ').filter((_, at) => at % 2 === 0)
    const signs = ['เ', 'แ', 'โ', 'ไ', 'ใ', '่', '้', '์', 'ฤ', 'ๆ']
    const word = fc.string({ unit: fc.constantFrom(...letters, ...signs), maxLength: 30 })
    fc.assert(
      fc.property(word, (text) => {
        expect(typeof romaniseThai(text)).toBe('string')
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 500 },
    )
  })
})
