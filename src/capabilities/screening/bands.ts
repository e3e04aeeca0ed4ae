/**
 * How strong a match is, so that the strong ones are worked on first. An alert is what the node puts before a person by itself;
 * what is weak is shown to those who search by hand only.
 */
export const bands = ['alert', 'review', 'weak'] as const
export type Band = (typeof bands)[number]

/** Also what is below the weak: whatever stands in a list of results has a strength. */
export const shownBands = [...bands, 'none'] as const

/** The least score of each band, 0 to 1. */
export const bandFrom: Readonly<Record<Band, number>> = { alert: 0.7, review: 0.5, weak: 0.25 }

export function bandOf(score: number): Band | 'none' {
  return bands.find((it) => score >= bandFrom[it]) ?? 'none'
}
