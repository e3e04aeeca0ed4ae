import type { Column, Memory } from '#matching/columns'
import { HashSlots } from '#matching/hash-slots'

/** How often a 32-bit hash was counted. */
export class HashCounts {
  private readonly hashes: Column
  private readonly counts: Column
  private readonly slots: HashSlots

  /** For at most `count` hashes. */
  constructor(memory: Memory, name: string, count: number) {
    this.hashes = memory.numbers(`${name}.hashes`, count)
    this.counts = memory.numbers(`${name}.counts`, count)
    this.slots = new HashSlots(memory, name, count)
  }

  get(hash: number): number {
    const row = this.find(hash)
    return row < 0 ? 0 : this.counts.data[row]!
  }

  add(hash: number, change: number): void {
    const row = this.find(hash)
    if (row >= 0) this.counts.data[row] = this.counts.data[row]! + change
    else {
      this.hashes.push(hash)
      this.counts.push(change)
      this.slots.add(hash, this.hashes.length - 1, (other) => this.hashes.data[other]!)
    }
  }

  private find(hash: number): number {
    for (let at = this.slots.start(hash); ; at = this.slots.after(at)) {
      const row = this.slots.at(at)
      if (row < 0 || this.hashes.data[row] === hash >>> 0) return row
    }
  }
}
