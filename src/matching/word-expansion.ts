import type { Column } from '#matching/columns'
import { spellLatinCompound } from '#matching/compounds'
import type { KeyLists } from '#matching/key-lists'
import { articles, legalForms, particles } from '#matching/lexicon'
import { agreement } from '#matching/name-parts'
import { heard } from '#matching/phones'
import { hashKey, skeletonOfBytes } from '#matching/skeleton'
import { hearPhones, keysOf, type Term } from '#matching/term'
import type { TextTable } from '#matching/text-table'
import { misread } from '#matching/typing'
import type { WordKeys } from '#matching/word-keys'
import { WordLikeness } from '#matching/word-likeness'
import { skeletonSeed, type WordRecords } from '#matching/word-records'

const expansionLimit = 96
/** A key that leads to more words, and a word after so many were looked at, is followed among shared words alone; chosen by speed. */
const crowdedKey = 400
const crowdedWord = 800
/** Entities that make a word a shared one. */
export const sharedBy = 8
const splitSimilarity = 0.9
const joinedFloor = 0.92
const rounding = 0.001
/** Shorter words are no compounds. */
const fewestOfCompound = 7
/** Joined words of fewer consonants are found as they are spelt, not as they sound. */
const fewestConsonants = 3

/** Words of the vocabulary that a query word may stand for, likest first. */
export interface Expansion {
  readonly ids: readonly number[]
  /** How far each agrees, falling. */
  readonly agreements: Float64Array
}

export function expansionOf(ids: readonly number[], similarity: (at: number) => number): Expansion {
  const agreements = new Float64Array(ids.length)
  for (let at = 0; at < ids.length; at++) agreements[at] = agreement(similarity(at))
  return { ids, agreements }
}

/** A word whose expansion is sought. */
export interface Expanded {
  readonly term: Term
  readonly id: number
  readonly compared: WordLikeness
}

/** What expanding reads of a vocabulary. */
export interface ExpansionParts {
  readonly texts: TextTable
  /** Entities that hold a word, by its number. */
  readonly counts: Column
  readonly keys: WordKeys
  readonly records: WordRecords
  readonly termOf: (id: number) => Term
}

/** Finds the words of a vocabulary that a word may stand for. */
export class WordExpander {
  private readonly parts: ExpansionParts
  private readonly found: Likenesses
  private seen = new Uint32Array(0)
  private seenMark = 0
  private looked = 0
  private word: Expanded | undefined

  constructor(parts: ExpansionParts) {
    this.parts = parts
    this.found = new Likenesses(parts.counts)
  }

  expand(word: Expanded): Expansion {
    const { keys } = this.parts
    const { term } = word
    this.word = word
    this.beginSeen()
    this.found.clear()
    if (word.id >= 0) this.consider(word.id)
    for (const key of keysOf(term)) this.considerKey(hashKey(key, skeletonSeed))
    keys.eachNear(term.text, this.considerAll)
    this.considerSplits(word)
    if (word.id < 0) this.considerMisread(term.text)
    this.word = undefined
    return this.found.best(expansionLimit)
  }

  /** Looks at words that were collected. All their records are touched before the first is compared: far memory is then fetched at once. */
  private readonly considerAll = (ids: Uint32Array, count: number) => {
    const { seen, seenMark } = this
    const { records } = this.parts
    let left = 0
    for (let at = 0; at < count; at++) {
      const id = ids[at]!
      if (seen[id] === seenMark || !records.isAlive(id)) continue
      seen[id] = seenMark
      ids[left++] = id
    }
    this.looked += left
    for (let at = 0; at < left; at++) this.compare(ids[at]!)
  }

  private consider(id: number): void {
    if (this.seen[id] === this.seenMark || !this.parts.records.isAlive(id)) return
    this.seen[id] = this.seenMark
    this.looked++
    this.compare(id)
  }

  private compare(id: number): void {
    const { records, termOf } = this.parts
    const word = this.word!
    const similarity = word.compared.to(id, records, termOf)
    if (similarity === 0) return
    this.found.add(id, similarity)
  }

  /** Whether there may be words that sound like a text: most texts that are two words joined are known to have none by their key alone. */
  mayHaveSoundOf(text: string): boolean {
    hearPhones(text)
    const { length, hash } = skeletonOfBytes(heard.codes, heard.length, skeletonSeed)
    return length < fewestConsonants || this.parts.keys.bySkeleton.has(hash)
  }

  /** Words that sound like a term of two words joined; nothing looser. `id` is its number, or -1. */
  soundsLike(term: Term, id: number): readonly number[] {
    const { records, keys, termOf } = this.parts
    if (term.phones === '' || term.skeleton.length < fewestConsonants) return id < 0 || !records.isAlive(id) ? [] : [id]
    const found: number[] = []
    const compared = new WordLikeness(term, id)
    const { bySkeleton } = keys
    const count = this.keepAlive(bySkeleton, bySkeleton.collect(hashKey(term.skeleton, skeletonSeed)))
    for (let at = 0; at < count; at++) {
      const other = bySkeleton.collected[at]!
      if (compared.to(other, records, termOf, joinedFloor - rounding) >= joinedFloor) found.push(other)
    }
    return found.sort((a, b) => a - b)
  }

