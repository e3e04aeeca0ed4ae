/** Four words for each declaration: the document in two, which record says so, and what it says. */
export const entryWords = 4
const words = entryWords
const fullest = 0.8
const growth = 1.4
const least = 16

/** Part of the table of declarations: open addressing, small enough that to lay it out anew keeps nobody waiting. */
export interface Shard {
  put(entry: Entry): void
  /** Calls back with every declaration of the document, in no order, those of gone records too. */
  each(document: Pick<Entry, 'high' | 'low' | 'hash'>, visit: (record: number, saying: number) => void): void
  /** Lays it out anew without what gone records said. */
  sweep(): void
  readonly bytes: number
  /** The table as it lies, for a file. */
  readonly contents: Uint32Array
}

export interface Entry {
  readonly high: number
  readonly low: number
  readonly hash: number
  readonly record: number
  readonly saying: number
}

interface Within {
  /** Whether the record still counts. */
  readonly isGone: (record: number) => boolean
  readonly hashOf: (high: number, low: number) => number
}

/** `kept` is a table that `contents` gave, with the same hash; it is taken as it is. */
export function createShard({ isGone, hashOf }: Within, kept?: Uint32Array): Shard {
  let slots = kept ?? new Uint32Array(least * words)
  let capacity = slots.length / words
  let used = 0
  if (kept !== undefined) for (let at = 0; at < slots.length; at += words) if (slots[at] !== 0) used++

  const startOf = (hash: number) => Math.floor((hash * capacity) / 0x1_0000_0000) * words

  function write(at: number, { high, low, record, saying }: Omit<Entry, 'hash'>): void {
    slots[at] = high
    slots[at + 1] = low
    slots[at + 2] = record
    slots[at + 3] = saying
  }

  function layOut(): void {
    const before = slots
    let staying = 0
    for (let at = 0; at < before.length; at += words) if (before[at] !== 0 && !isGone(before[at + 2]!)) staying++
    capacity = Math.max(least, Math.ceil(((staying + 1) / fullest) * growth))
    slots = new Uint32Array(capacity * words)
    used = staying
    for (let from = 0; from < before.length; from += words) {
      const high = before[from]!
      if (high === 0 || isGone(before[from + 2]!)) continue
      const low = before[from + 1]!
      let at = startOf(hashOf(high, low))
      while (slots[at] !== 0) at = at + words === slots.length ? 0 : at + words
      write(at, { high, low, record: before[from + 2]!, saying: before[from + 3]! })
    }
  }

  return {
    put(entry) {
      if (used + 1 > capacity * fullest) layOut()
      let at = startOf(entry.hash)
      while (slots[at] !== 0) {
        if (slots[at] === entry.high && slots[at + 1] === entry.low && isGone(slots[at + 2]!)) {
          write(at, entry)
          return
        }
        at = at + words === slots.length ? 0 : at + words
      }
      write(at, entry)
      used++
    },
    each({ high, low, hash }, visit) {
      let at = startOf(hash)
      while (slots[at] !== 0) {
        if (slots[at] === high && slots[at + 1] === low) visit(slots[at + 2]!, slots[at + 3]!)
        at = at + words === slots.length ? 0 : at + words
      }
    },
    sweep: layOut,
    get contents() {
      return slots
    },
    get bytes() {
      return slots.byteLength
    },
  }
}
