import type { Column, Memory } from '#matching/columns'

/**
 * Many lists of numbers in one pool. A list that outgrows its room moves to the end of the pool with twice the room;
 * what it leaves behind is reclaimed by `rewrite`.
 */
export class Postings {
  private readonly offsets: Column
  private readonly lengths: Column
  private readonly rooms: Column
  private readonly pool: Column

  constructor(memory: Memory, name: string, { lists, numbers }: { readonly lists: number; readonly numbers: number }) {
    this.offsets = memory.numbers(`${name}.offsets`, lists)
    this.lengths = memory.numbers(`${name}.lengths`, lists)
    this.rooms = memory.numbers(`${name}.rooms`, lists)
    this.pool = memory.numbers(`${name}.pool`, numbers)
  }

  get size(): number {
    return this.offsets.length
  }

  /** Opens an empty list and returns its number. */
  open(): number {
    this.offsets.push(0)
    this.lengths.push(0)
    this.rooms.push(0)
    return this.offsets.length - 1
  }

  add(list: number, value: number): void {
    const length = this.lengths.data[list]!
    if (length === this.rooms.data[list]!) this.move(list, length)
    this.pool.data[this.offsets.data[list]! + length] = value
    this.lengths.data[list] = length + 1
  }

  private move(list: number, length: number): void {
    const room = length === 0 ? 1 : length * 2
    const from = this.offsets.data[list]!
    const to = this.pool.length
    this.pool.reserve(to + room)
    this.pool.data.copyWithin(to, from, from + length)
    this.pool.length = to + room
    this.offsets.data[list] = to
    this.rooms.data[list] = room
  }

  /** Where all lists lie. A list begins at `startOf` and has `lengthOf` numbers; valid until the next `add`. */
  get numbers(): Uint32Array<SharedArrayBuffer> {
    return this.pool.data
  }

  startOf(list: number): number {
    return this.offsets.data[list]!
  }

  lengthOf(list: number): number {
    return list < this.lengths.length ? this.lengths.data[list]! : 0
  }

  /** Gives every list the number that `map` returns, lower than before or the same, and drops those for which it returns -1. */
  renumber(map: (list: number) => number): void {
    const columns = [this.offsets, this.lengths, this.rooms]
    let kept = 0
    for (let list = 0; list < this.size; list++) {
      const number = map(list)
      if (number < 0) continue
      for (const column of columns) column.data[number] = column.data[list]!
      kept = number + 1
    }
    for (const column of columns) column.length = kept
  }

  /** Replaces every number by what `map` returns and drops those for which it returns -1, in order; closes all gaps. */
  rewrite(map: (value: number) => number): void {
    const before = this.pool.data.slice(0, this.pool.length)
    let to = 0
    for (let list = 0; list < this.offsets.length; list++) {
      const from = this.offsets.data[list]!
      const end = from + this.lengths.data[list]!
      const start = to
      for (let at = from; at < end; at++) {
        const value = map(before[at]!)
        if (value >= 0) this.pool.data[to++] = value
      }
      this.offsets.data[list] = start
      this.lengths.data[list] = to - start
      this.rooms.data[list] = to - start
    }
    this.pool.length = to
  }
}
