/** Likeness of two words that are one slip of the fingers apart, by the letters of the longer; none for fewer letters than four. */
const oneSlip = [0, 0, 0, 0, 0.78, 0.84, 0.88, 0.9, 0.92, 0.93, 0.94]
const twoSlips = 0.78
/** A slip in the first letter of a short word: likely only where the rest of the name agrees. */
const strangeSlip = 0.76
/** No two words that are not the same are more alike by their letters. */
export const mostTyped: number = Math.max(...oneSlip)
/** Shorter words are not mistyped twice. */
export const longEnoughForTwo = 8
const longest = 32
/** Words of fewer letters are not compared, nor those whose lengths differ by more than the most slips. */
export const fewestTyped = 4
export const mostSlips = 2

/**
 * How likely two words are one word mistyped: a letter left out, added, exchanged with its neighbour or replaced; in long
 * words twice. 0 when they are further apart. The first letter is seldom mistyped: then it counts as a slip more, unless print
 * takes it for the other.
 */
export function typingSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (longer < fewestTyped || longer > longest || Math.abs(a.length - b.length) > mostSlips) return 0
  if (isMisread(a, b)) return oneSlip[Math.min(longer, oneSlip.length - 1)]!
  const isOtherStart = a.charCodeAt(0) !== b.charCodeAt(0)
  if (isWithinOneSlip(a, b)) {
    const slip = oneSlip[Math.min(longer, oneSlip.length - 1)]!
    if (!isOtherStart || areLookAlikes(a, b)) return slip
    return longer >= longEnoughForTwo - 2 ? twoSlips : strangeSlip
  }
  return longer >= longEnoughForTwo && !isOtherStart && slipsBetween(a, b) <= mostSlips ? twoSlips : 0
}

/** Which letters a text has, by their last five bits. */
export function lettersOf(text: string): number {
  let mask = 0
  for (let index = 0; index < text.length; index++) mask |= 1 << (text.charCodeAt(index) & 31)
  return mask
}

/** Whether words of these letters may be one word mistyped: a slip changes two letters at most, of print read as one three. */
export function mayBeTyped(a: number, b: number): boolean {
  let count = 0
  for (let bits = a ^ b; bits !== 0; bits &= bits - 1) count++
  return count <= mostSlips * 2
}

/** Two letters that print runs together, read as one. */
export const misread: readonly (readonly [two: string, one: string])[] = [
  ['rn', 'm'],
  ['cl', 'd'],
  ['vv', 'w'],
  ['ri', 'n'],
]

/** Letters that print takes for one another. */
const lookAlikes = new Set(['bh', 'ce', 'ft', 'il', 'uv'])

/** Whether two words of one length begin with letters that look alike, and go on alike. */
function areLookAlikes(a: string, b: string): boolean {
  const pair = a[0]! < b[0]! ? a[0]! + b[0]! : b[0]! + a[0]!
  return a.length === b.length && lookAlikes.has(pair) && a.endsWith(b.slice(1))
}

function isMisread(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) !== 1) return false
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  for (const [two, one] of misread) {
    for (let at = long.indexOf(two); at >= 0; at = long.indexOf(two, at + 1)) {
      if (short[at] === one && short.startsWith(long.slice(0, at)) && long.endsWith(short.slice(at + 1))) return true
    }
  }
  return false
}

function isWithinOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start++
  let end = 0
  while (
    end < short.length - start &&
    short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end)
  ) {
    end++
  }
  const left = long.length - start - end
  if (left <= 1) return true
  return (
    left === 2 &&
    short.length === long.length &&
    short.charCodeAt(start) === long.charCodeAt(start + 1) &&
    short.charCodeAt(start + 1) === long.charCodeAt(start)
  )
}

/** More than the most slips, and what stands for any more. */
const tooMany = mostSlips + 1
let before = new Uint8Array(longest + 2)
let above = new Uint8Array(longest + 2)
let row = new Uint8Array(longest + 2)

/** Optimal string alignment distance, as far as it matters: more than the most slips is `tooMany` at least. Only cells beside the diagonal are reckoned. */
function slipsBetween(a: string, b: string): number {
  for (let j = 0; j <= tooMany; j++) above[j] = j
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - mostSlips)
    const to = Math.min(b.length, i + mostSlips)
    row[from - 1] = from === 1 ? i : tooMany
    const x = a.charCodeAt(i - 1)
    for (let j = from; j <= to; j++) {
      const y = b.charCodeAt(j - 1)
      let least = above[j - 1]! + (x === y ? 0 : 1)
      if (above[j]! + 1 < least) least = above[j]! + 1
      if (row[j - 1]! + 1 < least) least = row[j - 1]! + 1
      if (i > 1 && j > 1 && x === b.charCodeAt(j - 2) && y === a.charCodeAt(i - 2) && before[j - 2]! + 1 < least) {
        least = before[j - 2]! + 1
      }
      row[j] = least
    }
    row[to + 1] = tooMany
    const spare = before
    before = above
    above = row
    row = spare
  }
  return above[b.length]!
}
