import type { Expansion } from '#matching/word-expansion'

const smallest = 256

/** Which words of the index stand for which words of a query, and what each is worth: a small table, filled for every name of a query. */
export class WordGains {
  private slots = new Uint32Array(smallest)
  private room = smallest >>> 1
  /** By entry, from 1: the word, the place of the word of the query, the place among its expansion, the gain, the entry after it. */
  private readonly words: number[] = [0]
  private readonly next: number[] = [0]
  readonly places: number[] = [0]
  readonly variants: number[] = [0]
  readonly gains: number[] = [0]

  clear(): void {
    this.slots.fill(0)
    for (const column of [this.words, this.next, this.places, this.variants, this.gains]) column.length = 1
  }

  /** The words that may stand for the word of a query at a place. */
  add(place: number, { ids, agreements }: Expansion, weight: number): void {
    while (this.words.length + ids.length > this.room) this.grow()
    for (let variant = 0; variant < ids.length; variant++) {
      this.words.push(ids[variant]!)
      this.places.push(place)
      this.variants.push(variant)
      this.gains.push(weight * agreements[variant]!)
      this.next.push(0)
      this.link(this.words.length - 1)
    }
  }

  /** The first entry of a word, or 0. */
  first(word: number): number {
    const mask = this.slots.length - 1
    for (let slot = slotOf(word) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot]!
      if (entry === 0 || this.words[entry] === word) return entry
    }
  }

  /** The next entry of the same word, or 0. */
  after(entry: number): number {
    return this.next[entry]!
  }

  private link(entry: number): void {
    const mask = this.slots.length - 1
    let slot = slotOf(this.words[entry]!) & mask
    while (this.slots[slot] !== 0 && this.words[this.slots[slot]!] !== this.words[entry]) slot = (slot + 1) & mask
    this.next[entry] = this.slots[slot]!
    this.slots[slot] = entry
  }

  private grow(): void {
    this.slots = new Uint32Array(this.slots.length * 2)
    this.room = this.slots.length >>> 1
    for (let entry = 1; entry < this.words.length; entry++) this.link(entry)
  }
}

function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> 16
}
