import { defineFaults } from '#kernel/fault'
import { Blocking } from '#matching/blocking'
import type { Candidate } from '#matching/candidate'
import { Memory, type MemoryHandle } from '#matching/columns'
import type { MatchEntity } from '#matching/entity'
import { EntityStore } from '#matching/entity-store'
import { KeyLists } from '#matching/key-lists'
import { mostEntities } from '#matching/limits'
import { type NameClasses, readNameClasses } from '#matching/name-classes'
import { NameComparer } from '#matching/name-comparison'
import { NameTable } from '#matching/name-table'
import { type ReadEntity, readEntity } from '#matching/read-entity'
import { isSchemaName } from '#matching/schemas'
import {
  type ComparedNames,
  compareNames,
  compareWith,
  type SearchOptions,
  type SearchParts,
  type Selection,
  searchIndex,
} from '#matching/search'
import { SharedLock } from '#matching/shared-lock'
import { Vocabulary } from '#matching/vocabulary'

/** Entities that can be searched by name, attribute and identifier. In memory; one thread writes. */
export interface MatchingIndex {
  /**
   * Indexes an entity, in place of the one with its id if there is one. Throws `matching/unknown-schema` for a schema that is
   * not in the list, and changes nothing.
   */
  put(entity: MatchEntity): void
  /**
   * Indexes many, some at a time: other threads search between. Much quicker than one by one, where they do. Throws
   * `matching/unknown-schema` before anything is changed.
   */
  putAll(entities: readonly MatchEntity[]): void
  /** Whether there was such an entity. */
  remove(id: string): boolean
  /** Candidates for a query, likest first; of equal score, by id. The query need not be indexed. */
  search(query: MatchEntity, options?: SearchOptions): readonly Candidate[]
  /**
   * What comparing a query with one indexed entity says, whatever its score; undefined when there is no such entity, or when
   * the two schemata are never one.
   */
  compare(query: MatchEntity, id: string): Candidate | undefined
  /** How the names of the likeliest entities compare with the query's, without attributes: what weights are fitted on. */
  compareNames(query: MatchEntity, limit: number): readonly ComparedNames[]
  /** Entities for which `choose` says yes, to be searched among while they stay what they are. */
  select(choose: (id: string) => boolean): Selection
  /** With this other threads search the same index, by `openIndex`, while this one goes on writing. */
  readonly handle: IndexHandle
  /** Closes gaps that growing lists have left, after many entities have been put. */
  tighten(): void
  /**
   * Its columns by name, gaps closed, removed entities and the words of their names gone: what a segment file holds. Rows may
   * get other numbers by it.
   */
  readonly contents: ReadonlyMap<string, Uint8Array>
  /** Entities indexed. */
  readonly size: number
  /** Bytes held in typed arrays: most of what the index costs beyond its strings. */
  readonly bytes: number
}

/** What another thread needs to search an index. */
export interface IndexHandle {
  readonly memory: MemoryHandle
  /** The pack of names, as a file. */
  readonly pack: Uint8Array<ArrayBuffer> | undefined
  readonly lock: SharedArrayBuffer
}

/** An index as a thread sees it that does not write. */
export interface SearchIndex {
  search(query: MatchEntity, options?: SearchOptions): readonly Candidate[]
}

const fault = defineFaults({ 'matching/unknown-schema': 'invalid' })

/** Removed rows are reclaimed when there are this many and they are a quarter of all. */
const compactionFloor = 1_024
/** Entities written before other threads may search again: they wait for about a millisecond. */
const writtenAtOnce = 32
const none: ReadonlySet<number> = new Set()

export interface IndexSettings {
  /** An imported pack of names in many scripts, taken as evidence. It holds for the life of the index. */
  readonly pack?: NameClasses
}

export function createMatchingIndex(settings: IndexSettings = {}): MatchingIndex {
  return new Index(new Memory(), settings.pack)
}

/** An index of columns that were written by `contents`. */
export function indexFrom(contents: ReadonlyMap<string, Uint8Array>, settings: IndexSettings = {}): MatchingIndex {
  const memory = new Memory()
  const index = new Index(memory, settings.pack)
  memory.load(contents)
  return index
}

/** The index behind a handle, for one more thread. Every reading thread has a number of its own, from 0. */
export function openIndex(handle: IndexHandle, reader: number): SearchIndex {
  const memory = new Memory(handle.memory)
  const lock = new SharedLock(handle.lock)
  const parts = partsOf(memory, handle.pack === undefined ? undefined : readNameClasses(handle.pack))
  return {
    search: (query, options = {}) =>
      lock.read(reader, () => {
        memory.refresh()
        return searchIndex(parts, query, options)
      }),
  }
}

