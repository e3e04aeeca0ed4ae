import { readTable } from '#matching/alphabets'
import {
  isJapanesePair,
  type JapanesePart,
  japanesePartOf,
  japaneseSurnameLength,
  readJapanese,
} from '#matching/japanese'
import { withReadings } from '#matching/readings'
import alphabets from './alphabets.json' with { type: 'json' }
import data from './han.json' with { type: 'json' }

const readings = new Map<string, string>()
for (const [reading, characters] of Object.entries(data.pinyin)) {
  for (const character of characters) readings.set(character, reading)
}
const surnames = new Set(data.surnames)
const compoundSurnames = new Set(data.compoundSurnames.split(' '))
const transcribing = new Set(data.transcription)
const nameLength = 4
/** What a word with its readings may take up. */
const textLimit = 40

/** Pinyin without tones, one reading a character, as in names; a character outside the table stands for itself. */
export function readHan(character: string): string {
  return readings.get(character) ?? character
}

const syllables = readTable(alphabets.hanSyllables)
const initials = readTable(alphabets.hanInitials)
const finals = readTable(alphabets.hanFinals)
const sounding = new Map<string, string>()

/** A syllable of a foreign name written by sound: its vowel may only carry the consonant, l may be r, w may be v. */
export function soundOf(character: string): string {
  const known = sounding.get(character)
  if (known !== undefined) return known
  const pinyin = readHan(character)
  const length = pinyin.startsWith('zh') || pinyin.startsWith('ch') || pinyin.startsWith('sh') ? 2 : 1
  const initial = initials.get(pinyin.slice(0, length))
  const rest = initial === undefined ? pinyin : pinyin.slice(length)
  const sound = syllables.get(pinyin) ?? (initial ?? '') + (finals.get(rest) ?? rest)
  sounding.set(character, sound)
  return sound
}

export interface HanPart {
  readonly raw: string
  readonly text: string
}

export interface HanContext {
  readonly isPerson: boolean
  /** Whether the word is all there is of the name. */
  readonly isWhole: boolean
  /** Whether a dot joins it to another word, as in foreign names. */
  readonly isForeign: boolean
  /** Which part of a Japanese name it is, where the words of the name say that it is one. */
  readonly japanese?: JapanesePart | undefined
}

/** Which parts of a Japanese name two words in Han characters are; undefined where they may be of another language. */
export function japanesePartsOf(first: string, second: string): readonly [JapanesePart, JapanesePart] | undefined {
  if (japanesePartOf(first) === 'given' && japanesePartOf(second) === 'family') return ['given', 'family']
  const chinese = { first: isChineseSurname(first), second: isChineseSurname(second) }
  return isJapanesePair(first, second, chinese) ? ['family', 'given'] : undefined
}

function isChineseSurname(word: string): boolean {
  return surnames.has(word) || compoundSurnames.has(word)
}

/**
 * The parts of a word in Han script. A person's whole name of up to four characters is surname and given name, Japanese
 * where the surname is; one that is longer, dotted or in characters that write foreign names by sound is one word by
 * sound. Of anything else every two characters make a part.
 */
export function splitHan(word: string, { isPerson, isWhole, isForeign, japanese }: HanContext): readonly HanPart[] {
  const characters = Array.from(word)
  const partOf = (from: number, to?: number, read: (character: string) => string = readHan): HanPart => {
    const part = characters.slice(from, to)
    return { raw: part.join(''), text: part.map(read).join('') }
  }
  if (!isPerson) {
    const parts: HanPart[] = []
    for (let index = 0; index < characters.length; index += 2) parts.push(partOf(index, index + 2))
    return parts
  }
  if (isForeign) return [partOf(0, undefined, soundOf)]
  if (!isWhole) {
    if (japanese !== undefined) return [japanesePart(word, japanese)]
    const part = japanesePartOf(word)
    const readings = part === undefined ? undefined : readJapanese(word, part)
    if (readings === undefined) return [partOf(0)]
    return [{ raw: word, text: withReadings([readings[0]!, partOf(0).text, ...readings.slice(1)], textLimit) }]
  }
  const isCompound = characters.length > 2 && compoundSurnames.has(characters[0]! + characters[1]!)
  const first = isCompound || surnames.has(characters[0]!)
  const isBySound = characters.every((character) => transcribing.has(character))
  if (isBySound && (characters.length >= nameLength || !first) && characters.length > 1)
    return [partOf(0, undefined, soundOf)]
  const length = japaneseSurnameLength(characters, { first, second: surnames.has(characters[1] ?? '') })
  if (length !== undefined) return splitJapanese(characters, length)
  if (characters.length > nameLength) return [partOf(0, undefined, soundOf)]
  if (characters.length < 2) return [partOf(0)]
  return isCompound ? [partOf(0, 2), partOf(2)] : [partOf(0, 1), partOf(1)]
}

function splitJapanese(characters: readonly string[], length: number): readonly HanPart[] {
  const [first, second] = [characters.slice(0, length).join(''), characters.slice(length).join('')]
  return second === ''
    ? [japanesePart(first, 'family')]
    : [japanesePart(first, 'family'), japanesePart(second, 'given')]
}

function japanesePart(word: string, part: JapanesePart): HanPart {
  return { raw: word, text: withReadings(readJapanese(word, part) ?? [readAll(word)], textLimit) }
}

function readAll(word: string): string {
  return Array.from(word, readHan).join('')
}
