import type { Phones } from '#matching/phones'
import data from './sounds.json' with { type: 'json' }

/** A table over ASCII of the classes a sound may fall into, or `fallback`. */
function readClasses(text: string, fallback: string): readonly string[] {
  const table: string[] = new Array(128).fill(fallback)
  for (const entry of text.split(' ')) table[entry.charCodeAt(0)] = entry.slice(2).toUpperCase()
  return table
}

const coarse = readClasses(data.keys, '')
const coarseInitial = readClasses(data.initialKeys, '')
const fine = readFine()
const fineInitial = readFine({
  w: 'w',
  v: 'f',
  W: 'w',
  y: 'y',
  Y: 'y',
  A: 'a',
  '`': 'a',
  a: 'a',
  e: 'a',
  i: 'a',
  o: 'a',
  u: 'a',
})

/** The likeliest class of a sound, finer than that of the keys. */
function readFine(initial: Readonly<Record<string, string>> = {}): readonly string[] {
  const table: string[] = new Array(128).fill('')
  const classes =
    "bp pp ff vf mm nn tt Tt dt Dt ss zs cs 2s 3s Sc Cc jc Jc Zc kk qk gk Gk Xk hh ll rr Bp Ff Ec Vf Pp 8k Rr Nn Qt Kk 9p 1c 0h !c (k )s &c $c 5k %s +s *s <k >k @s [c ]k {t #n 6h 's \\\\l |w xt ^t }n .n"
  for (const entry of classes.split(' ')) table[entry.charCodeAt(0)] = entry[1]!
  for (const [sound, letter] of Object.entries(initial)) table[sound.charCodeAt(0)] = letter
  return table
}

/** Final sounds that an ending may add or a language leave unsaid. */
const finalH = 'h'.charCodeAt(0)
const finalS = 's'.charCodeAt(0)
const keyLimit = 16
const coarseLength = 6
const fineLength = 12

/** The consonants of a word in their likeliest classes, with a mark for an initial vowel. */
export function skeletonOf(phones: Phones): string {
  let key = ''
  for (let index = 0; index < phones.length && key.length < fineLength; index++) {
    const code = phones.charCodeAt(index) & 127
    const letter = (index === 0 && fineInitial[code]) || fine[code]!
    if (letter !== '' && !key.endsWith(letter)) key += letter
  }
  return key
}

const [fineCodes, fineInitialCodes] = [fine, fineInitial].map((table) =>
  Uint8Array.from(table, (letter) => (letter === '' ? 0 : letter.charCodeAt(0))),
) as [Uint8Array, Uint8Array]

/** How many consonants are in the skeleton of sounds that lie among bytes, and what `hashKey` says of it. */
export function skeletonOfBytes(
  codes: Uint8Array,
  length: number,
  seed: number,
): { readonly length: number; readonly hash: number } {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  let last = 0
  let count = 0
  for (let index = 0; index < length && count < fineLength; index++) {
    const code = codes[index]! & 127
    const letter = (index === 0 && fineInitialCodes[code]) || fineCodes[code]!
    if (letter === 0 || letter === last) continue
    hash = Math.imul(hash ^ letter, 0x01000193)
    last = letter
    count++
  }
  hash ^= hash >>> 15
  return { length: count, hash: Math.imul(hash, 0x2c1b3c6d) >>> 0 }
}

/**
 * Keys under which a word can be found from any script and most spellings: first its skeleton, then its consonants in coarse
 * classes (upper case), one key for each reading; at most seventeen.
 */
export function skeletonKeys(phones: Phones): string[] {
  let keys: string[] = ['']
  const last = phones.length - 1
  for (let index = 0; index < phones.length; index++) {
    const code = phones.charCodeAt(index) & 127
    let readings = index === 0 && coarseInitial[code] !== '' ? coarseInitial[code]! : coarse[code]!
    if (index === last && index > 0 && code === finalH) readings = '-K'
    if (index === last && index > 2 && code === finalS) readings = 'S-'
    if (readings === '' || readings === '-') continue
    if (readings.length === 1) {
      for (let at = 0; at < keys.length; at++) keys[at] = extend(keys[at]!, readings)
      continue
    }
    const next: string[] = []
    for (const reading of readings) {
      for (const key of keys) {
        const longer = reading === '-' ? key : extend(key, reading)
        if (next.length < keyLimit && !next.includes(longer)) next.push(longer)
      }
    }
    keys = next
  }
  keys.unshift(skeletonOf(phones))
  return keys
}

const classes = 'PTSKNMLR'
const sure = new Uint8Array(128)
const possible = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  for (const reading of coarse[code]!) possible[code]! |= bitOf(reading)
  if (coarse[code]!.length === 1) sure[code] = possible[code]!
}

/** l and r, and n and m, are one: some scripts do not tell them apart. */
function bitOf(reading: string): number {
  const at = classes.indexOf(reading)
  return at < 0 ? 0 : 1 << (at >= 6 ? 6 : at === 5 ? 4 : at)
}

/** Bits of the classes a word surely has, and above them bits of those it may have. */
export function signatureOf(phones: Phones): number {
  let has = 0
  let may = 0
  for (let index = 0; index < phones.length; index++) {
    const code = phones.charCodeAt(index) & 127
    has |= sure[code]!
    may |= possible[code]!
  }
  return has | (may << 8)
}

/** How many classes one of two words surely has that the other cannot have. */
export function differingClasses(a: number, b: number): number {
  let bits = (a & 255 & ~(b >> 8)) | ((b & 255 & ~(a >> 8)) << 8)
  let count = 0
  while (bits !== 0) {
    bits &= bits - 1
    count++
  }
  return count
}

/** A class that follows itself stands once: doubled letters are written or not, and vowels between them too. */
function extend(key: string, reading: string): string {
  return key.length >= coarseLength || key.endsWith(reading) ? key : key + reading
}

/** 32-bit FNV-1a over UTF-16 code units; `seed` keeps kinds of keys apart. Collisions only cost time. */
export function hashKey(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}

/** The hash of a text without the character at `skip`, made without building that text. */
export function hashWithout(text: string, skip: number, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < text.length; index++) {
    if (index !== skip) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}
