import { foldWords } from '#matching/fold'

/**
 * Names that are written in many ways and are one name: Osmar, Осмар, אוסמר. A table from the folded form to the numbers of the
 * classes that it is a form of, in typed arrays: 10 bytes for each form and 4 for each membership, and 256 KB.
 */
export interface NameClasses {
  /** The classes of a name or a word as people write it, ascending; empty for what is in none. */
  classesOf(text: string): Uint32Array
  /** The same for a text that `formKey` has already folded. */
  classesOfKey(key: string): Uint32Array
  readonly forms: number
  readonly memberships: number
  /** Bytes held. */
  readonly bytes: number
  /** The table as one file, to be read by `readNameClasses`. */
  write(): Uint8Array<ArrayBuffer>
}

/** Bumped when forms fold to other keys: a table of another version would find nothing and say so to nobody. */
export const nameClassesVersion = 1

const magic = 0x434e4331
const headerWords = 6
const buckets = 65_536
const none = new Uint32Array(0)

/** What a form is kept under: its words folded each in its own script, so that Han words keep their characters. */
export function formKey(text: string): string {
  const words: string[] = []
  for (const word of foldWords(text)) words.push(word.text)
  return words.join(' ')
}

/** Sorted by `hashes`; the form at `index` has the classes from `starts[index]` to `starts[index + 1]`. */
export interface NameClassesParts {
  readonly hashes: Uint32Array<ArrayBuffer>
  readonly checks: Uint16Array<ArrayBuffer>
  readonly starts: Uint32Array<ArrayBuffer>
  readonly classes: Uint32Array<ArrayBuffer>
}

export function createNameClasses(parts: NameClassesParts): NameClasses {
  const { hashes, checks, starts, classes } = parts
  const firsts = bucketFirsts(hashes)
  const classesOfKey = (key: string) => {
    if (key === '') return none
    const { hash, check } = hashForm(key)
    const bucket = hash >>> 16
    for (let index = firsts[bucket]!; index < firsts[bucket + 1]!; index++) {
      if (hashes[index] === hash && checks[index] === check) return classes.subarray(starts[index], starts[index + 1])
    }
    return none
  }
  return {
    classesOf: (text) => classesOfKey(formKey(text)),
    classesOfKey,
    forms: hashes.length,
    memberships: classes.length,
    bytes: hashes.byteLength + checks.byteLength + starts.byteLength + classes.byteLength + firsts.byteLength,
    write: () => writeParts(parts),
  }
}

function bucketFirsts(hashes: Uint32Array): Uint32Array {
  const firsts = new Uint32Array(buckets + 1)
  for (const hash of hashes) firsts[(hash >>> 16) + 1]!++
  for (let bucket = 0; bucket < buckets; bucket++) firsts[bucket + 1]! += firsts[bucket]!
  return firsts
}

/** 48 bits: of a million forms, the chance that any two meet by accident is one in five hundred. */
export function hashForm(key: string): { readonly hash: number; readonly check: number } {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b) + 0x27d4eb2f
  }
  return { hash: mix(a), check: mix(b ^ a) >>> 16 }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function writeParts({ hashes, checks, starts, classes }: NameClassesParts): Uint8Array<ArrayBuffer> {
  const words = [hashes, starts, classes]
  const size = headerWords * 4 + words.reduce((sum, it) => sum + it.byteLength, 0) + checks.byteLength
  const out = new Uint8Array(size)
  let at = headerWords * 4
  for (const part of [...words, checks]) {
    out.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  const header = new Uint32Array(out.buffer, 0, headerWords)
  header.set([magic, nameClassesVersion, hashes.length, classes.length, 0, checksum(out.subarray(headerWords * 4))])
  return out
}

function checksum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193)
  return sum >>> 0
}

/**
 * Reads what `write` gave, without copying. Undefined for a file that is cut short, damaged, of another byte order or of
 * another version, which is to be imported again.
 */
export function readNameClasses(bytes: Uint8Array<ArrayBuffer>): NameClasses | undefined {
  if (bytes.byteLength < headerWords * 4 || bytes.byteOffset % 4 !== 0) return undefined
  const [mark, version, forms, memberships, , sum] = new Uint32Array(bytes.buffer, bytes.byteOffset, headerWords)
  if (mark !== magic || version !== nameClassesVersion) return undefined
  const size = headerWords * 4 + forms! * 4 + (forms! + 1) * 4 + memberships! * 4 + forms! * 2
  if (bytes.byteLength !== size || checksum(bytes.subarray(headerWords * 4)) !== sum) return undefined
  let at = bytes.byteOffset + headerWords * 4
  const take = (length: number) => {
    const part = new Uint32Array(bytes.buffer, at, length)
    at += length * 4
    return part
  }
  const [hashes, starts, classes] = [take(forms!), take(forms! + 1), take(memberships!)]
  return createNameClasses({ hashes, starts, classes, checks: new Uint16Array(bytes.buffer, at, forms!) })
}
