import { readTable } from '#matching/alphabets'
import { bengaliSounds, faintO, isBengali, respellBengali } from '#matching/bengali'
import { romaniseThai } from '#matching/thai'
import { isTibetan, romaniseTibetan } from '#matching/tibetan'
import data from './abugidas.json' with { type: 'json' }

const independent = readTable(data.vowels)
const consonants = new Map([...readTable(data.consonants), ...bengaliSounds])
const signs = new Map([...readTable(data.signs), [faintO, 'ọ'], ['\ue015', 'ạa']])
const prefixed = readTable(data.prefixed)
const marks = readTable(data.marks)
const dotted = readTable(data.nukta)
const killers = new Set(data.killers.split(' '))
const ethiopic = data.ethiopic.split(' ').map((letter) => (letter === '-' ? '' : letter))
const ethiopicVowels = data.ethiopicVowels.split(' ')
const ethiopicStart = 0x1200
const rhymes = readTable(data.rhymes)
/** The nasal that only stands before its own stop: Lingam. */
const nasalBeforeStop = /ṅġ(?=[kḳgġ])/gu
const burmeseStart = '\u1000'
const burmeseEnd = '\u109f\uffff'
const thaiStart = '\u0e01'
const laoEnd = '\u0eff'
const nuktas = '\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc'

/**
 * The scripts of India, Sri Lanka, Thailand, Laos, Burma, Cambodia, the Maldives and Ethiopia to Latin. The inherent vowel, said
 * or not by rules that differ by language, is written as a letter that costs little to leave out. Other scripts stay as they are.
 */
export function romaniseAbugida(word: string): string {
  if (word >= thaiStart && word <= laoEnd) return romaniseThai(word)
  if (isTibetan(word)) return romaniseTibetan(word)
  if (!isAbugida(word)) return word
  let out = ''
  let consonant = ''
  let isVowelled = true
  let leading = ''
  const close = () => {
    if (consonant !== '') out += consonant + (leading === '' ? (isVowelled ? '' : 'ạ') : leading)
    if (consonant !== '') leading = ''
    consonant = ''
    isVowelled = true
  }
  for (const character of respell(word)) {
    const letter = consonants.get(character)
    const sign = signs.get(character)
    const code = character.codePointAt(0)! - ethiopicStart
    if (letter !== undefined) {
      close()
      consonant = letter
      isVowelled = false
    } else if (sign !== undefined) {
      if (consonant === '') out += sign
      else {
        consonant += sign
        isVowelled = true
      }
    } else if (killers.has(character)) {
      consonant = ''
      isVowelled = true
    } else if (nuktas.includes(character)) consonant = dotted.get(consonant) ?? consonant
    else if (prefixed.has(character)) {
      close()
      leading = prefixed.get(character)!
    } else if (code >= 0 && code < ethiopic.length * 8) out += ethiopic[code >> 3]! + vowelOf(code)
    else {
      const other = independent.get(character) ?? marks.get(character)
      if (other === undefined) continue
      close()
      out += leading + other
      leading = ''
    }
  }
  close()
  return (out + leading).replace('tş', 'ts').replace(nasalBeforeStop, 'ṅ')
}

/** Burmese rhymes as one sign, Bengali as it sounds, what other scripts say otherwise than their letters. */
function respell(word: string): string {
  if (isBengali(word)) return respellBengali(word)
  let out = word
  if (word >= burmeseStart && word <= burmeseEnd) {
    out = out.replace(burmeseTones, '').replace(hushedRa, `${burmeseSh}$1`).replace(softenedKa, burmeseCh)
    for (const [rhyme, sign] of rhymes) out = out.replaceAll(rhyme, sign)
    return out
  }
  if (word >= khmerStart && word <= khmerEnd) return out.replace(khmerSecond, `$1${khmerEa}`)
  return out.replace(initialI, '').replace(finalVu, finalO)
}

/** Tones stand between a final and its stroke. */
const burmeseTones = /[\u1037\u1038]/gu
const hushedRa = /ရ(ွ?)ှ/gu
const softenedKa = /ခ[ျြ]/gu
const burmeseSh = '\ue013'
const burmeseCh = '\ue014'
const khmerStart = '\u1780'
const khmerEnd = '\u17ff\uffff'
const khmerEa = '\ue015'
/** After these an a is said ea: Chea, Sophea. */
const khmerSecond = /([គឃងជឈញឌឍទធនពភមយរលវ])ា/gu
/** An i before r or l that Tamil writes and nobody says: இராமன் is Raman. */
const initialI = /^இ(?=[ரல]\p{M})/u
/** Telugu and Kannada Rao. */
const finalVu = /(?<=[\u0c3e\u0cbe])[\u0c35\u0cb5][\u0c41\u0cc1\u0c4d\u0ccd]$/u
const finalO = '\u0c13'

/** Beside a throat sound the first order of an Ethiopic letter is a plain a. */
function vowelOf(code: number): string {
  return (code & 7) === 0 && 'h'.includes(ethiopic[code >> 3]!) ? 'a' : ethiopicVowels[code & 7]!
}

function isAbugida(word: string): boolean {
  for (const character of word) {
    const code = character.codePointAt(0)! - ethiopicStart
    if (consonants.has(character) || independent.has(character)) return true
    if (code >= 0 && code < ethiopic.length * 8) return true
  }
  return false
}
