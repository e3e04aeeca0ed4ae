import { readTable } from '#matching/alphabets'
import {
  clusterAt,
  hasVowel,
  hushed,
  isBare,
  isConsonant,
  isDoubled,
  isFaint,
  isVowelO,
  leading,
  lettersOf,
  onsets,
  type ThaiLetters,
  vowels,
} from '#matching/thai-letters'
import data from './thai.json' with { type: 'json' }

const codas = readTable(data.coda)
/** After a doubled r that is said a, these are finals; before others it is said an. */
const finalsAfterA = 'คกพถธ'
/** The short form of the title. */
const doctor = 'ดร'

/** What is written, and how far the reading has come. */
interface Reading extends ThaiLetters {
  at: number
  /** Whether the vowel before may be closed by a consonant, as an unwritten one may too. */
  isOpen: boolean
  out: string
}

/**
 * Thai and Lao to Latin letters. Vowels that stand before their consonant are read after it, unwritten ones are left open,
 * and so is a final consonant, which is spelt now as it sounds and now as it is written: พร is Phon and Porn, กุล Kun and Kul.
 */
export function romaniseThai(word: string): string {
  if (word === doctor) return 'dr'
  const reading: Reading = { ...lettersOf(word), at: 0, isOpen: false, out: '' }
  const { letters } = reading
  while (reading.at < letters.length) {
    const letter = letters[reading.at]!
    if (leading.includes(letter)) readLed(reading)
    else if (letter === 'ฤ') {
      reading.out += letters[reading.at + 1] === 'ท' ? 'ri' : 'rẏạ'
      reading.at++
      reading.isOpen = true
    } else if (!onsets.has(letter)) reading.at++
    else if (hasVowel(letters, reading.at)) readVowelled(reading)
    else if (reading.isOpen) readCoda(reading)
    else readBare(reading)
  }
  return reading.out
}

/** A syllable whose vowel is written before its consonants. */
function readLed(reading: Reading): void {
  const { letters } = reading
  const vowel = letters[reading.at]!
  const from = reading.at + 1
  const size = onsetSize(reading, vowel, from)
  const onset =
    size < 2
      ? (onsets.get(letters[from] ?? '') ?? '')
      : (clusterAt(letters, from) ?? `${onsets.get(letters[from]!)}ạ${onsets.get(letters[from + 1]!)}`)
  const { text, length, isOpen } = rhymeOf(letters, vowel, from + size)
  reading.out += onset + text
  reading.at = from + size + length
  reading.isOpen = isOpen
}

/** One consonant or two after a vowel that stands before them. */
function onsetSize({ letters, toned }: Reading, vowel: string, from: number): number {
  const [one, two, three] = [letters[from], letters[from + 1], letters[from + 2]]
  if (!isConsonant(one)) return 0
  if (!isConsonant(two) || toned.has(from)) return 1
  if (toned.has(from + 1)) return 2
  if (two !== 'อ' && three !== undefined && (around.get(vowel)?.includes(three) ?? false)) {
    const needed = three === 'ี' ? 'ย' : three === 'ื' ? 'อ' : undefined
    return needed === undefined || needed === letters[from + 3] ? 2 : 1
  }
  if (clusterAt(letters, from) === undefined) return 1
  return 'ไใ'.includes(vowel) || (isConsonant(three) && !hasVowel(letters, from + 2)) ? 2 : 1
}

/** The signs that make one vowel with the one before the consonants, and so say where the onset ends. */
const around = new Map([
  ['เ', 'ิีื็าอะ'],
  ['แ', '็ะ'],
  ['โ', 'ะ'],
])

interface Rhyme {
  readonly text: string
  readonly length: number
  readonly isOpen: boolean
}

/** The vowel that a leading sign makes with what follows the onset. */
function rhymeOf(letters: readonly string[], vowel: string, at: number): Rhyme {
  const [one, two] = [letters[at], letters[at + 1]]
  const isGlide = one === 'ย' && !hasVowel(letters, at)
  if ('ไใ'.includes(vowel)) return { text: 'ai', length: isGlide ? 1 : 0, isOpen: false }
  const isShort = one === 'ะ'
  const length = isShort || one === '็' ? 1 : 0
  if (vowel !== 'เ') return { text: vowel === 'แ' ? 'ạe' : 'o', length, isOpen: !isShort }
  if (one === 'ี' && two === 'ย') return { text: 'iạ', length: 2, isOpen: true }
  if (one === 'ื' && two === 'อ') return { text: 'ẏạa', length: 2, isOpen: true }
  if (one === 'า')
    return two === 'ะ' ? { text: 'o', length: 2, isOpen: true } : { text: 'ao', length: 1, isOpen: false }
  if (one === 'ิ') return { text: 'ȯˉ', length: 1, isOpen: true }
  if (isVowelO(letters, at)) return { text: 'ȯˉ', length: 1, isOpen: true }
  if (isGlide) return { text: 'ȯi', length: 1, isOpen: false }
  return { text: 'e', length, isOpen: !isShort }
}

