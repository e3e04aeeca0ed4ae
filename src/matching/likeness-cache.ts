const places = 2 ** 15

/**
 * How alike words of queries are to words of the index, as far as that was lately asked: each pair in the one place that it can
 * have, where another takes it over. Most words of a big index are asked for once, and would crowd a table that keeps them.
 */
export class LikenessCache {
  private readonly words = new Int32Array(places).fill(-1)
  private readonly others = new Int32Array(places)
  private readonly values = new Float64Array(places)

  /** What was kept for a pair, or -1. Both words go by their numbers, each among its own. */
  get(word: number, other: number): number {
    const place = placeOf(word, other)
    return this.words[place] === word && this.others[place] === other ? this.values[place]! : -1
  }

  set(word: number, other: number, value: number): void {
    const place = placeOf(word, other)
    this.words[place] = word
    this.others[place] = other
    this.values[place] = value
  }

  clear(): void {
    this.words.fill(-1)
  }
}

function placeOf(word: number, other: number): number {
  const mixed = Math.imul(word, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (places - 1)
}
