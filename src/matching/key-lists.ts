import type { Column, Memory } from '#matching/columns'

const settledFields = 2
const recentFields = 3
const [valueField, hashField, nextField] = [0, 1, 2]
const smallest = 256
/** Buckets hold so many entries at most on average: they lie side by side, so that looking through one is cheap. */
const mostInBucket = 4
/** Recent entries are settled when there are so many for one that is settled. */
const recentShare = 1 / 16
/** Chains of so many on average, before there are more of them. */
const longestChain = 2

/**
 * Numbers found by a 32-bit hash, several under one. Most are settled: sorted into buckets by their hash, side by side. What has
 * been added since lies in chains, until it is worth sorting it in.
 */
export class KeyLists {
  private readonly settled: Column
  /** Where each bucket begins, and where the last ends. */
  private readonly starts: Column
  /** Entry 0 ends a chain. */
  private readonly recent: Column
  private readonly heads: Column
  /** What `collect` found last. */
  collected: Uint32Array<ArrayBuffer> = new Uint32Array(smallest)

  /** For at most `count` numbers. */
  constructor(memory: Memory, name: string, count: number) {
    const buckets = powerOf2(count)
    this.settled = memory.numbers(`${name}.settled`, count * settledFields)
    this.starts = memory.numbers(`${name}.starts`, buckets + 1)
    this.recent = memory.numbers(`${name}.recent`, (count + 1) * recentFields)
    this.heads = memory.numbers(`${name}.heads`, buckets)
  }

  get size(): number {
    return this.settled.length / settledFields + this.recentCount
  }

  private get recentCount(): number {
    return Math.max(0, this.recent.length / recentFields - 1)
  }

  add(hash: number, value: number): void {
    if (this.recentCount >= smallest && this.recentCount * settledFields >= this.settled.length * recentShare) {
      this.tighten()
    }
    const { recent, heads } = this
    if (recent.length === 0) this.forgetRecent()
    if (this.recentCount >= heads.length * longestChain) this.growHeads()
    const entry = recent.length / recentFields
    recent.push(value)
    recent.push(hash)
    recent.push(0)
    this.link(entry, hash)
  }

  has(hash: number): boolean {
    return this.collect(hash, 1) > 0
  }

  /** Writes down in `collected` the numbers under a hash, at most so many; returns how many. */
  collect(hash: number, most = Infinity): number {
    const wanted = hash >>> 0
    let into = this.collected
    let count = 0
    const buckets = this.starts.length - 1
    if (buckets > 0) {
      const { data: starts } = this.starts
      const { data } = this.settled
      const bucket = hash & (buckets - 1)
      const end = starts[bucket + 1]! * settledFields
      for (let at = starts[bucket]! * settledFields; at < end && count < most; at += settledFields) {
        if (data[at + hashField] !== wanted) continue
        if (count === into.length) into = this.widen()
        into[count++] = data[at]!
      }
    }
    if (this.recent.length <= recentFields) return count
    const { data } = this.recent
    let entry = this.heads.data[hash & (this.heads.length - 1)]!
    while (entry !== 0 && count < most) {
      const at = entry * recentFields
      if (data[at + hashField] === wanted) {
        if (count === into.length) into = this.widen()
        into[count++] = data[at + valueField]!
      }
      entry = data[at + nextField]!
    }
    return count
  }

  private widen(): Uint32Array<ArrayBuffer> {
    const wider = new Uint32Array(this.collected.length * 2)
    wider.set(this.collected)
    this.collected = wider
    return wider
  }

  private link(entry: number, hash: number): void {
    const head = hash & (this.heads.length - 1)
    this.recent.data[entry * recentFields + nextField] = this.heads.data[head]!
    this.heads.data[head] = entry
  }

  private growHeads(): void {
    this.setHeads(this.heads.length * 2)
    const count = this.recent.length / recentFields
    for (let entry = 1; entry < count; entry++) this.link(entry, this.recent.data[entry * recentFields + hashField]!)
  }

  private setHeads(length: number): void {
    this.heads.reserve(length)
    this.heads.length = length
    this.heads.data.fill(0, 0, length)
  }

  private forgetRecent(): void {
    this.recent.reserve(recentFields)
    this.recent.data.fill(0, 0, this.recent.length)
    this.recent.length = recentFields
    this.setHeads(Math.max(smallest, this.heads.length))
  }

  /** Replaces every number by what `map` returns and drops those for which it returns -1. */
  rewrite(map: (value: number) => number): void {
    const pairs = this.pairs()
    let kept = 0
    for (let at = 0; at < pairs.length; at += settledFields) {
      const value = map(pairs[at]!)
      if (value < 0) continue
      pairs[kept] = value
      pairs[kept + hashField] = pairs[at + hashField]!
      kept += settledFields
    }
    this.settle(pairs.subarray(0, kept))
  }

  /** Sorts in what is recent. */
  tighten(): void {
    if (this.recentCount > 0) this.settle(this.pairs())
  }

  /** Every number with its hash. */
  private pairs(): Uint32Array<ArrayBuffer> {
    const { settled, recent } = this
    const pairs = new Uint32Array(this.size * settledFields)
    pairs.set(settled.data.subarray(0, settled.length))
    let to = settled.length
    for (let at = recentFields; at < recent.length; at += recentFields) {
      pairs[to++] = recent.data[at + valueField]!
      pairs[to++] = recent.data[at + hashField]!
    }
    return pairs
  }

  private settle(pairs: Uint32Array<ArrayBuffer>): void {
    const { settled, starts } = this
    const buckets = powerOf2(pairs.length / settledFields / mostInBucket)
    const mask = buckets - 1
    starts.reserve(buckets + 1)
    starts.length = buckets + 1
    const { data: places } = starts
    places.fill(0, 0, buckets + 1)
    for (let at = hashField; at < pairs.length; at += settledFields) places[(pairs[at]! & mask) + 1]!++
    for (let bucket = 0; bucket < buckets; bucket++) places[bucket + 1]! += places[bucket]!
    settled.data.fill(0, pairs.length, settled.length)
    settled.reserve(pairs.length)
    settled.length = pairs.length
    const { data } = settled
    // Filled from their ends, which so become their beginnings: a place past the last is not touched.
    for (let at = pairs.length - settledFields; at >= 0; at -= settledFields) {
      const hash = pairs[at + hashField]!
      const to = --places[(hash & mask) + 1]! * settledFields
      data[to] = pairs[at]!
      data[to + 1] = hash
    }
    places.copyWithin(0, 1, buckets + 1)
    places[buckets] = pairs.length / settledFields
    this.forgetRecent()
  }
}

function powerOf2(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(smallest, least)))
}
