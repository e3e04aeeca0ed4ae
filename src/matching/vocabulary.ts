import type { Column, Memory } from '#matching/columns'
import { HashCounts } from '#matching/hash-counts'
import { band, nats, poolOf } from '#matching/information'
import { KeyLists } from '#matching/key-lists'
import { articles, legalForms, particles } from '#matching/lexicon'
import { mostWords } from '#matching/limits'
import type { NameClasses } from '#matching/name-classes'
import { agreement } from '#matching/name-parts'
import { priorOf } from '#matching/prior'
import { hashKey, hashWithout } from '#matching/skeleton'
import { keysOf, makeTerm, type Term } from '#matching/term'
import { TermCache } from '#matching/term-cache'
import { TextTable } from '#matching/text-table'
import { WordLikeness } from '#matching/word-likeness'
import { recordSize, skeletonHash, skeletonSeed, WordRecords } from '#matching/word-records'

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
const rounding = 0.001

/** A word as a query meets it. */
export interface Word {
  readonly term: Term
  /** Its number, or -1 for a word that no indexed name has held. */
  readonly id: number
  /** What it tells, in nats. */
  readonly information: number
  readonly compared: WordLikeness
  /** How alike it is to words of the vocabulary, by their number, as far as that has been asked. */
  readonly likeness: Map<number, number>
  expansion: Expansion | undefined
}

/** Words of the vocabulary that a query word may stand for, likest first. */
export interface Expansion {
  readonly ids: readonly number[]
  /** How far each agrees, falling. */
  readonly agreements: Float64Array
}

export function expansionOf(ids: readonly number[], similarity: (at: number) => number): Expansion {
  return { ids, agreements: Float64Array.from(ids, (_, at) => agreement(similarity(at))) }
}

/** Every word of the indexed names under a dense number, findable by spelling, by skeleton and by one letter more or less. */
export class Vocabulary {
  private readonly memory: Memory
  private readonly pack: NameClasses | undefined
  private readonly texts: TextTable
  private readonly counts: Column
  private readonly priors: Column
  private readonly skeletonCounts: HashCounts
  private readonly bySkeleton: KeyLists
  private readonly byDeletion: KeyLists
  /** The words that several entities share, by the same keys, and which they are. */
  private readonly sharedBySkeleton: KeyLists
  private readonly records: WordRecords
  private readonly terms = new TermCache()
  private readonly words = new Map<string, Word>()
  private told = new Float32Array(0)
  private pool = 0
  private readonly reached = new Uint32Array(crowdedKey + 1)
  private seen = new Uint32Array(0)
  private seenMark = 0
  private looked = 0
  private versionSeen = -1
  private wordingSeen = 0

  constructor(memory: Memory, pack?: NameClasses) {
    this.memory = memory
    this.pack = pack
    this.texts = new TextTable(memory, 'words', { count: mostWords, bytes: mostWords * 16 })
    this.counts = memory.numbers('words.counts', mostWords)
    this.priors = memory.numbers('words.priors', mostWords)
    this.skeletonCounts = new HashCounts(memory, 'skeletons', mostWords)
    this.bySkeleton = new KeyLists(memory, 'skeletonKeys', mostWords * 8)
    this.byDeletion = new KeyLists(memory, 'deletionKeys', mostWords * 16)
    this.sharedBySkeleton = new KeyLists(memory, 'sharedKeys', mostWords * 4)
    this.records = new WordRecords(memory)
  }

  get size(): number {
    return this.texts.size
  }

  /** The word under a number. */
  term(id: number): Term {
    let term = this.terms.get(id)
    if (term === undefined) {
      term = makeTerm(this.texts.text(id), this.pack)
      this.terms.set(id, term, this.size)
    }
    return term
  }

  private readonly termOf = (id: number) => this.term(id)

  /** The text of the word under a number. */
  text(id: number): string {
    return this.terms.get(id)?.text ?? this.texts.text(id)
  }

  /** Lays what the keys of words lead to side by side, after many words have come. */
  tighten(): void {
    for (const lists of [this.bySkeleton, this.byDeletion, this.sharedBySkeleton]) lists.tighten()
  }

  /** The number of a word, given out at first sight. Throws `matching/full` beyond four million words. */
  intern(text: string): number {
    const id = this.texts.intern(text)
    if (id < this.counts.length) return id
    const term = makeTerm(text, this.pack)
    this.counts.push(0)
    this.records.add(term)
    this.priors.push(priorOf(term))
    for (const key of keysOf(term)) this.bySkeleton.add(hashKey(key, skeletonSeed), id)
    if (text.length >= 4 && text.length <= longestDeletion) {
      this.byDeletion.add(hashKey(text, deletionSeed), id)
      for (let skip = 0; skip < text.length; skip++) {
        if (text[skip] !== text[skip - 1]) this.byDeletion.add(hashWithout(text, skip, deletionSeed), id)
      }
    }
    return id
  }

