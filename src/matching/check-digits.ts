/** Check digits as numbering schemes reckon them. Each takes letters and digits only, upper case, of the scheme's form. */

export interface WeightedRule {
  readonly weights: readonly number[]
  readonly modulus: number
  readonly complement?: boolean
  /** What a remainder of ten, or of eleven, is written as; a number that has none is not given out. */
  readonly ten?: string
  readonly eleven?: string
  readonly letters?: string
}

export function digitsIn(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0) - 48)
}

/** The sum of values, each times its weight. */
export function weighted(values: readonly number[], weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += (values[index] ?? 0) * weights[index]!
  return sum
}

/** A last character that follows from the weighted sum of those before. */
export function holdsWeighted(text: string, rule: WeightedRule): boolean {
  const { modulus, complement = false, letters } = rule
  const rest = ((weighted(digitsIn(text), rule.weights) % modulus) + modulus) % modulus
  const last = text.at(-1)!
  if (letters !== undefined) return letters[rest] === last
  const check = complement ? modulus - rest : rest
  if (check === 11) return (rule.eleven ?? '0') === last
  if (check === 10 && modulus === 11) return rule.ten === last
  return String(check % modulus) === last
}

/** ISO/IEC 7812-1 annex B: every second digit from the right doubled. */
export function holdsLuhn(text: string): boolean {
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const digit = Number(text[text.length - 1 - index])
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** ISO 7064 MOD 97-10, letters as 10 to 35: the remainder; -1 for another character. */
export function remainder97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const digit = Number.parseInt(character, 36)
    if (Number.isNaN(digit)) return -1
    remainder = (remainder * (digit > 9 ? 100 : 10) + digit) % 97
  }
  return remainder
}

/** ISO 7064 MOD 11,10. */
export function holdsMod1110(text: string): boolean {
  let product = 10
  for (const digit of digitsIn(text.slice(0, -1))) {
    const sum = (digit + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(text.at(-1))
}

const verhoeffProduct = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
].map(digitsIn)
const verhoeffOrder = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
].map(digitsIn)

/** J. Verhoeff, Error detecting decimal codes, 1969: the dihedral group of order ten. */
export function holdsVerhoeff(text: string): boolean {
  let check = 0
  for (const [index, digit] of digitsIn(text).reverse().entries()) {
    check = verhoeffProduct[check]![verhoeffOrder[index % 8]![digit]!]!
  }
  return check === 0
}

/** ICAO Doc 9303 part 3: weights 7, 3, 1, letters as 10 to 35. */
export function mrzCheckDigit(text: string): string {
  let sum = 0
  for (let index = 0; index < text.length; index++) sum += Number.parseInt(text[index]!, 36) * [7, 3, 1][index % 3]!
  return String(sum % 10)
}
