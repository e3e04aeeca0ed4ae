import data from './alphabets.json' with { type: 'json' }

const read = (text: string) => text.split(' ').map((part) => (part === '-' ? '' : part))
const initials = read(data.hangul.initial)
const vowels = read(data.hangul.vowel)
const finals = read(data.hangul.final)

const first = 0xac00
const vowelCount = 21
const finalCount = 28

/**
 * Syllables taken apart by arithmetic (The Unicode Standard, section 3.12). What romanisations write in different ways stays
 * open: k or g, t or d, p or b, ch or j, r or l, o or eo or u.
 */
export function romaniseHangul(word: string): string {
  let out = ''
  for (const character of word) {
    const index = character.codePointAt(0)! - first
    if (index < 0 || index >= initials.length * vowelCount * finalCount) {
      out += character
      continue
    }
    const initial = initials[Math.floor(index / (vowelCount * finalCount))]!
    const vowel = vowels[Math.floor((index % (vowelCount * finalCount)) / finalCount)]!
    if (initial === 's' && 'iyǐ'.includes(vowel[0]!)) out += `ş${vowel.startsWith('y') ? vowel.slice(1) : vowel}`
    else out += initial + vowel
    out += finals[index % finalCount]
  }
  return out
}
