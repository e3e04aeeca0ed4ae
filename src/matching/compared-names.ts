import { isNaming, tokenWeight, type WeighedToken } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import { tokenKinds, tokenLimit } from '#matching/tokens'
import type { Vocabulary, Word } from '#matching/vocabulary'

/** A name of a query, cut, weighed, its words looked up. */
export interface ComparedName {
  readonly weighed: readonly WeighedToken[]
  readonly words: readonly Word[]
  readonly isPerson: boolean
  readonly isOrganisation: boolean
  /** Its end may be missing; see cut-name.ts. */
  readonly mayBeCut: boolean
}

export const legalKind = tokenKinds.indexOf('legal')
export const numberKind = tokenKinds.indexOf('number')
export const honorificKind = tokenKinds.indexOf('honorific')
export const acronymKind = tokenKinds.indexOf('acronym')
export const nameKind = tokenKinds.indexOf('name')
/** By number of the kind, whether it names. */
export const naming: readonly boolean[] = tokenKinds.map(isNaming)

export interface Likest {
  /** Its number, or -1. */
  readonly name: number
  readonly likeness: number
}

/** A name of a query beside an indexed one: what their words are, and which are taken. The same object for every comparison. */
export class ComparedNames {
  query: ComparedName = { weighed: [], words: [], isPerson: false, isOrganisation: false, mayBeCut: false }
  readonly queryKinds = new Uint8Array(tokenLimit)
  /** Where the tokens of the indexed name begin in the table, and how many they are. */
  first = 0
  columns = 0
  readonly kinds = new Uint8Array(tokenLimit)
  readonly ids = new Uint32Array(tokenLimit)
  readonly weights = new Float64Array(tokenLimit)
  /** What all words tell that are names. */
  toldByQuery = 0
  toldByCandidate = 0
  /** Bits of the words that are paired. */
  usedQuery = 0
  usedCandidate = 0
  /** By word of the query: the word of the candidate that it is paired with one to one, or -1. */
  readonly partners = new Int8Array(tokenLimit)
  readonly vocabulary: Vocabulary
  private readonly names: NameTable

  constructor(vocabulary: Vocabulary, names: NameTable) {
    this.vocabulary = vocabulary
    this.names = names
  }

  begin(query: ComparedName, name: number): void {
    const { names, vocabulary } = this
    if (this.query !== query) {
      this.query = query
      this.toldByQuery = 0
      for (let i = 0; i < query.weighed.length; i++) {
        const { kind, weight } = query.weighed[i]!
        this.queryKinds[i] = tokenKinds.indexOf(kind)
        if (isNaming(kind)) this.toldByQuery += weight
      }
    }
    this.first = names.startOf(name)
    this.columns = names.endOf(name) - this.first
    this.toldByCandidate = 0
    for (let j = 0; j < this.columns; j++) {
      const id = names.wordAt(this.first + j)
      const kind = names.kindNumberAt(this.first + j)
      this.ids[j] = id
      this.kinds[j] = kind
      this.weights[j] = tokenWeight(tokenKinds[kind]!, vocabulary.information(id))
      if (naming[kind]) this.toldByCandidate += this.weights[j]!
    }
    this.usedQuery = 0
    this.usedCandidate = 0
  }

  get rows(): number {
    return this.query.weighed.length
  }

  /** The name, from one number up to another, that has the likest word to one of the query's, and how alike that is. */
  likestAmong(i: number, from: number, to: number): Likest {
    const { names, vocabulary, query } = this
    const word = query.words[i]!
    const likest = { name: -1, likeness: 0 }
    for (let name = from; name < to; name++) {
      for (let token = names.startOf(name); token < names.endOf(name); token++) {
        if (!naming[names.kindNumberAt(token)]) continue
        const likeness = vocabulary.likeness(word, names.wordAt(token))
        if (likeness <= likest.likeness) continue
        likest.name = name
        likest.likeness = likeness
      }
    }
    return likest
  }

  roleOf(j: number): string {
    return this.names.roleAt(this.first + j)
  }

  /** The tokens of the indexed name. */
  candidate(): readonly WeighedToken[] {
    const tokens: WeighedToken[] = []
    for (let j = 0; j < this.columns; j++) {
      const at = this.first + j
      const term = this.vocabulary.term(this.names.wordAt(at))
      const [kind, role, script] = [this.names.kindAt(at), this.names.roleAt(at), this.names.scriptAt(at)]
      tokens.push({ term, kind, role, script, weight: this.weights[j]! })
    }
    return tokens
  }
}
