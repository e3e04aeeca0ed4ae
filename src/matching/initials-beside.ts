import { type ComparedNames, legalKind, nameKind, naming } from '#matching/compared-names'
import type { AlignedPair } from '#matching/name-parts'

/** Initials may be those of other words: what they tell counts as that of a word that is spelt rather otherwise. */
const initialsSimilarity = 0.84
const fewestLetters = 3
const mostLetters = 8

/** Words left over of an organisation that are the initials of neighbours left over on the other side: CSSC Offshore for the long name. */
export function pairInitials(sides: ComparedNames, freeQuery: number, freeCandidate: number): readonly AlignedPair[] {
  const { query, vocabulary, ids, queryKinds, kinds, columns, rows } = sides
  const own = { free: freeQuery, kinds: queryKinds, count: rows, textAt: (i: number) => query.weighed[i]!.term.text }
  const other = { free: freeCandidate, kinds, count: columns, textAt: (j: number) => vocabulary.text(ids[j]!) }
  const pairs: AlignedPair[] = []
  for (const [short, long] of [
    [own, other],
    [other, own],
  ] as const) {
    for (let at = 0; at < short.count; at++) {
      if ((short.free & (1 << at)) === 0 || short.kinds[at] !== nameKind) continue
      const run = runOf(short.textAt(at), long)
      if (run === undefined) continue
      const [from, to] = short === own ? [[at], run] : [run, [at]]
      pairs.push({ query: from, candidate: to, similarity: initialsSimilarity, isGlued: true, areInitials: true })
      for (const one of run) long.free &= ~(1 << one)
    }
  }
  return pairs
}

interface Side {
  free: number
  readonly kinds: Uint8Array
  readonly count: number
  readonly textAt: (at: number) => string
}

/** Neighbours that begin with these letters, small words between them aside. */
function runOf(letters: string, side: Side): readonly number[] | undefined {
  if (letters.length < fewestLetters || letters.length > mostLetters) return undefined
  for (let start = 0; start + letters.length <= side.count; start++) {
    const run: number[] = []
    for (let at = start; at < side.count && run.length < letters.length; at++) {
      const kind = side.kinds[at]!
      const isWord = naming[kind] || kind === legalKind
      if (isWord && ((side.free & (1 << at)) === 0 || side.textAt(at)[0] !== letters[run.length])) break
      if (isWord) run.push(at)
    }
    if (run.length === letters.length) return run
  }
  return undefined
}
