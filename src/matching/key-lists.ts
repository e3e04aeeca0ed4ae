import type { Column, Memory } from '#matching/columns'

const fields = 3
const [valueField, hashField, nextField] = [0, 1, 2]
const smallest = 256
/** Chains of so many on average, before there are more of them: entries of one chain mostly lie side by side. */
const longestChain = 2

/** Numbers found by a 32-bit hash, several under one: chains in typed columns. Walk with `first` and `next`; 0 ends a chain. */
export class KeyLists {
  private readonly entries: Column
  private readonly heads: Column
  /** What `collect` found last. */
  collected: Uint32Array<ArrayBuffer> = new Uint32Array(smallest)

  /** For at most `count` numbers. */
  constructor(memory: Memory, name: string, count: number) {
    this.entries = memory.numbers(`${name}.entries`, (count + 1) * fields)
    this.heads = memory.numbers(`${name}.heads`, Math.max(smallest, 2 ** Math.ceil(Math.log2(count / longestChain))))
  }

  get size(): number {
    return Math.max(0, this.entries.length / fields - 1)
  }

  add(hash: number, value: number): void {
    if (this.entries.length === 0) this.clear()
    if (this.size >= this.heads.length * longestChain) this.grow()
    const entry = this.entries.length / fields
    this.entries.push(value)
    this.entries.push(hash)
    this.entries.push(0)
    this.link(entry, hash)
  }

  /** The first entry under a hash, or 0. */
  first(hash: number): number {
    if (this.heads.length === 0) return 0
    return this.seek(this.heads.data[hash & (this.heads.length - 1)]!, hash)
  }

  next(entry: number): number {
    const at = entry * fields
    return this.seek(this.entries.data[at + nextField]!, this.entries.data[at + hashField]!)
  }

  value(entry: number): number {
    return this.entries.data[entry * fields + valueField]!
  }

  /** Writes down in `collected` the numbers under a hash, at most so many; returns how many. */
  collect(hash: number, most = Infinity): number {
    const heads = this.heads.length
    if (heads === 0) return 0
    const { data } = this.entries
    const wanted = hash >>> 0
    let into = this.collected
    let count = 0
    let entry = this.heads.data[hash & (heads - 1)]!
    while (entry !== 0 && count < most) {
      const at = entry * fields
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

  private seek(from: number, hash: number): number {
    const { data } = this.entries
    let entry = from
    while (entry !== 0 && data[entry * fields + hashField] !== hash >>> 0) entry = data[entry * fields + nextField]!
    return entry
  }

  private link(entry: number, hash: number): void {
    const head = hash & (this.heads.length - 1)
    this.entries.data[entry * fields + nextField] = this.heads.data[head]!
    this.heads.data[head] = entry
  }

  private grow(): void {
    const length = this.heads.length * 2
    this.heads.reserve(length)
    this.heads.length = length
    this.tighten()
  }

  /** Replaces every number by what `map` returns and drops those for which it returns -1. */
  rewrite(map: (value: number) => number): void {
    const before = this.entries.data.slice(fields, Math.max(fields, this.entries.length))
    this.clear()
    for (let at = 0; at < before.length; at += fields) {
      const value = map(before[at + valueField]!)
      if (value >= 0) this.add(before[at + hashField]!, value)
    }
  }

  /** Lays the entries of every chain side by side, the newest first, so that walking one reads on instead of leaping. */
  tighten(): void {
    if (this.heads.length === 0) return
    const count = this.entries.length / fields
    const mask = this.heads.length - 1
    const { data: heads } = this.heads
    const before = this.entries.data.slice(0, this.entries.length)
    heads.fill(0, 0, this.heads.length)
    for (let entry = 1; entry < count; entry++) heads[before[entry * fields + hashField]! & mask]!++
    let end = 1
    for (let head = 0; head <= mask; head++) {
      end += heads[head]!
      heads[head] = end
    }
    for (let entry = 1; entry < count; entry++) {
      const hash = before[entry * fields + hashField]!
      const place = --heads[hash & mask]!
      this.entries.data.set([before[entry * fields + valueField]!, hash, 0], place * fields)
    }
    for (let head = 0; head <= mask; head++) {
      const [from, to] = [heads[head]!, head < mask ? heads[head + 1]! : count]
      if (from === to) heads[head] = 0
      for (let entry = from; entry + 1 < to; entry++) this.entries.data[entry * fields + nextField] = entry + 1
    }
  }

  private clear(): void {
    this.entries.reserve(fields)
    this.entries.data.fill(0, 0, fields)
    this.entries.length = fields // entry 0 ends a chain
    this.heads.reserve(smallest)
    if (this.heads.length === 0) this.heads.length = smallest
    this.heads.data.fill(0, 0, this.heads.length)
  }
}
