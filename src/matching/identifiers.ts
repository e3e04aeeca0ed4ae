import { holdsWeighted, remainder97 } from '#matching/check-digits'
import { countryCode } from '#matching/countries'
import { type CheckResult, checkNational } from '#matching/national-ids'
import { callingCountry, ibanLength, isPassportOf, mailbox, maritimeCountry } from '#matching/numbering'
import { checkWallet, normaliseWallet } from '#matching/wallets'

/** Kinds of identifiers; equal values of one kind are strong evidence that two entities are one. */
export type IdentifierKind =
  | 'passport'
  | 'identifier'
  | 'lei'
  | 'bic'
  | 'account'
  | 'wallet'
  | 'email'
  | 'phone'
  | 'imo'
  | 'mmsi'
  | 'call_sign'
  | 'vin'
  | 'serial'

export interface Identifier {
  readonly kind: IdentifierKind
  readonly property: string
  /** As written. */
  readonly raw: string
  /** Normalised; two identifiers of a group agree when these agree. */
  readonly value: string
  /** Whether the check digits, where the kind has them, hold. */
  readonly isVerified: boolean
  /** `none` where there are no check digits or too little is known to ask them. */
  readonly check: CheckResult
  /** The state or the network behind it, ISO 3166-1 alpha-2, where the number tells. */
  readonly country?: string | undefined
}

const properties: Readonly<Record<string, IdentifierKind>> = {
  passportNumber: 'passport',
  idNumber: 'identifier',
  taxNumber: 'identifier',
  registrationNumber: 'identifier',
  number: 'identifier',
  leiCode: 'lei',
  swiftBic: 'bic',
  bic: 'bic',
  iban: 'account',
  accountNumber: 'account',
  publicKey: 'wallet',
  email: 'email',
  phone: 'phone',
  imoNumber: 'imo',
  mmsi: 'mmsi',
  callSign: 'call_sign',
  vin: 'vin',
  serialNumber: 'serial',
}
export const identifierProperties: readonly string[] = Object.keys(properties)
const valueLimit = 128

/** Documents of every kind are looked up together: one office's passport number is another's identity number. */
export function groupOf(kind: IdentifierKind): string {
  return kind === 'passport' ? 'identifier' : kind
}

const nowhere: ReadonlySet<string> = new Set()

/**
 * Reads one identifier; undefined when too little is left to tell anything (`N/A`, `000000`). The countries that its holder is
 * linked to tell which rules its check digits may follow.
 */
export function readIdentifier(
  property: string,
  raw: string,
  countries: ReadonlySet<string> = nowhere,
): Identifier | undefined {
  const kind = Object.hasOwn(properties, property) ? properties[property] : undefined
  if (kind === undefined || raw.length > valueLimit) return undefined
  const value = normalise(kind, raw)
  if (value === undefined) return undefined
  const { check, country } = inspect({ kind, property, raw, value }, countries)
  return { kind, property, raw, value, isVerified: check !== 'fails', check, country }
}

function normalise(kind: IdentifierKind, raw: string): string | undefined {
  switch (kind) {
    case 'email': {
      const email = raw.trim().toLowerCase()
      const at = email.indexOf('@')
      const isWhole = at > 0 && at === email.lastIndexOf('@') && email.indexOf('.', at) > at + 1
      return isWhole ? mailbox(email) : undefined
    }
    case 'phone':
      return normalisePhone(raw)
    case 'wallet': {
      const key = raw.trim()
      return key.length < 20 ? undefined : normaliseWallet(key)
    }
    case 'imo':
      return fixedDigits(raw, 7)
    case 'mmsi':
      return fixedDigits(raw, 9)
    case 'bic': {
      const bic = plain(raw)
      return bicForm.test(bic) ? bic.slice(0, 8) : undefined
    }
    default: {
      const value = plain(raw)
      return isTelling(kind, value) ? value : undefined
    }
  }
}

/** ISO 9362: bank, country, place, and a branch that is left out of comparison. */
const bicForm = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/

/** Letters and digits only, upper case, decimal digits of all scripts in ASCII. */
function plain(raw: string): string {
  const upper = raw.normalize('NFKC').toUpperCase()
  if (/^[\x20-\x7e]*$/.test(upper)) return upper.replaceAll(/[^A-Z0-9]+/g, '')
  let out = ''
  for (const character of upper) if (/^[\p{L}\p{N}]$/u.test(character)) out += westernDigit(character)
  return out
}

function isTelling(kind: IdentifierKind, value: string): boolean {
  const minimum =
    kind === 'account' || kind === 'vin'
      ? 6
      : kind === 'lei'
        ? 20
        : kind === 'call_sign'
          ? 4
          : kind === 'serial'
            ? 3
            : 5
  if (value.length < minimum || new Set(value).size < 2) return false
  return kind === 'call_sign' || digitsOf(value).length >= 2
}

function fixedDigits(raw: string, length: number): string | undefined {
  const digits = digitsOf(raw)
  return digits.length === length && new Set(digits).size > 1 ? digits : undefined
}

