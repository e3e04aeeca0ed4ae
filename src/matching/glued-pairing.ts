import type { ComparedNames } from '#matching/compared-names'
import { pairCut } from '#matching/cut-name'
import { glueWords } from '#matching/glue'
import { pairInitials } from '#matching/initials-beside'
import type { AlignedPair } from '#matching/name-parts'

const none: readonly AlignedPair[] = []

/** Pairs among the words left over that one side writes together and the other apart, or shortens, and marks them as taken. */
export function pairGlued(sides: ComparedNames): readonly AlignedPair[] {
  if (sides.rows !== sides.columns) partHalves(sides)
  const freeQuery = (~sides.usedQuery & ((1 << sides.rows) - 1)) >>> 0
  const freeCandidate = (~sides.usedCandidate & ((1 << sides.columns) - 1)) >>> 0
  if (freeQuery === 0 || freeCandidate === 0) return none
  const apart = sides.query.isOrganisation ? pairInitials(sides, freeQuery, freeCandidate) : pairCut(sides)
  take(sides, apart)
  if (!mayGlue(sides, freeQuery & ~sides.usedQuery, freeCandidate & ~sides.usedCandidate)) return apart
  const glued = glueWords(sides.query.weighed, sides.candidate(), {
    freeQuery: bitsOf(freeQuery & ~sides.usedQuery),
    freeCandidate: bitsOf(freeCandidate & ~sides.usedCandidate),
  })
  take(sides, glued)
  return apart.length === 0 ? glued : [...apart, ...glued]
}

/** Parts a word from one that is it and a free neighbour together: Alihemmatian is Ali Hemmatian, not a spelling of Hemmatian. */
function partHalves(sides: ComparedNames): void {
  const { query, vocabulary, ids, partners, rows, columns } = sides
  const own = (i: number) =>
    i < 0 || i >= rows || (sides.usedQuery & (1 << i)) !== 0 ? '' : query.weighed[i]!.term.text
  const other = (j: number) =>
    j < 0 || j >= columns || (sides.usedCandidate & (1 << j)) !== 0 ? '' : vocabulary.text(ids[j]!)
  for (let i = 0; i < rows; i++) {
    const j = partners[i]!
    if (j < 0) continue
    const { text } = query.weighed[i]!.term
    const longer = text.length - vocabulary.lengthOf(ids[j]!)
    if (longer >= -1 && longer <= 1) continue
    const isWhole =
      longer > 0
        ? isJoined(text, vocabulary.text(ids[j]!), [other(j - 1), other(j + 1)])
        : isJoined(vocabulary.text(ids[j]!), text, [own(i - 1), own(i + 1)])
    if (!isWhole) continue
    partners[i] = -1
    sides.usedQuery &= ~(1 << i)
    sides.usedCandidate &= ~(1 << j)
  }
}

function isJoined(whole: string, half: string, [before, after]: readonly [string, string]): boolean {
  return (before !== '' && whole === before + half) || (after !== '' && whole === half + after)
}

function take(sides: ComparedNames, pairs: readonly AlignedPair[]): void {
  for (const pair of pairs) {
    for (const i of pair.query) sides.usedQuery |= 1 << i
    for (const j of pair.candidate) sides.usedCandidate |= 1 << j
  }
}

/** Whether a word is about as long as two or three neighbours on the other side, or has a word of the other side at an end. */
function mayGlue({ query, vocabulary, ids }: ComparedNames, freeQuery: number, freeCandidate: number): boolean {
  const { weighed } = query
  for (let i = 0; freeQuery >>> i !== 0; i++) {
    if ((freeQuery & (1 << i)) === 0) continue
    const a = weighed[i]!.term.text
    const next = (freeQuery & (2 << i)) === 0 ? '' : weighed[i + 1]!.term.text
    const third = next === '' || (freeQuery & (4 << i)) === 0 ? '' : weighed[i + 2]!.term.text
    for (let j = 0; freeCandidate >>> j !== 0; j++) {
      if ((freeCandidate & (1 << j)) === 0) continue
      const b = vocabulary.text(ids[j]!)
      if (a.length >= 4 && b.length >= 4 && a.length !== b.length) {
        const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
        if (longer.endsWith(shorter) || longer.startsWith(shorter)) return true
      }
      if (next !== '' && (mayJoin(a, next, b) || (third !== '' && mayJoin(a, next + third, b)))) return true
      if ((freeCandidate & (2 << j)) === 0) continue
      const other = vocabulary.text(ids[j + 1]!)
      if (mayJoin(b, other, a)) return true
      if ((freeCandidate & (4 << j)) !== 0 && mayJoin(b, other + vocabulary.text(ids[j + 2]!), a)) return true
    }
  }
  return false
}

const joinedLengthSlack = 3

function mayJoin(first: string, second: string, whole: string): boolean {
  const code = whole.charCodeAt(0)
  if (code === first.charCodeAt(0) || code > 0x7f !== first.charCodeAt(0) > 0x7f) {
    return code > 0x7f || first.charCodeAt(0) > 0x7f
      ? true
      : Math.abs(first.length + second.length - whole.length) <= joinedLengthSlack
  }
  return false
}

function bitsOf(bits: number): number[] {
  const indexes: number[] = []
  for (let index = 0; bits >>> index !== 0; index++) if ((bits & (1 << index)) !== 0) indexes.push(index)
  return indexes
}
