import { Blocking } from '#matching/blocking'
import type { Candidate } from '#matching/candidate'
import { attributesOf, type MatchEntity, namesOf } from '#matching/entity'
import { EntityStore, keepRead } from '#matching/entity-store'
import { lookupKey } from '#matching/identifiers'
import { KeyLists } from '#matching/key-lists'
import { NameTable } from '#matching/name-table'
import { contextOf } from '#matching/query'
import { type SearchOptions, type SearchParts, searchIndex } from '#matching/search'
import { hashKey } from '#matching/skeleton'
import { tokenise } from '#matching/tokens'
import { Vocabulary } from '#matching/vocabulary'

/** Entities that can be searched by name, attribute and identifier. In memory; one thread. */
export interface MatchingIndex {
  /** Indexes an entity, in place of the one with its id if there is one. */
  put(entity: MatchEntity): void
  /** Whether there was such an entity. */
  remove(id: string): boolean
  /** Candidates for a query, likest first; of equal score, by id. The query need not be indexed. */
  search(query: MatchEntity, options?: SearchOptions): readonly Candidate[]
  /** Entities indexed. */
  readonly size: number
  /** Bytes held in typed arrays: most of what the index costs beyond its strings. */
  readonly bytes: number
}

const identifierSeed = 3
/** Removed rows are reclaimed when there are this many and they are a quarter of all. */
const compactionFloor = 1_024

export function createMatchingIndex(): MatchingIndex {
  return new Index()
}

class Index implements MatchingIndex {
  private readonly vocabulary = new Vocabulary()
  private readonly names = new NameTable(this.vocabulary)
  private readonly blocking = new Blocking(this.names)
  private readonly entities = new EntityStore()
  private readonly identifiers = new KeyLists()

  get size(): number {
    return this.entities.size
  }

  put(entity: MatchEntity): void {
    this.remove(entity.id)
    const first = this.names.length
    const stored = keepRead(entity)
    const ordinal = this.entities.add(stored, first)
    const context = contextOf(stored)
    const seen = new Set<string>()
    for (const [position, { text, isWeak }] of namesOf(stored).entries()) {
      const tokens = tokenise(text, context)
      const key = tokens.map((token) => `${token.kind}:${token.text}`).join(' ')
      if (tokens.length === 0 || seen.has(key)) continue
      seen.add(key)
      this.names.add(ordinal, tokens, { isWeak, position })
    }
    this.names.count(first, this.names.length, 1)
    for (const identifier of attributesOf(stored).identifiers) {
      this.identifiers.add(hashKey(lookupKey(identifier), identifierSeed), ordinal)
    }
  }

  remove(id: string): boolean {
    const ordinal = this.entities.numberOf(id)
    if (ordinal === undefined) return false
    const [from, to] = this.entities.namesOf(ordinal, this.names.length)
    this.names.count(from, to, -1)
    this.entities.remove(ordinal)
    const gone = this.entities.rows - this.entities.size
    if (gone >= compactionFloor && gone * 4 >= this.entities.rows) this.compact()
    return true
  }

  search(query: MatchEntity, options: SearchOptions = {}): readonly Candidate[] {
    const parts: SearchParts = {
      vocabulary: this.vocabulary,
      names: this.names,
      blocking: this.blocking,
      entities: this.entities,
      ownersWith: (identifier) => this.identifiers.read(hashKey(lookupKey(identifier), identifierSeed)),
    }
    return searchIndex(parts, query, options)
  }

  private compact(): void {
    const isAlive = (ordinal: number) => this.entities.isAlive(ordinal)
    let kept = 0
    const numbers = Int32Array.from({ length: this.entities.rows }, (_, ordinal) => (isAlive(ordinal) ? kept++ : -1))
    let names = 0
    const counts = numbers.map((_, ordinal) => {
      const [from, to] = this.entities.namesOf(ordinal, this.names.length)
      return isAlive(ordinal) ? to - from : 0
    })
    const firsts = counts.map((count) => {
      names += count
      return names - count
    })
    this.names.compact((owner) => numbers[owner]!)
    this.identifiers.lists.rewrite((owner) => numbers[owner]!)
    this.entities.compact((ordinal) => firsts[ordinal]!)
    this.blocking.forget()
  }

  get bytes(): number {
    const parts = [this.vocabulary, this.names, this.blocking, this.entities, this.identifiers]
    return parts.reduce((sum, part) => sum + part.bytes, 0)
  }
}
