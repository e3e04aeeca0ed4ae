import type { NamePart } from '#matching/compounds'
import { isNumber } from '#matching/term'
import { hasTrait, numberSign } from '#matching/word-traits'

/** Digits in names: read for letters, written after a sign for number, or as ordinals. */

const misread: ReadonlyMap<string, string> = new Map(Object.entries({ 0: 'ọ', 1: 'ị', 5: 'ş', 8: 'ḅ' }))
const fewestLetters = 3

/** A person's word with digits for letters, as a reader of print makes of `Mohammed`, in letters that stand for them. */
export function withLetters(text: string, { isPerson }: { readonly isPerson: boolean }): string {
  if (!isPerson || !isNumber(text)) return text
  let letters = 0
  let out = ''
  for (const character of text) {
    const letter = misread.get(character)
    if (letter === undefined && character >= '0' && character <= '9') return text
    if (letter === undefined) letters++
    out += letter ?? character
  }
  return letters >= fewestLetters && letters * 2 > text.length ? out : text
}

/** 46th is 46. */
export function withoutOrdinal(text: string): string {
  const code = text.charCodeAt(0)
  return code >= 0x30 && code <= 0x39 && ordinal.test(text) ? text.replace(/[a-z]+$/, '') : text
}

const ordinal = /^\d+(?:st|nd|rd|th|er|ere|eme|ya|yy|oy|iy)$/

export function isNumberSignAt(parts: readonly NamePart[], index: number): boolean {
  const next = parts[index + 1]
  return next !== undefined && hasTrait(parts[index]!.text, numberSign) && isNumber(next.text)
}
