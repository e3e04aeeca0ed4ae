import { letterSimilarity, phoneSimilarity } from '#matching/distance'
import { commonWords, organisationWords } from '#matching/lexicon'
import type { NameClasses } from '#matching/name-classes'
import { abjadPhones, heard, hearLatin, latinPhones, otherPhones, type Phones } from '#matching/phones'
import { differingClasses, signatureOf, skeletonKeys, skeletonOf } from '#matching/skeleton'
import { lettersOf, mayBeTyped, typingSimilarity } from '#matching/typing'
import { classesOf, classKey, firstPackClass, relationBetween, type WordRelation } from '#matching/word-classes'

/** A word of the vocabulary with what comparing it needs. Words of names point to it. */
export interface Term {
  readonly text: string
  readonly phones: Phones
  /** The likeliest skeleton key. */
  readonly skeleton: string
  /** Bits of the classes of consonants it has, and may have. */
  readonly signature: number
  /** See `lettersOf`. */
  readonly letters: number
  readonly isAbjad: boolean
  /** Sounds without a glued article (Almansouri), or empty. */
  readonly bare: Phones
  /** Other ways to read the letters, each a little less likely: as Mandarin, a Spanish ll, an x that is ks. */
  readonly others: readonly Phones[]
  /** Whether the lexicon or a class of words has it: two such words of other consonants are two names. */
  readonly isKnown: boolean
  /** Whether it says what an organisation is or does. */
  readonly isTrade: boolean
  /** Classes of words that may stand for one another; see word-classes.ts. */
  readonly classes: readonly number[]
}

/** Words less alike than this do not align. */
export const similarityFloor = 0.76
/** Words that differ in spelling never count as the same word. */
export const spellingCeiling = 0.97
export const skeletonFloor = 0.78
export const gluedArticleCost = 0.04
export const otherReadingCost = 0.02
/** Words of so few letters must sound more alike than others. */
export const shortText = 3
export const shortFloor = 0.88
/** Equal skeletons of so many consonants make two words alike, however they sound. */
export const longSkeleton = 4
/** Words whose skeletons differ more cannot reach the floor. */
export const mostSkeletonsApart = 3
export const mostClassesApart = 2
/** Two known names are one from here on. */
export const oneNameFloor = 0.9
const initialSimilarity = 0.55

/** `pack` is an imported pack of names, whose classes count beside those of the engine. */
export function makeTerm(text: string, pack?: NameClasses): Term {
  const isAbjad = isAbjadText(text)
  const phones = phonesOf(text)
  const skeleton = skeletonOf(phones)
  const classes = classesOf(text)
  const bare = !isAbjad && hasGluedArticle(text) ? latinPhones(text.slice(2)) : ''
  return {
    text,
    phones,
    skeleton,
    signature: signatureOf(phones),
    letters: lettersOf(text),
    isAbjad,
    bare,
    others: isAbjad ? none : otherPhones(text, phones),
    isKnown: classes.length > 0 || commonWords.has(text),
    isTrade: organisationWords.has(text),
    classes: withPack(classes, text, pack),
  }
}

const none: readonly Phones[] = []

function withPack(own: readonly number[], text: string, pack: NameClasses | undefined): readonly number[] {
  const packed = pack?.classesOfKey(text)
  return packed === undefined || packed.length === 0
    ? own
    : [...own, ...Array.from(packed, (id) => firstPackClass + id)]
}

/** The likeliest sounds of a folded word. */
export function phonesOf(text: string): Phones {
  return isAbjadText(text) ? abjadPhones(text) : latinPhones(text)
}

/** The same, left in `heard`. */
export function hearPhones(text: string): void {
  if (!isAbjadText(text)) {
    hearLatin(text)
    return
  }
  heard.clear()
  heard.add(abjadPhones(text))
}

function isAbjadText(text: string): boolean {
  const code = text.charCodeAt(0)
  return (code >= 0x590 && code <= 0x6ff) || (code >= 0x750 && code <= 0x77f)
}

function hasGluedArticle(text: string): boolean {
  return text.length >= 6 && (text.startsWith('al') || text.startsWith('el'))
}

/** Every key a term can be found under: the readings of its sounds, with and without a glued article. */
export function keysOf(term: Term): readonly string[] {
  const keys = term.phones === '' ? [] : skeletonKeys(term.phones)
  if (term.bare !== '') for (const key of skeletonKeys(term.bare)) if (!keys.includes(key)) keys.push(key)
  for (const other of term.others) for (const key of skeletonKeys(other)) if (!keys.includes(key)) keys.push(key)
  for (const id of term.classes) keys.push(classKey(id))
  return keys
}

/** How alike two words are, 0 or from the floor to 1. Symmetric. Numbers must be equal. */
export function compareTerms(a: Term, b: Term): number {
  if (a.text === b.text) return 1
  const related = a.classes.length === 0 || b.classes.length === 0 ? undefined : relationBetween(a.classes, b.classes)
  return Math.max(spellingOf(a, b, related !== undefined), related?.similarity ?? 0)
}

/** Likeness by spelling, unless the two are other names however alike: of another sex, or known each for itself. */
function spellingOf(a: Term, b: Term, areRelated: boolean): number {
  const similarity = compareSpellings(a, b)
  if (similarity === 0 || areRelated) return similarity
  if (a.isAbjad !== b.isAbjad || a.text.length === 1 || b.text.length === 1) return similarity
  if (a.isKnown && b.isKnown && similarity < oneNameFloor) return 0
  return isOtherSex(a, b) || isOtherSex(b, a) ? 0 : similarity
}

