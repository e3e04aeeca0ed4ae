import { readTable } from '#matching/alphabets'
import alphabets from './alphabets.json' with { type: 'json' }
import data from './han.json' with { type: 'json' }

const readings = new Map<string, string>()
for (const [reading, characters] of Object.entries(data.pinyin)) {
  for (const character of characters) readings.set(character, reading)
}
const surnames = new Set(data.surnames)
const compoundSurnames = new Set(data.compoundSurnames.split(' '))
const transcribing = new Set(data.transcription)
const japaneseSurnames = readTable(data.japanese.surnames)
const japaneseGiven = readTable(data.japanese.given)
const nameLength = 4
const longestJapanese = 3

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
}

/**
 * The parts of a word in Han script. A person's whole name of up to four characters is surname and given name, Japanese
 * where the surname is; one that is longer, dotted or in characters that write foreign names by sound is one word by
 * sound. Of anything else every two characters make a part.
 */
export function splitHan(word: string, { isPerson, isWhole, isForeign }: HanContext): readonly HanPart[] {
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
  const japanese = isWhole ? splitJapanese(characters) : wordOfJapanese(word)
  if (japanese !== undefined) return japanese
  if (!isWhole) return [partOf(0)]
  if (characters.length > nameLength) return [partOf(0, undefined, soundOf)]
  if (characters.length < 2) return [partOf(0)]
  if (characters.length > 2 && compoundSurnames.has(characters[0]! + characters[1]!)) return [partOf(0, 2), partOf(2)]
  const isBySound = !surnames.has(characters[0]!) && characters.every((character) => transcribing.has(character))
  return isBySound ? [partOf(0, undefined, soundOf)] : [partOf(0, 1), partOf(1)]
}

function wordOfJapanese(word: string): readonly HanPart[] | undefined {
  const text = word.length > 1 ? (japaneseSurnames.get(word) ?? japaneseGiven.get(word)) : undefined
  return text === undefined ? undefined : [{ raw: word, text }]
}

/** A surname of two or three characters that only Japanese has, or any Japanese surname before a given name that is Japanese. */
function splitJapanese(characters: readonly string[]): readonly HanPart[] | undefined {
  for (let length = longestJapanese; length > 0; length--) {
    if (characters.length < length) continue
    const surname = characters.slice(0, length).join('')
    const reading = japaneseSurnames.get(surname)
    const rest = characters.slice(length)
    const given = rest.join('')
    if (reading === undefined || (length === 1 && (rest.length < 2 || !japaneseGiven.has(given)))) continue
    if (rest.length > longestJapanese) continue
    const first = { raw: surname, text: reading }
    if (rest.length === 0) return [first]
    return [first, { raw: given, text: japaneseGiven.get(given) ?? rest.map(readHan).join('') }]
  }
  return undefined
}
