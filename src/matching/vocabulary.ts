import { GrowableU32 } from '#matching/growable'
import { KeyLists } from '#matching/key-lists'
import { legalForms } from '#matching/lexicon'
import { hashKey, hashWithout } from '#matching/skeleton'
import { compareTerms, keysOf, makeTerm, type Term } from '#matching/term'

const skeletonSeed = 1
const deletionSeed = 2
const expansionLimit = 96
const memoLimit = 16_384
const longestDeletion = 24
/** Names that the lexicon's counts are drawn from; they weigh in as much as that many indexed names. */
const priorNames = 20_000

/** Words of the vocabulary that a query word may stand for, likest first. */
export interface Expansion {
  readonly ids: readonly number[]
  readonly similarities: readonly number[]
}

/** Every word of the indexed names under a dense number, findable by spelling, by skeleton and by one letter more or less. */
export class Vocabulary {
  private readonly terms: Term[] = []
  private readonly numbers = new Map<string, number>()
  private readonly counts = new GrowableU32()
  private readonly skeletons = new Map<string, number>()
  private readonly bySkeleton = new KeyLists()
  private readonly byDeletion = new KeyLists()
  private readonly memo = new Map<string, Expansion>()
  private readonly queryTerms = new Map<string, Term>()

  get size(): number {
    return this.terms.length
  }

  numberOf(text: string): number | undefined {
    return this.numbers.get(text)
  }

  term(id: number): Term {
    return this.terms[id]!
  }

  /** The number of a word, given out at first sight. */
  intern(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const term = makeTerm(text)
    const id = this.terms.length
    this.terms.push(term)
    this.numbers.set(text, id)
    this.counts.push(0)
    for (const key of keysOf(term)) this.bySkeleton.add(hashKey(key, skeletonSeed), id)
    if (text.length >= 4 && text.length <= longestDeletion) {
      this.byDeletion.add(hashKey(text, deletionSeed), id)
      for (let skip = 0; skip < text.length; skip++) {
        if (text[skip] !== text[skip - 1]) this.byDeletion.add(hashWithout(text, skip, deletionSeed), id)
      }
    }
    this.memo.clear()
    return id
  }

  /** One more, or one fewer, indexed name with this word. */
  count(id: number, change: 1 | -1): void {
    this.counts.data[id] = this.counts.data[id]! + change
    const { skeleton } = this.terms[id]!
    this.skeletons.set(skeleton, (this.skeletons.get(skeleton) ?? 0) + change)
  }

  /** A term for a word of a query; words that no name holds are not added. */
  look(text: string): Term {
    const id = this.numbers.get(text)
    if (id !== undefined) return this.terms[id]!
    let term = this.queryTerms.get(text)
    if (term === undefined) {
      term = makeTerm(text)
      if (this.queryTerms.size >= memoLimit) this.queryTerms.clear()
      this.queryTerms.set(text, term)
    }
    return term
  }

  /**
   * Information of a word in nats, given how many names are indexed: rare words tell more. Other spellings of the same
   * consonants count half. Short words are capped, since they meet by chance.
   */
  information(term: Term, names: number): number {
    const id = this.numbers.get(term.text)
    const own = id === undefined ? 0 : this.counts.data[id]!
    const kin = term.skeleton === '' ? own : (this.skeletons.get(term.skeleton) ?? 0)
    const seen = own + Math.max(0, kin - own) / 2
    const value = Math.log((names + priorNames) / (1 + seen + term.prior))
    return Math.min(value, term.text.length <= 1 ? 1 : term.text.length === 2 ? 4.5 : term.text.length === 3 ? 7 : 11)
  }

  /** What a word of a query may stand for. Remembered until the vocabulary grows. */
  expand(term: Term): Expansion {
    const known = this.memo.get(term.text)
    if (known !== undefined) return known
    const found = new Map<number, number>()
    const consider = (id: number) => {
      if (found.has(id)) return
      found.set(id, compareTerms(term, this.terms[id]!))
    }
    const own = this.numbers.get(term.text)
    if (own !== undefined) consider(own)
    for (const key of keysOf(term)) for (const id of this.bySkeleton.read(hashKey(key, skeletonSeed))) consider(id)
    this.considerDeletions(term.text, consider)
    this.considerSplits(term, found)
    const hits = Array.from(found).filter(([, similarity]) => similarity > 0)
    hits.sort((a, b) => b[1] - a[1] || a[0] - b[0])
    hits.length = Math.min(hits.length, expansionLimit)
    const expansion = { ids: hits.map(([id]) => id), similarities: hits.map(([, similarity]) => similarity) }
    if (this.memo.size >= memoLimit) this.memo.clear()
    this.memo.set(term.text, expansion)
    return expansion
  }

  private considerDeletions(text: string, consider: (id: number) => void): void {
    if (text.length < 3 || text.length > longestDeletion + 1) return
    for (const id of this.byDeletion.read(hashKey(text, deletionSeed))) consider(id)
    if (text.length < 4) return
    for (let skip = 0; skip < text.length; skip++) {
      if (text[skip] === text[skip - 1]) continue
      for (const id of this.byDeletion.read(hashWithout(text, skip, deletionSeed))) consider(id)
    }
  }

  /** A word that may be two written together: its rarer half finds the names, the alignment checks the other half. */
  private considerSplits({ text, isAbjad }: Term, found: Map<number, number>): void {
    if (text.length < 6 || isAbjad) return
    for (let cut = 2; cut <= text.length - 2; cut++) {
      const [left, right] = [text.slice(0, cut), text.slice(cut)]
      const [a, b] = [this.numbers.get(left), this.numbers.get(right)]
      const isForm = legalForms.has(left) || legalForms.has(right)
      if ((a === undefined || b === undefined) && !isForm) continue
      for (const id of [a, b]) {
        if (id === undefined || this.terms[id]!.text.length < 3 || (found.get(id) ?? 0) > 0) continue
        const other = id === a ? b : a
        if (other === undefined || this.counts.data[id]! <= this.counts.data[other]!) found.set(id, splitSimilarity)
      }
    }
  }

  get bytes(): number {
    return this.counts.bytes + this.bySkeleton.bytes + this.byDeletion.bytes
  }
}

const splitSimilarity = 0.9
