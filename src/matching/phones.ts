import { openSounds, readTable } from '#matching/alphabets'
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
const longestGraph = 7
/** Marks the pairs of letters that begin a graph: most pairs begin none. */
const graphStarts = new Uint8Array(26 * 26)
for (const graph of graphs.keys()) graphStarts[pairOf(graph, 0)] = 1

function pairOf(text: string, index: number): number {
  return (text.charCodeAt(index) - 0x61) * 26 + text.charCodeAt(index + 1) - 0x61
}

const vowels = 'aeiou'
const labials = 'bpVPB9'

/** Sounds of a folded word in Latin letters, by its first reading. */
export function latinPhones(word: string): Phones {
  const text = firstReading(word)
  let out = ''
  for (let index = 0; index < text.length && out.length < lengthLimit; ) {
    const character = text[index]!
    if (character < 'a' || character > 'z') {
      if (text[index + 1] === character) {
        index++
        continue
      }
      const sound = openSounds.get(character)
      if (sound === undefined) return ''
      out += sound
      index++
      continue
    }
    if (text[index + 1] === character && character !== 'o' && character !== 'e') {
      index++ // a doubled letter sounds once
      continue
    }
    const graph = graphAt(text, index)
    if (graph !== undefined) {
      const sound = graphs.get(graph)!
      const after = text[index + graph.length] ?? '-'
      if (graph === 'ou' && index === 0 && vowels.includes(after))
        out += 'w' // the French spelling of an initial w: Oualid
      else if (graph === 'wh' && index > 0)
        out += 'w6' // Tawhid, Jawhar
      else if (graph === 'qu' && !vowels.includes(after)) out += 'qu'
      else if (graph === 'qu' && after === 'a') out += 'q,'
      else out += sound
      index += graph.length
      continue
    }
    out += singleSound(text, index)
    index++
  }
  return settle(out)
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

function graphAt(text: string, index: number): string | undefined {
  if (index + 1 >= text.length || graphStarts[pairOf(text, index)] !== 1) return undefined
  for (let length = longestGraph; length > 1; length--) {
    const part = text.slice(index, index + length)
    if (part.length === length && graphs.has(part)) return part
  }
  return undefined
}

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
    case 'e':
      return next === '' && index > 2 && !vowels.includes(text[index - 1]!) ? ';' : 'e'
    default:
      return character
  }
}

/** Consonants after which an h is a breath that most languages do not write: Bhatta, Rhodes, Whitman. */
function isBreathed(character: string): boolean {
  return 'bdgjlmnrwt'.includes(character)
}

/** An n before a lip sound may be said and written m; the endings iy, yy, ij, yi are one sound. */
function settle(phones: string): Phones {
  let out = phones.includes('Nm') ? phones.replace('Nm', 'm') : phones
  for (let at = out.indexOf('n'); at >= 0; at = out.indexOf('n', at + 1)) {
    if (at + 1 < out.length && labials.includes(out[at + 1]!)) out = `${out.slice(0, at)}N${out.slice(at + 1)}`
  }
  if (out.length > 3 && (out.endsWith('ii') || out.endsWith('iy') || out.endsWith('ij') || out.endsWith('yi')))
    out = `${out.slice(0, -2)}i`
  return out
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
