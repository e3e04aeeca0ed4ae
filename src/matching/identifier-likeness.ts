import { mrzCheckDigit } from '#matching/check-digits'
import { groupOf, type Identifier } from '#matching/identifiers'

/**
 * How two numbers that are not the same may be one: `confused` characters that reading machines and people take for each
 * other, a `checked` number with the check digit of its machine-readable zone at the end, one `typo`.
 */
export type Likeness = 'confused' | 'checked' | 'typo'

const shortest = 7
/** Characters that are read for each other: printed on passports in OCR-B, typed from bad copies. */
const confusions = ['0OQD', '1IL', '5S', '8B', '2Z', '6G', 'UV', 'MN']
const readAs = new Map(confusions.flatMap((group) => Array.from(group, (character) => [character, group[0]!] as const)))

const comparedKinds: ReadonlySet<string> = new Set([
  'identifier',
  'account',
  'lei',
  'imo',
  'mmsi',
  'vin',
  'serial',
  'wallet',
])

/** Undefined for what is the same or unlike, for short numbers, and for kinds whose neighbours are other people's. */
export function likenessOf(a: Identifier, b: Identifier): Likeness | undefined {
  if (groupOf(a.kind) !== groupOf(b.kind) || !comparedKinds.has(groupOf(a.kind))) return undefined
  const [one, other] = [a.value, b.value]
  if (one === other || one.length < shortest || other.length < shortest) return undefined
  if (Math.abs(one.length - other.length) > 1) return undefined
  if (one.length === other.length && asRead(one) === asRead(other)) return 'confused'
  if (hasCheckDigitOf(one, other) || hasCheckDigitOf(other, one)) return 'checked'
  // A check digit that holds on both sides says that neither was mistyped.
  if (a.check === 'holds' && b.check === 'holds' && a.kind !== 'passport') return undefined
  return isOneEdit(one, other) ? 'typo' : undefined
}

function asRead(value: string): string {
  let out = ''
  for (const character of value) out += readAs.get(character) ?? character
  return out
}

/** ICAO Doc 9303: nine characters and their check digit. */
function hasCheckDigitOf(long: string, short: string): boolean {
  if (short.length !== 9 || long.length !== 10 || !long.startsWith(short) || !/^[A-Z0-9]+$/.test(short)) return false
  return mrzCheckDigit(short) === long[9]
}

/** One character wrong, missing or too many, or two neighbours exchanged; never the last digit alone, which numbers in a series differ by. */
function isOneEdit(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  if (end === 0) return false
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
