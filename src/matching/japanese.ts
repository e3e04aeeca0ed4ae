import { readTable } from '#matching/alphabets'
import data from './japanese.json' with { type: 'json' }

const aloneMark = '*'
const voicedMark = '~'
const surnames = readTable(data.surnames)
const given = readTable(data.given)
const variants = readTable(data.variants)
const family = readCharacters(data.family)
const personal = readCharacters(data.personal)
const signs = new Set(data.signs)
const longest = 3
const mostReadings = 4
/** What the second, third and fourth reading of a character are worth beside the first. */
const ranks = [1, 0.5, 0.3, 0.2]
const again = '々'
/** A vowel that is long and mostly written as if it were not. */
const longMark = 'ụ'
/** A first sound that may be voiced after another character: kawa and gawa. */
const voicing: readonly (readonly [plain: string, open: string])[] = [
  ['sh', 'ẛ'],
  ['ch', 'ẛ'],
  ['ts', 'ź'],
  ['k', 'ḳ'],
  ['t', 'ṭ'],
  ['s', 'ş'],
]

interface Reading {
  readonly text: string
  readonly isAlone: boolean
  readonly mayBeVoiced: boolean
}

function readCharacters(text: string): ReadonlyMap<string, readonly Reading[]> {
  const table = new Map<string, readonly Reading[]>()
  for (const [character, list] of readTable(text)) {
    const readings = list.split(',').map((entry) => ({
      text: entry.replace(aloneMark, '').replace(voicedMark, ''),
      isAlone: entry.endsWith(aloneMark),
      mayBeVoiced: entry.endsWith(voicedMark),
    }))
    table.set(character, readings)
  }
  return table
}

/** Which part of a Japanese name a word in Han characters is. */
export type JapanesePart = 'family' | 'given'

/**
 * What a Japanese word in Han characters may be in Latin letters, the likeliest first, up to four: 裕子 is Yuko and Hiroko.
 * Undefined where a character has no known reading.
 */
export function readJapanese(word: string, part: JapanesePart): readonly string[] | undefined {
  const known = (part === 'family' ? surnames : given).get(word)?.split('|')
  if (known !== undefined && (part === 'family' || word.length > 1)) return known
  const characters = charactersOf(word)
  let readings: readonly { readonly text: string; readonly worth: number }[] = [{ text: '', worth: 1 }]
  for (const [at, character] of characters.entries()) {
    const own = readingsOf(character, part)
    if (own === undefined) return undefined
    const ranked = characters.length === 1 && part === 'given' ? aloneFirst(own) : own.filter(standsBeside)
    const choices = ranked.length === 0 ? own : ranked
    readings = readings
      .flatMap(({ text, worth }) =>
        choices
          .slice(0, ranks.length)
          .map((reading, rank) => ({ text: text + soundOf(reading, at), worth: worth * ranks[rank]! })),
      )
      .sort((a, b) => b.worth - a.worth)
      .slice(0, mostReadings * 2)
  }
  const texts = new Map(readings.map(({ text }) => [text.replaceAll(longMark, ''), text]))
  for (const text of known ?? []) texts.delete(text)
  return [...(known ?? []), ...texts.values()].slice(0, mostReadings)
}

/** Marks of repetition as what they repeat. */
function charactersOf(word: string): readonly string[] {
  const characters = Array.from(word)
  return characters.map((character, at) => (character === again && at > 0 ? characters[at - 1]! : character))
}

function readingsOf(character: string, part: JapanesePart): readonly Reading[] | undefined {
  const own = part === 'family' ? [family, personal] : [personal, family]
  const variant = variants.get(character)
  for (const table of own) {
    const readings = table.get(character) ?? (variant === undefined ? undefined : table.get(variant))
    if (readings !== undefined) return readings
  }
  return undefined
}

function aloneFirst(readings: readonly Reading[]): readonly Reading[] {
  return [...readings.filter(({ isAlone }) => isAlone), ...readings.filter(({ isAlone }) => !isAlone)]
}

/** Long readings of a character alone (makoto, osamu) do not stand beside another. */
function standsBeside({ text, isAlone }: Reading): boolean {
  return !isAlone || text.length < 5
}

function soundOf({ text, mayBeVoiced }: Reading, at: number): string {
  if (!mayBeVoiced || at === 0) return text
  for (const [plain, open] of voicing) if (text.startsWith(plain)) return open + text.slice(plain.length)
  return text
}

export interface ChineseSurnames {
  /** Whether the first character, and the one after it, is a surname in China or Korea. */
  readonly first: boolean
  readonly second: boolean
}

/** Where the surname of a name without a space ends; undefined where nothing says that the name is Japanese. */
export function japaneseSurnameLength(characters: readonly string[], chinese: ChineseSurnames): number | undefined {
  for (let length = longest; length > 0; length--) {
    if (characters.length < length || characters.length - length > longest) continue
    if (!surnames.has(characters.slice(0, length).join(''))) continue
    if (length > 1 || characters.length === 1 || isJapaneseGiven(characters.slice(length), chinese.first)) return length
  }
  if (characters.length < 3 || characters.length > 5) return undefined
  if (chinese.first && !hasJapaneseSign(characters) && (characters.length === 3 || chinese.second)) return undefined
  return characters.every((character) => isReadable(character)) ? 2 : undefined
}

/** Whether what follows a surname of one character is a Japanese name; after one that China has too, it must be no other. */
function isJapaneseGiven(characters: readonly string[], isChinese: boolean): boolean {
  if (!isChinese) return characters.every((character) => isReadable(character))
  return characters.length > 1 && (given.has(characters.join('')) || hasJapaneseSign(characters))
}

function isReadable(character: string): boolean {
  return character === again || readingsOf(character, 'family') !== undefined
}

function hasJapaneseSign(characters: readonly string[]): boolean {
  return signs.has(characters.at(-1)!) || characters.includes(again)
}

/** Whether two words are surname and given name of a Japanese, by which of them are surnames in China or Korea. */
export function isJapanesePair(first: string, second: string, chinese: ChineseSurnames): boolean {
  const isOtherOrder = chinese.second && !surnames.has(first) && !given.has(second)
  const [one, two] = [Array.from(first), Array.from(second)]
  if (one.length > longest || two.length > longest) return false
  if (isOtherOrder) return false
  if (one.length === 1) return isReadable(first) && isJapaneseGiven(two, chinese.first)
  return surnames.has(first) || (!chinese.first && one.every((character) => isReadable(character)))
}

/** Whether a word that stands with others is a Japanese name by itself, and which part of one. */
export function japanesePartOf(word: string): JapanesePart | undefined {
  if (word.length < 2) return undefined
  if (surnames.has(word)) return 'family'
  return given.has(word) ? 'given' : undefined
}
