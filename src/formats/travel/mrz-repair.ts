import { checkDigit } from '#formats/travel/mrz-check'
import confusions from './mrz-confusions.json' with { type: 'json' }

/** Readings of a field under a check digit that the digit confirms. Offered beside the field; nothing is ever read this way. */
export interface MrzRepair {
  readonly value: string
  readonly digit: string
  /** How many characters differ from what was read, the digit among them. */
  readonly changes: number
}

const alternatives = new Map<string, string[]>()
for (const [a, b] of confusions.pairs as [string, string][]) {
  alternatives.set(a, [...(alternatives.get(a) ?? []), b])
  alternatives.set(b, [...(alternatives.get(b) ?? []), a])
}
const mostRepairs = 8

export interface MrzRepairOptions {
  readonly digitsOnly: boolean
  /** No field may be changed in more places, because with more of them any digit can be met. */
  readonly mostChanges: number
}

/**
 * Readings with the fewest changes of characters that a scanner takes for one another, such that the check digit agrees. Where a
 * field has digits only, its letters must all change, and nothing else may.
 */
export function repairsOf(value: string, digit: string, options: MrzRepairOptions): MrzRepair[] {
  const { digitsOnly, mostChanges } = options
  const places = [...value, digit].map((it, index) => {
    const isDigit = index === value.length || digitsOnly
    if (isDigit && /^[0-9]$/.test(it)) return { choices: [it], must: false }
    const choices = (alternatives.get(it) ?? []).filter((other) => !isDigit || /^[0-9]$/.test(other))
    return isDigit ? { choices, must: true } : { choices: [it, ...choices], must: false }
  })
  const forced = places.filter((it) => it.must).length
  if (places.some((it) => it.choices.length === 0)) return []
  const found: MrzRepair[] = []
  const limit = Math.max(mostChanges, digitsOnly ? places.length : forced)
  const original = [...value, digit]
  const walk = (at: number, text: string, changes: number) => {
    if (changes > limit || found.length > 64) return
    if (at === places.length) {
      const [body, last] = [text.slice(0, -1), text.slice(-1)]
      if (changes > 0 && checkDigit(body) === last) found.push({ value: body, digit: last, changes })
      return
    }
    for (const it of places[at]!.choices) walk(at + 1, text + it, changes + (it === original[at] ? 0 : 1))
  }
  walk(0, '', 0)
  const fewest = Math.min(...found.map((it) => it.changes))
  return found.filter((it) => it.changes === fewest).slice(0, mostRepairs)
}

export function isConfusable(printed: string, meant: string): boolean {
  return alternatives.get(printed)?.includes(meant) ?? false
}
