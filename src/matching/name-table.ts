import type { Column, Memory } from '#matching/columns'
import { mostNames, mostWords } from '#matching/limits'
import { isNaming } from '#matching/name-parts'
import { Postings } from '#matching/postings'
import { type Script, scripts } from '#matching/script'
import { type NameRole, nameRoles, type Token, type TokenKind, tokenKinds } from '#matching/tokens'
import type { Vocabulary } from '#matching/vocabulary'

const idBits = 22
const idMask = (1 << idBits) - 1

/** The indexed names as rows of typed arrays: whose name, which tokens; and for every word the names that hold it. */
export class NameTable {
  private readonly owners: Column
  private readonly starts: Column
  /** Place among the owner's names << 6, words that find << 1, weak. */
  private readonly flags: Column
  private readonly tokens: Column
  readonly postings: Postings
  /** Keeps what was looked at from being thought needless. */
  touched = 0
  private readonly vocabulary: Vocabulary

  constructor(memory: Memory, vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
    this.owners = memory.numbers('names.owners', mostNames)
    this.starts = memory.numbers('names.starts', mostNames)
    this.flags = memory.numbers('names.flags', mostNames)
    this.tokens = memory.numbers('names.tokens', mostNames * 4)
    this.postings = new Postings(memory, 'postings', { lists: mostWords, numbers: mostNames * 16 })
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
      if (!isNaming(token.kind)) continue
      finding++
      this.postings.add(id, name)
    }
    this.flags.push((position << 6) | (Math.min(finding, 31) << 1) | (isWeak ? 1 : 0))
    return name
  }

  /**
   * The words of one owner's names, from one number up to another, to be counted: each once, however many of the names hold it,
   * so that a heavily aliased entity does not make its own name common.
   */
  wordsOf(from: number, to: number): ReadonlySet<number> {
    const ids = new Set<number>()
    for (let name = from; name < to; name++) {
      const end = this.endOf(name)
      for (let at = this.startOf(name); at < end; at++) if (isNaming(this.kindAt(at))) ids.add(this.wordAt(at))
    }
    return ids
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

  /** The tokens of a name lie from `startOf` up to `endOf`. */
  startOf(name: number): number {
    return this.starts.data[name]!
  }

  endOf(name: number): number {
    return name + 1 < this.starts.length ? this.starts.data[name + 1]! : this.tokens.length
  }

  wordAt(token: number): number {
    return this.tokens.data[token]! & idMask
  }

  kindNumberAt(token: number): number {
    return (this.tokens.data[token]! >>> idBits) & 7
  }

  kindAt(token: number): TokenKind {
    return tokenKinds[(this.tokens.data[token]! >>> idBits) & 7]!
  }

  roleAt(token: number): NameRole {
    return nameRoles[(this.tokens.data[token]! >>> (idBits + 3)) & 3]!
  }

  scriptAt(token: number): Script {
    return scripts[(this.tokens.data[token]! >>> (idBits + 5)) & 15]!
  }

  /** Looks at where the tokens of names lie, so that far memory is fetched for all at once, before one after the other is worked on. */
  touch(names: Uint32Array, count: number): void {
    const { data: starts } = this.starts
    const { data: tokens } = this.tokens
    let seen = 0
    for (let at = 0; at < count; at++) seen |= tokens[starts[names[at]!]!]!
    this.touched = seen
  }

  /** Drops the names of owners for which `renumber` returns -1 and renumbers the rest. Names keep their order. */
  compact(renumber: (owner: number) => number): void {
    const count = this.length
    const names = new Int32Array(count).fill(-1)
    let kept = 0
    let write = 0
    for (let name = 0; name < count; name++) {
      const owner = renumber(this.owners.data[name]!)
      const [from, to] = [this.startOf(name), this.endOf(name)]
      if (owner < 0) continue
      this.tokens.data.copyWithin(write, from, to)
      this.starts.data[kept] = write
      this.owners.data[kept] = owner
      this.flags.data[kept] = this.flags.data[name]!
      write += to - from
      names[name] = kept++
    }
    for (const column of [this.owners, this.flags, this.starts]) column.length = kept
    this.tokens.length = write
    this.postings.rewrite((name) => names[name]!)
  }

  /** Drops the words that no name has any more. */
  dropWords(): void {
    const { vocabulary, tokens } = this
    const isUsed = new Uint8Array(vocabulary.size)
    for (let at = 0; at < tokens.length; at++) isUsed[this.wordAt(at)] = 1
    if (!isUsed.includes(0)) return
    const numbers = vocabulary.compact((id) => isUsed[id] === 1)
    for (let at = 0; at < tokens.length; at++) {
      tokens.data[at] = ((tokens.data[at]! & ~idMask) | numbers[this.wordAt(at)]!) >>> 0
    }
    this.postings.renumber((list) => numbers[list]!)
  }

  /** Closes the gaps between the lists of names. */
  tighten(): void {
    this.postings.rewrite((name) => name)
  }
}

function pack(id: number, token: Token): number {
  const kind = tokenKinds.indexOf(token.kind)
  const role = nameRoles.indexOf(token.role)
  return (id | (kind << idBits) | (role << (idBits + 3)) | (scripts.indexOf(token.script) << (idBits + 5))) >>> 0
}
