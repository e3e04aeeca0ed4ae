/** What a bench is made of, and what it gets to work with. */

export interface Metric {
  /** Bench and quantity, as it is asked for: `exchange/records_per_second`. */
  readonly name: string
  readonly unit: string
  readonly what: string
  /** What the baseline is; absent for a metric that has none. */
  readonly baseline?: string
}

export interface Bench {
  readonly name: string
  readonly metrics: readonly Metric[]
  /** Measures what is wanted and reports it. Everything it started has ended when it returns. */
  readonly run: (context: BenchContext) => Promise<void>
}

export interface BenchContext {
  /** A folder of this run alone, which is gone afterwards. */
  readonly folder: string
  /** Whether one of these metrics was asked for. */
  readonly wants: (...metrics: readonly string[]) => boolean
  /** Takes the result of a metric; one that nobody asked for is dropped. */
  readonly report: (metric: string, value: number, baseline?: number) => void
  /** A line for the person who waits. */
  readonly say: (text: string) => void
}

/** One line of the results. */
export interface Measured {
  readonly bench: string
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly baseline?: number
  /** The value over the baseline. */
  readonly ratio?: number
}

export function measuredOf(bench: string, { name, unit }: Metric, value: number, baseline?: number): Measured {
  const measured = { bench, metric: name, value: rounded(value), unit }
  return baseline === undefined
    ? measured
    : { ...measured, baseline: rounded(baseline), ...(baseline === 0 ? {} : { ratio: rounded(value / baseline) }) }
}

/** Four significant digits: more would only be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** The value below which this share of the samples lies (nearest rank). */
export function percentile(samples: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(samples).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(samples: Iterable<number>): number {
  return percentile(samples, 0.5)
}

/** Seconds that the work takes, and what came of it. */
export async function timed<Value>(work: () => Value | Promise<Value>): Promise<{ seconds: number; value: Value }> {
  const started = performance.now()
  const value = await work()
  return { seconds: (performance.now() - started) / 1_000, value }
}
