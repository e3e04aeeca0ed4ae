import type { Column, Memory } from '#matching/columns'
import { HashCounts } from '#matching/hash-counts'
import { band, nats, poolOf } from '#matching/information'
import { KeyLists } from '#matching/key-lists'
import { articles, legalForms, particles } from '#matching/lexicon'
import { mostWords } from '#matching/limits'
import type { NameClasses } from '#matching/name-classes'
import { priorOf } from '#matching/prior'
import { hashKey, hashWithout } from '#matching/skeleton'
import { compareTerms, keysOf, makeTerm, type Term } from '#matching/term'
import { TextTable } from '#matching/text-table'

const skeletonSeed = 1
const deletionSeed = 2
const expansionLimit = 96
const memoLimit = 32_768
const longestDeletion = 24
/** A key that leads to more words, and a word after so many were looked at, is followed among shared words alone; chosen by speed. */
const crowdedKey = 400
const crowdedWord = 800
/** Entities that make a word a shared one. */
const sharedBy = 8
const splitSimilarity = 0.9
const joinedFloor = 0.92

/** A word as a query meets it. */
export interface Word {
  readonly term: Term
  /** Its number, or -1 for a word that no indexed name has held. */
  readonly id: number
  /** What it tells, in nats. */
  readonly information: number
  /** How alike it is to words of the vocabulary, by their number, as far as that has been asked. */
  readonly likeness: Map<number, number>
  expansion: Expansion | undefined
}

/** Words of the vocabulary that a query word may stand for, likest first. */
export interface Expansion {
  readonly ids: readonly number[]
  readonly similarities: readonly number[]
}

/** Every word of the indexed names under a dense number, findable by spelling, by skeleton and by one letter more or less. */
export class Vocabulary {
  private readonly memory: Memory
  private readonly pack: NameClasses | undefined
  private readonly texts: TextTable
  private readonly counts: Column
  private readonly priors: Column
  private readonly skeletons: Column
  private readonly skeletonCounts: HashCounts
  private readonly bySkeleton: KeyLists
  private readonly byDeletion: KeyLists
  /** The words that several entities share, by the same keys, and which they are. */
  private readonly sharedBySkeleton: KeyLists
  private readonly isShared: Column
  private readonly terms: (Term | undefined)[] = []
  private readonly words = new Map<string, Word>()
  private told = new Float32Array(0)
  private pool = 0
  private readonly reached = new Uint32Array(crowdedKey + 1)
  private seen = new Uint32Array(0)
  private seenMark = 0
  private looked = 0
  private versionSeen = -1

  constructor(memory: Memory, pack?: NameClasses) {
    this.memory = memory
    this.pack = pack
    this.texts = new TextTable(memory, 'words', { count: mostWords, bytes: mostWords * 16 })
    this.counts = memory.numbers('words.counts', mostWords)
    this.priors = memory.numbers('words.priors', mostWords)
    this.skeletons = memory.numbers('words.skeletons', mostWords)
    this.skeletonCounts = new HashCounts(memory, 'skeletons', mostWords)
    this.bySkeleton = new KeyLists(memory, 'skeletonKeys', mostWords * 8)
    this.byDeletion = new KeyLists(memory, 'deletionKeys', mostWords * 16)
    this.sharedBySkeleton = new KeyLists(memory, 'sharedKeys', mostWords * 4)
    this.isShared = memory.numbers('words.shared', mostWords)
  }

  get size(): number {
    return this.texts.size
  }

  /** The word under a number. */
  term(id: number): Term {
    let term = this.terms[id]
    if (term === undefined) {
      term = makeTerm(this.texts.text(id), this.pack)
      this.terms[id] = term
    }
    return term
  }

  /** The number of a word, given out at first sight. Throws `matching/full` beyond four million words. */
  intern(text: string): number {
    const id = this.texts.intern(text)
    if (id < this.counts.length) return id
    const term = makeTerm(text, this.pack)
    this.terms[id] = term
    this.counts.push(0)
    this.isShared.push(0)
    this.priors.push(priorOf(term))
    this.skeletons.push(term.skeleton === '' ? 0 : hashKey(term.skeleton, skeletonSeed))
    for (const key of keysOf(term)) this.bySkeleton.add(hashKey(key, skeletonSeed), id)
    if (text.length >= 4 && text.length <= longestDeletion) {
      this.byDeletion.add(hashKey(text, deletionSeed), id)
      for (let skip = 0; skip < text.length; skip++) {
        if (text[skip] !== text[skip - 1]) this.byDeletion.add(hashWithout(text, skip, deletionSeed), id)
      }
    }
    return id
  }

