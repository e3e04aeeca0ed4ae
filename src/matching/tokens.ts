import { withoutArabicArticle } from '#matching/arabic'
import { compoundAt, type NamePart, spellCompound } from '#matching/compounds'
import { isNumberSignAt, withLetters, withoutOrdinal } from '#matching/digits'
import { type FoldedWord, foldWords } from '#matching/fold'
import { type HanContext, japanesePartsOf, splitHan } from '#matching/han'
import { isKoreanSurname, romaniseHangul, syllableText } from '#matching/hangul'
import { joinDotted, joinLetters } from '#matching/letters'
import { hanLegalForms, legalForms, longestLegalForm, patronymicEndings } from '#matching/lexicon'
import type { Script } from '#matching/script'
import { statedParts } from '#matching/stated-parts'
import { isNumber } from '#matching/term'
import {
  article,
  assimilatedArticle,
  formStart,
  hasTrait,
  honorific,
  numberWord,
  particle,
  titleBehind,
  traitsOf,
} from '#matching/word-traits'

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

/** Where words that are cut come from. */
interface Source {
  readonly name: string
  readonly role: NameRole
}

/** Words of a name beyond this many are ignored. */
export const tokenLimit = 16
const textLimit = 40
/** Between the words of a foreign name in Han script. */
const hanDots = /[\u00b7\u2022\u2027\u30fb\uff65]/u

/** Cuts a name into tokens: comma order turned, compounds joined, articles dropped, legal forms and titles told apart. */
export function tokenise(name: string, context: NameContext): readonly Token[] {
  const comma = context.isPerson ? statedParts(name) : undefined
  if (comma === undefined) {
    const folded = foldWords(context.isPerson ? name : joinDotted(name))
    return settle(classify(partsOf(name, folded, context), context, { name, role: 'unknown' }), context)
  }
  const given = classify(partsOf(name, comma.given, context), context, { name, role: 'given' })
  const family = classify(partsOf(name, comma.family, context), context, { name, role: 'family' })
  return settle([...given, ...family].slice(0, tokenLimit), context)
}

function partsOf(name: string, folded: readonly FoldedWord[], context: NameContext): readonly NamePart[] {
  const words = folded.some(isToBeCut) ? cutWords(name, folded, context) : folded
  const korean = context.isPerson && words[0]?.script === 'hangul' ? splitKorean(words) : undefined
  if (korean !== undefined) return korean
  const parts = context.isPerson ? words : joinLetters(words)
  return parts.length > tokenLimit * 2 ? parts.slice(0, tokenLimit * 2) : parts
}

function isToBeCut({ script, text }: FoldedWord): boolean {
  return script === 'han' || text.length > textLimit || isNumber(text) // which may stand for letters
}

