import { withoutArabicArticle } from '#matching/arabic'
import { foldWords } from '#matching/fold'
import { readHan, soundOf } from '#matching/han'
import { ranks } from '#matching/lexicon'
import data from './word-classes.json' with { type: 'json' }

/** Why two words of different sounds may stand for one another. */
export type WordRelation = 'variant' | 'nickname' | 'reading' | 'translation' | 'pack'

/** Strongest first. */
const relations: readonly Exclude<WordRelation, 'pack'>[] = ['translation', 'variant', 'reading', 'nickname']
const relationOf: WordRelation[] = []
/** Endings of Russian, Ukrainian and Belarusian adjectives in Latin letters, by case, gender and habit of writing. */
const adjectiveEnding =
  /(?:[iy]?[jy]|[iy]i|[ao]ya|aia|o[ey]|oye|oho|ogo|ego|oi|oj|oju|oyu|ym|ymi|ykh|ikh|aha|a[ey]|ih|yh|i)$/
const lastOfEndings = 'jyiaeoumh'
const fewestOfStem = 5
const byWord = readClasses()
/** Numbers in words and Roman figures: those of the classes that begin with a figure. */
export const numberWords: ReadonlySet<string> = new Set(
  data.translation.filter((line) => /^\d/.test(line)).flatMap((line) => line.split(' ').flatMap(textsOf)),
)
/** Words that tell organisations of one trade and place apart (national, central, agricultural), in all languages of their classes. */
export const rankWords: ReadonlySet<string> = new Set([
  ...ranks,
  ...data.translation.flatMap((line) => {
    const words = line.split(' ').flatMap(textsOf)
    return words.some((word) => ranks.has(word)) ? words : []
  }),
])
const byStem = stemsOf(byWord)
const none: readonly number[] = []

function readClasses(): ReadonlyMap<string, readonly number[]> {
  const classes = new Map<string, number[]>()
  for (const relation of relations) {
    for (const line of data[relation]) {
      const id = relationOf.push(relation) - 1
      for (const text of new Set(line.split(' ').flatMap(textsOf))) {
        const known = classes.get(text)
        if (known === undefined) classes.set(text, [id])
        else if (known.at(-1) !== id) known.push(id)
      }
    }
  }
  return classes
}

/** A word of the file as the tokeniser may write it: Han in pinyin, and as foreign names are read. */
function textsOf(word: string): string[] {
  const read = (readOne: (character: string) => string) => {
    const parts = foldWords(word).map(({ text, script }) =>
      script === 'han' ? Array.from(text, readOne).join('') : text,
    )
    return withoutArabicArticle(parts.join(''))
  }
  return [read(readHan), read(soundOf)]
}

/** What an adjective has in every ending, or nothing. */
function stemOf(text: string): string | undefined {
  if (text.length <= fewestOfStem || !lastOfEndings.includes(text.at(-1)!)) return undefined
  const stem = text.replace(adjectiveEnding, '')
  return stem.length < text.length && stem.length >= fewestOfStem ? stem : undefined
}

/** Classes by the stems of those of their words that end as Slavic adjectives do in full (nauchnyy, russkaya). */
function stemsOf(classes: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, readonly number[]> {
  const stems = new Map<string, readonly number[]>()
  for (const [text, ids] of classes) {
    const stem = /(?:[yi]y|aya|oe|oye)$/.test(text) ? stemOf(text) : undefined
    if (stem !== undefined && !stems.has(stem)) stems.set(stem, ids)
  }
  return stems
}

/** The classes of a folded word, strongest relation first; empty for most words. */
export function classesOf(text: string): readonly number[] {
  const own = byWord.get(text)
  if (own !== undefined) return own
  const stem = stemOf(text)
  return (stem === undefined ? undefined : byStem.get(stem)) ?? none
}

/** Classes of an imported pack of names are numbered from here on. */
export const firstPackClass = 2 ** 24
/** A pack puts much under one name that is not: it speaks less than what was chosen by hand. */
const packSimilarity = 0.82

/** The strongest relation of two words by their classes, and how alike it makes them. */
export function relationBetween(
  a: readonly number[],
  b: readonly number[],
): { readonly relation: WordRelation; readonly similarity: number } | undefined {
  for (const id of a) {
    if (!b.includes(id)) continue
    if (id >= firstPackClass) return { relation: 'pack', similarity: packSimilarity }
    const relation = relationOf[id] as Exclude<WordRelation, 'pack'>
    return { relation, similarity: data.similarity[relation] }
  }
  return undefined
}

/** The key under which words of a class find each other. */
export function classKey(id: number): string {
  return `#${id}`
}
