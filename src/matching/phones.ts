import { openSounds, readTable } from '#matching/alphabets'
import { HeardSounds } from '#matching/heard-sounds'
import { LetterTree } from '#matching/letter-tree'
import { mandarinPhones } from '#matching/mandarin'
import { firstReading, hasReadings, readingsOf } from '#matching/readings'
import data from './alphabets.json' with { type: 'json' }

/**
 * A word as sounds, one ASCII character each, so that spellings of one name in different scripts and orthographies can be
 * compared sound by sound: vowels `aeiou`; `T` th, `D` dh, `S` sh, `C` ch, `Z` zh, `J` dj, `G` gh, `X` kh, `2` ts, `c` a
 * soft c, `H` a final h or ta marbuta that may be silent; `A W Y` the Arabic letters that carry a vowel, `M` a final ye that
 * may be alef maqsura; `` ` `` ain; the rest as in Latin. Sounds that a script or an orthography leaves open (kana has one
 * letter for l and r) have signs of their own, listed under `readings` in sounds.json. Empty for what has no sounds here:
 * digits, scripts without a table.
 */
export type Phones = string

const lengthLimit = 32
const abjad = new Map([...readTable(data.arabic.phones), ...readTable(data.hebrew.phones)])
const abjadPairs = new Map([...readTable(data.arabic.pairs), ...readTable(data.hebrew.pairs)])

/** Two or more Latin letters that write one sound; the longest that fits wins. */
const graphs = readTable(data.graphs)
const graphTree = new LetterTree([...graphs.keys()])

const vowels = 'aeiou'
/** What `hearLatin` heard last. */
export const heard: HeardSounds = new HeardSounds()

/** Letters whose sound what stands beside them decides, and letters that are said once where they are doubled. */
const isOpen = new Uint8Array(128)
for (const letter of 'cgxyhe') isOpen[letter.charCodeAt(0)] = 1
const isSaidOnce = new Uint8Array(128).fill(1)
for (const letter of 'oe') isSaidOnce[letter.charCodeAt(0)] = 0

/** Sounds of a folded word in Latin letters, by its first reading. */
export function latinPhones(word: string): Phones {
  hearLatin(word)
  return heard.text
}

/** The same, left in `heard`, for whoever needs no text of it. */
export function hearLatin(word: string): void {
  const text = firstReading(word)
  heard.clear()
  for (let index = 0; index < text.length && heard.length < lengthLimit; ) {
    const code = text.charCodeAt(index)
    const isDoubled = text.charCodeAt(index + 1) === code
    if (code < 0x61 || code > 0x7a) {
      if (isDoubled) {
        index++
        continue
      }
      const sound = openSounds.get(text[index]!)
      if (sound === undefined) {
        heard.clear()
        return
      }
      heard.add(sound)
      index++
      continue
    }
    if (isDoubled && isSaidOnce[code] === 1) {
      index++ // a doubled letter sounds once
      continue
    }
    const graph = graphTree.longestAt(text, index)
    if (graph !== undefined) {
      const after = text[index + graph.length] ?? '-'
      heard.add(graphSound(graph, index, after))
      index += graph.length
      continue
    }
    if (isOpen[code] === 1) heard.add(singleSound(text, index))
    else heard.codes[heard.length++] = code
    index++
  }
  heard.settle()
}

function graphSound(graph: string, index: number, after: string): string {
  if (graph === 'ou' && index === 0 && vowels.includes(after)) return 'w' // the French spelling of an initial w: Oualid
  if (graph === 'wh' && index > 0) return 'w6' // Tawhid, Jawhar
  if (graph === 'qu' && !vowels.includes(after)) return 'qu'
  if (graph === 'qu' && after === 'a') return 'q,'
  return graphs.get(graph)!
}

const none: readonly Phones[] = []

