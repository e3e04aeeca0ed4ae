import { Blocking } from '#matching/blocking'
import type { Candidate } from '#matching/candidate'
import { Memory } from '#matching/columns'
import { attributesOf, type MatchEntity, namesOf } from '#matching/entity'
import { EntityStore, keepRead } from '#matching/entity-store'
import { KeyLists } from '#matching/key-lists'
import { mostEntities } from '#matching/limits'
import { NameComparer } from '#matching/name-comparison'
import { NameTable } from '#matching/name-table'
import { contextOf } from '#matching/query'
import { identifierHash, type SearchOptions, type SearchParts, searchIndex } from '#matching/search'
import { tokenise } from '#matching/tokens'
import { Vocabulary } from '#matching/vocabulary'

/** Entities that can be searched by name, attribute and identifier. In memory; one thread writes. */
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

/** Removed rows are reclaimed when there are this many and they are a quarter of all. */
const compactionFloor = 1_024

export function createMatchingIndex(): MatchingIndex {
  return new Index(new Memory())
}

class Index implements MatchingIndex {
  private readonly memory: Memory
  private readonly parts: SearchParts

  constructor(memory: Memory) {
    this.memory = memory
    const vocabulary = new Vocabulary(memory)
    const names = new NameTable(memory, vocabulary)
    this.parts = {
      vocabulary,
      names,
      blocking: new Blocking(names),
      comparer: new NameComparer(vocabulary, names),
      entities: new EntityStore(memory),
      identifiers: new KeyLists(memory, 'identifiers', mostEntities * 4),
    }
  }

  get size(): number {
    return this.parts.entities.size
  }

  put(entity: MatchEntity): void {
    this.remove(entity.id)
    const { names, entities, identifiers } = this.parts
    const first = names.length
    const stored = keepRead(entity)
    const ordinal = entities.add(stored, first)
    const context = contextOf(stored)
    const seen = new Set<string>()
    for (const [position, { text, isWeak }] of namesOf(stored).entries()) {
      const tokens = tokenise(text, context)
      const key = tokens.map((token) => `${token.kind}:${token.text}`).join(' ')
      if (tokens.length === 0 || seen.has(key)) continue
      seen.add(key)
      names.add(ordinal, tokens, { isWeak, position })
    }
    names.count(first, names.length, 1)
    for (const identifier of attributesOf(stored).identifiers) identifiers.add(identifierHash(identifier), ordinal)
  }

  remove(id: string): boolean {
    const { names, entities } = this.parts
    const ordinal = entities.numberOf(id)
    if (ordinal === undefined) return false
    const [from, to] = entities.namesOf(ordinal, names.length)
    names.count(from, to, -1)
    entities.remove(ordinal)
    const gone = entities.rows - entities.size
    if (gone >= compactionFloor && gone * 4 >= entities.rows) this.compact()
    return true
  }

  search(query: MatchEntity, options: SearchOptions = {}): readonly Candidate[] {
    return searchIndex(this.parts, query, options)
  }

  private compact(): void {
    const { names, entities, identifiers } = this.parts
    const isAlive = (ordinal: number) => entities.isAlive(ordinal)
    let kept = 0
    const numbers = Int32Array.from({ length: entities.rows }, (_, ordinal) => (isAlive(ordinal) ? kept++ : -1))
    let count = 0
    const counts = numbers.map((_, ordinal) => {
      const [from, to] = entities.namesOf(ordinal, names.length)
      return isAlive(ordinal) ? to - from : 0
    })
    const firsts = counts.map((own) => {
      count += own
      return count - own
    })
    names.compact((owner) => numbers[owner]!)
    identifiers.rewrite((owner) => numbers[owner]!)
    entities.compact((ordinal) => firsts[ordinal]!)
    this.memory.touch()
  }

  get bytes(): number {
    return this.memory.size
  }
}
