import data from './alphabets.json' with { type: 'json' }

const read = (text: string) => text.split(' ').map((part) => (part === '-' ? '' : part))
const initials = read(data.hangul.initial)
const vowels = read(data.hangul.vowel)
const finals = read(data.hangul.final)

const voiced: Readonly<Record<string, string>> = { k: 'g', t: 'd', p: 'b', ch: 'j' }

const first = 0xac00
const vowelCount = 21
const finalCount = 28

/**
 * Syllables taken apart by arithmetic (The Unicode Standard, section 3.12) and written near McCune-Reischauer,
 * the spelling that passports and lists use most.
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
    const isBetweenVoices = out !== '' && 'aeioungml'.includes(out.at(-1)!)
    out += initial === 's' && vowel.startsWith('y') ? 'sh' : isBetweenVoices ? (voiced[initial] ?? initial) : initial
    out += initial === 's' && vowel.startsWith('y') ? vowel.slice(1) : vowel
    out += finals[index % finalCount]
  }
  return out
}