function digitsOf(raw: string): string {
  let out = ''
  for (const character of raw.normalize('NFKC')) {
    const digit = character > '9' ? westernDigit(character) : character
    if (digit >= '0' && digit <= '9') out += digit
  }
  return out
}

const subscriberDigits = 8

const decimal = /^\p{Nd}$/u

/** Digits of a script are a run of ten from its zero, which stands at a code that ends in 0 or 6. */
function westernDigit(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x80 || !decimal.test(character)) return character
  const last = code & 15
  return String(last >= 6 && !decimal.test(String.fromCodePoint(code - last)) ? last - 6 : last % 10)
}

/** `+` and all digits for an international number, else the digits without the trunk zero. */
function normalisePhone(raw: string): string | undefined {
  const text = raw.trim().replace(/^tel\.?:?\s*/i, '')
  const isInternational = text.startsWith('+') || text.startsWith('00')
  let digits = digitsOf(text.replace(trunkZero, '').replace(extension, ''))
  while (digits.startsWith('0')) digits = digits.slice(1)
  if (digits.length < subscriberDigits || digits.length > 15 || new Set(digits).size < 3) return undefined
  return isInternational ? `+${digits}` : digits
}

/** A zero in brackets is not dialled from abroad; an extension is not of the line. */
const trunkZero = /\(0\)/
const extension = /(?:ext|extension|x|poste)\.?\s*\d{1,6}\s*$/i

/** What an identifier is looked up by: its group and value; phones by their last eight digits. */
export function lookupKey(identifier: Identifier): string {
  const value = identifier.kind === 'phone' ? identifier.value.slice(-subscriberDigits) : identifier.value
  return `${groupOf(identifier.kind)}:${value}`
}

/** Two international phone numbers must be equal; a national one is the end of an international one. */
export function sameIdentifier(a: Identifier, b: Identifier): boolean {
  if (groupOf(a.kind) !== groupOf(b.kind)) return false
  if (a.kind !== 'phone') return a.value === b.value
  const international = Number(a.value.startsWith('+')) + Number(b.value.startsWith('+'))
  if (international === 2) return a.value === b.value
  return a.value.endsWith(b.value) || b.value.endsWith(a.value)
}

interface Inspected {
  readonly check: CheckResult
  readonly country?: string | undefined
}

function inspect(
  { kind, property, raw, value }: Omit<Identifier, 'check' | 'isVerified' | 'country'>,
  countries: ReadonlySet<string>,
): Inspected {
  switch (kind) {
    case 'account':
      if (property !== 'iban') return { check: 'none' }
      return { check: isIban(value) ? 'holds' : 'fails', country: countryCode(value.slice(0, 2)) }
    case 'lei':
      return { check: remainder97(value) === 1 ? 'holds' : 'fails' }
    case 'imo':
      return { check: isImo(value) ? 'holds' : 'fails' }
    case 'bic':
      return { check: 'none', country: countryCode(value.slice(4, 6)) }
    case 'mmsi':
      return mmsiCheck(value)
    case 'vin':
      return { check: hasVinDigit(value) ? 'holds' : 'none' }
    case 'wallet':
      return { check: checkWallet(raw.trim()) }
    case 'phone':
      return { check: 'none', country: value.startsWith('+') ? callingCountry(value.slice(1)) : undefined }
    case 'passport':
      return { check: isPassportOf(value, countries) ? 'holds' : 'none' }
    case 'identifier':
      return checkNational(value, countries)
    default:
      return { check: 'none' }
  }
}

/** ITU-R M.585: a ship station begins with the three digits of its flag, which lie between 200 and 799. */
function mmsiCheck(value: string): Inspected {
  const country = maritimeCountry(value)
  return { check: country === undefined ? 'fails' : 'holds', country }
}

const vinLetters = 'ABCDEFGH..JKLMN.P.R.STUVWXYZ'

/** ISO 3779 as North America uses it (49 CFR 565): the ninth character is the weighted sum modulo 11. Elsewhere it tells nothing. */
function hasVinDigit(value: string): boolean {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(value)) return false
  const values = Array.from(value, (character) => {
    if (character <= '9') return character
    const at = vinLetters.indexOf(character)
    return String(at < 8 ? at + 1 : at < 19 ? at - 9 : at - 18)
  }).join('')
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  return holdsWeighted(values + value[8]!, { weights, modulus: 11, letters: '0123456789X' })
}

/** ISO 13616: as long as its country has them; the country and check characters moved to the end leave remainder 1 modulo 97. */
export function isIban(value: string): boolean {
  if (value.length < 15 || value.length > 34 || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return false
  if ((ibanLength(value) ?? value.length) !== value.length) return false
  return remainder97(value.slice(4) + value.slice(0, 4)) === 1
}

/** IMO resolution A.1117(30): digits weighed 7 to 2 sum to the last digit modulo 10. */
export function isImo(value: string): boolean {
  if (value.length !== 7) return false
  let sum = 0
  for (let index = 0; index < 6; index++) sum += Number(value[index]) * (7 - index)
  return sum % 10 === Number(value[6])
}
