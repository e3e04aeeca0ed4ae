import { romaniseAbugida } from '#matching/abugidas'
import {
  bareCharacter,
  closeSounds,
  foldLatin,
  foldMixed,
  romaniseByTable,
  romaniseCyrillic,
  romaniseGreek,
} from '#matching/alphabets'
import { foldArabic, foldHebrew } from '#matching/arabic'
import { type FoldedWord, foldSimple } from '#matching/fast-fold'
import { readHan } from '#matching/han'
import { romaniseHangul } from '#matching/hangul'
import { romaniseKana } from '#matching/kana'
import { kindOf, type Script } from '#matching/script'

/** Longer names are cut here, in UTF-16 code units, before any work is spent on them. */
export const nameLengthLimit = 512

export type { FoldedWord } from '#matching/fast-fold'

/**
 * Folds a text for comparison: NFKC, lower case, no diacritics, one space between words; alphabets, syllabaries and the
 * commonest Han characters in Latin letters; Arabic and Hebrew in one spelling of their own script, since short vowels
 * cannot be guessed. Idempotent; never longer than `nameLengthLimit`. Never throws, whatever the string holds.
 */
export function fold(text: string): string {
  const words: string[] = []
  for (const word of foldWords(text)) words.push(word.script === 'han' ? readAll(word.text) : closeSounds(word.text))
  return words.join(' ').slice(0, nameLengthLimit).toWellFormed().trimEnd()
}

function readAll(text: string): string {
  return Array.from(text, readHan).join(' ')
}

/** Cuts a text into words at anything that is no letter, digit, mark or apostrophe, and where the kind of script changes. */
export function foldWords(text: string): FoldedWord[] {
  const simple = foldSimple(text.length > nameLengthLimit ? text.slice(0, nameLengthLimit) : text)
  if (simple !== undefined) return simple
  const words: FoldedWord[] = []
  const normal = text.slice(0, nameLengthLimit).toWellFormed().normalize('NFKC')
  let raw = ''
  let letters = ''
  let script: Script | undefined
  let mixed = false
  const end = () => {
    const folded = letters === '' ? '' : foldRun(letters, script ?? 'latin', mixed)
    if (folded !== '' && closeSounds(folded) !== '') words.push({ raw, text: folded, script: script ?? 'latin' })
    raw = ''
    letters = ''
    script = undefined
    mixed = false
  }
  for (const character of normal) {
    const code = character.codePointAt(0)!
    const kind = kindOf(code)
    if (kind === 'separator') {
      end()
      continue
    }
    if (kind === 'mark' || kind === 'apostrophe') {
      raw += character
      if (kind === 'mark' && script === 'other') letters += character // vowel signs of Indic scripts are letters
      if (kind === 'apostrophe' && script === 'hebrew' && letters !== '') letters += geresh
      continue
    }
    if (kind === 'digit') {
      raw += character
      letters += asciiDigit(code)
      continue
    }
    if (script !== undefined && script !== kind) {
      if (family(script) !== family(kind)) end()
      else mixed = mixed || (family(kind) === 'alphabet' && script !== kind)
    }
    script ??= kind
    raw += character
    letters += character
  }
  end()
  return words
}

function family(script: Script): string {
  return script === 'latin' || script === 'cyrillic' ? 'alphabet' : script
}

function foldRun(letters: string, script: Script, mixed: boolean): string {
  const lower = letters.toLowerCase()
  if (mixed) return foldMixed(lower)
  switch (script) {
    case 'latin':
      return foldLatin(lower)
    case 'cyrillic':
      return romaniseCyrillic(lower)
    case 'greek':
      return romaniseGreek(lower)
    case 'armenian':
    case 'georgian':
      return romaniseByTable(lower, script)
    case 'arabic':
      return foldArabic(lower)
    case 'hebrew':
      return foldHebrew(lower)
    case 'hangul':
      return romaniseHangul(lower)
    case 'kana':
      return romaniseKana(lower)
    case 'han':
      return lower
    case 'other':
      return romaniseAbugida(lower).replace(leadingMarks, '')
  }
}

/** A sign without a letter to stand on. */
const leadingMarks = /^\p{M}+/u
/** In Hebrew words it makes foreign sounds: ג׳ is j. */
const geresh = '׳'
const digitValue = new Map<number, string>()

function asciiDigit(code: number): string {
  if (code < 0x3a) return String.fromCharCode(code)
  let digit = digitValue.get(code)
  if (digit === undefined) {
    let zero = code
    while (zero > code - 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
    digit = zero % 2 === 0 && code - zero < 10 ? String(code - zero) : bareCharacter(String.fromCodePoint(code))
    digitValue.set(code, digit)
  }
  return digit
}
