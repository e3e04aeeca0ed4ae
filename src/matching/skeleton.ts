import type { Phones } from '#matching/phones'

/** The classes a sound may fall into; several where spellings disagree: ذ is written d, dh or z. `-` is silence. */
const classes: Readonly<Record<string, string>> = {
  b: 'p',
  p: 'p',
  f: 'f',
  v: 'f-',
  m: 'm',
  n: 'n',
  t: 't',
  T: 'ts',
  d: 't',
  D: 'ts',
  s: 's',
  z: 's',
  c: 'sc',
  S: 'c',
  C: 'ck',
  j: 'ck',
  Z: 'cs',
  k: 'k',
  q: 'k',
  g: 'kc',
  G: 'k-',
  X: 'kh',
  h: 'h',
  l: 'l',
  r: 'r',
}
const initialClasses: Readonly<Record<string, string>> = {
  w: 'wf',
  v: 'fw',
  W: 'wa',
  y: 'ya',
  Y: 'ya',
  j: 'cky',
  g: 'kch',
  A: 'a',
  '`': 'a',
  a: 'a',
  e: 'a',
  i: 'a',
  o: 'a',
  u: 'a',
}
const keyLimit = 6
const lengthLimit = 12

/**
 * Keys under which a word can be found from any script and most spellings: its consonants in coarse classes, with a mark
 * for an initial vowel. The first key is the likeliest reading; at most six.
 */
export function skeletonKeys(phones: Phones): readonly string[] {
  let keys = ['']
  for (let index = 0; index < phones.length; index++) {
    const sound = phones[index]!
    const readings = (index === 0 ? initialClasses[sound] : undefined) ?? classesAt(phones, index)
    if (readings === '') continue
    if (readings.length === 1) {
      keys = keys.map((key) => extend(key, readings))
      continue
    }
    const next: string[] = []
    for (const reading of readings) {
      for (const key of keys) {
        if (next.length < keyLimit) next.push(reading === '-' ? key : extend(key, reading))
      }
    }
    keys = next
  }
  return keys.length === 1 ? keys : [...new Set(keys)]
}

/** A class that follows itself stands once: doubled letters are written or not, and vowels between them too. */
function extend(key: string, reading: string): string {
  return key.length >= lengthLimit || key.endsWith(reading) ? key : key + reading
}

function classesAt(phones: Phones, index: number): string {
  const sound = phones[index]!
  if (sound === 'h' && index === phones.length - 1 && index > 0) return '-h'
  return classes[sound] ?? ''
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
