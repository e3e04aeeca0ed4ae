import { kindOf } from '#matching/script'
import data from './alphabets.json' with { type: 'json' }

/** Reads `а a б b ь -` as a table; a lone hyphen stands for nothing. */
export function readTable(text: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  const parts = text.split(' ')
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const value = parts[index + 1]!
    table.set(parts[index]!, value === '-' ? '' : value)
  }
  return table
}

const cyrillic = readTable(data.cyrillic)
const homoglyphs = readTable(data.homoglyphs)
const lookalikes = new Map([...homoglyphs].map(([foreign, own]) => [own, foreign]))
const greek = readTable(data.greek)
const greekPairs = readTable(data.greekPairs)
const greekInitialPairs = readTable(data.greekInitialPairs)
const greekVowels = 'αεηιουω'
const armenianPairs = readTable(data.armenianPairs)
const byScript = { armenian: readTable(data.armenian), georgian: readTable(data.georgian) }
const latin = readTable(data.latin)

/** The character without its diacritics, by canonical decomposition. */
export function bareCharacter(character: string): string {
  const decomposed = character.normalize('NFD')
  return String.fromCodePoint(decomposed.codePointAt(0) ?? 0x20)
}

/** Latin letters without diacritics; letters that do not decompose (ø, ł, ı) by table. */
export function foldLatin(word: string): string {
  let out = ''
  for (const character of word) {
    if (character >= 'a' && character <= 'z') out += character
    else if (character >= '\u0300' && character <= '\u036f') continue
    else {
      const bare = bareCharacter(character)
      out += latin.get(character) ?? latin.get(bare) ?? bare
    }
  }
  return out
}

/** Cyrillic to Latin. Words with Ukrainian letters read г as h; foreign-alphabet lookalikes are a matter of `foldMixed`. */
export function romaniseCyrillic(word: string): string {
  let ukrainian = false
  for (const character of word) if ('їєґ'.includes(character)) ukrainian = true
  let out = ''
  for (const character of word) {
    if (ukrainian && character === 'г') out += 'h'
    else if (ukrainian && character === 'и') out += 'y'
    else out += cyrillic.get(character) ?? cyrillic.get(bareCharacter(character)) ?? keepForeign(character)
  }
  return out.endsWith('iy') || out.endsWith('yy') ? `${out.slice(0, -2)}y` : out
}

/** Archaic letters outside the table are dropped; letters of another alphabet stay. */
function keepForeign(character: string): string {
  return kindOf(character.codePointAt(0)!) === 'cyrillic' ? '' : character
}

/** A word that mixes Latin and Cyrillic letters: the few are read as the letters of the many that look like them. */
export function foldMixed(word: string): string {
  let balance = 0
  for (const character of word) balance += cyrillic.has(character) ? 1 : -1
  const table = balance > 0 ? lookalikes : homoglyphs
  let out = ''
  for (const character of word) out += table.get(character) ?? character
  return foldLatin(romaniseCyrillic(out))
}

/** Greek to Latin; archaic letters outside the table are dropped. */
export function romaniseGreek(word: string): string {
  let bare = ''
  for (const character of word) bare += bareCharacter(character)
  let out = ''
  for (let index = 0; index < bare.length; index++) {
    const two = bare.slice(index, index + 2)
    const glide = bare.startsWith('γου', index) && greekVowels.includes(bare[index + 3] ?? '-')
    const pair = (index === 0 ? greekInitialPairs.get(two) : undefined) ?? greekPairs.get(two)
    if (glide) {
      out += 'w' // Γουίλις is Willis
      index += 2
    } else if (pair !== undefined) {
      out += pair
      index++
    } else out += greek.get(bare[index]!) ?? ''
  }
  return out
}

/** Armenian or Georgian to Latin; letters outside the table are dropped. */
export function romaniseByTable(word: string, script: 'armenian' | 'georgian'): string {
  let out = ''
  for (let index = 0; index < word.length; index++) {
    const pair = script === 'armenian' ? armenianPairs.get(word.slice(index, index + 2)) : undefined
    const isYe = index === 0 && word[0] === 'յ' && word.length > 1 // an old initial ye is said h: Յակոբ is Hakob
    out += isYe ? 'h' : (pair ?? byScript[script].get(word[index]!) ?? '')
    if (pair !== undefined) index++
  }
  return out
}

/** The letters that stand for sounds which a script leaves open, as plain Latin: for show, and for comparison as text. */
export function closeSounds(word: string): string {
  let out = ''
  for (const character of word) out += character < '\u0080' ? character : (plain.get(character) ?? character)
  return out
}

/** Sounds of the letters that stand for what a script leaves open, as in phones.ts. */
export const openSounds: ReadonlyMap<string, string> = readOpen(1)
const plain = readOpen(2)

function readOpen(column: 1 | 2): Map<string, string> {
  const table = new Map<string, string>()
  const parts = data.open.split(' ')
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const value = parts[index + column]!
    table.set(parts[index]!, value === '-' ? '' : value)
  }
  return table
}
