import type { Column, Memory } from '#matching/columns'

const smallest = 256

/** Open addressing: a hash leads to slots, each empty or holding a number. Whether a number is the right one is the caller's to see. */
export class HashSlots {
  private readonly slots: Column
  private readonly used: Column

  /** For at most `count` numbers. */
  constructor(memory: Memory, name: string, count: number) {
    this.slots = memory.numbers(`${name}.slots`, Math.max(smallest, 2 ** Math.ceil(Math.log2(count * 2))))
    this.used = memory.numbers(`${name}.used`, 1)
  }

  start(hash: number): number {
    return hash & (this.slots.length - 1)
  }

  after(slot: number): number {
    return (slot + 1) & (this.slots.length - 1)
  }

  /** The number in a slot, or -1. */
  at(slot: number): number {
    return this.slots.length === 0 ? -1 : this.slots.data[slot]! - 1
  }

  /** Adds a number; `hashOf` gives the hash of one that is there already. */
  add(hash: number, value: number, hashOf: (value: number) => number): void {
    if (this.used.length === 0) this.used.push(0)
    const used = this.used.data[0]! + 1
    if (used * 10 > this.slots.length * 6) this.grow(hashOf)
    this.used.data[0] = used
    this.place(hash, value)
  }

  private place(hash: number, value: number): void {
    let slot = this.start(hash)
    while (this.slots.data[slot] !== 0) slot = this.after(slot)
    this.slots.data[slot] = value + 1
  }

  private grow(hashOf: (value: number) => number): void {
    const before = this.slots.data.slice(0, this.slots.length)
    const length = Math.max(smallest, this.slots.length * 2)
    this.slots.reserve(length)
    this.slots.length = length
    this.slots.data.fill(0, 0, length)
    for (const held of before) if (held !== 0) this.place(hashOf(held - 1), held - 1)
  }

  clear(): void {
    this.slots.data.fill(0, 0, this.slots.length)
    if (this.used.length > 0) this.used.data[0] = 0
  }
}
