import { type ComparedNames, naming } from '#matching/compared-names'
import type { AlignedPair } from '#matching/name-parts'

const unknownRole = 'unknown'

/** How the words that were paired stand to each other. */
export interface NameOrder {
  readonly isReordered: boolean
  readonly isSwapped: boolean
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
    const j = sides.partners[i]! >= 0 ? sides.partners[i]! : gluedPartner(glued, i)
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
  return { isReordered: isSwapped || (!isOrdered && known !== pairs), isSwapped }
}

function gluedPartner(glued: readonly AlignedPair[], i: number): number {
  for (const pair of glued) if (pair.query[0] === i) return pair.candidate[0]!
  return -1
}
