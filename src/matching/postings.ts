import type { Column, Memory } from '#matching/columns'

const fields = 2
/** Of a list: where its numbers lie, or the number itself where it is the only one; and how many, with the room they have. */
const [placeField, lengthField] = [0, 1]
const lengthBits = 26
const lengthMask = 2 ** lengthBits - 1
/** Rooms are powers of two, kept as their exponent and one; 0 for a room that is as long as its list. */
const roomCodes = 32

/**
 * Many lists of numbers in one pool. A list that outgrows its room moves to one of twice the size; the room it leaves is given
 * to the next that needs such a one.
 */
export class Postings {
  private readonly lists: Column
  private readonly pool: Column
  /** By the code of a room, the first free one and one; each holds the next. */
  private readonly free: Column

  constructor(memory: Memory, name: string, { lists, numbers }: { readonly lists: number; readonly numbers: number }) {
    this.lists = memory.numbers(`${name}.lists`, lists * fields)
    this.pool = memory.numbers(`${name}.pool`, numbers)
    this.free = memory.numbers(`${name}.free`, roomCodes)
  }

  get size(): number {
    return this.lists.length / fields
  }

  /** Opens an empty list and returns its number. */
  open(): number {
    this.lists.push(0)
    this.lists.push(0)
    return this.size - 1
  }

  add(list: number, value: number): void {
    const at = list * fields
    const { data } = this.lists
    const packed = data[at + lengthField]!
    const length = packed & lengthMask
    if (length === 0) {
      data[at + placeField] = value
      data[at + lengthField] = 1
      return
    }
    const code = packed >>> lengthBits
    if (length === 1 || code === 0 || length === roomOf(code)) this.move(at, length)
    this.pool.data[data[at + placeField]! + length] = value
    data[at + lengthField]!++
  }

  /** Moves a list to a room of twice the size; one that has no number but its own comes into the pool. */
  private move(at: number, length: number): void {
    const { data } = this.lists
    const from = data[at + placeField]!
    const code = data[at + lengthField]! >>> lengthBits
    const next = 33 - Math.clz32(length) // the least power of two that is more, and one
    const to = this.take(next)
    if (length === 1) this.pool.data[to] = from
    else {
      this.pool.data.copyWithin(to, from, from + length)
      if (code > 0) this.leave(from, code)
    }
    data[at + placeField] = to
    data[at + lengthField] = (length | (next << lengthBits)) >>> 0
  }

  private take(code: number): number {
    const { pool, free } = this
    while (free.length < roomCodes) free.push(0)
    const found = free.data[code]! - 1
    if (found >= 0) {
      free.data[code] = pool.data[found]!
      return found
    }
    const to = pool.length
    const end = to + roomOf(code)
    pool.reserve(end)
    pool.length = end
    return to
  }

  private leave(from: number, code: number): void {
    const { pool, free } = this
    pool.data.fill(0, from, from + roomOf(code))
    pool.data[from] = free.data[code]!
    free.data[code] = from + 1
  }

  /** Where the numbers of a list lie, from `startOf` on, `lengthOf` of them; valid until the next `add`. */
  numbersOf(list: number): Uint32Array<SharedArrayBuffer> {
    return this.lengthOf(list) === 1 ? this.lists.data : this.pool.data
  }

  startOf(list: number): number {
    const at = list * fields
    return this.lengthOf(list) === 1 ? at + placeField : this.lists.data[at + placeField]!
  }

  lengthOf(list: number): number {
    const at = list * fields + lengthField
    return at < this.lists.length ? this.lists.data[at]! & lengthMask : 0
  }

  /** Gives every list the number that `map` returns, lower than before or the same, and drops those for which it returns -1. */
  renumber(map: (list: number) => number): void {
    const { data } = this.lists
    let kept = 0
    for (let list = 0; list < this.size; list++) {
      const number = map(list)
      if (number < 0) continue
      for (let field = 0; field < fields; field++) data[number * fields + field] = data[list * fields + field]!
      kept = number + 1
    }
    data.fill(0, kept * fields, this.lists.length)
    this.lists.length = kept * fields
  }

  /** Replaces every number by what `map` returns and drops those for which it returns -1, in order; closes all gaps. */
  rewrite(map: (value: number) => number): void {
    const before = this.pool.data.slice(0, this.pool.length)
    const { data } = this.lists
    const { data: pool } = this.pool
    let to = 0
    for (let list = 0; list < this.size; list++) {
      const at = list * fields
      const length = this.lengthOf(list)
      const numbers = length === 1 ? data : before
      const from = length === 1 ? at + placeField : data[at + placeField]!
      const start = to
      let kept = 0
      let only = 0
      for (let index = 0; index < length; index++) {
        const value = map(numbers[from + index]!)
        if (value < 0) continue
        if (kept === 0) only = value
        else if (kept === 1) pool[to++] = only
        if (kept > 0) pool[to++] = value
        kept++
      }
      data[at + placeField] = kept === 1 ? only : start
      data[at + lengthField] = kept
    }
    pool.fill(0, to, this.pool.length)
    this.pool.length = to
    this.free.data.fill(0, 0, this.free.length)
  }
}

function roomOf(code: number): number {
  return 2 ** (code - 1)
}
