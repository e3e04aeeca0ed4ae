import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { romaniseAbugida } from '#matching/abugidas'
import { fold, foldWords } from '#matching/fold'
import { compareTerms, makeTerm } from '#matching/term'

const likeness = (a: string, b: string) =>
  compareTerms(makeTerm(foldWords(a)[0]!.text), makeTerm(foldWords(b)[0]!.text))

describe('romaniseAbugida', () => {
  it.each([
    ['Gurmukhi', 'ਹਰਜੀਤ', 'Harjit'],
    ['Gujarati', 'ધવલ', 'Dhaval'],
    ['Tamil, an i that nobody says', 'இராமன்', 'Raman'],
    ['Tamil, a nasal before its stop', 'சிவலிங்கம்', 'Sivalingam'],
    ['Telugu, a final vu', 'రాఘవరావు', 'Raghavarao'],
    ['Kannada, a final v', 'ಶ್ರೀನಿವಾಸರಾವ್', 'Srinivasarao'],
    ['Malayalam, letters without a vowel', 'രാജൻ', 'Rajan'],
    ['Sinhala', 'කමල්', 'Kamal'],
    ['Odia', 'ବିଜୟ', 'Bijay'],
    ['Burmese, a rhyme', 'ထွန်း', 'Htun'],
    ['Burmese, a hushed r', 'ရွှေ', 'Shwe'],
    ['Burmese, a tone between', 'ခင့်', 'Khin'],
    ['Khmer, vowels by their series', 'សុភា', 'Sophea'],
    ['Khmer, a final glide', 'កែវ', 'Keo'],
    ['Lao', 'ບຸນທອງ', 'Bounthong'],
  ])('reads %s', (_, native, latin) => {
    expect(likeness(native, latin), `${native} ${romaniseAbugida(native)}`).toBeGreaterThan(0.85)
  })

  it('never throws, and folds what it has folded to itself', () => {
    const letter = fc.integer({ min: 0x900, max: 0x17ff }).map((code) => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 24 }), (text) => {
        expect(typeof romaniseAbugida(text)).toBe('string')
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 500 },
    )
  })
})
