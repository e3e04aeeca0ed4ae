export interface RetryPolicy {
  readonly firstMilliseconds: number
  readonly longestMilliseconds: number
}

export const defaultRetry: RetryPolicy = { firstMilliseconds: 250, longestMilliseconds: 60_000 }

/** How long to wait after so many failures in a row: doubling, capped, with half of it left to chance so that peers spread. */
export function retryDelay(
  failures: number,
  policy: RetryPolicy = defaultRetry,
  random: () => number = Math.random,
): number {
  const full = Math.min(policy.longestMilliseconds, policy.firstMilliseconds * 2 ** Math.min(failures - 1, 30))
  return full / 2 + (full / 2) * random()
}