  /** Of collected words those that live; like `considerAll` it touches all records before the first is compared. */
  private keepAlive({ collected: ids }: KeyLists, count: number): number {
    const { records } = this.parts
    let left = 0
    for (let at = 0; at < count; at++) if (records.isAlive(ids[at]!)) ids[left++] = ids[at]!
    return left
  }

  /** Begins to mark the words that are looked at for one word of a query. */
  private beginSeen(): void {
    const { size } = this.parts.texts
    if (this.seen.length < size) this.seen = new Uint32Array(Math.ceil(size * 1.25))
    if (this.seenMark === 0xffffffff) this.seen.fill(0)
    this.seenMark = this.seenMark === 0xffffffff ? 1 : this.seenMark + 1
    this.looked = 0
  }

  /** Of a key that leads to very many words, or after many have been looked at, only words that several entities share. */
  private considerKey(hash: number): void {
    const { bySkeleton, sharedBySkeleton } = this.parts.keys
    if (this.looked <= crowdedWord) {
      const count = bySkeleton.collect(hash, crowdedKey + 1)
      if (count <= crowdedKey) {
        this.considerAll(bySkeleton.collected, count)
        return
      }
    }
    const { data: counts } = this.parts.counts
    const shared = sharedBySkeleton.collect(hash)
    for (let at = 0; at < shared; at++) {
      const id = sharedBySkeleton.collected[at]!
      if (counts[id]! >= sharedBy) this.consider(id)
    }
  }

  /** A word that may be two written together: its rarer half finds the names, the alignment checks the other half. */
  private considerSplits({ term: { text, isAbjad }, compared }: Expanded): void {
    if (text.length < 6 || isAbjad) return
    const { data: counts } = this.parts.counts
    const { found } = this
    for (let cut = 2; cut <= text.length - 2; cut++) {
      const [left, right] = [text.slice(0, cut), text.slice(cut)]
      const [a, b] = [this.livingHalf(left), this.livingHalf(right)]
      if (a === undefined && b === undefined) continue
      const isForm = legalForms.has(left) || legalForms.has(right) || articles.has(right) || particles.has(right)
      if ((a === undefined || b === undefined) && !isForm) continue
      for (const [id, half] of [
        [a, left],
        [b, right],
      ] as const) {
        if (id === undefined || half.length < 3 || found.has(id)) continue
        const other = id === a ? b : a
        const hasArticle = half === left && articles.has(right) // Ghaythal-Shawwa
        if (!hasArticle && other !== undefined && counts[id]! > counts[other]!) continue
        found.add(id, splitSimilarity)
        if (hasArticle) compared.take(id, splitSimilarity)
      }
    }
  }

  /** Words that a text becomes where two letters that run together in print are read as one, or one as two. */
  private considerMisread(text: string): void {
    for (const [two, one] of misread) {
      for (const [from, to] of [
        [two, one],
        [one, two],
      ] as const) {
        if (from === 'n') continue // in most words, and seldom printed as two letters
        for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
          const id = this.parts.texts.find(text.slice(0, at) + to + text.slice(at + from.length))
          if (id >= 0) this.consider(id)
        }
      }
    }
  }

  /** A half, as it is or in the spelling of its compound. */
  private livingHalf(text: string): number | undefined {
    const id = this.living(text)
    if (id !== undefined || text.length < fewestOfCompound) return id
    const spelt = spellLatinCompound(text)
    return spelt === text ? undefined : this.living(spelt)
  }

  private living(text: string): number | undefined {
    const id = this.parts.texts.find(text)
    return id >= 0 && this.parts.records.isAlive(id) ? id : undefined
  }
}

/** Words with how alike they are, likest first; of words as alike the commonest, then by number. */
class Likenesses {
  private readonly counts: Column
  private readonly ids: number[] = []
  private readonly values: number[] = []

  constructor(counts: Column) {
    this.counts = counts
  }

  clear(): void {
    this.ids.length = 0
    this.values.length = 0
  }

  has(id: number): boolean {
    return this.ids.includes(id)
  }

  add(id: number, value: number): void {
    const { ids, values } = this
    let place = ids.length
    ids.push(id)
    values.push(value)
    while (place > 0 && this.isBefore(id, value, place - 1)) {
      ids[place] = ids[place - 1]!
      values[place] = values[place - 1]!
      place--
    }
    ids[place] = id
    values[place] = value
  }

  private isBefore(id: number, value: number, place: number): boolean {
    const [other, otherValue] = [this.ids[place]!, this.values[place]!]
    if (value !== otherValue) return value > otherValue
    const { data } = this.counts
    return data[id] !== data[other] ? data[id]! > data[other]! : id < other
  }

  best(limit: number): Expansion {
    return expansionOf(this.ids.slice(0, limit), (at) => this.values[at]!)
  }
}
