import { readTable } from '#matching/alphabets'
import type { Phones } from '#matching/phones'
import { lettersOf } from '#matching/typing'
import data from './mandarin.json' with { type: 'json' }

/** A way of writing Mandarin: its initials and finals as sounds, longest first. */
interface Romanisation {
  readonly initials: ReadonlyMap<string, string>
  readonly finals: ReadonlyMap<string, string>
  /** All that it writes with: most words are seen to be no Mandarin by one letter. */
  readonly letters: number
}

const pinyin = readRomanisation(data.pinyin)
const wadeGiles = readRomanisation(data.wadeGiles)
const longestInitial = 3
const longestFinal = 4
const longestWord = 18
const mostSyllables = 3
/** Letters that end a syllable. */
const endings = 'aeiounghr'

/**
 * The sounds of a word in Latin letters that is wholly made of Mandarin syllables, in pinyin or else in Wade-Giles; empty for
 * any other word. `q` in qian is no k, and ch in Wade-Giles is zh, j, ch or q.
 */
export function mandarinPhones(text: string): Phones {
  if (text.length < 2 || text.length > longestWord) return ''
  const first = text.charCodeAt(0)
  if (first < 0x61 || first > 0x7a) return ''
  if (!endings.includes(text[text.length - 1]!)) return ''
  const letters = lettersOf(text)
  const marked = isMarked(text) && isWrittenIn(pinyin, letters) ? read(text, 0, pinyin, 0) : undefined
  return marked ?? (isWrittenIn(wadeGiles, letters) ? read(text, 0, wadeGiles, 0) : undefined) ?? ''
}

function readRomanisation(tables: { readonly initials: string; readonly finals: string }): Romanisation {
  const [initials, finals] = [readTable(tables.initials), readTable(tables.finals)]
  return { initials, finals, letters: lettersOf([...initials.keys(), ...finals.keys()].join('')) }
}

function isWrittenIn({ letters: all }: Romanisation, letters: number): boolean {
  return (letters & ~all) === 0
}

/** Whether pinyin says one of its letters as no other spelling does. */
function isMarked(text: string): boolean {
  return text[0] === 'c' || text.includes('x') || text.includes('q') || text.includes('z')
}

/** The longest syllable first. */
function read(text: string, at: number, way: Romanisation, count: number): Phones | undefined {
  if (at === text.length) return ''
  if (count === mostSyllables) return undefined
  for (let initial = Math.min(longestInitial, text.length - at - 1); initial >= (at === 0 ? 0 : 1); initial--) {
    const onset = initial === 0 ? '' : way.initials.get(text.slice(at, at + initial))
    if (onset === undefined) continue
    const from = at + initial
    for (let length = Math.min(longestFinal, text.length - from); length > 0; length--) {
      const rhyme = way.finals.get(text.slice(from, from + length))
      if (rhyme === undefined) continue
      const rest = read(text, from + length, way, count + 1)
      if (rest !== undefined) return onset + rhyme + rest
    }
  }
  return undefined
}
