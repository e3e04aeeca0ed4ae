import { readTable } from '#matching/alphabets'
import data from './alphabets.json' with { type: 'json' }

/**
 * A word as sounds, one ASCII character each, so that spellings of one name in different scripts and orthographies can be
 * compared sound by sound: vowels `aeiou`; `T` th, `D` dh, `S` sh, `C` ch, `Z` zh, `G` gh, `X` kh, `c` a soft c, `H` a
 * final h or ta marbuta that may be silent; `A W Y` the Arabic letters that carry a vowel, `M` a final ye that may be alef
 * maqsura; `` ` `` ain; the rest as in
 * Latin. Empty for what has no sounds here: digits, scripts without a table.
 */
export type Phones = string

const lengthLimit = 32
const arabic = readTable(data.arabic.phones)
const hebrew = readTable(data.hebrew.phones)

/** Two or more Latin letters that write one sound; the longest that fits wins. */
const graphs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    shch: 'S',
    tsch: 'C',
    sch: 'S',
    tch: 'C',
    dzh: 'j',
    sh: 'S',
    ch: 'C',
    kh: 'X',
    gh: 'G',
    th: 'T',
    dh: 'D',
    ph: 'f',
    zh: 'Z',
    dj: 'j',
    ck: 'k',
    qu: 'q',
    ou: 'u',
    oo: 'u',
    ee: 'i',
  }),
)
const longestGraph = 4
/** First letters of the graphs whose second letter is no h. */
const graphStarts = 'tsdcqoe'
const vowels = 'aeiou'

/** Sounds of a folded word in Latin letters. */
export function latinPhones(text: string): Phones {
  let out = ''
  for (let index = 0; index < text.length && out.length < lengthLimit; ) {
    const character = text[index]!
    if (character < 'a' || character > 'z') return ''
    if (text[index + 1] === character && character !== 'o' && character !== 'e') {
      index++ // a doubled letter sounds once
      continue
    }
    const graph = graphAt(text, index)
    if (graph !== undefined) {
      const sound = graphs.get(graph)!
      const glide = graph === 'ou' && index === 0 && vowels.includes(text[index + graph.length] ?? '-')
      out += glide ? 'w' : sound // the French spelling of an initial w: Oualid
      index += graph.length
      continue
    }
    out += singleSound(text, index)
    index++
  }
  return out
}

function graphAt(text: string, index: number): string | undefined {
  const next = text[index + 1]
  if (next !== 'h' && !graphStarts.includes(text[index]!)) return undefined
  for (let length = longestGraph; length > 1; length--) {
    const part = text.slice(index, index + length)
    if (part.length === length && graphs.has(part)) return part
  }
  return undefined
}

function singleSound(text: string, index: number): string {
  const character = text[index]!
  const next = text[index + 1] ?? ''
  switch (character) {
    case 'c':
      return next !== '' && 'eiy'.includes(next) ? 'c' : 'k'
    case 'j':
      return next === '' && index > 0 && vowels.includes(text[index - 1]!) ? 'i' : 'j' // Andrej
    case 'x':
      return 'ks'
    case 'y':
      return index === 0 || (next !== '' && vowels.includes(next)) ? 'y' : 'i'
    case 'h':
      return index > 0 && next === '' && vowels.includes(text[index - 1]!) ? 'H' : 'h'
    default:
      return character
  }
}

/** Sounds of a folded word in Arabic or Hebrew letters. */
export function abjadPhones(text: string): Phones {
  let out = ''
  for (const character of text) {
    const sound = arabic.get(character) ?? hebrew.get(character)
    if (sound === undefined) return ''
    if (out.length < lengthLimit) out += sound
  }
  if (out.length > 2 && out.endsWith('Y')) out = `${out.slice(0, -1)}M`
  if (out.endsWith('Allh')) return `${out.slice(0, -3)}laH`
  return out.length > 3 && out.endsWith('h') ? `${out.slice(0, -1)}H` : out // an undotted ta marbuta, or silent
}