/** Other readings of a folded word in Latin letters, where its letters leave them open; mostly none. */
export function otherPhones(text: string, phones: Phones): readonly Phones[] {
  const others: Phones[] = []
  if (hasReadings(text)) return otherReadings(text, phones)
  const mandarin = mandarinPhones(text)
  if (mandarin !== '' && mandarin !== phones) others.push(mandarin)
  if (text.startsWith('x')) others.push(`ks${phones.slice(1)}`)
  const at = text.indexOf('ll', 1)
  if (at > 0 && text.length > 4 && vowels.includes(text[at - 1]!) && vowels.includes(text[at + 2] ?? '-')) {
    others.push(latinPhones(`${text.slice(0, at)}y${text.slice(at + 2)}`)) // Castillo
  }
  return others.length === 0 ? none : others
}

function otherReadings(text: string, phones: Phones): readonly Phones[] {
  const others = new Set(readingsOf(text).map(latinPhones))
  others.delete(phones)
  others.delete('')
  return [...others]
}

/** The sound of one of the open letters. */
function singleSound(text: string, index: number): string {
  const character = text[index]!
  const next = text[index + 1] ?? ''
  const isSoftened = next !== '' && 'eiy'.includes(next)
  switch (character) {
    case 'c':
      if (next === '') return index > 1 ? '5' : 'k'
      return isSoftened ? 'c' : 'k'
    case 'g':
      return isSoftened ? '(' : next === 'n' && index > 0 ? '=' : 'g'
    case 'x':
      return index === 0 ? '%' : 'ks'
    case 'y':
      return index === 0 || (next !== '' && vowels.includes(next)) ? 'y' : 'i'
    case 'h':
      if (index === 0 && next === 't') return '' // Htun
      if (index === 0 && 'lmn'.includes(next || '-')) return '6' // Hlaing
      if (index === 0 || !vowels.includes(text[index - 1]!))
        return index > 0 && isBreathed(text[index - 1]!) ? '6' : 'h'
      return next === '' ? 'H' : vowels.includes(next) ? 'h' : '6'
    default:
      return next === '' && index > 2 && !vowels.includes(text[index - 1]!) ? ';' : 'e'
  }
}

/** Consonants after which an h is a breath that most languages do not write: Bhatta, Rhodes, Whitman. */
function isBreathed(character: string): boolean {
  return 'bdgjlmnrwt'.includes(character)
}

const servant = 'عبد'
/** After these an h looks in Latin letters as if it were part of them: Azhar, Ishaq, Fathi. */
const beforeBreath = 'zstdkg'
/** A ye that only joins a final one to a vowel: Rezaei, Jatoi, Yousafzai. */
const glideBeforeYe = /[AWz]YM$/

/** Sounds of a folded word in Arabic or Hebrew letters. */
export function abjadPhones(text: string): Phones {
  let out = ''
  for (let index = 0; index < text.length && out.length < lengthLimit; index++) {
    const isApart = index === servant.length - 1 && text.startsWith(servant) // Abduljabbar has no dj
    const pair = index + 1 < text.length && !isApart ? abjadPairs.get(text.slice(index, index + 2)) : undefined
    const sound = pair ?? abjad.get(text[index]!)
    if (sound === undefined) return ''
    out += sound === 'h' && index + 1 < text.length && beforeBreath.includes(out.at(-1) ?? '-') ? '6' : sound
    if (pair !== undefined) index++
  }
  if (out.length > 2 && out.endsWith('Y')) out = `${out.slice(0, -1)}M`
  if (glideBeforeYe.test(out)) out = `${out.slice(0, -2)}M`
  if (out.endsWith('Y`M')) out = `${out.slice(0, -3)}\`M`
  if (out.length > 2 && (out.startsWith('`Y') || out.startsWith('AY'))) out = out.slice(1)
  if (out.endsWith('Allh')) return `${out.slice(0, -3)}laH`
  if (text.endsWith('ה') && out.endsWith('h')) return `${out.slice(0, -1)}H`
  return text.length > 3 && out.endsWith('h') ? `${out.slice(0, -1)}H` : out // an undotted ta marbuta, or silent
}
