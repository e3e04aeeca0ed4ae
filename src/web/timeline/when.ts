/** Dates as they are known: a year, a month, a day or an instant, each the whole time that it may be. */

export interface Span {
  /** Milliseconds since 1970, UTC. */
  readonly start: number
  /** The first instant after it. */
  readonly end: number
}

export interface Occurrence {
  readonly id: string
  readonly label: string
  /** ISO 8601, whole or partial: `1987`, `1987-03`, `1987-03-09`, `1987-03-09T10:00Z`. */
  readonly from: string
  readonly until?: string
  /** What kind of thing it is, already in words. */
  readonly kind: string
  readonly href?: string
}

export interface Placed extends Span {
  readonly item: Occurrence
  /** How long the beginning may be: a year for `1987`. */
  readonly vague: boolean
}

const partial = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** `undefined` for what is no date. */
export function spanOf(text: string): Span | undefined {
  const parts = partial.exec(text.trim())
  if (parts === null) {
    const at = /^\d{4}-\d{2}-\d{2}T/.test(text.trim()) ? Date.parse(text) : Number.NaN
    return Number.isNaN(at) ? undefined : { start: at, end: at }
  }
  const [year, month, day] = parts.slice(1).map((it) => (it === undefined ? undefined : Number(it)))
  const start = utc(year!, (month ?? 1) - 1, day ?? 1)
  if (month !== undefined && (month < 1 || month > 12)) return undefined
  if (day !== undefined && new Date(start).getUTCDate() !== day) return undefined
  if (month === undefined) return { start, end: utc(year! + 1, 0, 1) }
  return { start, end: day === undefined ? utc(year!, month, 1) : start + 86_400_000 }
}

/** As `Date.UTC`, which reads the years 0 to 99 as those after 1900. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day)
}

/** What can be placed, in the order of time. An end before its beginning is not believed. */
export function placed(items: readonly Occurrence[]): readonly Placed[] {
  return items
    .flatMap((item): Placed[] => {
      const from = spanOf(item.from)
      if (from === undefined) return []
      const until = item.until === undefined ? undefined : spanOf(item.until)
      const end = until === undefined || until.end <= from.start ? from.end : until.end
      return [{ item, start: from.start, end, vague: from.end - from.start > 86_400_000 }]
    })
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Times longer than `least` in which nothing happens. `spans` are in the order of their beginnings. */
export function gapsOf(spans: readonly Span[], least: number): readonly Span[] {
  const gaps: Span[] = []
  let reached: number | undefined
  for (const { start, end } of spans) {
    if (reached !== undefined && start - reached >= least) gaps.push({ start: reached, end: start })
    reached = Math.max(reached ?? end, end)
  }
  return gaps
}

/** From the first beginning to the last end, with some air; a year around what has no length. */
export function extentOf(spans: readonly Span[]): Span {
  if (spans.length === 0) return { start: 0, end: 1 }
  const start = Math.min(...spans.map((it) => it.start))
  const end = Math.max(...spans.map((it) => it.end))
  const air = Math.max((end - start) * 0.04, 86_400_000)
  return { start: start - air, end: end + air }
}
