import { readTable } from '#matching/alphabets'
import data from './alphabets.json' with { type: 'json' }

const arabic = readTable(data.arabic.foldTo)
const hebrew = readTable(data.hebrew.foldTo)

/**
 * One spelling for the spellings of Arabic, Persian, Urdu and Pashto: hamza carriers and alef forms to their base,
 * alef maqsura and the foreign ye to ye, keheh to kaf, lone hamza dropped. Vowel marks and tatweel are gone already.
 * Ta marbuta stays a letter of its own, so that it may sound as a, t or h.
 */
export function foldArabic(word: string): string {
  let out = ''
  for (const character of word) out += arabic.get(character) ?? character
  return out
}

/** Final forms to their base letters. */
export function foldHebrew(word: string): string {
  let out = ''
  for (const character of word) out += hebrew.get(character) ?? character
  return out
}

const article = 'ال'

/** The word without the article (and an and, by or for before it), where at least three letters remain; the name of God keeps its own. */
export function withoutArabicArticle(word: string): string {
  if (word.length < 5) return word
  if (word.startsWith(article)) return word.startsWith('الله') ? word : word.slice(article.length)
  for (const joined of joinedArticles) {
    if (word.length >= joined.length + 3 && word.startsWith(joined)) return word.slice(joined.length)
  }
  return word
}

/** And the, by the, for the. Beginnings of names (Wali, Bilal) are shorter than what is cut. */
const joinedArticles = ['وال', 'بال', 'لل']
