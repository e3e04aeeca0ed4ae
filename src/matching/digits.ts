import type { NamePart } from '#matching/compounds'
import { legalForms } from '#matching/lexicon'
import { isNumber } from '#matching/term'
import { hasTrait, numberSign } from '#matching/word-traits'

/** Digits in names: read for letters, written after a sign for number, or as ordinals. */

/** What a reader of print takes for a letter, and what is typed for one; 1 is settled by its neighbours. */
const misread: ReadonlyMap<string, string> = new Map(
  Object.entries({ 0: 'o', 2: 'z', 3: 'e', 4: 'a', 5: 's', 8: 'b', 9: 'g' }),
)
/** At the end of an organisation's word these are numbers (Unit 7), and words of fewer letters are codes. */
const endings = '015'
const fewestLetters = { person: 2, organisation: 3 } as const

/** A word with digits for letters (M0hammed, 8ank, gr0up) in the letters that they stand for; any other as it is. */
export function withLetters(text: string, { isPerson, isOrganisation }: NamedBy): string {
  if (!(isPerson || isOrganisation) || !isNumber(text) || ordinal.test(text)) return text
  const digits = text.replaceAll(/[^0-9]/g, '').length
  const letters = text.length - digits
  const isShort = letters < fewestLetters[isPerson ? 'person' : 'organisation'] || letters <= digits
  const isCode = isPerson ? /[67]|\d{3}/ : /[3467]|\d\d/
  if (isCode.test(text) || (!isPerson && isNumber(text.at(-1)!) && !endings.includes(text.at(-1)!))) return text
  const read = text.replaceAll(/\d/g, (digit, at: number) => misread.get(digit) ?? oneAt(text, at))
  if (!isShort) return read
  const forms = isOrganisation ? [read, text.replaceAll('1', 'l').replaceAll('0', 'o')] : []
  return forms.find((form) => legalForms.has(form)) ?? text
}

export interface NamedBy {
  readonly isPerson: boolean
  readonly isOrganisation: boolean
}

const vowels = 'aeiou0'
const beforeL = 'bcfgkp'

/** A 1 is an l after a vowel (pau1, ha1im) and where one sounds well before one (1ebanon, b1ack), else an i (1raj, m1ller). */
function oneAt(text: string, at: number): string {
  const [before, after] = [text[at - 1] ?? '', text[at + 1] ?? '-']
  if (before !== '' && (vowels.includes(before) || before === '1')) return 'l'
  return vowels.includes(after) && (before === '' || beforeL.includes(before)) ? 'l' : after === '1' ? 'l' : 'i'
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
