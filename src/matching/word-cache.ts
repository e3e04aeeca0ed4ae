const fewest = 2 ** 6
const most = 2 ** 16

/** What was lately made of words, each in the place of its number: a big index has too many words to keep something of every one. */
export class WordCache<Value> {
  private values: Value[] = []
  private ids = new Int32Array(fewest).fill(-1)

  get(id: number): Value | undefined {
    const place = id & (this.ids.length - 1)
    return this.ids[place] === id ? this.values[place] : undefined
  }

  /** `words` is how many there are: more of them need more room. */
  set(id: number, value: Value, words: number): void {
    if (this.ids.length < Math.min(words, most)) this.ids = new Int32Array(this.ids.length * 4).fill(-1)
    const place = id & (this.ids.length - 1)
    this.values[place] = value
    this.ids[place] = id
  }

  clear(): void {
    this.ids.fill(-1)
  }
}
