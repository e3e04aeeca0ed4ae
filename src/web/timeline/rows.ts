import type { Placed, Span } from './when'

/** What takes a place in a row, in pixels. */
export interface Bar {
  readonly of: Placed
  readonly left: number
  /** Width of the bar itself; what has no length is a point. */
  readonly width: number
  readonly row: number
}

export interface Lane {
  readonly kind: string
  readonly bars: readonly Bar[]
  readonly rows: number
  /** In view, but beyond the rows that a lane has: only in the table. */
  readonly left: number
}

interface Drawing {
  readonly view: Span
  readonly width: number
  /** Width of a label, in pixels. */
  readonly measure: (label: string) => number
  readonly mostRows: number
}

const space = 12

/** Puts what is in view into lanes by kind, and in each into rows in which no label reaches the next bar. */
export function lanesOf(items: readonly Placed[], { view, width, measure, mostRows }: Drawing): readonly Lane[] {
  const scale = width / (view.end - view.start)
  const kinds = [...new Set(items.map((it) => it.item.kind))]
  return kinds.map((kind) => {
    const ends: number[] = []
    const bars: Bar[] = []
    let left = 0
    for (const of of items) {
      if (of.item.kind !== kind || of.end < view.start || of.start > view.end) continue
      const from = Math.max(0, (of.start - view.start) * scale)
      const to = Math.min(width, (of.end - view.start) * scale)
      const bar = Math.max(6, to - from)
      const label = measure(of.item.label) + space
      const start = labelStart(from, bar, { label, width })
      const [first, last] = [Math.min(from, start), Math.max(from + bar, start + label)]
      const found = ends.findIndex((it) => it <= first)
      const row = found === -1 ? ends.length : found
      if (row >= mostRows) {
        left++
        continue
      }
      ends[row] = last + space
      bars.push({ of, left: from, width: bar, row })
    }
    return { kind, bars, rows: Math.max(1, ends.length), left }
  })
}

/** Where a label begins: at its bar, and never beyond the right rim. */
export function labelStart(left: number, _bar: number, { label, width }: { label: number; width: number }): number {
  return Math.max(0, Math.min(left, width - label))
}
