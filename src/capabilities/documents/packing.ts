/**
 * A document as two words of 32 bits: the issuer in ten bits and the number in twenty-one and thirty-two. Two documents never
 * share them. The highest bit is set, so that no document is two words of zeros.
 */
export interface Packed {
  high: number
  low: number
}

const two32 = 0x1_0000_0000
const shortLength = 10
const digitsLength = 15
/** How many there are of letters and digits, up to ten: 36 + 36² + … + 36¹⁰. */
const shortNumbers = (36 ** (shortLength + 1) - 36) / 35
/** And of digits alone, up to fifteen. */
const digitNumbers = (10 ** (digitsLength + 1) - 10) / 9

export const issuersLimit = 26 * 26

/** Of two letters a to z, lower case: a number below 676. */
export function issuerIndex(issuer: string): number {
  return (issuer.charCodeAt(0) - 97) * 26 + issuer.charCodeAt(1) - 97
}

export function issuerAt(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))
}

/** Packs a normalised number. False for one that is too long: it is packed by the place where it is kept. */
export function packShort(issuer: number, number: string, into: Packed): boolean {
  let value = 0
  if (number.length <= shortLength) {
    for (let at = 0; at < number.length; at++) value = value * 36 + digitValue(number.charCodeAt(at)) + 1
    return pack(issuer, value - 1, into)
  }
  if (number.length > digitsLength) return false
  for (let at = 0; at < number.length; at++) {
    const digit = number.charCodeAt(at) - 48
    if (digit > 9) return false
    value = value * 10 + digit + 1
  }
  return pack(issuer, shortNumbers + value - 1, into)
}

/** Packs a long number by the place where its text is kept. */
export function packLong(issuer: number, place: number, into: Packed): void {
  pack(issuer, shortNumbers + digitNumbers + place, into)
}

/** Where the text of a long number is kept; undefined for a number that is in the words themselves. */
export function longPlace({ high, low }: Readonly<Packed>): number | undefined {
  const place = (high & 0x1f_ffff) * two32 + low - shortNumbers - digitNumbers
  return place < 0 ? undefined : place
}

function pack(issuer: number, value: number, into: Packed): true {
  into.high = (0x8000_0000 | (issuer << 21) | Math.floor(value / two32)) >>> 0
  into.low = value >>> 0
  return true
}

/** Digits first, then letters. */
function digitValue(unit: number): number {
  return unit < 58 ? unit - 48 : unit - 55
}

/** Whether a number does not fit into two words. */
export const isLong = (number: string) => number.length > 15 || (number.length > 10 && !/^\d+$/.test(number))

/** The last steps of MurmurHash3 over both words, with a secret of this node, so that nobody can choose what collides. */
export function mixWords(high: number, low: number, seed: number): number {
  let hash = Math.imul(high ^ seed, 0xcc9e_2d51)
  hash = Math.imul((hash << 15) | (hash >>> 17), 0x1b87_3593) ^ low
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
