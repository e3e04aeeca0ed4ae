import data from './alphabets.json' with { type: 'json' }
import syllables from './hangul.json' with { type: 'json' }

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

const surnames = new Set(syllables.surnames.split(' '))
const choices = (text: string) => text.split(' ').map((part) => part.split(',').map((one) => (one === '-' ? '' : one)))
const initialChoices = choices(syllables.initials)
const vowelChoices = choices(syllables.vowels)
const endings = read(syllables.finals)
const known = new Map(syllables.known.split(' ').map((entry) => [entry[0]!, entry.slice(2).split(',')] as const))
const readingsBySyllable = new Map<string, readonly string[]>()
const syllableMark = '-'
const withoutConsonant = 11
const sibilant = 9

/** A family name of Korea, of one syllable or two. */
export function isKoreanSurname(word: string): boolean {
  return surnames.has(word)
}

/** A syllable as a word of a name: of two characters, so that it is no initial. */
export function syllableText(syllable: string): string {
  return syllable + syllableMark
}

export function isSyllableText(text: string): boolean {
  return text.charCodeAt(0) >= first && text.charCodeAt(1) === syllableMark.charCodeAt(0)
}

/** The syllables of a text that `syllableText` made, or of several together. */
export function syllablesIn(text: string): readonly string[] {
  return text.split(syllableMark).filter((part) => part !== '')
}

/**
 * One syllable of a Korean name in the ways it is romanised (Revised Romanisation, McCune-Reischauer and what passports have),
 * the commonest first: 정 is Jung, Jeong and Chong, and never Jang.
 */
export function readSyllable(syllable: string): readonly string[] {
  let readings = readingsBySyllable.get(syllable)
  if (readings === undefined) {
    readings = readParts(syllable)
    readingsBySyllable.set(syllable, readings)
  }
  return readings
}

function readParts(syllable: string): readonly string[] {
  const index = syllable.codePointAt(0)! - first
  if (index < 0 || index >= initials.length * vowelCount * finalCount) return [syllable]
  const initial = Math.floor(index / (vowelCount * finalCount))
  const vowel = Math.floor((index % (vowelCount * finalCount)) / finalCount)
  const ending = endings[index % finalCount]!
  const readings = new Set(known.get(syllable))
  for (const rhyme of vowelChoices[vowel]!) {
    for (const onset of initialChoices[initial]!) {
      readings.add(onset + rhyme + ending)
      if (initial === sibilant && rhyme === 'i') readings.add(`sh${rhyme}${ending}`)
      if (initial === withoutConsonant && rhyme === 'u') readings.add(`wu${ending}`)
    }
  }
  return [...readings]
}
