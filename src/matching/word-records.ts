import { Buffer } from 'node:buffer'
import type { Column, Memory } from '#matching/columns'
import { mostWords } from '#matching/limits'
import { hashKey } from '#matching/skeleton'
import type { Term } from '#matching/term'

/**
 * What comparing a word needs, in 32 bytes side by side, so that most words of the index are compared without making a term of
 * them: flags, length of the text, length of the sounds, length of the skeleton, signature (16 bits), hash of the
 * skeleton (32 bits), the sounds, and the letters where they are plain Latin.
 */
export const recordSize = 32
export const bodyAt = 10
const bodyRoom = recordSize - bodyAt
const [textAt, phonesAt, skeletonAt, signatureAt, hashAt] = [1, 2, 3, 4, 6]

const aliveFlag = 1
const sharedFlag = 2
export const abjadFlag = 4
/** Read in more ways than one, or not fit for a record: only a term tells. */
export const complexFlag = 8
export const classFlag = 16
/** In the lexicon, or of a class: see `Term.isKnown`. */
export const knownFlag = 32
export const skeletonSeed = 1

export class WordRecords {
  private readonly bytes: Column<Uint8Array<SharedArrayBuffer>>
  private view: Buffer

  constructor(memory: Memory) {
    this.bytes = memory.bytes('words.records', mostWords * recordSize)
    this.view = Buffer.from(this.bytes.buffer)
  }

  get data(): Uint8Array<SharedArrayBuffer> {
    return this.bytes.data
  }

  add(term: Term): void {
    const from = this.bytes.length
    this.bytes.reserve(from + recordSize)
    this.bytes.length = from + recordSize
    const { data } = this.bytes
    const { phones, text } = term
    const isPlain = isPlainTerm(term)
    data.fill(0, from, from + recordSize)
    data[from] =
      (term.isAbjad ? abjadFlag : 0) |
      (isPlain ? 0 : complexFlag) |
      (term.classes.length > 0 ? classFlag : 0) |
      (term.isKnown ? knownFlag : 0)
    data[from + textAt] = text.length
    data[from + phonesAt] = phones.length
    data[from + skeletonAt] = term.skeleton.length
    data[from + signatureAt] = term.signature & 255
    data[from + signatureAt + 1] = term.signature >>> 8
    const hash = skeletonHash(term)
    for (let byte = 0; byte < 4; byte++) data[from + hashAt + byte] = (hash >>> (byte * 8)) & 255
    if (!isPlain) return
    let at = from + bodyAt
    for (let index = 0; index < phones.length; index++) data[at++] = phones.charCodeAt(index)
    if (!term.isAbjad) for (let index = 0; index < text.length; index++) data[at++] = text.charCodeAt(index)
  }

  /** Moves the record of a word to a lower number. */
  move(from: number, to: number): void {
    this.data.copyWithin(to * recordSize, from * recordSize, (from + 1) * recordSize)
  }

  cut(count: number): void {
    this.data.fill(0, count * recordSize, this.bytes.length)
    this.bytes.length = count * recordSize
  }

  /** Whether any name holds the word: words of what was removed stay in the lists, and must not stand for anything. */
  isAlive(id: number): boolean {
    return (this.data[id * recordSize]! & aliveFlag) !== 0
  }

  setAlive(id: number, isAlive: boolean): void {
    const at = id * recordSize
    this.data[at] = isAlive ? this.data[at]! | aliveFlag : this.data[at]! & ~aliveFlag
  }

  /** In the lexicon, or of a class. */
  isKnown(id: number): boolean {
    return (this.data[id * recordSize]! & knownFlag) !== 0
  }

  /** Whether several entities have ever shared the word. */
  isShared(id: number): boolean {
    return (this.data[id * recordSize]! & sharedFlag) !== 0
  }

  share(id: number): void {
    this.data[id * recordSize]! |= sharedFlag
  }

  textLength(at: number): number {
    return this.data[at + textAt]!
  }

  phonesLength(at: number): number {
    return this.data[at + phonesAt]!
  }

  skeletonLength(at: number): number {
    return this.data[at + skeletonAt]!
  }

  signature(at: number): number {
    return this.data[at + signatureAt]! | (this.data[at + signatureAt + 1]! << 8)
  }

  /** The letters of a plain word, as a mask; see `lettersOf`. */
  letters(at: number): number {
    const { data } = this
    const from = this.textStart(at)
    const end = from + data[at + textAt]!
    let mask = 0
    for (let index = from; index < end; index++) mask |= 1 << (data[index]! & 31)
    return mask
  }

  /** Where the text of a plain word lies, a byte to a letter. */
  textStart(at: number): number {
    return at + bodyAt + this.data[at + phonesAt]!
  }

  /** The text of a plain word. */
  text(at: number): string {
    const from = this.textStart(at)
    const end = from + this.data[at + textAt]!
    if (end > this.view.length) this.view = Buffer.from(this.bytes.buffer)
    return this.view.toString('latin1', from, end)
  }

  skeletonHash(at: number): number {
    const { data } = this
    const from = at + hashAt
    return (data[from]! | (data[from + 1]! << 8) | (data[from + 2]! << 16) | (data[from + 3]! << 24)) >>> 0
  }
}

/** The key that words of the same consonants share; 0 for a word without sounds. */
export function skeletonHash({ skeleton }: Term): number {
  return skeleton === '' ? 0 : hashKey(skeleton, skeletonSeed)
}

function isPlainTerm({ text, phones, bare, others, isAbjad }: Term): boolean {
  if (phones === '' || text.length < 2 || bare !== '' || others.length > 0) return false
  if (phones.length + (isAbjad ? 0 : text.length) > bodyRoom) return false
  if (isAbjad) return true
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false
  return true
}
