import { verdictOn } from '#formats/travel/mrz-check'
import { type MrzFormat, mrzLayouts, spanOf } from '#formats/travel/mrz-layout'

/** What was done to the text before it could be read. Nothing else ever is. */
export type MrzNote =
  | 'lower-case'
  | 'spaces-removed'
  | 'spaces-as-fillers'
  | 'other-fillers'
  | 'other-characters'
  | 'other-text-around'
  | 'one-line'
  | 'fillers-added-at-end'
  | 'fillers-added-before-check-digit'
  | 'fillers-removed-at-end'
  | 'line-too-long'
  | 'line-too-short'

export interface MrzLines {
  readonly format: MrzFormat
  /** Of exactly the length of the format. */
  readonly lines: readonly string[]
  readonly notes: readonly MrzNote[]
}

const lookalikes: readonly [RegExp, string][] = [
  [/&lt;/gi, '<'],
  [/[«≪《]/g, '<<'],
  [/[‹〈＜≤⟨˂ᐸ]/g, '<'],
]

/** Finds the lines of a machine readable zone in text; null when there are none. */
export function findMrzLines(text: string): MrzLines | null {
  const notes = new Set<MrzNote>()
  let plain = text
  for (const [pattern, filler] of lookalikes) {
    if (pattern.test(plain)) notes.add('other-fillers')
    plain = plain.replace(pattern, filler)
  }
  const rows = plain
    .split(/[\r\n\v\f\u2028\u2029|;]+/)
    .map((it) => it.trim())
    .filter((it) => it !== '')
  for (const group of groupsOf(rows, notes)) {
    const format = formatOf(group)
    if (format === null) continue
    const lines = group.map((row, index) => fitRow(row, { format, index, notes }))
    return { format, lines: settle(format, lines, notes), notes: [...notes] }
  }
  return null
}

const mayBeRow = (row: string) => row.includes('<') || /^[A-Z0-9<\s]{20,}$/i.test(row)
const dense = (row: string) => row.replace(/\s+/g, '')

/** Rows that may be a zone together, the likeliest first: two or three that look like it, else words of one, else one run. */
function groupsOf(rows: readonly string[], notes: Set<MrzNote>): string[][] {
  const likely = rows.filter((it) => mayBeRow(it) && dense(it).length >= 10)
  if (likely.length >= 2) {
    if (likely.length < rows.length) notes.add('other-text-around')
    const groups: string[][] = []
    for (let at = 0; at < likely.length; at++) {
      if (!startsZone(likely[at]!)) continue
      if (at + 3 <= likely.length && isShort(likely[at]!)) groups.push(likely.slice(at, at + 3))
      if (at + 2 <= likely.length) groups.push(likely.slice(at, at + 2))
    }
    if (groups.length > 0) return groups
    return [likely.slice(0, 3), likely.slice(0, 2)]
  }
  const words = rows.join(' ').split(/\s+/)
  if ((words.length === 2 || words.length === 3) && words.every((it) => it.length >= 20)) return [words]
  const run = dense(rows.join(''))
  notes.add('one-line')
  const cut = (lines: number, length: number) =>
    Array.from({ length: lines }, (_, index) => run.slice(index * length, (index + 1) * length))
  if (run.length > 88) return [cut(3, 30)]
  if (run.length > 72) return [cut(2, 44)]
  return run.length > 60 ? [cut(2, 36)] : []
}

const startsZone = (row: string) => /^[PVIAC0-9][A-Z<0-9\s]/i.test(row)
const isShort = (row: string) => dense(row).length <= 32

function formatOf(rows: readonly string[]): MrzFormat | null {
  const lengths = rows.map((it) => dense(it).replace(/<+$/, '').length)
  if (rows.length === 3) return Math.max(...lengths) <= 34 ? 'TD1' : null
  if (rows.length !== 2 || Math.max(...lengths) < 20 || lengths[1]! < 20) return null
  const first = rows[0]!.toUpperCase()
  const isVisa = first.startsWith('V')
  const whole = Math.max(...rows.map((it) => dense(it).length))
  const isLong = whole > 36 || (first.startsWith('P') && dense(rows[1]!).length !== 36)
  if (isVisa) return isLong ? 'MRV-A' : 'MRV-B'
  return isLong ? 'TD3' : 'TD2'
}

interface Fit {
  readonly format: MrzFormat
  readonly index: number
  readonly notes: Set<MrzNote>
}

/** A row without blanks and at most as long as the format has it. */
function fitRow(row: string, { format, index, notes }: Fit): string {
  const { length } = mrzLayouts[format]
  let line = row.toUpperCase()
  if (line !== row) notes.add('lower-case')
  if (/\s/.test(line)) {
    const filled = line.replace(/\s/g, '<')
    const useFillers = filled.length === length && dense(line).length !== length
    notes.add(useFillers ? 'spaces-as-fillers' : 'spaces-removed')
    line = useFillers ? filled : dense(line)
  }
  if (/[^A-Z0-9<]/.test(line)) notes.add('other-characters')
  if (line.length > length) {
    const shorter = line.replace(/<+$/, '')
    notes.add(shorter.length <= length ? 'fillers-removed-at-end' : 'line-too-long')
    line = line.slice(0, length)
  }
  if (line.length < length) {
    const { composite } = mrzLayouts[format]
    const endsInDigit = composite?.digit[0] === index
    if (!endsInDigit) notes.add('fillers-added-at-end')
  }
  return line
}

/**
 * Brings every line to its length. A line that ends in a check digit is too short because fillers before the digit are missing:
 * they are put there when all verdicts become right by it, and at the end otherwise.
 */
function settle(format: MrzFormat, lines: readonly string[], notes: Set<MrzNote>): string[] {
  const { length, composite } = mrzLayouts[format]
  const padded = lines.map((it) => it.padEnd(length, '<'))
  if (composite === null) return padded
  const line = composite.digit[0]
  const short = lines[line]!
  if (short.length === length) return padded
  const gap = '<'.repeat(length - short.length)
  // on TD3 the digit of the optional data stands before the last one
  for (const at of format === 'TD3' ? [short.length - 2, short.length - 1] : [short.length - 1]) {
    const tried = padded.with(line, short.slice(0, at) + gap + short.slice(at))
    const over = composite.over.map((it) => spanOf(tried, it)).join('')
    if (verdictOn(over, spanOf(tried, composite.digit)).verdict !== 'ok') continue
    if (format === 'TD3' && verdictOn(spanOf(tried, [1, 28, 42]), spanOf(tried, [1, 42, 43])).verdict === 'wrong')
      continue
    notes.add('fillers-added-before-check-digit')
    return tried
  }
  notes.add('line-too-short')
  return padded
}
