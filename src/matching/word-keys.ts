import type { Memory } from '#matching/columns'
import { KeyLists } from '#matching/key-lists'
import { mostWords } from '#matching/limits'
import { hashKey, hashWithout } from '#matching/skeleton'
import type { Term } from '#matching/term'
import { skeletonSeed } from '#matching/word-records'

const deletionSeed = 2
const longestDeletion = 24

/** Words of the vocabulary, by number, under the keys that they can be found by: their consonants, and themselves with one letter less. */
export class WordKeys {
  readonly bySkeleton: KeyLists
  /** The words that several entities share, by the same keys. */
  readonly sharedBySkeleton: KeyLists
  private readonly byDeletion: KeyLists

  constructor(memory: Memory) {
    this.bySkeleton = new KeyLists(memory, 'skeletonKeys', mostWords * 8)
    this.byDeletion = new KeyLists(memory, 'deletionKeys', mostWords * 16)
    this.sharedBySkeleton = new KeyLists(memory, 'sharedKeys', mostWords * 4)
  }

  /** Adds a word with the keys that `keysOf` gives it. */
  add({ text }: Term, keys: readonly string[], id: number): void {
    for (const key of keys) this.bySkeleton.add(hashKey(key, skeletonSeed), id)
    if (text.length < 4 || text.length > longestDeletion) return
    this.byDeletion.add(hashKey(text, deletionSeed), id)
    for (let skip = 0; skip < text.length; skip++) {
      if (text[skip] !== text[skip - 1]) this.byDeletion.add(hashWithout(text, skip, deletionSeed), id)
    }
  }

  share(keys: readonly string[], id: number): void {
    for (const key of keys) this.sharedBySkeleton.add(hashKey(key, skeletonSeed), id)
  }

  /** Lays what keys lead to side by side, after many words have come. */
  tighten(): void {
    for (const lists of this.lists) lists.tighten()
  }

  /** Gives every word its new number; -1 for what is gone. */
  renumber(numbers: Int32Array): void {
    for (const lists of this.lists) lists.rewrite((id) => numbers[id]!)
  }

  /** Words that are one letter more, less or other than a text: `consider` is given many of their numbers at once, some again. */
  eachNear(text: string, consider: (ids: Uint32Array, count: number) => void): void {
    if (text.length < 3 || text.length > longestDeletion + 1) return
    const { byDeletion } = this
    const look = (hash: number) => {
      const count = byDeletion.collect(hash)
      if (count > 0) consider(byDeletion.collected, count)
    }
    look(hashKey(text, deletionSeed))
    if (text.length < 4) return
    for (let skip = 0; skip < text.length; skip++) {
      if (text[skip] !== text[skip - 1]) look(hashWithout(text, skip, deletionSeed))
    }
  }

  private get lists(): readonly KeyLists[] {
    return [this.bySkeleton, this.byDeletion, this.sharedBySkeleton]
  }
}
