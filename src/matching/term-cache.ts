import type { Term } from '#matching/term'

const fewest = 2 ** 6
const most = 2 ** 16

/** Terms that were lately made, each in the place of its number: a big index has too many words to keep a term of every one. */
export class TermCache {
  private terms: Term[] = []
  private ids = new Int32Array(fewest).fill(-1)

  get(id: number): Term | undefined {
    const place = id & (this.ids.length - 1)
    return this.ids[place] === id ? this.terms[place] : undefined
  }

  /** `words` is how many there are: more of them need more room. */
  set(id: number, term: Term, words: number): void {
    if (this.ids.length < Math.min(words, most)) this.ids = new Int32Array(this.ids.length * 4).fill(-1)
    const place = id & (this.ids.length - 1)
    this.terms[place] = term
    this.ids[place] = id
  }

  clear(): void {
    this.ids.fill(-1)
  }
}
