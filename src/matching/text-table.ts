import { Buffer } from 'node:buffer'
import type { Column, Memory } from '#matching/columns'
import { HashSlots } from '#matching/hash-slots'

const encoder = new TextEncoder()
const scratch = new Uint8Array(4_096)
const firstHash = 0x811c9dc5

/** Texts under dense numbers, each once, as UTF-8; longer texts than a scratch of 1,365 code units are cut. */
export class TextTable {
  private readonly bytes: Column<Uint8Array<SharedArrayBuffer>>
  private readonly ends: Column
  private readonly slots: HashSlots
  private view: Buffer

  constructor(memory: Memory, name: string, { count, bytes }: { readonly count: number; readonly bytes: number }) {
    this.bytes = memory.bytes(`${name}.bytes`, bytes)
    this.ends = memory.numbers(`${name}.ends`, count)
    this.slots = new HashSlots(memory, name, count)
    this.view = Buffer.from(this.bytes.buffer)
  }

  get size(): number {
    return this.ends.length
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    const length = encode(text)
    return this.look(length, encodedHash)
  }

  /** The number of a text, given out at first sight. */
  intern(text: string): number {
    const length = encode(text)
    const hash = encodedHash
    const known = this.look(length, hash)
    if (known >= 0) return known
    const id = this.size
    const from = this.bytes.length
    this.bytes.reserve(from + length)
    this.bytes.data.set(scratch.subarray(0, length), from)
    this.bytes.length = from + length
    this.ends.push(from + length)
    this.slots.add(hash, id, (other) => this.hashAt(other))
    return id
  }

  /** Drops the texts for whose number `keep` says no, and blanks their bytes; the rest are numbered anew, in order. */
  compact(keep: (id: number) => boolean): void {
    const { data } = this.bytes
    const count = this.size
    this.slots.clear()
    let kept = 0
    let write = 0
    let from = 0
    for (let id = 0; id < count; id++) {
      const end = this.ends.data[id]!
      if (keep(id)) {
        data.copyWithin(write, from, end)
        write += end - from
        this.ends.data[kept] = write
        this.slots.add(this.hashAt(kept), kept, (other) => this.hashAt(other))
        kept++
      }
      from = end
    }
    data.fill(0, write, this.bytes.length)
    this.bytes.length = write
    this.ends.length = kept
  }

  clear(): void {
    this.bytes.length = 0
    this.ends.length = 0
    this.slots.clear()
  }

  text(id: number): string {
    const end = this.ends.data[id]!
    if (end > this.view.length) this.view = Buffer.from(this.bytes.buffer)
    return this.view.toString('utf8', this.startOf(id), end)
  }

  private startOf(id: number): number {
    return id === 0 ? 0 : this.ends.data[id - 1]!
  }

  private look(length: number, hash: number): number {
    const { data } = this.bytes
    for (let at = this.slots.start(hash); ; at = this.slots.after(at)) {
      const id = this.slots.at(at)
      if (id < 0) return -1
      const from = this.startOf(id)
      if (this.ends.data[id]! - from !== length) continue
      let same = 0
      while (same < length && data[from + same] === scratch[same]) same++
      if (same === length) return id
    }
  }

  private hashAt(id: number): number {
    const end = this.ends.data[id]!
    let hash = firstHash
    for (let at = this.startOf(id); at < end; at++) hash = Math.imul(hash ^ this.bytes.data[at]!, 0x01000193)
    return finish(hash)
  }
}

/** The hash of what was encoded last. */
let encodedHash = 0

/** The text as UTF-8 in the scratch, and its hash; how many bytes. */
function encode(text: string): number {
  const length = Math.min(text.length, scratch.length)
  let hash = firstHash
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) return encodeWide(text)
    scratch[index] = code
    hash = Math.imul(hash ^ code, 0x01000193)
  }
  encodedHash = finish(hash)
  return length
}

function encodeWide(text: string): number {
  const { written } = encoder.encodeInto(text, scratch)
  let hash = firstHash
  for (let at = 0; at < written; at++) hash = Math.imul(hash ^ scratch[at]!, 0x01000193)
  encodedHash = finish(hash)
  return written
}

function finish(hash: number): number {
  const mixed = hash ^ (hash >>> 15)
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0
}
