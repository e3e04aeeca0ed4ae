import { type AlignedPair, comparisonWeights, isNaming, type WeighedToken } from '#matching/name-parts'

/** Given and family name exchanged costs most where both sides say which is which; another order of words costs little. */
export function orderCost(
  query: readonly WeighedToken[],
  candidate: readonly WeighedToken[],
  pairs: readonly AlignedPair[],
): number {
  let last = -1
  let isOrdered = true
  let known = 0
  let swapped = false
  for (const pair of pairs) {
    const [a, b] = [query[pair.query[0]!]!, candidate[pair.candidate[0]!]!]
    if (!isNaming(a)) continue
    if (a.role !== 'unknown' && b.role !== 'unknown') {
      known++
      if (a.role !== b.role) swapped = true
    }
    if (pair.candidate[0]! < last) isOrdered = false
    last = pair.candidate[0]!
  }
  if (swapped) return comparisonWeights.swappedRoles
  return isOrdered || known === pairs.length ? 0 : comparisonWeights.outOfOrder
}