  /** One more, or one fewer, entity with these words. Only what shows in an answer counts as a change. */
  count(ids: ReadonlySet<number>, change: 1 | -1): void {
    let shows = false
    const kin = new Set<number>()
    for (const id of ids) {
      const before = this.counts.data[id]!
      this.counts.data[id] = before + change
      if (before + change >= sharedBy && this.isShared.data[id] === 0) this.share(id)
      shows ||= band(before) !== band(before + change) || before === 0 || before + change === 0
      kin.add(this.skeletons.data[id]!)
    }
    for (const skeleton of kin) {
      if (skeleton === 0) continue
      const before = this.skeletonCounts.get(skeleton)
      this.skeletonCounts.add(skeleton, change)
      shows ||= band(before / 2) !== band((before + change) / 2)
    }
    if (shows) this.memory.touch()
  }

  /** To be called before a search, with the number of indexed entities: forgets what has changed since the last. */
  begin(entities: number): void {
    const pool = poolOf(entities)
    if (this.versionSeen === this.memory.version && this.pool === pool) return
    this.versionSeen = this.memory.version
    this.pool = pool
    this.words.clear()
    if (this.told.length < this.size) this.told = new Float32Array(Math.ceil(this.size * 1.25))
    this.told.fill(-1)
  }

  /** A word of a query; words that no name holds are not added. */
  word(text: string): Word {
    let word = this.words.get(text)
    if (word === undefined) {
      const id = this.texts.find(text)
      const term = id < 0 ? makeTerm(text, this.pack) : this.term(id)
      const information = id < 0 ? this.tell(term, { own: 0, prior: priorOf(term) }) : this.information(id)
      word = { term, id, information, likeness: new Map(), expansion: undefined }
      if (this.words.size >= memoLimit) this.words.clear()
      this.words.set(text, word)
    }
    return word
  }

  /** What a word tells, in nats. Other spellings of the same consonants count half. */
  information(id: number): number {
    const known = this.told[id]!
    if (known >= 0) return known
    const told = this.tell(this.term(id), { own: this.counts.data[id]!, prior: this.priors.data[id]! })
    this.told[id] = told
    return this.told[id]!
  }

  private tell(term: Term, { own, prior }: { readonly own: number; readonly prior: number }): number {
    const kin = term.skeleton === '' ? own : this.skeletonCounts.get(hashKey(term.skeleton, skeletonSeed))
    const seen = own + Math.max(0, kin - own) / 2
    return Math.fround(nats({ seen, prior, pool: this.pool, letters: term.text.length }))
  }

  /** How alike a word is to the one under a number. */
  likeness(word: Word, id: number): number {
    let value = word.likeness.get(id)
    if (value === undefined) {
      value = compareTerms(word.term, this.term(id))
      if (word.likeness.size < memoLimit) word.likeness.set(id, value)
    }
    return value
  }

  /** Whether any name holds it: words of what was removed stay in the lists, and must not stand for anything. */
  private isAlive(id: number): boolean {
    return this.counts.data[id]! > 0
  }

  /** What a word of a query may stand for. */
  expand(word: Word): Expansion {
    if (word.expansion !== undefined) return word.expansion
    const { term } = word
    const found = new Map<number, number>()
    const seen = this.beginSeen()
    const consider = (id: number) => {
      if (this.seen[id] === seen || !this.isAlive(id)) return
      this.seen[id] = seen
      this.looked++
      const similarity = compareTerms(term, this.term(id))
      if (similarity === 0) return
      found.set(id, similarity)
      word.likeness.set(id, similarity)
    }
    if (word.id >= 0) consider(word.id)
    for (const key of keysOf(term)) this.considerKey(hashKey(key, skeletonSeed), consider)
    this.considerDeletions(term.text, consider)
    this.considerSplits(term, found)
    const hits = Array.from(found).filter(([, similarity]) => similarity > 0)
    hits.sort((a, b) => b[1] - a[1] || this.counts.data[b[0]]! - this.counts.data[a[0]]! || a[0] - b[0])
    hits.length = Math.min(hits.length, expansionLimit)
    word.expansion = { ids: hits.map(([id]) => id), similarities: hits.map(([, similarity]) => similarity) }
    return word.expansion
  }

