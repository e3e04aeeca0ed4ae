import { countryCode } from '#matching/countries'
import { fold } from '#matching/fold'
import data from './places.json' with { type: 'json' }

/** A place or an address as its words and numbers. */
export interface Place {
  readonly text: string
  /** Keys of words that tell one place from another. */
  readonly words: ReadonlySet<string>
  /** House and postal numbers. */
  readonly numbers: ReadonlySet<string>
  /** Countries named in it, ISO 3166-1 alpha-2. */
  readonly countries: ReadonlySet<string>
}

const generic = new Set(data.generic.split(' '))
const textLimit = 400
const places = new Map<string, Place>()
const placesKept = 4_096

/** Reads a place of birth or an address; parts between commas that are a country are set apart. */
export function readPlace(text: string): Place {
  const known = places.get(text)
  if (known !== undefined) return known
  const [words, numbers, countries] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const part of text.slice(0, textLimit).split(/[,;()]/)) {
    const country = part.trim().length > 3 ? countryCode(part.trim()) : undefined
    if (country !== undefined) {
      countries.add(country)
      continue
    }
    for (const word of fold(part).split(' ')) addWord(word, words, numbers)
  }
  const place = { text, words, numbers, countries }
  if (places.size >= placesKept) places.clear()
  places.set(text, place)
  return place
}

function addWord(word: string, words: Set<string>, numbers: Set<string>): void {
  if (/\d/.test(word)) numbers.add(word)
  else if (word.length > 2 && !generic.has(word)) words.add(keyOf(word))
}

/** Spellings of one place meet: Qandahar and Kandahar, Mosul and Mossoul, Giza and Gizeh, Aleppo's Halab not. */
function keyOf(word: string): string {
  const plain = word
    .replaceAll(/ou|oo/g, 'u')
    .replaceAll(/[qc]h?/g, 'k')
    .replaceAll('ph', 'f')
    .replaceAll(/[yj]/g, 'i')
    .replaceAll('w', 'u')
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/[ae]h?$/, 'a')
  const bare = plain.length > 4 ? plain[0] + plain.slice(1).replaceAll(/[aeiou]|h$/g, '') : plain
  return bare.length > 2 ? bare : plain
}

/** `same`: most of the words of the shorter meet, with a number where both have one; `part`: some words do; `apart`: none does. */
export type PlaceRelation = 'same' | 'part' | 'apart'

export interface PlaceComparison {
  readonly relation: PlaceRelation
  readonly query: Place
  readonly candidate: Place
}

const ranking: readonly PlaceRelation[] = ['same', 'part', 'apart']
const placesCompared = 8

/** The best agreement of two sides; undefined when a side names nothing more than a country. */
export function comparePlaces(query: readonly string[], candidate: readonly string[]): PlaceComparison | undefined {
  let best: PlaceComparison | undefined
  for (const a of query.slice(0, placesCompared).map(readPlace)) {
    for (const b of candidate.slice(0, placesCompared).map(readPlace)) {
      if (a.words.size === 0 || b.words.size === 0) continue
      const relation = relationOf(a, b)
      if (best === undefined || ranking.indexOf(relation) < ranking.indexOf(best.relation)) {
        best = { relation, query: a, candidate: b }
      }
    }
  }
  return best
}

function relationOf(a: Place, b: Place): PlaceRelation {
  let shared = 0
  for (const word of a.words) if (b.words.has(word)) shared++
  if (shared === 0) return 'apart'
  const numbersAgree = a.numbers.size === 0 || b.numbers.size === 0 || !a.numbers.isDisjointFrom(b.numbers)
  return shared * 3 >= Math.min(a.words.size, b.words.size) * 2 && numbersAgree ? 'same' : 'part'
}
