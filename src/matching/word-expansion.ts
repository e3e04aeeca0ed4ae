import type { Column } from '#matching/columns'
import { articles, legalForms, particles } from '#matching/lexicon'
import { agreement } from '#matching/name-parts'
import { hashKey, skeletonOf } from '#matching/skeleton'
import { keysOf, phonesOf, type Term } from '#matching/term'
import type { TextTable } from '#matching/text-table'
import { eachOf, type WordKeys } from '#matching/word-keys'
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
/** Joined words of fewer consonants are found as they are spelt, not as they sound. */
const fewestConsonants = 3

/** Words of the vocabulary that a query word may stand for, likest first. */
export interface Expansion {
  readonly ids: readonly number[]
  /** How far each agrees, falling. */
  readonly agreements: Float64Array
}

export function expansionOf(ids: readonly number[], similarity: (at: number) => number): Expansion {
  return { ids, agreements: Float64Array.from(ids, (_, at) => agreement(similarity(at))) }
}

/** A word whose expansion is sought. */
export interface Expanded {
  readonly term: Term
  readonly id: number
  readonly compared: WordLikeness
  readonly likeness: Map<number, number>
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
  private readonly reached = new Uint32Array(crowdedKey + 1)
  private seen = new Uint32Array(0)
  private seenMark = 0
  private looked = 0

  constructor(parts: ExpansionParts) {
    this.parts = parts
  }

  expand(word: Expanded): Expansion {
    const { records, termOf, keys, counts } = this.parts
    const { term } = word
    const found = new Map<number, number>()
    const seen = this.beginSeen()
    const consider = (id: number) => {
      if (this.seen[id] === seen || !records.isAlive(id)) return
      this.seen[id] = seen
      this.looked++
      const similarity = word.compared.to(id, records, termOf)
      if (similarity === 0) return
      found.set(id, similarity)
      word.likeness.set(id, similarity)
    }
    if (word.id >= 0) consider(word.id)
    for (const key of keysOf(term)) this.considerKey(hashKey(key, skeletonSeed), consider)
    keys.eachNear(term.text, consider)
    this.considerSplits(term, found)
    const hits = Array.from(found).filter(([, similarity]) => similarity > 0)
    hits.sort((a, b) => b[1] - a[1] || counts.data[b[0]]! - counts.data[a[0]]! || a[0] - b[0])
    hits.length = Math.min(hits.length, expansionLimit)
    return expansionOf(
      hits.map(([id]) => id),
      (at) => hits[at]![1],
    )
  }

  /** Whether there may be words that sound like a text: most texts that are two words joined are known to have none by their key alone. */
  mayHaveSoundOf(text: string): boolean {
    const phones = phonesOf(text)
    const skeleton = skeletonOf(phones)
    if (phones === '' || skeleton.length < fewestConsonants) return true
    return this.parts.keys.bySkeleton.first(hashKey(skeleton, skeletonSeed)) !== 0
  }

  /** Words that sound like a term of two words joined; nothing looser. `id` is its number, or -1. */
  soundsLike(term: Term, id: number): readonly number[] {
    const { records, keys, termOf } = this.parts
    if (term.phones === '' || term.skeleton.length < fewestConsonants) return id < 0 || !records.isAlive(id) ? [] : [id]
    const found: number[] = []
    const compared = new WordLikeness(term, id)
    eachOf(keys.bySkeleton, hashKey(term.skeleton, skeletonSeed), (other) => {
      if (!records.isAlive(other)) return
      if (compared.to(other, records, termOf, joinedFloor - rounding) >= joinedFloor) found.push(other)
    })
    return found.sort((a, b) => a - b)
  }

  /** A mark for the words that are looked at for one word of a query. */
  private beginSeen(): number {
    const { size } = this.parts.texts
    if (this.seen.length < size) this.seen = new Uint32Array(Math.ceil(size * 1.25))
    if (this.seenMark === 0xffffffff) this.seen.fill(0)
    this.seenMark = this.seenMark === 0xffffffff ? 1 : this.seenMark + 1
    this.looked = 0
    return this.seenMark
  }

  /** Of a key that leads to very many words, or after many have been looked at, only words that several entities share. */
  private considerKey(hash: number, consider: (id: number) => void): void {
    const { reached } = this
    const { bySkeleton, sharedBySkeleton } = this.parts.keys
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
    eachOf(sharedBySkeleton, hash, (id) => {
      if (this.parts.counts.data[id]! >= sharedBy) consider(id)
    })
  }

  /** A word that may be two written together: its rarer half finds the names, the alignment checks the other half. */
  private considerSplits({ text, isAbjad }: Term, found: Map<number, number>): void {
    if (text.length < 6 || isAbjad) return
    const { data: counts } = this.parts.counts
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
        if (other === undefined || counts[id]! <= counts[other]!) found.set(id, splitSimilarity)
      }
    }
  }

  private living(text: string): number | undefined {
    const id = this.parts.texts.find(text)
    return id >= 0 && this.parts.records.isAlive(id) ? id : undefined
  }
}
