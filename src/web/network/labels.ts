/** Which labels are drawn: the important ones first, none over another. */

export interface LabelBox {
  readonly id: string
  /** Middle of the upper rim of the text, in pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Keeps what fits. `boxes` are in order of importance; looks at no more than `most` that fit. */
export function fitting(boxes: Iterable<LabelBox>, most: number): LabelBox[] {
  const kept: LabelBox[] = []
  for (const box of boxes) {
    if (kept.length >= most) break
    const clear = kept.every(
      (it) =>
        Math.abs(it.x - box.x) * 2 >= it.width + box.width || it.y + it.height <= box.y || box.y + box.height <= it.y,
    )
    if (clear) kept.push(box)
  }
  return kept
}
