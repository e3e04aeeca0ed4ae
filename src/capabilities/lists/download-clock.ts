import limits from './download-limits.json' with { type: 'json' }

/** When a source is asked again. Pure: what is left to chance is handed in. */

export interface Asked {
  /** Failures in a row; 0 after an answer that could be used. */
  readonly failures: number
  readonly everyHours: number
  /** What the source asked for, in seconds. */
  readonly retryAfterSeconds?: number | undefined
}

const secondsPerHour = 3_600

/**
 * Seconds until the next time: the source's own rhythm, a tenth of it more or less so that not all nodes ask at once; after
 * failures a doubling wait, half of it left to chance, never longer than that rhythm; never sooner than the source asked for.
 */
export function secondsUntilNext({ failures, everyHours, retryAfterSeconds = 0 }: Asked, random = Math.random): number {
  const rhythm = everyHours * secondsPerHour
  const asked = Math.min(retryAfterSeconds, limits.longestRetryAfterSeconds)
  if (failures === 0) return Math.max(asked, Math.round(rhythm * (0.9 + 0.2 * random())))
  const full = Math.min(rhythm, limits.firstRetrySeconds * 2 ** Math.min(failures - 1, 30))
  return Math.max(asked, Math.round(full / 2 + (full / 2) * random()))
}

/** Retry-After (RFC 9110 section 10.2.3), seconds or a date, in seconds from now; undefined when it says nothing. */
export function retryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.round((at - now.getTime()) / 1_000))
}
