export interface ScoredPair {
  readonly same: boolean
  readonly score: number
}

/** The chance that a pair of one entity scores above a pair of two, ties counted half. */
export function areaUnderCurve(pairs: readonly ScoredPair[]): number {
  const sorted = [...pairs].sort((a, b) => a.score - b.score)
  const positives = sorted.filter((it) => it.same).length
  const negatives = sorted.length - positives
  let below = 0
  let sum = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from
    let same = 0
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) if (sorted[to++]!.same) same++
    const different = to - from - same
    sum += same * (below + different / 2)
    below += different
    from = to
  }
  return positives === 0 || negatives === 0 ? Number.NaN : sum / (positives * negatives)
}

/** The best harmonic mean of precision and recall, and the score from which pairs are taken for one entity. */
export function bestF1(pairs: readonly ScoredPair[]): { f1: number; threshold: number } {
  const sorted = [...pairs].sort((a, b) => b.score - a.score)
  const positives = sorted.filter((it) => it.same).length
  let best = { f1: 0, threshold: 1 }
  let right = 0
  for (const [at, { same, score }] of sorted.entries()) {
    if (same) right++
    if (sorted[at + 1]?.score === score) continue
    const f1 = (2 * right) / (at + 1 + positives)
    if (f1 > best.f1) best = { f1, threshold: score }
  }
  return best
}

/** The share of pairs above 0 whose score another pair has as well, at four decimals. */
export function tiedShare(pairs: readonly ScoredPair[]): number {
  const counts = Map.groupBy(
    pairs.filter((it) => it.score > 0),
    (it) => it.score,
  )
  let tied = 0
  for (const group of counts.values()) if (group.length > 1) tied += group.length
  return tied / Math.max(1, pairs.length)
}

/** The harmonic mean of precision and recall when pairs are taken for one entity from this score up. */
export function f1From(pairs: readonly ScoredPair[], from: number): number {
  const taken = pairs.filter(({ score }) => score >= from)
  const right = taken.filter(({ same }) => same).length
  return (2 * right) / (taken.length + pairs.filter(({ same }) => same).length)
}
