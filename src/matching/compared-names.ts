import { isNaming, tokenWeight, type WeighedToken } from '#matching/name-parts'
import type { NameTable } from '#matching/name-table'
import { tokenKinds, tokenLimit } from '#matching/tokens'
import type { Vocabulary, Word } from '#matching/vocabulary'

/** A name of a query, cut, weighed, its words looked up. */
export interface ComparedName {
  readonly weighed: readonly WeighedToken[]
  readonly words: readonly Word[]
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

/** A name of a query beside an indexed one: what their words are, and which are taken. The same object for every comparison. */
export class ComparedNames {
  query: ComparedName = { weighed: [], words: [], isOrganisation: false, mayBeCut: false }
  readonly queryKinds = new Uint8Array(tokenLimit)
  /** Where the tokens of the indexed name begin in the table, and how many they are. */
  first = 0
  columns = 0
  readonly kinds = new Uint8Array(tokenLimit)
  readonly ids = new Uint32Array(tokenLimit)
  readonly weights = new Float64Array(tokenLimit)
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
      for (let i = 0; i < query.weighed.length; i++) this.queryKinds[i] = tokenKinds.indexOf(query.weighed[i]!.kind)
    }
    this.first = names.startOf(name)
    this.columns = names.endOf(name) - this.first
    for (let j = 0; j < this.columns; j++) {
      const id = names.wordAt(this.first + j)
      const kind = names.kindNumberAt(this.first + j)
      this.ids[j] = id
      this.kinds[j] = kind
      this.weights[j] = tokenWeight(tokenKinds[kind]!, vocabulary.information(id))
    }
    this.usedQuery = 0
    this.usedCandidate = 0
  }

  get rows(): number {
    return this.query.weighed.length
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
