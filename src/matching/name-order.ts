import { type ComparedNames, naming } from '#matching/compared-names'
import { titlesOrNames } from '#matching/lexicon'
import type { AlignedPair } from '#matching/name-parts'

const unknownRole = 'unknown'

/** How the words that were paired stand to each other. */
export interface NameOrder {
  readonly isReordered: boolean
  readonly isSwapped: boolean
  /** One name is the other from its second word on: a father's, where sons bear their father's name after their own. */
  readonly isHeadless: boolean
}

/** Given and family name exchanged matters most where both sides say which is which; another order of words, little. */
export function orderOf(sides: ComparedNames, glued: readonly AlignedPair[]): NameOrder {
  const { weighed } = sides.query
  let last = -1
  let pairs = 0
  let known = 0
  let isOrdered = true
  let isSwapped = false
  for (let i = 0; i < weighed.length; i++) {
    const j = partnerOf(sides, glued, i)
    if (j < 0) continue
    pairs++
    if (!naming[sides.queryKinds[i]!]) continue
    const [a, b] = [weighed[i]!.role, sides.roleOf(j)]
    if (a !== unknownRole && b !== unknownRole) {
      known++
      if (a !== b) isSwapped = true
    }
    if (j < last) isOrdered = false
    last = j
  }
  const isHeadless = isOrdered && known === 0 && isFromSecond(sides, glued)
  return { isReordered: isSwapped || (!isOrdered && known !== pairs), isSwapped, isHeadless }
}

/** Whether the first name of one side is left over, and could not be a title, and the other begins with the second and has nothing left over. */
function isFromSecond(sides: ComparedNames, glued: readonly AlignedPair[]): boolean {
  if (sides.usedQuery === 0 || !sides.query.isPerson) return false
  const [i, j] = [nextName(sides.queryKinds, 0, sides.rows), nextName(sides.kinds, 0, sides.columns)]
  if (i < 0 || j < 0) return false
  const [isOwn, isOther] = [(sides.usedQuery & (1 << i)) === 0, (sides.usedCandidate & (1 << j)) === 0]
  if (isOwn === isOther) return false
  if (isOwn) {
    if (titlesOrNames.has(sides.query.weighed[i]!.term.text)) return false
    const next = nextName(sides.queryKinds, i + 1, sides.rows)
    return (
      next >= 0 && partnerOf(sides, glued, next) === j && isAllUsed(sides.kinds, sides.usedCandidate, sides.columns)
    )
  }
  if (titlesOrNames.has(sides.vocabulary.text(sides.ids[j]!))) return false
  const next = nextName(sides.kinds, j + 1, sides.columns)
  return next >= 0 && partnerOf(sides, glued, i) === next && isAllUsed(sides.queryKinds, sides.usedQuery, sides.rows)
}

function nextName(kinds: Uint8Array, from: number, count: number): number {
  for (let at = from; at < count; at++) if (naming[kinds[at]!]) return at
  return -1
}

function isAllUsed(kinds: Uint8Array, used: number, count: number): boolean {
  for (let at = 0; at < count; at++) if (naming[kinds[at]!] && (used & (1 << at)) === 0) return false
  return true
}

function partnerOf(sides: ComparedNames, glued: readonly AlignedPair[], i: number): number {
  return sides.partners[i]! >= 0 ? sides.partners[i]! : gluedPartner(glued, i)
}

function gluedPartner(glued: readonly AlignedPair[], i: number): number {
  for (const pair of glued) if (pair.query[0] === i) return pair.candidate[0]!
  return -1
}
