import { withoutArabicArticle } from '#matching/arabic'
import { compoundAt, type NamePart } from '#matching/compounds'
import { isNumberSignAt, withLetters, withoutOrdinal } from '#matching/digits'
import { type FoldedWord, foldWords } from '#matching/fold'
import { type HanContext, japanesePartsOf, splitHan } from '#matching/han'
import { isKoreanSurname, romaniseHangul, syllableText } from '#matching/hangul'
import { joinDotted, joinLetters } from '#matching/letters'
import {
  articles,
  assimilatedArticles,
  hanLegalForms,
  honorifics,
  legalForms,
  longestLegalForm,
  particles,
  patronymicEndings,
  titlesBehind,
} from '#matching/lexicon'
import type { Script } from '#matching/script'
import { statedParts } from '#matching/stated-parts'
import { isNumber } from '#matching/term'
import { numberWords } from '#matching/word-classes'

/** What a word does in a name. Only `name`, `patronymic`, `number` and `acronym`, which stands for a whole name, find candidates. */
export type TokenKind = 'name' | 'patronymic' | 'number' | 'particle' | 'honorific' | 'legal' | 'acronym'
export const tokenKinds: readonly TokenKind[] = [
  'name',
  'patronymic',
  'number',
  'particle',
  'honorific',
  'legal',
  'acronym',
]

/** Which part of a person's name a word is, where the source says so. */
export type NameRole = 'unknown' | 'given' | 'family'
export const nameRoles: readonly NameRole[] = ['unknown', 'given', 'family']

export interface Token {
  /** As written. */
  readonly raw: string
  /** Folded, compounds joined. */
  readonly text: string
  readonly script: Script
  readonly kind: TokenKind
  readonly role: NameRole
}

export interface NameContext {
  readonly isPerson: boolean
  /** Whether legal forms are to be looked for. */
  readonly isOrganisation: boolean
  /** Folded words of the given and of the family name, where the entity states them apart. */
  readonly given?: ReadonlySet<string>
  readonly family?: ReadonlySet<string>
}

/** What is known of a name while it is cut. */
interface Cutting extends NameContext {
  /** Letters that a point follows. */
  readonly pointed: string
}

/** Words of a name beyond this many are ignored. */
export const tokenLimit = 16
const textLimit = 40
/** Between the words of a foreign name in Han script. */
const hanDots = /[\u00b7\u2022\u2027\u30fb\uff65]/u

/** Cuts a name into tokens: comma order turned, compounds joined, articles dropped, legal forms and titles told apart. */
export function tokenise(name: string, stated: NameContext): readonly Token[] {
  const context: Cutting = { ...stated, pointed: stated.isPerson && name.includes('.') ? pointedLetters(name) : '' }
  const comma = context.isPerson ? statedParts(name) : undefined
  if (comma === undefined) {
    const folded = foldWords(context.isPerson ? name : joinDotted(name))
    return settle(classify(partsOf(name, folded, context), context, 'unknown'), context)
  }
  const given = classify(partsOf(name, comma.given, context), context, 'given')
  const family = classify(partsOf(name, comma.family, context), context, 'family')
  return settle([...given, ...family].slice(0, tokenLimit), context)
}

function partsOf(name: string, folded: readonly FoldedWord[], context: NameContext): readonly NamePart[] {
  const words: NamePart[] = []
  const isWhole = folded.length === 1 // a Han name that is spaced is cut already
  const japanese = context.isPerson ? japanesePair(folded) : undefined
  for (const [at, word] of folded.entries()) {
    if (word.script !== 'han') {
      const text = withLetters(word.text, context)
      words.push(text === word.text && text.length <= textLimit ? word : { ...word, text: text.slice(0, textLimit) })
    } else
      pushHan(words, word.raw, {
        ...context,
        isWhole,
        isForeign: !isWhole && hanDots.test(name),
        japanese: japanese?.[at],
      })
  }
  const korean = context.isPerson && words[0]?.script === 'hangul' ? splitKorean(words) : undefined
  if (korean !== undefined) return korean
  return (context.isPerson ? words : joinLetters(words)).slice(0, tokenLimit * 2)
}

/** Which parts of a Japanese name the words are, where they are two in Han characters, or one of the two in kana. */
function japanesePair(folded: readonly FoldedWord[]): ReturnType<typeof japanesePartsOf> {
  const [first, second] = folded
  if (folded.length !== 2 || (first!.script !== 'han' && second!.script !== 'han')) return undefined
  if (first!.script === 'kana' || second!.script === 'kana') return ['family', 'given']
  return first!.script === second!.script ? japanesePartsOf(first!.raw, second!.raw) : undefined
}

function pushHan(words: NamePart[], raw: string, context: NameContext & HanContext): void {
  const form = context.isOrganisation
    ? hanLegalForms.find((end) => raw.endsWith(end) && raw.length > end.length)
    : undefined
  const stem = form === undefined ? raw : raw.slice(0, -form.length)
  for (const part of splitHan(stem, context)) {
    words.push({ raw: part.raw, text: part.text.slice(0, textLimit), script: 'han' })
  }
  if (form !== undefined) words.push({ raw: form, text: form, script: 'han' })
}

/**
 * A Korean name, with or without a space, by its syllables: a given name of two is written apart as often as together.
 * Undefined for foreign names in Hangul.
 */
