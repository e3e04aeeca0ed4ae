import type { Span } from './when'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export interface Tick {
  readonly at: number
  /** How fine the ticks are. */
  readonly unit: 'year' | 'month' | 'day' | 'hour'
}

const steps = [
  ['hour', 1, hour],
  ['hour', 6, 6 * hour],
  ['day', 1, day],
  ['day', 7, 7 * day],
  ['month', 1, 30 * day],
  ['month', 3, 91 * day],
  ['year', 1, 365 * day],
  ['year', 2, 730 * day],
  ['year', 5, 1_826 * day],
  ['year', 10, 3_652 * day],
  ['year', 50, 18_262 * day],
  ['year', 100, 36_524 * day],
  ['year', 1_000, 365_242 * day],
] as const

/** Round times in a span, no more than `most`. */
export function ticksOf({ start, end }: Span, most: number): readonly Tick[] {
  const [unit, count] = steps.find(([, , length]) => (end - start) / length <= most) ?? steps.at(-1)!
  const ticks: Tick[] = []
  for (let at = floor(start, unit, count); at <= end; at = after(at, unit, count))
    if (at >= start) ticks.push({ at, unit })
  return ticks
}

function floor(at: number, unit: Tick['unit'], count: number): number {
  const date = new Date(at)
  if (unit === 'year')
    return date.setUTCFullYear(Math.floor(date.getUTCFullYear() / count) * count, 0, 1) && midnight(date)
  if (unit === 'month') return date.setUTCMonth(Math.floor(date.getUTCMonth() / count) * count, 1) && midnight(date)
  const length = (unit === 'day' ? day : hour) * count
  return Math.floor(at / length) * length
}

const midnight = (date: Date) => date.setUTCHours(0, 0, 0, 0)

function after(at: number, unit: Tick['unit'], count: number): number {
  const date = new Date(at)
  if (unit === 'year') return date.setUTCFullYear(date.getUTCFullYear() + count)
  if (unit === 'month') return date.setUTCMonth(date.getUTCMonth() + count)
  return at + (unit === 'day' ? day : hour) * count
}
