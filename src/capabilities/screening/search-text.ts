import { parseDate } from '#matching/dates'
import { type IdentifierKind, isIban, isImo, readIdentifier } from '#matching/identifiers'

/** What a person types into the one field, understood: a name in any script, numbers and documents, a date of birth. */

export type ReadAs = 'name' | 'date' | 'document' | Exclude<IdentifierKind, 'passport' | 'identifier'>

export interface Reading {
  readonly as: ReadAs
  readonly text: string
  /** Whether the check digits hold; null for what has none. */
  readonly checked: boolean | null
}

export interface Understood {
  readonly readings: readonly Reading[]
  /** What is searched for, by FollowTheMoney property. */
  readonly properties: Readonly<Record<string, readonly string[]>>
  /** The same for what is no person, where a year is part of the name; `properties` when there is no such year. */
  readonly otherwise: Readonly<Record<string, readonly string[]>>
}

export const searchTextLimit = 512

/** Never throws; what is nothing else is a name. */
export function readSearchText(typed: string): Understood {
  const text = westernDigits(typed.slice(0, searchTextLimit).normalize('NFKC')).trim().replace(/\s+/g, ' ')
  if (text === '') return { readings: [], properties: {}, otherwise: {} }
  const whole = readNumber(text)
  if (whole.length > 0) return collect(whole)
  const readings: Found[] = []
  const words: string[] = []
  const all = text.split(' ')
  for (let at = 0; at < all.length; at++) {
    const length = dateLength(all, at)
    const numbers = length > 0 ? dateOf(all.slice(at, at + length).join(' ')) : readWord(all[at]!)
    if (numbers.length === 0) words.push(all[at]!)
    else readings.push(...numbers)
    at += Math.max(0, length - 1)
  }
  const year = yearAmong(words)
  if (year === undefined) return collect(named(words, readings))
  const rest = words.filter((_, at) => at !== year.at)
  const { properties: otherwise } = collect(named(words, readings))
  return { ...collect(named(rest, [...readings, ...dateOf(year.text)])), otherwise }
}

type Found = Reading & { readonly property?: readonly string[] }

function named(words: readonly string[], readings: readonly Found[]): readonly Found[] {
  if (words.length === 0) return readings
  return [{ as: 'name', text: words.join(' '), checked: null, property: ['name'] }, ...readings]
}

function collect(found: readonly Found[]): Understood {
  const properties: Record<string, string[]> = {}
  for (const { text, property = [] } of found)
    for (const it of property) properties[it] = [...(properties[it] ?? []), text]
  return {
    readings: found.map(({ as, text, checked }) => ({ as, text, checked })),
    properties,
    otherwise: properties,
  }
}

function dateOf(text: string): Found[] {
  return [{ as: 'date', text, checked: null, property: ['birthDate'] }]
}

const plainWord = (word: string) => word.replace(/^[(,;]+|[),;.]+$/g, '')

/** How many words from here on are a date that is written with the name of its month: `19 June 1951`, `2 de marzo de 1960`. */
function dateLength(words: readonly string[], from: number): number {
  for (const length of [5, 3]) {
    const some = words.slice(from, from + length)
    const [first, last] = [some[0] ?? '', some.at(-1) ?? '']
    if (some.length < length || !/\d{4}/.test(`${first} ${last}`) || !some.some((it) => /\p{L}/u.test(it))) continue
    const text = [...some.slice(0, -1), plainWord(last)].join(' ')
    if (parseDate(text)?.precision === 'day') return length
  }
  return 0
}

/** A year that stands at either end beside a name is a year of birth, as people note it down. */
function yearAmong(words: readonly string[]): { readonly at: number; readonly text: string } | undefined {
  if (words.length < 2) return undefined
  const found = [words.length - 1, 0].find((at) => /^(?:19|20)\d{2}$/.test(plainWord(words[at]!)))
  return found === undefined ? undefined : { at: found, text: plainWord(words[found]!) }
}

const documents = ['passportNumber', 'idNumber', 'registrationNumber'] as const

/** A text that is one number or address as a whole, whatever it may be the number of. */
function readNumber(text: string): Found[] {
  if (readIdentifier('email', text) !== undefined && !text.includes(' '))
    return [{ as: 'email', text, checked: null, property: ['email'] }]
  const compact = text.replace(/[\s./-]/g, '').toUpperCase()
  const named = /^(?:IMO|OMI)[:\s]*(\d{7})$/i.exec(text)
  if (named !== null) return [{ as: 'imo', text: named[1]!, checked: isImo(named[1]!), property: ['imoNumber'] }]
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact) && (isIban(compact) || /\d{6}/.test(compact)))
    return [{ as: 'account', text: compact, checked: isIban(compact), property: ['iban', 'accountNumber'] }]
  if (/^[A-Z0-9]{18}\d{2}$/.test(compact) && /[A-Z]/.test(compact)) {
    const lei = readIdentifier('leiCode', compact)
    if (lei?.isVerified === true) return [{ as: 'lei', text: compact, checked: true, property: ['leiCode'] }]
  }
  if (/^(?:0x[0-9a-f]{40}|bc1[0-9a-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/i.test(text))
    return [{ as: 'wallet', text, checked: null, property: ['publicKey'] }]
  const date = parseDate(text)
  if (date !== undefined && text.length >= 8 && !/^\d+$/.test(text))
    return [{ as: 'date', text, checked: null, property: ['birthDate'] }]
  if (/^(?:\+|00)[\d\s().-]{7,20}$/.test(text) && readIdentifier('phone', text) !== undefined)
    return [{ as: 'phone', text, checked: null, property: ['phone'] }]
  if (!/^[A-Z]{0,4}[\d\s./-]*\d[\d\s./-]*[A-Z]{0,2}$/i.test(text)) return []
  return digitsMayBe(text, compact)
}

/** Plain digits tell not what they number, so each that they can be is asked for. */
function digitsMayBe(text: string, compact: string): Found[] {
  const found: Found[] = []
  const digits = /^\d+$/.test(compact)
  if (digits && compact.length === 7 && isImo(compact))
    found.push({ as: 'imo', text: compact, checked: true, property: ['imoNumber'] })
  if (digits && compact.length === 9) found.push({ as: 'mmsi', text: compact, checked: null, property: ['mmsi'] })
  if (readIdentifier('idNumber', compact) !== undefined)
    found.push({ as: 'document', text: compact, checked: null, property: documents })
  if (digits && compact.length >= 8)
    found.push({ as: 'account', text: compact, checked: null, property: ['accountNumber'] })
  if (digits && readIdentifier('phone', text) !== undefined)
    found.push({ as: 'phone', text, checked: null, property: ['phone'] })
  return found
}

/** A date or a number beside a name; a short one, as in a fund's name, stays part of the name. */
function readWord(word: string): Found[] {
  const plain = word.replace(/^[(,;]+|[),;]+$/g, '')
  if (/^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(plain) || /^\d{1,2}[./]\d{1,2}[./]\d{4}$/.test(plain))
    return parseDate(plain) === undefined ? [] : [{ as: 'date', text: plain, checked: null, property: ['birthDate'] }]
  if ((plain.match(/\d/g) ?? []).length < 5)
    return readIdentifier('email', plain) === undefined ? [] : readNumber(plain)
  return readNumber(plain)
}

/** Digits of every script have the value that Unicode gives them: a run of ten from each zero. */
function westernDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (it) => {
    const code = it.codePointAt(0)!
    if (code < 0x80) return it
    let zero = code
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--
    return String((code - zero) % 10)
  })
}
