import { defineFaults } from '#kernel/fault'
import { GrowableU32 } from '#matching/growable'
import { nats } from '#matching/information'
import { KeyLists } from '#matching/key-lists'
import { legalForms } from '#matching/lexicon'
import { priorOf } from '#matching/prior'
import { hashKey, hashWithout } from '#matching/skeleton'
import { compareTerms, keysOf, makeTerm, type Term } from '#matching/term'

const fault = defineFaults({ 'matching/full': 'limited' })

/** A name's tokens hold the number of their word in 22 bits. */
const vocabularyLimit = 2 ** 22
const skeletonSeed = 1
const deletionSeed = 2
const expansionLimit = 96
const memoLimit = 16_384
const longestDeletion = 24

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
  private readonly ownPriors = new GrowableU32()
  private readonly priors = new Map<string, number>()

  get size(): number {
    return this.terms.length
  }

  numberOf(text: string): number | undefined {
    return this.numbers.get(text)
  }

  term(id: number): Term {
    return this.terms[id]!
  }

  /** The number of a word, given out at first sight. Throws `matching/full` beyond four million words. */
  intern(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const term = makeTerm(text)
    const id = this.terms.length
    if (id >= vocabularyLimit)
      throw fault('matching/full', `The index holds ${vocabularyLimit} different words already.`)
    this.terms.push(term)
    this.numbers.set(text, id)
    this.counts.push(0)
    this.ownPriors.push(priorOf(term))
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

  /** One more, or one fewer, entity with these words. */
  count(ids: ReadonlySet<number>, change: 1 | -1): void {
    const skeletons = new Set<string>()
    for (const id of ids) {
      const count = this.counts.data[id]! + change
      this.counts.data[id] = count
      if (count === 0 || (count === 1 && change === 1)) this.memo.clear() // it came to life, or died
      skeletons.add(this.terms[id]!.skeleton)
    }
    for (const skeleton of skeletons) this.skeletons.set(skeleton, (this.skeletons.get(skeleton) ?? 0) + change)
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

  /** What a word tells, in nats, in an index of so many entities. Other spellings of the same consonants count half. */
  information(term: Term, entities: number): number {
    const id = this.numbers.get(term.text)
    const own = id === undefined ? 0 : this.counts.data[id]!
    const kin = term.skeleton === '' ? own : (this.skeletons.get(term.skeleton) ?? 0)
    const seen = own + Math.max(0, kin - own) / 2
    return nats({ seen, prior: this.prior(id, term), entities, letters: term.text.length })
  }

  private prior(id: number | undefined, term: Term): number {
    if (id !== undefined) return this.ownPriors.data[id]!
    let prior = this.priors.get(term.text)
    if (prior === undefined) {
      prior = priorOf(term)
      if (this.priors.size >= memoLimit) this.priors.clear()
      this.priors.set(term.text, prior)
    }
    return prior
  }

  /** Whether any name holds it: words of what was removed stay in the lists, and must not stand for anything. */
  private isAlive(id: number): boolean {
    return this.counts.data[id]! > 0
  }

  /** What a word of a query may stand for. Remembered until a word comes or goes. */
  expand(term: Term): Expansion {
    const known = this.memo.get(term.text)
    if (known !== undefined) return known
    const found = new Map<number, number>()
    const consider = (id: number) => {
      if (found.has(id) || !this.isAlive(id)) return
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

  /** Words that sound like a text of two words joined; nothing looser. */
  soundsLike(text: string): readonly number[] {
    const id = this.numbers.get(text)
    const term = id === undefined ? makeTerm(text) : this.terms[id]!
    if (term.phones === '' || term.skeleton.length < 3) return id === undefined || !this.isAlive(id) ? [] : [id]
    const found: number[] = []
    for (const other of this.bySkeleton.read(hashKey(term.skeleton, skeletonSeed))) {
      if (!this.isAlive(other)) continue
      if (other === id || compareTerms(term, this.terms[other]!) >= joinedFloor) found.push(other)
    }
    return found
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
      const [a, b] = [this.living(left), this.living(right)]
      const isForm = legalForms.has(left) || legalForms.has(right)
      if ((a === undefined || b === undefined) && !isForm) continue
      for (const id of [a, b]) {
        if (id === undefined || this.terms[id]!.text.length < 3 || (found.get(id) ?? 0) > 0) continue
        const other = id === a ? b : a
        if (other === undefined || this.counts.data[id]! <= this.counts.data[other]!) found.set(id, splitSimilarity)
      }
    }
  }

  private living(text: string): number | undefined {
    const id = this.numbers.get(text)
    return id !== undefined && this.isAlive(id) ? id : undefined
  }

  get bytes(): number {
    return this.counts.bytes + this.bySkeleton.bytes + this.byDeletion.bytes
  }
}

const splitSimilarity = 0.9
const joinedFloor = 0.92
