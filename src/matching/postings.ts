import { GrowableU32 } from '#matching/growable'

/**
 * Many lists of numbers in one pool. A list that outgrows its room moves to the end of the pool with twice the room;
 * what it leaves behind is reclaimed by `rewrite`.
 */
export class Postings {
  private readonly offsets = new GrowableU32()
  private readonly lengths = new GrowableU32()
  private readonly rooms = new GrowableU32()
  private pool = new GrowableU32(1_024)

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

  /** A view of the list, valid until the next `add`. */
  read(list: number): Uint32Array {
    const from = this.offsets.data[list]!
    return this.pool.data.subarray(from, from + this.lengths.data[list]!)
  }

  lengthOf(list: number): number {
    return this.lengths.data[list]!
  }

  /** Replaces every number by what `map` returns and drops those for which it returns -1, in order. */
  rewrite(map: (value: number) => number): void {
    const pool = new GrowableU32(this.pool.length)
    for (let list = 0; list < this.offsets.length; list++) {
      const from = pool.length
      for (const value of this.read(list)) {
        const next = map(value)
        if (next >= 0) pool.push(next)
      }
      this.offsets.data[list] = from
      this.lengths.data[list] = pool.length - from
      this.rooms.data[list] = pool.length - from
    }
    this.pool = pool
  }

  get size(): number {
    return this.offsets.length
  }

  get bytes(): number {
    return this.offsets.bytes + this.lengths.bytes + this.rooms.bytes + this.pool.bytes
  }
}
