import { readTable } from '#matching/alphabets'
import data from './thai.json' with { type: 'json' }

export const onsets = readTable(data.onset)
export const vowels = readTable(data.vowels)
export const hushed = readTable(data.hushed)
/** Vowels that stand before their consonants. */
export const leading = 'เแโใไ'
const lao = readTable(data.lao)
const clusters = new Set(data.clusters.split(' '))
const sonorants = 'งญนณมยรลว'
const tones = /[\u0e48-\u0e4b]/u
const stroke = '์'
/** What a stroke silences besides its own consonant where the syllable has its final: จันทร์ is Chan, ลักษณ์ Lak. */
const silentPair = /^[ทดตจษ][รนณ]$/u
const laoStart = 0x0e80
const laoOffset = 0x80

export interface ThaiLetters {
  readonly letters: readonly string[]
  /** Places whose consonant bears a tone, which stands on the last of an onset. */
  readonly toned: ReadonlySet<number>
}

/** The letters of a Thai or Lao word in Thai, without what a stroke silences and without tones. */
export function lettersOf(word: string): ThaiLetters {
  const letters: string[] = []
  const toned = new Set<number>()
  for (const character of toThai(word)) {
    if (tones.test(character)) {
      let at = letters.length - 1
      while (at > 0 && vowels.has(letters[at]!)) at--
      toned.add(at)
    } else if (character === stroke) silence(letters)
    else letters.push(character)
  }
  return { letters, toned }
}

/** Normalisation takes am apart. Lao letters stand for the Thai ones in the same place of their block. */
function toThai(word: string): string {
  let out = ''
  for (const character of word) {
    const code = character.codePointAt(0)!
    const thai = code < laoStart ? character : String.fromCodePoint(code - laoOffset)
    out += code < laoStart ? thai : (lao.get(thai) ?? thai)
  }
  return out.replaceAll('\u0e4d\u0e32', '\u0e33')
}

function silence(letters: string[]): void {
  while (letters.length > 0 && vowels.has(letters.at(-1)!)) letters.pop()
  const silent = letters.pop()
  const [before, final, beforeFinal] = [letters.at(-1), letters.at(-2), letters.at(-3)]
  if (silent === undefined || before === undefined || final === undefined) return
  const isOnset = beforeFinal !== undefined && leading.includes(beforeFinal)
  if (silentPair.test(before + silent) && onsets.has(final) && !isOnset) letters.pop()
}

function isSign(letter: string | undefined): boolean {
  return letter !== undefined && (vowels.has(letter) || letter === 'ฤ')
}

export function isConsonant(letter: string | undefined): letter is string {
  return letter !== undefined && onsets.has(letter)
}

/** อ after a consonant is a vowel unless it bears one. */
export function isVowelO(letters: readonly string[], at: number): boolean {
  return letters[at] === 'อ' && !isSign(letters[at + 1])
}

function isDoubleR(letters: readonly string[], at: number): boolean {
  return letters[at] === 'ร' && letters[at + 1] === 'ร' && !isSign(letters[at + 2])
}

/** Whether the consonant at a place bears a written vowel. */
export function hasVowel(letters: readonly string[], at: number): boolean {
  return isSign(letters[at + 1]) || isVowelO(letters, at + 1) || isDoubleR(letters, at + 1)
}

/** How the two consonants at a place are said as one onset; undefined where they are not. */
export function clusterAt(letters: readonly string[], at: number): string | undefined {
  const [one, two] = [letters[at], letters[at + 1]]
  if (!isConsonant(one) || !isConsonant(two)) return undefined
  if (one === 'ห' && sonorants.includes(two)) return onsets.get(two)
  return hushed.get(one + two) ?? (clusters.has(one + two) ? onsets.get(one)! + onsets.get(two)! : undefined)
}

export function isBare(letters: readonly string[], at: number): boolean {
  return isConsonant(letters[at]) && !hasVowel(letters, at) && !leading.includes(letters[at - 1] ?? '-')
}

/** Two letters of one sound, of which the first only closes the syllable; at the end of a word a second one closes another. */
export function isDoubled(letters: readonly string[], at: number): boolean {
  const [one, two] = [letters[at]!, letters[at + 1]!]
  if (one !== two) return doubles.has(one + two)
  return one !== 'ญ' && (hasVowel(letters, at + 1) || letters[at + 2] !== undefined)
}

const doubles = new Set('ตถ ทธ กข พภ จฉ ชฌ ดต ฏฐ ดฒ ฑฒ'.split(' '))
/** The last vowel of ชาติ, เกียรติ and เกตุ, which mostly is not said. */
export function isFaint(letters: readonly string[], at: number): boolean {
  const before = letters[at - 2]
  const next = letters[at + 1]
  if (!'ิุ'.includes(letters[at] ?? '-')) return false
  if (!'ตธฒ'.includes(letters[at - 1]!) || (next !== undefined && !isConsonant(next) && !leading.includes(next)))
    return false
  if (isConsonant(next) && !hasVowel(letters, at + 1) && letters[at + 2] === undefined) return false
  return before !== undefined && (vowels.has(before) || before === 'ร' || leading.includes(letters[at - 3] ?? '-'))
}
