/**
 * The check digit of ICAO Doc 9303: digits count as themselves, A to Z as 10 to 35, the filler as 0, times 7, 3, 1 in turn, modulo
 * 10. Null for any other character. It can not tell characters apart whose values differ by a multiple of ten: 0, A, K, U and the
 * filler are one to it, as are 1, B, L, V and so on.
 */
export function checkDigit(text: string): string | null {
  let sum = 0
  for (let at = 0; at < text.length; at++) {
    const value = characterValue(text[at]!)
    if (value === null) return null
    sum += value * [7, 3, 1][at % 3]!
  }
  return String(sum % 10)
}

export function characterValue(character: string): number | null {
  if (character === '<') return 0
  if (/^[0-9]$/.test(character)) return Number(character)
  return /^[A-Z]$/.test(character) ? character.charCodeAt(0) - 55 : null
}

export interface CheckVerdict {
  readonly verdict: 'ok' | 'wrong' | 'absent'
  /** The character at the place of the digit. */
  readonly printed: string
  /** What the digit should be; null when the field holds a character that has no value. */
  readonly computed: string | null
}

/** `absent`: a filler stands for the digit. For an empty field a filler is as good as the digit 0. */
export function verdictOn(field: string, printed: string): CheckVerdict {
  const computed = checkDigit(field)
  if (printed === '<' || printed === '') return { verdict: 'absent', printed, computed }
  return { verdict: printed === computed ? 'ok' : 'wrong', printed, computed }
}