/** A consonant, or the second of two, with the vowel that is written after or above it. */
function readVowelled(reading: Reading): void {
  const { letters, at } = reading
  reading.out += onsets.get(letters[at]!)!
  readVowel(reading, at + 1)
}

function readVowel(reading: Reading, at: number): void {
  const { letters } = reading
  const [sign, next] = [letters[at]!, letters[at + 1]]
  const take = (text: string, length: number, isOpen: boolean) => {
    reading.out += text
    reading.at = at + length
    reading.isOpen = isOpen
  }
  if (sign === 'ร') {
    const final = letters[at + 2] ?? '-'
    const isOpen = 'มณน'.includes(final) || (finalsAfterA.includes(final) && !hasVowel(letters, at + 2))
    take(isOpen ? 'a' : 'an', 2, isOpen)
  } else if (sign === 'อ') take('oˉ', 1, true)
  else if (sign === 'ฤ') take('กตทปศอ'.includes(letters[at - 1]!) || 'ทด'.includes(next ?? '-') ? 'ri' : 'rẏạ', 1, true)
  else if (sign === 'ั' && next === 'ว' && !hasVowel(letters, at + 1)) take('ua', 2, false)
  else if (sign === 'ื' && isVowelO(letters, at + 1)) take('ẏạ', 2, false)
  else if (sign === 'า' && isConsonant(next) && (!hasVowel(letters, at + 1) || isFaint(letters, at + 2)))
    take('aˉ', 1, true)
  else if ('ิุ'.includes(sign) && isFaint(letters, at)) take(sign === 'ิ' ? 'ị' : 'ụ', 1, false)
  else take(vowels.get(sign)!, 1, sign !== 'ะ' && sign !== 'ำ')
}

/** A consonant without a written vowel, after a vowel. */
function readCoda(reading: Reading): void {
  const { letters, at } = reading
  const letter = letters[at]!
  const next = letters[at + 1]
  const isBareNext = isConsonant(next) && !hasVowel(letters, at + 1)
  const isAfterVowel = !isConsonant(letters[at - 1]) || leading.includes(letters[at - 2] ?? '-')
  reading.at++
  if (!isBareNext) reading.isOpen = false
  if (isAfterVowel && isConsonant(next) && isDoubled(letters, at)) return
  if (letter === 'ร' && isConsonant(next) && beforeSilentR.includes(next)) {
    reading.out += 'ṝ'
    return
  }
  reading.out += codas.get(letter)!
  if (next === undefined) return
  if (isBareNext) {
    if (next === 'ร' && isAfterVowel && afterStop.includes(letter) && !long.includes(letters[at - 1]!)) {
      reading.out += letters[at + 2] === undefined ? 'ṝ' : 'ạṝạ'
      reading.at++
    } else if (letter === 'ญ' && next === 'ญ') {
      reading.out += 'yạ'
      reading.at++
    } else reading.out += next === 'ร' ? 'ạṝ' : 'ạ'
    return
  }
  const isThird = isBare(letters, at - 1) && (isBare(letters, at - 2) || letter === 'น')
  if (data.linking.includes(letter) || isThird || (letter === 'ว' && isAfterVowel && letters[at - 1] !== 'า'))
    reading.out += 'ạ'
}

const beforeSilentR = 'ตถฐธษ'
/** After these an r may be silent where the vowel is short: จักร, มิตร. */
const afterStop = 'กคตทชด'
const long = 'าีูอำ'

/** A consonant without a written vowel that begins a syllable. */
function readBare(reading: Reading): void {
  const { letters, at } = reading
  const cluster = hasVowel(letters, at + 1) ? clusterAt(letters, at) : undefined
  if (cluster !== undefined) {
    reading.out += cluster
    readVowel(reading, at + 2)
    return
  }
  const next = letters[at + 1]
  if (letters[at] === 'ท' && next === 'ร' && isBare(letters, at + 2)) {
    reading.out += `${hushed.get('ทร')}ạ`
    reading.at += 2
    reading.isOpen = true
    return
  }
  reading.out += onsets.get(letters[at]!)!
  reading.at++
  if (next === undefined) return
  const isPhon = next === 'ร' && !hasVowel(letters, at + 1)
  reading.out += isPhon ? 'ạṝ' : 'ạ'
  reading.isOpen = !hasVowel(letters, at + 1)
}
