import {
  articles,
  assimilatedArticles,
  faiths,
  gods,
  honorifics,
  kunyas,
  legalForms,
  particles,
  servants,
  titlesBehind,
} from '#matching/lexicon'
import { numberWords } from '#matching/word-classes'

/**
 * What the lexicon says of a word that matters while a name is cut, as bits of one number: most words have none, and one look
 * then answers what a dozen would.
 */
export const article = 1
export const assimilatedArticle = 2
export const servant = 4
export const kunya = 8
export const faith = 16
export const god = 32
export const particle = 64
export const honorific = 128
export const titleBehind = 256
export const numberWord = 512
export const numberSign = 1_024
/** The beginning of a legal form, or the whole. */
export const formStart = 2_048

const byWord = readTraits()

function readTraits(): ReadonlyMap<string, number> {
  const traits = new Map<string, number>()
  const mark = (words: Iterable<string>, trait: number) => {
    for (const word of words) traits.set(word, (traits.get(word) ?? 0) | trait)
  }
  mark(articles, article)
  mark(assimilatedArticles, assimilatedArticle)
  mark(servants, servant)
  mark(kunyas, kunya)
  mark(faiths, faith)
  mark(gods, god)
  mark(particles, particle)
  mark(honorifics, honorific)
  mark(titlesBehind, titleBehind)
  mark(numberWords, numberWord)
  mark(['no', 'nr', 'num', 'number', 'numero'], numberSign)
  mark([...legalForms.keys()].flatMap(beginnings), formStart)
  return traits
}

function beginnings(form: string): readonly string[] {
  const words = form.split(' ')
  return words.map((_, at) => words.slice(0, at + 1).join(' '))
}

/** The traits of a folded word. */
export function traitsOf(text: string): number {
  return byWord.get(text) ?? 0
}

/** Whether a folded word has one of these traits. */
export function hasTrait(text: string, traits: number): boolean {
  return (traitsOf(text) & traits) !== 0
}
