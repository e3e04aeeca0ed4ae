/** The people that the lexicon's counts are drawn from; they weigh in as much as that many indexed entities. */
const priorPool = 20_000

/** Most nats that words of one, two, three letters can tell; index 0 is unused. */
const lengthCaps = [0, 1, 4.5, 7]
const longCap = 11
const poolStep = 4_096
const smallestBand = 8

/** How a count enters an answer: 0 below eight, then powers of two. */
export function band(count: number): number {
  return count < smallestBand ? 0 : 1 << (31 - Math.clz32(count))
}

/** How often a word is met. */
export interface Frequency {
  /** Indexed entities that hold it. */
  readonly seen: number
  /** People of the lexicon that hold it. */
  readonly prior: number
  /** By `poolOf`. */
  readonly pool: number
  readonly letters: number
}

/** Among how many names a word is counted, given the indexed entities: by steps, as counts are. */
export function poolOf(entities: number): number {
  return entities - (entities % poolStep) + priorPool
}

/**
 * What a word tells, in nats: the rarer, the more. Short words are capped, since they meet by chance. Counts go in by bands:
 * one more entity, which the asker may not be allowed to know of, must not show in a score.
 */
export function nats({ seen, prior, pool, letters }: Frequency): number {
  return Math.min(Math.log(pool / (1 + band(seen) + prior)), lengthCaps[letters] ?? longCap)
}
