import { readTable } from '#matching/alphabets'
import data from './alphabets.json' with { type: 'json' }

const syllables = readTable(data.hiragana)
const small = readTable(data.hiraganaSmall)
const vowels = 'aeiouụọị'
const hushed = 'ṡċż'

/**
 * Hiragana and katakana to Hepburn romaji: glides, doubled consonants, foreign combinations. What kana leave open stays open:
 * l or r, b or v, s or th, vowels that only carry a consonant, an r that only lengthens a vowel.
 */
export function romaniseKana(word: string): string {
  let out = ''
  let double = false
  for (const character of toHiragana(word)) {
    if (character === 'っ') {
      double = true
      continue
    }
    const glide = small.get(character)
    if (glide !== undefined) {
      out = withGlide(out, glide)
      continue
    }
    const syllable = syllables.get(character)
    if (syllable === undefined) continue // iteration marks
    out += double && !vowels.includes(syllable[0]!) ? syllable[0] + syllable : syllable
    double = false
  }
  return out
}

function toHiragana(word: string): string {
  let out = ''
  for (const character of word) {
    const code = character.codePointAt(0)!
    out += code >= 0x30a1 && code <= 0x30f4 ? String.fromCodePoint(code - 0x60) : character
  }
  return out
}

/** A small vowel takes the place of the syllable's own: shi + ya is sha, fu + a is fa, ki + yu is kyu, u + i is wi. */
function withGlide(before: string, glide: string): string {
  if (before === '' || !vowels.includes(before.at(-1)!)) return before + glide
  const stem = before.slice(0, -1)
  if (before.at(-1) === 'u' && (stem === '' || vowels.includes(stem.at(-1)!))) return `${stem}w${glide}`
  return stem + (hushed.includes(stem.at(-1) ?? '-') && glide.startsWith('y') ? glide.slice(1) : glide)
}