function partsOf(memory: Memory, pack: NameClasses | undefined): SearchParts {
  const vocabulary = new Vocabulary(memory, pack)
  const names = new NameTable(memory, vocabulary)
  return {
    vocabulary,
    names,
    blocking: new Blocking(names),
    comparer: new NameComparer(vocabulary, names),
    entities: new EntityStore(memory),
    identifiers: new KeyLists(memory, 'identifiers', mostEntities * 4),
    numbering: () => memory.numbering,
  }
}

class Index implements MatchingIndex {
  private readonly memory: Memory
  private readonly lock: SharedLock
  private readonly pack: NameClasses | undefined
  private readonly parts: SearchParts

  constructor(memory: Memory, pack: NameClasses | undefined) {
    this.memory = memory
    this.lock = new SharedLock()
    this.pack = pack
    this.parts = partsOf(memory, pack)
  }

  get size(): number {
    return this.parts.entities.size
  }

  put(entity: MatchEntity): void {
    this.putAll([entity])
  }

  putAll(entities: readonly MatchEntity[]): void {
    for (const { schema } of entities) {
      if (!isSchemaName(schema)) {
        throw fault('matching/unknown-schema', `Nothing can be indexed as ${JSON.stringify(schema)}.`)
      }
    }
    for (let from = 0; from < entities.length; from += writtenAtOnce) {
      const read = entities.slice(from, from + writtenAtOnce).map(readEntity)
      this.lock.write(() => {
        for (const one of read) this.add(one, this.drop(one.stored.id) ?? none)
      })
    }
  }

  remove(id: string): boolean {
    return this.lock.write(() => {
      const words = this.drop(id)
      if (words !== undefined) this.parts.vocabulary.exchange(words, none)
      return words !== undefined
    })
  }

  /** Adds an entity in place of one that had these words. */
  private add({ stored, payload, read, identifiers }: ReadEntity, before: ReadonlySet<number>): void {
    const { names, entities, vocabulary } = this.parts
    const first = names.length
    const ordinal = entities.add(stored, payload, first)
    for (const { tokens, ...stated } of read) names.add(ordinal, tokens, stated)
    vocabulary.exchange(before, names.wordsOf(first, names.length))
    for (const hash of identifiers) this.parts.identifiers.add(hash, ordinal)
  }

  /** Takes an entity out; returns its words, which are still counted. */
  private drop(id: string): ReadonlySet<number> | undefined {
    const { names, entities } = this.parts
    const ordinal = entities.numberOf(id)
    if (ordinal === undefined) return undefined
    const [from, to] = entities.namesOf(ordinal, names.length)
    const words = names.wordsOf(from, to)
    entities.remove(ordinal)
    const gone = entities.rows - entities.size
    if (gone >= compactionFloor && gone * 4 >= entities.rows) this.compact()
    return words
  }

  search(query: MatchEntity, options: SearchOptions = {}): readonly Candidate[] {
    return searchIndex(this.parts, query, options)
  }

  compare(query: MatchEntity, id: string): Candidate | undefined {
    const row = this.parts.entities.numberOf(id)
    return row === undefined ? undefined : compareWith(this.parts, query, row)
  }

  compareNames(query: MatchEntity, limit: number): readonly ComparedNames[] {
    return compareNames(this.parts, query, limit)
  }

  select(choose: (id: string) => boolean): Selection {
    const { entities } = this.parts
    const bits = new Uint8Array(new SharedArrayBuffer(Math.ceil(entities.rows / 8)))
    for (let row = 0; row < entities.rows; row++) {
      if (entities.isAlive(row) && choose(entities.idOf(row))) bits[row >>> 3] = bits[row >>> 3]! | (1 << (row & 7))
    }
    return { bits, numbering: this.memory.numbering }
  }

  get handle(): IndexHandle {
    return { memory: this.memory.handle, lock: this.lock.buffer, pack: this.pack?.write() }
  }

  get contents(): ReadonlyMap<string, Uint8Array> {
    const { entities, names } = this.parts
    // What was removed must not be written down again.
    this.lock.write(() => {
      if (entities.rows > entities.size) this.compact()
      names.dropWords()
    })
    this.tighten()
    return this.memory.contents
  }

  tighten(): void {
    this.lock.write(() => {
      this.parts.names.tighten()
      this.parts.vocabulary.tighten()
    })
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
    this.memory.renumber()
  }

  get bytes(): number {
    return this.memory.size
  }
}