function cutWords(name: string, folded: readonly FoldedWord[], context: NameContext): readonly NamePart[] {
  const words: NamePart[] = []
  const isWhole = folded.length === 1 // a Han name that is spaced is cut already
  const japanese = context.isPerson ? japanesePair(folded) : undefined
  for (const [at, word] of folded.entries()) {
    if (word.script !== 'han') words.push({ ...word, text: withLetters(word.text, context).slice(0, textLimit) })
    else
      pushHan(words, word.raw, {
        ...context,
        isWhole,
        isForeign: !isWhole && hanDots.test(name),
        japanese: japanese?.[at],
      })
  }
  return words
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

function classify(parts: readonly NamePart[], context: NameContext, source: Source): readonly Token[] {
  const tokens: Token[] = []
  const { role } = source
  for (let index = 0; index < parts.length && tokens.length < tokenLimit; ) {
    const part = parts[index]!
    const legal = context.isOrganisation ? legalFormAt(parts, index) : undefined
    if (legal !== undefined) {
      const raw = parts
        .slice(index, index + legal.length)
        .map((it) => it.raw)
        .join(' ')
      tokens.push({ raw, text: legal.form, script: part.script, kind: 'legal', role })
      index += legal.length
      continue
    }
    if (isArticleAt(parts, index) || isNumberSignAt(parts, index)) {
      index++
      continue
    }
    const compound = compoundAt(parts, index, context.isPerson)
    const { raw, script } = compound ?? part
    const whole = withoutArabicArticle(compound?.text ?? spellCompound(part))
    const text = withoutOrdinal(whole).slice(0, textLimit)
    tokens.push({ raw, text, script, kind: kindOfWord({ text, script }, context, source), role })
    index = compound?.next ?? index + 1
  }
  return tokens
}

function legalFormAt(parts: readonly NamePart[], index: number): { form: string; length: number } | undefined {
  if (!hasTrait(parts[index]!.text, formStart)) return undefined
  for (let length = Math.min(longestLegalForm, parts.length - index); length > 0; length--) {
    const form = legalForms.get(joinTexts(parts, index, length))
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
  const { text } = parts[index]!
  const traits = next === undefined ? 0 : traitsOf(text)
  if ((traits & article) !== 0) return true
  return (traits & assimilatedArticle) !== 0 && index > 0 && next!.text.startsWith(text.slice(1))
}

/** Letters that join names in Latin script; any other that stands alone is an initial, and these are before a point. */
const joiningLetters = 'eyiou'
const pointed = /(?<!\p{L})\p{L}(?=\.)/gu

function isPointed(letter: string, name: string): boolean {
  return name.includes('.') && (name.match(pointed) ?? []).some((it) => it.toLowerCase().includes(letter))
}

function kindOfWord(
  { text, script }: Pick<Token, 'text' | 'script'>,
  { isPerson, isOrganisation }: NameContext,
  { name }: Source,
): TokenKind {
  const traits = traitsOf(text)
  if (isNumber(text) || (isOrganisation && (traits & numberWord) !== 0)) return 'number'
  const isLetter = isPerson && text.length === 1 && script === 'latin'
  if (isLetter && (!joiningLetters.includes(text) || isPointed(text, name))) return 'name'
  if ((traits & particle) !== 0) return 'particle'
  return isPerson && (traits & honorific) !== 0 ? 'honorific' : 'name'
}

/**
 * Small words, and legal forms without any other, are names where they stand alone, at the end, or beside one name only (Le Thanh), and so are
 * titles that seldom stand behind one (Sheikh); roles and the patronymic
 * are marked last.
 */
function settle(tokens: readonly Token[], context: NameContext): readonly Token[] {
  let [names, numbers, forms] = [0, 0, 0]
  for (const { kind } of tokens) {
    if (kind === 'name') names++
    else if (kind === 'number') numbers++
    else if (kind === 'legal') forms++
  }
  const isBare = names + numbers === 0
  const isAllLegal = isBare && forms === tokens.length
  const patronymic = context.isPerson && names >= 3 ? tokens.findIndex(isPatronymic) : -1
  return tokens.map((token, index) => {
    const isLast = index === tokens.length - 1
    const isName = isBare
      ? isAllLegal || token.kind !== 'legal'
      : (token.kind === 'particle' && (names < 2 || isLast)) ||
        (token.kind === 'honorific' && names === 1 && isLast && !hasTrait(token.text, titleBehind))
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

function isPatronymic({ text, kind }: Token, index: number): boolean {
  if (index === 0 || kind !== 'name') return false
  for (const ending of endingsByLast.get(text.at(-1)!) ?? none) {
    if (text.endsWith(ending) && text.length > ending.length + 2) return true
  }
  return false
}

/** Endings of patronymics by their last letter, so that most words are seen by that one to have none. */
const endingsByLast: ReadonlyMap<string, readonly string[]> = Map.groupBy(patronymicEndings, (it) => it.at(-1)!)
const none: readonly string[] = []

function roleOf(text: string, context: NameContext): NameRole {
  if (context.family?.has(text)) return 'family'
  return context.given?.has(text) ? 'given' : 'unknown'
}