/** Karim and Karima; but Ivanova is an Ivanov. */
export function isOtherSex(a: Pick<Term, 'text' | 'isKnown'>, b: Pick<Term, 'text'>): boolean {
  if (!a.isKnown || b.text.length !== a.text.length + 1 || !b.text.endsWith('a') || !b.text.startsWith(a.text))
    return false
  return a.text.length > 2 && !vowels.includes(a.text.at(-1)!) && !familyEnding.test(a.text)
}

const vowels = 'aeiouy'
const familyEnding = /(?:ov|ev|in|yn|sk|ck)$/

export type WordRule = 'exact' | 'initial' | 'skeleton' | 'spelling' | 'typing' | WordRelation

/** How alike two words are, as `compareTerms` has it, and by what rule; undefined for words that are not alike. */
export function relate(a: Term, b: Term): { readonly similarity: number; readonly rule: WordRule } | undefined {
  if (a.text === b.text) return { similarity: 1, rule: 'exact' }
  const related = relationBetween(a.classes, b.classes)
  const similarity = spellingOf(a, b, related !== undefined)
  if (related !== undefined && related.similarity > similarity)
    return { similarity: related.similarity, rule: related.relation }
  if (similarity === 0) return undefined
  if (a.text.length === 1 || b.text.length === 1) return { similarity, rule: 'initial' }
  if (a.isAbjad === b.isAbjad && similarity > compareSpoken(a, b)) return { similarity, rule: 'typing' }
  return { similarity, rule: a.skeleton !== '' && a.skeleton === b.skeleton ? 'skeleton' : 'spelling' }
}

/** Likeness of two words by letters and sounds alone. */
function compareSpellings(a: Term, b: Term): number {
  if (a.text.length === 1 || b.text.length === 1) {
    const isInitial = a.text[0] === b.text[0] && a.phones !== '' && b.phones !== ''
    return isInitial && !a.isAbjad && !b.isAbjad ? initialSimilarity : 0
  }
  if (a.phones === '' || b.phones === '') {
    if (a.phones !== b.phones || isNumber(a.text) || isNumber(b.text)) return 0
    return Math.min(letterSimilarity(a.text, b.text), spellingCeiling)
  }
  if (areInitials(a.text) && areInitials(b.text)) return 0
  const areKnown = a.isKnown && b.isKnown // two names that are near each other, not one that is mistyped
  const typed = mayBeSlip(a, b) && !areKnown ? typingSimilarity(a.text, b.text) : 0
  return Math.max(typed, compareSpoken(a, b))
}

function mayBeSlip(a: Term, b: Term): boolean {
  return a.isAbjad === b.isAbjad && mayBeTyped(a.letters, b.letters)
}

const mostInitials = 5

/** Whether a word has no vowel and few letters: initials, of which others are somebody else's (NPP, PCCC). */
export function areInitials(text: string): boolean {
  return text.length > 1 && text.length <= mostInitials && /^[bcdfghj-np-tv-xz]+$/.test(text)
}

function compareSpoken(a: Term, b: Term): number {
  if (a.bare === '' && b.bare === '' && a.others.length + b.others.length === 0 && areFarApart(a, b)) return 0
  const similarity = Math.min(compareSounds(a, b), spellingCeiling)
  if (similarity >= similarityFloor) return isTooShort(a, b) && similarity < shortFloor ? 0 : similarity
  return a.skeleton === b.skeleton && a.skeleton.length >= longSkeleton ? skeletonFloor : 0
}

/** Likeness of the sounds alone, glued articles aside. */
export function compareSounds(a: Term, b: Term): number {
  const abjads = a.isAbjad === b.isAbjad ? (a.isAbjad ? 2 : 0) : 1
  let best = phoneSimilarity(a.phones, b.phones, abjads)
  if (a.bare !== '' && b.bare === '')
    best = Math.max(best, phoneSimilarity(a.bare, b.phones, abjads) - gluedArticleCost)
  if (b.bare !== '' && a.bare === '')
    best = Math.max(best, phoneSimilarity(a.phones, b.bare, abjads) - gluedArticleCost)
  for (const other of a.others) best = Math.max(best, phoneSimilarity(other, b.phones, abjads) - otherReadingCost)
  for (const other of b.others) best = Math.max(best, phoneSimilarity(a.phones, other, abjads) - otherReadingCost)
  for (const one of a.others)
    for (const other of b.others) best = Math.max(best, phoneSimilarity(one, other, abjads) - otherReadingCost)
  return best
}

/** Saves the full comparison where it could not reach the floor. */
function areFarApart(a: Term, b: Term): boolean {
  return (
    Math.abs(a.skeleton.length - b.skeleton.length) > mostSkeletonsApart ||
    differingClasses(a.signature, b.signature) > mostClassesApart
  )
}

/** Few letters are too few for a loose comparison. */
function isTooShort(a: Term, b: Term): boolean {
  return (!a.isAbjad && a.text.length <= shortText) || (!b.isAbjad && b.text.length <= shortText)
}

/** Whether a word is written with digits, so that another number is another thing. */
export function isNumber(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x30 && code <= 0x39) return true
  }
  return false
}