  /** A mark for the words that are looked at for one word of a query. */
  private beginSeen(): number {
    if (this.seen.length < this.size) this.seen = new Uint32Array(Math.ceil(this.size * 1.25))
    if (this.seenMark === 0xffffffff) this.seen.fill(0)
    this.seenMark = this.seenMark === 0xffffffff ? 1 : this.seenMark + 1
    this.looked = 0
    return this.seenMark
  }

  private share(id: number): void {
    this.isShared.data[id] = 1
    for (const key of keysOf(this.term(id))) this.sharedBySkeleton.add(hashKey(key, skeletonSeed), id)
  }

  /** Of a key that leads to very many words, or after many have been looked at, only words that several entities share. */
  private considerKey(hash: number, consider: (id: number) => void): void {
    const { bySkeleton, reached } = this
    let count = 0
    if (this.looked <= crowdedWord) {
      for (let entry = bySkeleton.first(hash); entry !== 0 && count <= crowdedKey; entry = bySkeleton.next(entry)) {
        reached[count++] = bySkeleton.value(entry)
      }
      if (count <= crowdedKey) {
        for (let at = 0; at < count; at++) consider(reached[at]!)
        return
      }
    }
    this.eachKey(this.sharedBySkeleton, hash, (id) => {
      if (this.counts.data[id]! >= sharedBy) consider(id)
    })
  }

  /** Words that sound like a text of two words joined; nothing looser. */
  soundsLike(text: string): readonly number[] {
    const word = this.word(text)
    const { term, id } = word
    if (term.phones === '' || term.skeleton.length < 3) return id < 0 || !this.isAlive(id) ? [] : [id]
    const found: number[] = []
    this.eachKey(this.bySkeleton, hashKey(term.skeleton, skeletonSeed), (other) => {
      if (!this.isAlive(other)) return
      if (other === id || this.likeness(word, other) >= joinedFloor) found.push(other)
    })
    return found.sort((a, b) => a - b)
  }

  private eachKey(lists: KeyLists, hash: number, consider: (id: number) => void): void {
    for (let entry = lists.first(hash); entry !== 0; entry = lists.next(entry)) consider(lists.value(entry))
  }

  private considerDeletions(text: string, consider: (id: number) => void): void {
    if (text.length < 3 || text.length > longestDeletion + 1) return
    this.eachKey(this.byDeletion, hashKey(text, deletionSeed), consider)
    if (text.length < 4) return
    for (let skip = 0; skip < text.length; skip++) {
      if (text[skip] === text[skip - 1]) continue
      this.eachKey(this.byDeletion, hashWithout(text, skip, deletionSeed), consider)
    }
  }

  /** A word that may be two written together: its rarer half finds the names, the alignment checks the other half. */
  private considerSplits({ text, isAbjad }: Term, found: Map<number, number>): void {
    if (text.length < 6 || isAbjad) return
    for (let cut = 2; cut <= text.length - 2; cut++) {
      const [left, right] = [text.slice(0, cut), text.slice(cut)]
      const [a, b] = [this.living(left), this.living(right)]
      if (a === undefined && b === undefined) continue
      const isForm = legalForms.has(left) || legalForms.has(right) || articles.has(right) || particles.has(right)
      if ((a === undefined || b === undefined) && !isForm) continue
      for (const [id, half] of [
        [a, left],
        [b, right],
      ] as const) {
        if (id === undefined || half.length < 3 || (found.get(id) ?? 0) > 0) continue
        const other = id === a ? b : a
        if (other === undefined || this.counts.data[id]! <= this.counts.data[other]!) found.set(id, splitSimilarity)
      }
    }
  }

  private living(text: string): number | undefined {
    const id = this.texts.find(text)
    return id >= 0 && this.isAlive(id) ? id : undefined
  }
}
