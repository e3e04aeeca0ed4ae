/** Which labels are drawn, and where: the important ones first, none over another. */

export interface Box {
  /** Left upper corner, in pixels. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface LabelWish {
  readonly id: string
  /** Where it may stand, the best place first. */
  readonly places: readonly Box[]
}

export interface LabelPlace extends Box {
  readonly id: string
}

interface Room {
  /** So many labels at most. */
  readonly most: number
  /** What labels rather do not cover: nodes. */
  readonly avoid?: readonly Box[]
}

const apart = (one: Box, other: Box) =>
  one.left >= other.left + other.width ||
  other.left >= one.left + one.width ||
  one.top >= other.top + other.height ||
  other.top >= one.top + one.height

/** Gives each wish, in order of importance, its best place that is free; one that covers a node rather than none. */
export function placeLabels(wishes: Iterable<LabelWish>, { most, avoid = [] }: Room): LabelPlace[] {
  const kept: LabelPlace[] = []
  for (const { id, places } of wishes) {
    if (kept.length >= most) break
    const free = places.filter((place) => kept.every((it) => apart(it, place)))
    const place = free.find((it) => avoid.every((one) => apart(one, it))) ?? free[0]
    if (place !== undefined) kept.push({ id, ...place })
  }
  return kept
}
