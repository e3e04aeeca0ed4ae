import { isSyllableText, readSyllable, syllablesIn } from '#matching/hangul'

/**
 * A word that its script lets be read in several ways is written as its first reading with the others after it:
 * `yuko{d|hiroko}` is Yuko or Hiroko, d being the fourth letter and Yuko of four; a Korean syllable stands for itself. Such words
 * can be joined like any others.
 */
const [open, close, between] = ['{', '}', '|']
const mostReadings = 12
const longestFirst = 26
const beforeA = 0x60
const group = /\{([a-z])((?:\|[^|}]*)*)\}?/gu

/** The readings of a word as one text of no more than `limit` characters; those that do not fit are left out. */
export function withReadings(readings: Iterable<string>, limit: number): string {
  const [first = '', ...others] = new Set(readings)
  let out = first
  if (first.length === 0 || first.length > longestFirst) return first
  let room = limit - first.length - 1 - open.length - close.length
  for (const other of others) {
    if (other.length + between.length > room) continue
    if (out === first) out += open + String.fromCharCode(beforeA + first.length)
    out += between + other
    room -= other.length + between.length
  }
  return out === first ? first : out + close
}

/** Whether a word is known to have several readings. */
export function hasReadings(text: string): boolean {
  return text.includes(open) || isSyllableText(text)
}

/** A word by its first reading. */
export function firstReading(text: string): string {
  if (isSyllableText(text)) return readingsOf(text)[0]!
  return text.includes(open) ? text.replace(group, '') : text
}

/** The readings of a word, the first of them first, at most twelve. */
export function readingsOf(text: string): readonly string[] {
  let readings = ['']
  if (isSyllableText(text)) {
    for (const syllable of syllablesIn(text)) readings = joinEach(readings, readSyllable(syllable))
    return readings
  }
  if (!text.includes(open)) return [text]
  let at = 0
  for (const found of text.matchAll(group)) {
    const first = text.slice(at, found.index)
    const stem = first.slice(0, Math.max(0, first.length - found[1]!.charCodeAt(0) + beforeA))
    const others = found[2]!.split(between).slice(1)
    const choices = [first, ...others.map((other) => stem + other)]
    readings = joinEach(readings, choices)
    at = found.index + found[0].length
  }
  return readings.map((reading) => reading + text.slice(at))
}

function joinEach(readings: readonly string[], choices: readonly string[]): string[] {
  return choices.flatMap((choice) => readings.map((reading) => reading + choice)).slice(0, mostReadings)
}
