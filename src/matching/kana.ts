import { readTable } from '#matching/alphabets'
import data from './alphabets.json' with { type: 'json' }

const syllables = readTable(data.hiragana)
const small = readTable(data.hiraganaSmall)

/** Hiragana and katakana to Hepburn romaji: glides, doubled consonants, foreign combinations; long vowels are short. */
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
    if (syllable === undefined) continue // the long-vowel bar and iteration marks
    out += double && !'aeiou'.includes(syllable[0]!) ? syllable[0] + syllable : syllable
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

/** A small vowel takes the place of the syllable's own: shi + ya is sha, fu + a is fa, ki + yu is kyu. */
function withGlide(before: string, glide: string): string {
  if (before === '' || !'aeiou'.includes(before.at(-1)!)) return before + glide
  const stem = before.slice(0, -1)
  const hushed = stem.endsWith('sh') || stem.endsWith('ch') || stem.endsWith('j')
  return stem + (hushed && glide.startsWith('y') ? glide.slice(1) : glide)
}
