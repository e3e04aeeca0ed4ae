import type { Column, Memory } from '#matching/columns'
import { HashCounts } from '#matching/hash-counts'
import { band, nats, poolOf } from '#matching/information'
import { organisationWords } from '#matching/lexicon'
import { LikenessCache } from '#matching/likeness-cache'
import { mostWords } from '#matching/limits'
import type { NameClasses } from '#matching/name-classes'
import { priorOf } from '#matching/prior'
import { keysOf, makeTerm, type Term } from '#matching/term'
import { TextTable } from '#matching/text-table'
import { WordCache } from '#matching/word-cache'
import { type Expansion, sharedBy, WordExpander } from '#matching/word-expansion'
import { WordKeys } from '#matching/word-keys'
import { WordLikeness } from '#matching/word-likeness'
import { recordSize, skeletonHash, WordRecords } from '#matching/word-records'

const memoLimit = 32_768
const none: readonly number[] = []

/** A word as a query meets it. */
export interface Word {
  readonly term: Term
  /** Its number, or -1 for a word that no indexed name has held. */
  readonly id: number
  /** What it tells, in nats. */
  readonly information: number
  readonly compared: WordLikeness
  /** Its number among the words of queries. */
  readonly place: number
  expansion: Expansion | undefined
}

/** Every word of the indexed names under a dense number, findable by spelling, by skeleton and by one letter more or less. */
export class Vocabulary {
  private readonly memory: Memory
  private readonly pack: NameClasses | undefined
  private readonly texts: TextTable
  private readonly counts: Column
  private readonly priors: Column
  private readonly skeletonCounts: HashCounts
  private readonly keys: WordKeys
  private readonly records: WordRecords
  private readonly expander: WordExpander
  private readonly terms = new WordCache<Term>()
  private readonly spellings = new WordCache<string>()
  private readonly words = new Map<string, Word>()
  private met = 0
  private readonly likenesses = new LikenessCache()
  private told = new Float32Array(0)
  private pool = 0
  private versionSeen = -1
  private wordingSeen = 0

  constructor(memory: Memory, pack?: NameClasses) {
    this.memory = memory
    this.pack = pack
    this.texts = new TextTable(memory, 'words', { count: mostWords, bytes: mostWords * 16 })
    this.counts = memory.numbers('words.counts', mostWords)
    this.priors = memory.numbers('words.priors', mostWords)
    this.skeletonCounts = new HashCounts(memory, 'skeletons', mostWords)
    this.keys = new WordKeys(memory)
    this.records = new WordRecords(memory)
    const { texts, counts, keys, records, termOf } = this
    this.expander = new WordExpander({ texts, counts, keys, records, termOf })
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

  /** The text of the word under a number, without the cost of making a term of it. */
  text(id: number): string {
    let text = this.spellings.get(id)
    if (text === undefined) {
      text = this.texts.text(id)
      this.spellings.set(id, text, this.size)
    }
    return text
  }

  /** How many letters the word under a number has. */
  lengthOf(id: number): number {
    return this.records.textLength(id * recordSize)
  }

  isKnown(id: number): boolean {
    return this.records.isKnown(id)
  }

  /** Whether the word under a number says what an organisation is or does. All such words are known: most need not be read for it. */
  isTrade(id: number): boolean {
    return this.records.isKnown(id) && organisationWords.has(this.text(id))
  }

  /** Lays what the keys of words lead to side by side, after many words have come. */
  tighten(): void {
    this.keys.tighten()
  }

  /** The number of a word, given out at first sight. Throws `matching/full` beyond four million words. */
  intern(text: string): number {
    const id = this.texts.intern(text)
    if (id < this.counts.length) return id
    const term = makeTerm(text, this.pack)
    this.counts.push(0)
    this.records.add(term)
    const keys = keysOf(term)
    this.priors.push(priorOf(term, keys))
    this.keys.add(term, keys, id)
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
    this.keys.renumber(numbers)
    this.memory.renumberWords()
    this.forgetTerms()
    return numbers
  }

  private forgetTerms(): void {
    this.wordingSeen = this.memory.wording
    this.terms.clear()
    this.spellings.clear()
  }

  /**
   * An entity has these words in place of those. Only what shows in an answer counts as a change: a word that stays does not.
   */
  exchange(gone: ReadonlySet<number>, come: ReadonlySet<number>): void {
    const [fewer, more] = [without(gone, come), without(come, gone)]
    let shows = false
    for (const id of more) if (this.countWord(id, 1)) shows = true
    for (const id of fewer) if (this.countWord(id, -1)) shows = true
    for (const skeleton of this.kinOf(more, gone)) if (this.countKin(skeleton, 1)) shows = true
    for (const skeleton of this.kinOf(fewer, come)) if (this.countKin(skeleton, -1)) shows = true
    if (shows) this.memory.touch()
  }

  private countWord(id: number, change: 1 | -1): boolean {
    const before = this.counts.data[id]!
    const after = before + change
    this.counts.data[id] = after
    if (after >= sharedBy && !this.records.isShared(id)) this.share(id)
    if (before === 0 || after === 0) this.records.setAlive(id, change > 0)
    return band(before) !== band(after) || before === 0 || after === 0
  }

  private countKin(skeleton: number, change: 1 | -1): boolean {
    const before = this.skeletonCounts.get(skeleton)
    this.skeletonCounts.add(skeleton, change)
    return band(before / 2) !== band((before + change) / 2)
  }

  /** The consonants of words that no word of `others` has. */
  private kinOf(ids: readonly number[], others: ReadonlySet<number>): ReadonlySet<number> {
    const kin = new Set<number>()
    for (const id of ids) kin.add(this.records.skeletonHash(id * recordSize))
    kin.delete(0)
    if (kin.size > 0) for (const id of others) kin.delete(this.records.skeletonHash(id * recordSize))
    return kin
  }

  /** To be called before a search, with the number of indexed entities: forgets what has changed since the last. */
  begin(entities: number): void {
    const pool = poolOf(entities)
    if (this.versionSeen === this.memory.version && this.pool === pool) return
    this.versionSeen = this.memory.version
    if (this.wordingSeen !== this.memory.wording) this.forgetTerms()
    this.pool = pool
    this.words.clear()
    this.likenesses.clear()
    this.met = 0
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
          ? this.tell(skeletonHash(term), { own: 0, prior: priorOf(term, keysOf(term)), letters: term.text.length })
          : this.information(id)
      const compared = new WordLikeness(term, id)
      word = { term, id, information, compared, place: this.met++, expansion: undefined }
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
    let value = this.likenesses.get(word.place, id)
    if (value < 0) {
      value = word.compared.to(id, this.records, this.termOf)
      this.likenesses.set(word.place, id, value)
    }
    return value
  }

  /** What a word of a query may stand for. */
  expand(word: Word): Expansion {
    word.expansion ??= this.expander.expand(word)
    return word.expansion
  }

  /** Words that sound like a text of two words joined; nothing looser. Hardly two names join the same words: nothing is remembered. */
  soundsLike(text: string): readonly number[] {
    if (!this.expander.mayHaveSoundOf(text)) return none
    const id = this.texts.find(text)
    return this.expander.soundsLike(id < 0 ? makeTerm(text, this.pack) : this.term(id), id)
  }

  private share(id: number): void {
    this.records.share(id)
    this.keys.share(keysOf(this.term(id)), id)
  }
}

function without(ids: ReadonlySet<number>, others: ReadonlySet<number>): readonly number[] {
  const left: number[] = []
  for (const id of ids) if (!others.has(id)) left.push(id)
  return left
}
