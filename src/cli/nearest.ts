/** Words that are left over after a command, such as an id, count as this many edits; after a word that only leads on, more. */
const leftOver = { command: 2, group: 4 } as const

/**
 * The known phrase, or the first word of one, that is most like the words typed, when one is like them at all. Of two that are
 * equally near, the one with as many words.
 */
export function nearestPhrase(typed: string, phrases: readonly string[]): string | undefined {
  const words = typed.split(' ')
  const known = new Set([...phrases, ...phrases.map((it) => it.split(' ')[0]!)])
  const guesses = [...known].flatMap((phrase) => {
    const size = phrase.split(' ').length
    const steps = stepsTo(phrase, words.slice(0, size).join(' '))
    if (steps > Math.max(1, Math.floor(phrase.length * 0.4))) return []
    const rest = words.length > size ? leftOver[phrases.includes(phrase) ? 'command' : 'group'] : 0
    return [{ phrase, edits: steps + rest, far: Math.abs(size - words.length) }]
  })
  return guesses.sort((a, b) => a.edits - b.edits || a.far - b.far)[0]?.phrase
}

/** Whoever types the first letters of a command means it. */
function stepsTo(phrase: string, typed: string): number {
  const steps = distance(typed, phrase)
  return typed.length >= 3 && phrase.startsWith(typed) ? Math.min(1, steps) : steps
}

/** Edits between two texts, two letters that changed places counting once (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + change, swap))
    }
    before = above
    above = row
  }
  return above[b.length]!
}
