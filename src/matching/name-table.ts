import { GrowableU32 } from '#matching/growable'
import type { WeighedToken } from '#matching/name-parts'
import { Postings } from '#matching/postings'
import { type Script, scripts } from '#matching/script'
import { nameRoles, type Token, type TokenKind, tokenKinds } from '#matching/tokens'
import type { Vocabulary } from '#matching/vocabulary'

const idBits = 22
const idMask = (1 << idBits) - 1

/** Weights of words that only join or qualify names. */
const smallWeights: Partial<Record<TokenKind, number>> = { particle: 0.4, honorific: 0.3, legal: 0.4 }

/** Another number is another thing, however short. */
const leastNumber = 4

export function tokenWeight(kind: TokenKind, information: number): number {
  if (kind === 'patronymic') return information * 0.6
  return smallWeights[kind] ?? (kind === 'number' ? Math.max(information, leastNumber) : information)
}

/** Whether a word of this kind finds names. */
export function isFinding(kind: TokenKind): boolean {
  return kind === 'name' || kind === 'patronymic' || kind === 'number'
}

/** The indexed names as rows of typed arrays: whose name, which tokens; and for every word the names that hold it. */
export class NameTable {
  private readonly owners = new GrowableU32()
  private readonly starts = new GrowableU32()
  /** Place among the owner's names << 6, words that find << 1, weak. */
  private readonly flags = new GrowableU32()
  private readonly tokens = new GrowableU32(1_024)
  private readonly postings = new Postings()
  private readonly vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
  }

  get length(): number {
    return this.owners.length
  }

  /** Adds a name and returns its number. `position` is its place among the names of its owner. */
  add(owner: number, tokens: readonly Token[], { isWeak, position }: { isWeak: boolean; position: number }): number {
    const name = this.owners.length
    let finding = 0
    this.owners.push(owner)
    this.starts.push(this.tokens.length)
    for (const token of tokens) {
      const id = this.vocabulary.intern(token.text)
      while (this.postings.size <= id) this.postings.open()
      this.tokens.push(pack(id, token))
      if (!isFinding(token.kind)) continue
      finding++
      this.postings.add(id, name)
    }
    this.flags.push((position << 6) | (Math.min(finding, 31) << 1) | (isWeak ? 1 : 0))
    return name
  }

  /**
   * Counts the words of one owner's names, from one number up to another, in or out: each once, however many of the names
   * hold it, so that a heavily aliased entity does not make its own name common.
   */
  count(from: number, to: number, change: 1 | -1): void {
    const ids = new Set<number>()
    for (let name = from; name < to; name++) {
      for (const packed of this.packedTokens(name)) if (isFinding(kindOf(packed))) ids.add(packed & idMask)
    }
    this.vocabulary.count(ids, change)
  }

  ownerOf(name: number): number {
    return this.owners.data[name]!
  }

  isWeak(name: number): boolean {
    return (this.flags.data[name]! & 1) !== 0
  }

  /** How many words of a name can find it. */
  findingWords(name: number): number {
    return (this.flags.data[name]! >>> 1) & 31
  }

  /** The place of a name among its owner's names. */
  positionOf(name: number): number {
    return this.flags.data[name]! >>> 6
  }

  /** The names that hold a word; valid until the next `add`. */
  namesWith(id: number): Uint32Array {
    return id < this.postings.size ? this.postings.read(id) : nothing
  }

  /** The name's tokens with their weights, in an index of `entities` entities. */
  weigh(name: number, entities: number): WeighedToken[] {
    const weighed: WeighedToken[] = []
    for (const packed of this.packedTokens(name)) {
      const term = this.vocabulary.term(packed & idMask)
      const kind = kindOf(packed)
      const weight = tokenWeight(kind, this.vocabulary.information(term, entities))
      weighed.push({ term, kind, role: nameRoles[(packed >>> (idBits + 3)) & 3]!, script: scriptOf(packed), weight })
    }
    return weighed
  }

  private packedTokens(name: number): Uint32Array {
    const end = name + 1 < this.starts.length ? this.starts.data[name + 1]! : this.tokens.length
    return this.tokens.data.subarray(this.starts.data[name]!, end)
  }

  /** Drops the names of owners for which `renumber` returns -1 and renumbers the rest. Names keep their order. */
  compact(renumber: (owner: number) => number): void {
    const names = new Int32Array(this.owners.length).fill(-1)
    const starts: number[] = []
    let write = 0
    for (let name = 0; name < names.length; name++) {
      const owner = renumber(this.owners.data[name]!)
      if (owner < 0) continue
      const kept = starts.length
      const tokens = this.packedTokens(name).slice()
      this.tokens.data.set(tokens, write)
      starts.push(write)
      write += tokens.length
      names[name] = kept
      this.owners.data[kept] = owner
      this.flags.data[kept] = this.flags.data[name]!
    }
    this.starts.data.set(starts)
    for (const column of [this.owners, this.flags, this.starts]) column.length = starts.length
    this.tokens.length = write
    this.postings.rewrite((name) => names[name]!)
  }

  get bytes(): number {
    return this.owners.bytes + this.starts.bytes + this.flags.bytes + this.tokens.bytes + this.postings.bytes
  }
}

const nothing = new Uint32Array(0)

function pack(id: number, token: Token): number {
  const kind = tokenKinds.indexOf(token.kind)
  const role = nameRoles.indexOf(token.role)
  return (id | (kind << idBits) | (role << (idBits + 3)) | (scripts.indexOf(token.script) << (idBits + 5))) >>> 0
}

function kindOf(packed: number): TokenKind {
  return tokenKinds[(packed >>> idBits) & 7]!
}

function scriptOf(packed: number): Script {
  return scripts[(packed >>> (idBits + 5)) & 15]!
}
