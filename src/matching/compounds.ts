import { withoutArabicArticle } from '#matching/arabic'
import { commonWords, faithSuffixes, godSuffixes } from '#matching/lexicon'
import { isAbjad, type Script } from '#matching/script'
import { typingSimilarity } from '#matching/typing'
import { classesOf } from '#matching/word-classes'
import { article, assimilatedArticle, faith, god, hasTrait, kunya, servant, traitsOf } from '#matching/word-traits'

export interface NamePart {
  readonly raw: string
  readonly text: string
  readonly script: Script
}

interface Compound extends NamePart {
  /** Index of the first part that does not belong to it. */
  readonly next: number
}

/**
 * Arabic compounds that begin at a part, joined under the spelling of `spellCompound` whichever way they were cut: abd al-rahman,
 * abdurrahman -> abdurahman; abu bakr -> abubakr; nur al-din, noureddine -> nurdin; nasr allah -> nasrallah. Undefined for a
 * part that stands alone.
 */
export function compoundAt(parts: readonly NamePart[], index: number, isPerson: boolean): Compound | undefined {
  const head = parts[index]!
  const follower = skipArticles(parts, index + 1)
  const tail = parts[follower]
  if (tail === undefined || !sameKind(head, tail)) return undefined
  const traits = traitsOf(head.text)
  if ((traits & servant) !== 0 || isServantMistyped(head.text)) {
    const stem = isAbjad(head.script) ? attributeOf(tail.text) : tail.text
    const text = isAbjad(head.script) ? `عبد${stem}` : hasTrait(stem, god) ? 'abdallah' : `abdu${stem}`
    return joined(parts, index, { text, next: follower + 1 })
  }
  if (isPerson && (traits & kunya) !== 0) {
    const rest = compoundAt(parts, follower, isPerson)
    const own = rest?.text ?? spellCompound(tail)
    const text = kunyaOf(head) + (isAbjad(head.script) ? withoutArabicArticle(own) : own)
    return joined(parts, index, { text, next: rest?.next ?? follower + 1 })
  }
  const end = traitsOf(tail.text)
  if ((end & (faith | god)) !== 0 && !isSmall(head.text) && isBound(parts, index, follower)) {
    const text = withSuffix(head, (end & faith) !== 0 ? 'din' : 'god')
    return joined(parts, index, { text, next: follower + 1 })
  }
  return undefined
}

/** Abd al- with a letter too many, too few or exchanged: abdl, adbul. */
function isServantMistyped(text: string): boolean {
  if (text.length < 4 || text.length > 6 || text[0] !== 'a' || !text.includes('d') || !text.includes('b')) return false
  return text !== 'abdul' && !isKnownWord(text) && typingSimilarity(text, 'abdul') > 0
}

function isKnownWord(text: string): boolean {
  return commonWords.has(text) || classesOf(text).length > 0
}

function joined(parts: readonly NamePart[], from: number, made: { text: string; next: number }): Compound {
  const raw = parts
    .slice(from, made.next)
    .map((part) => part.raw)
    .join(' ')
  return { raw, text: made.text, script: parts[from]!.script, next: made.next }
}

/** After abd what has the article is an attribute of God, however short. */
function attributeOf(word: string): string {
  return word.startsWith('ال') && word.length > 3 && !word.startsWith('الله') ? word.slice(2) : word
}

function skipArticles(parts: readonly NamePart[], from: number): number {
  let index = from
  while (index + 1 < parts.length && isArticle(parts[index]!.text, parts[index + 1]!.text)) index++
  return index
}

function isArticle(text: string, next: string): boolean {
  const traits = traitsOf(text)
  return (traits & article) !== 0 || ((traits & assimilatedArticle) !== 0 && next.startsWith(text.slice(1)))
}

function sameKind(a: NamePart, b: NamePart): boolean {
  return isAbjad(a.script) === isAbjad(b.script) && b.script !== 'han'
}

function isSmall(text: string): boolean {
  return text.length < 3 || hasTrait(text, article | servant)
}

/** Plain `din` makes a compound only after an article (nur al-din) or with its own (uddin): Din is a name as well. */
function isBound(parts: readonly NamePart[], index: number, follower: number): boolean {
  const tail = parts[follower]!.text
  return follower > index + 1 || hasTrait(tail, god) || tail.length > 4 || tail.startsWith('ال')
}

function kunyaOf(head: NamePart): string {
  if (isAbjad(head.script)) return head.text
  return head.text.endsWith('m') ? 'umm' : 'abu'
}

function withSuffix(head: NamePart, suffix: 'din' | 'god'): string {
  if (isAbjad(head.script)) return head.text + (suffix === 'din' ? 'دين' : 'الله')
  return head.text + (suffix === 'din' ? 'din' : 'allah')
}

/** A compound written as one word, in the spelling of the joined one. */
export function spellCompound({ text, script }: NamePart): string {
  if (isAbjad(script)) {
    if (text.startsWith('عبدال') && text.length > 6 && text !== 'عبدالله') return `عبد${text.slice(5)}`
    return text.endsWith('الدين') && text.length > 6 ? `${text.slice(0, -5)}دين` : text
  }
  return spellLatinCompound(text)
}

/** The same of a word in Latin letters. */
export function spellLatinCompound(text: string): string {
  if (text.length >= 7 && text.startsWith('abd')) return spellServant(text)
  const last = text.at(-1)!
  for (const suffix of text.length > 6 && 'ne'.includes(last) ? faithSuffixes : []) {
    if (text.endsWith(suffix) && text.length >= suffix.length + 3) return `${text.slice(0, -suffix.length)}din`
  }
  for (const suffix of text.length > 6 && 'ha'.includes(last) ? godSuffixes : []) {
    if (text.endsWith(suffix) && text.length >= suffix.length + 3) return `${text.slice(0, -suffix.length)}allah`
  }
  return text
}

const vowels = 'aeiou'

/** abdelkader -> abdukader, abderrahmane -> abdurahmane, abdullahi -> abdallah. */
function spellServant(text: string): string {
  let at = 3
  while (at < text.length && vowels.includes(text[at]!)) at++
  if (at === 3) return text
  if (text[at] === 'l') {
    const rest = text.slice(at + 1)
    if (rest.startsWith('lah') && rest.length > 5 && !vowels.includes(rest[3]!)) return `abdallah${rest.slice(3)}`
    if (rest === 'lah' || rest === 'la' || rest === 'lahi' || rest === 'ah' || rest === 'ahi') return 'abdallah'
    return rest.length >= 3 ? `abdu${rest}` : text
  }
  if (text[at] === text[at + 1]) at++
  return text.length - at >= 3 ? `abdu${text.slice(at)}` : text
}