function splitKorean(words: readonly NamePart[]): readonly NamePart[] | undefined {
  const [first, second] = words.map(({ raw }) => raw)
  if (words.length > 2 || words.some(({ script }) => script !== 'hangul')) return undefined
  const joined = first! + (second ?? '')
  const cut = second === undefined ? surnameLength(joined) : first!.length
  const isOtherOrder = second !== undefined && isKoreanSurname(second) && !isKoreanSurname(first!)
  if (isOtherOrder ? first!.length > 2 : !isKoreanSurname(joined.slice(0, cut)) || joined.length > cut + 2)
    return undefined
  const syllables = Array.from(joined)
  if (!isOtherOrder) syllables.splice(0, cut, joined.slice(0, cut))
  return syllables.map((raw): NamePart => {
    return { raw, text: raw.length === 1 ? syllableText(raw) : romaniseHangul(raw), script: 'hangul' }
  })
}

function surnameLength(name: string): number {
  return name.length > 2 && isKoreanSurname(name.slice(0, 2)) ? 2 : 1
}

function classify(parts: readonly NamePart[], context: Cutting, role: NameRole): readonly Token[] {
  const tokens: Token[] = []
  for (let index = 0; index < parts.length && tokens.length < tokenLimit; ) {
    const legal = context.isOrganisation ? legalFormAt(parts, index) : undefined
    if (legal !== undefined) {
      const raw = parts
        .slice(index, index + legal.length)
        .map((part) => part.raw)
        .join(' ')
      tokens.push({ raw, text: legal.form, script: parts[index]!.script, kind: 'legal', role })
      index += legal.length
      continue
    }
    if (isArticleAt(parts, index) || isNumberSignAt(parts, index)) {
      index++
      continue
    }
    const compound = compoundAt(parts, index, context.isPerson)
    const text = withoutOrdinal(withoutArabicArticle(compound.text)).slice(0, textLimit)
    tokens.push({
      raw: compound.raw,
      text,
      script: compound.script,
      kind: kindOfWord(text, { ...context, script: compound.script }),
      role,
    })
    index = compound.next
  }
  return tokens
}

function legalFormAt(parts: readonly NamePart[], index: number): { form: string; length: number } | undefined {
  for (let length = Math.min(longestLegalForm, parts.length - index); length > 0; length--) {
    const key = length === 1 ? parts[index]!.text : joinTexts(parts, index, length)
    const form = legalForms.get(key)
    if (form !== undefined) return { form, length }
  }
  return undefined
}

function joinTexts(parts: readonly NamePart[], index: number, length: number): string {
  let out = parts[index]!.text
  for (let offset = 1; offset < length; offset++) out += ` ${parts[index + offset]!.text}`
  return out
}

export function isArticleAt(parts: readonly NamePart[], index: number): boolean {
  const next = parts[index + 1]
  const text = parts[index]!.text
  if (next === undefined) return false
  return articles.has(text) || (assimilatedArticles.has(text) && index > 0 && next.text.startsWith(text.slice(1)))
}

/** Letters that join names in Latin script; any other that stands alone is an initial, and these are before a point. */
const joiningLetters = 'eyiou'
const pointed = /(?<!\p{L})\p{L}(?=\.)/gu

function pointedLetters(name: string): string {
  return (name.match(pointed) ?? []).join('').toLowerCase()
}

function kindOfWord(text: string, context: Cutting & { readonly script: Script }): TokenKind {
  if (isNumber(text) || (context.isOrganisation && numberWords.has(text))) return 'number'
  const isLetter = context.isPerson && text.length === 1 && context.script === 'latin'
  if (isLetter && (!joiningLetters.includes(text) || context.pointed.includes(text))) return 'name'
  if (particles.has(text)) return 'particle'
  return context.isPerson && honorifics.has(text) ? 'honorific' : 'name'
}

/**
 * Small words, and legal forms without any other, are names where they stand alone, at the end, or beside one name only (Le Thanh), and so are
 * titles that seldom stand behind one (Sheikh); roles and the patronymic
 * are marked last.
 */
function settle(tokens: readonly Token[], context: NameContext): readonly Token[] {
  const isBare = !tokens.some((token) => token.kind === 'name' || token.kind === 'number')
  const isAllLegal = isBare && tokens.every((token) => token.kind === 'legal')
  const names = tokens.filter((token) => token.kind === 'name').length
  let patronymic = -1
  if (context.isPerson && names >= 3) {
    patronymic = tokens.findIndex((token, index) => index > 0 && token.kind === 'name' && isPatronymic(token.text))
  }
  return tokens.map((token, index) => {
    const isName = isBare
      ? isAllLegal || token.kind !== 'legal'
      : (token.kind === 'particle' && (names < 2 || index === tokens.length - 1)) ||
        (token.kind === 'honorific' && names === 1 && index === tokens.length - 1 && !titlesBehind.has(token.text))
    const kind = isName ? 'name' : index === patronymic ? 'patronymic' : token.kind
    const role = token.role === 'unknown' ? roleOf(token.text, context) : token.role
    if (kind === token.kind && role === token.role) return token
    return isAllLegal ? { ...token, text: bareText(token), kind, role } : { ...token, kind, role }
  })
}

/** A name of legal forms alone (SE, ASBL) is compared as it is written, not by what the form is. */
function bareText(token: Token): string {
  return foldWords(token.raw)
    .map(({ text }) => text)
    .join('')
    .slice(0, textLimit)
}

function isPatronymic(text: string): boolean {
  return patronymicEndings.some((ending) => text.endsWith(ending) && text.length > ending.length + 2)
}

function roleOf(text: string, context: NameContext): NameRole {
  if (context.family?.has(text)) return 'family'
  return context.given?.has(text) ? 'given' : 'unknown'
}