  /** Drops words for which `keep` says no, and numbers the rest anew, in order. Returns the new numbers; -1 for what is gone. */
  compact(keep: (id: number) => boolean): Int32Array {
    const { counts, priors, records } = this
    let kept = 0
    const numbers = Int32Array.from({ length: this.size }, (_, id) => (keep(id) ? kept++ : -1))
    for (const [id, number] of numbers.entries()) {
      if (number < 0) continue
      counts.data[number] = counts.data[id]!
      priors.data[number] = priors.data[id]!
      records.move(id, number)
    }
    this.texts.compact((id) => numbers[id]! >= 0)
    for (const column of [counts, priors]) column.length = kept
    records.cut(kept)
    for (const lists of [this.bySkeleton, this.byDeletion, this.sharedBySkeleton]) lists.rewrite((id) => numbers[id]!)
    this.memory.renumberWords()
    this.forgetTerms()
    return numbers
  }

  private forgetTerms(): void {
    this.wordingSeen = this.memory.wording
    this.terms.clear()
  }

  /** One more, or one fewer, entity with these words. Only what shows in an answer counts as a change. */
  count(ids: ReadonlySet<number>, change: 1 | -1): void {
    let shows = false
    const kin = new Set<number>()
    for (const id of ids) {
      const before = this.counts.data[id]!
      this.counts.data[id] = before + change
      if (before + change >= sharedBy && !this.records.isShared(id)) this.share(id)
      if (before === 0 || before + change === 0) this.records.setAlive(id, change > 0)
      shows ||= band(before) !== band(before + change) || before === 0 || before + change === 0
      kin.add(this.records.skeletonHash(id * recordSize))
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
    if (this.wordingSeen !== this.memory.wording) this.forgetTerms()
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
      const information =
        id < 0
          ? this.tell(skeletonHash(term), { own: 0, prior: priorOf(term), letters: term.text.length })
          : this.information(id)
      const compared = new WordLikeness(term, id)
      word = { term, id, information, compared, likeness: new Map(), expansion: undefined }
      if (this.words.size >= memoLimit) this.words.clear()
      this.words.set(text, word)
    }
    return word
  }

  /** What a word tells, in nats. Other spellings of the same consonants count half. */
  information(id: number): number {
    const known = this.told[id]!
    if (known >= 0) return known
    const [own, prior] = [this.counts.data[id]!, this.priors.data[id]!]
    const told = this.tell(this.records.skeletonHash(id * recordSize), {
      own,
      prior,
      letters: this.records.textLength(id * recordSize),
    })
    this.told[id] = told
    return this.told[id]!
  }

  private tell(
    skeleton: number,
    { own, prior, letters }: { readonly own: number; readonly prior: number; readonly letters: number },
  ): number {
    const kin = skeleton === 0 ? own : this.skeletonCounts.get(skeleton)
    const seen = own + Math.max(0, kin - own) / 2
    return Math.fround(nats({ seen, prior, pool: this.pool, letters }))
  }

  /** How alike a word is to the one under a number. */
  likeness(word: Word, id: number): number {
    let value = word.likeness.get(id)
    if (value === undefined) {
      value = word.compared.to(id, this.records, this.termOf)
      if (word.likeness.size < memoLimit) word.likeness.set(id, value)
    }
    return value
  }

  /** What a word of a query may stand for. */
  expand(word: Word): Expansion {
    if (word.expansion !== undefined) return word.expansion
    const { term } = word
    const found = new Map<number, number>()
    const seen = this.beginSeen()
    const consider = (id: number) => {
      if (this.seen[id] === seen || !this.records.isAlive(id)) return
      this.seen[id] = seen
      this.looked++
      const similarity = word.compared.to(id, this.records, this.termOf)
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
    word.expansion = expansionOf(
      hits.map(([id]) => id),
      (at) => hits[at]![1],
    )
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
    this.records.share(id)
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
    const id = this.texts.find(text)
    const term = id < 0 ? makeTerm(text, this.pack) : this.term(id)
    if (term.phones === '' || term.skeleton.length < 3) return id < 0 || !this.records.isAlive(id) ? [] : [id]
    const found: number[] = []
    const compared = new WordLikeness(term, id)
    this.eachKey(this.bySkeleton, hashKey(term.skeleton, skeletonSeed), (other) => {
      if (!this.records.isAlive(other)) return
      if (compared.to(other, this.records, this.termOf, joinedFloor - rounding) >= joinedFloor) found.push(other)
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
    return id >= 0 && this.records.isAlive(id) ? id : undefined
  }
}
