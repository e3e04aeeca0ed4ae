import limits from './limits.json' with { type: 'json' }

/** Numbers in a row: what they all begin with, how long they are, and the numbers at the end, from and to. */
export interface NumberRange {
  readonly prefix: string
  readonly length: number
  readonly low: number
  readonly high: number
  readonly count: number
}

/** More digits are no exact number any more. */
const longestTail = 15

/** What precedes the digits at the end of a number, and these as a number; null when there are none, or too many. */
export function tailOf(number: string): { readonly prefix: string; readonly tail: number } | null {
  let at = number.length
  while (at > 0 && isDigit(number.charCodeAt(at - 1)) && number.length - at < longestTail) at--
  return at === number.length ? null : { prefix: number.slice(0, at), tail: Number(number.slice(at)) }
}

const isDigit = (unit: number) => unit >= 48 && unit <= 57

/** Null for what is no row of numbers, or too long a one to be that of lost blanks. */
export function rangeOf(from: string, to: string): NumberRange | null {
  const [low, high] = [tailOf(from), tailOf(to)]
  if (from.length !== to.length || low === null || high === null || low.prefix !== high.prefix) return null
  const count = high.tail - low.tail + 1
  if (count < 1 || count > limits.documentsPerRange) return null
  return { prefix: low.prefix, length: from.length, low: low.tail, high: high.tail, count }
}
