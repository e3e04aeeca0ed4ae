import type { IdentifierKind } from '#matching/identifiers'
import { mailbox } from '#matching/numbering'
import { normaliseWallet } from '#matching/wallets'

/** Phone numbers are looked up by their last digits: those of the subscriber. */
export const subscriberDigits = 8

/** One spelling of a number for comparison; undefined when too little is left to tell anything. */
export function normalise(kind: IdentifierKind, raw: string): string | undefined {
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
  if (value.length < minimum || isRepeated(value)) return false
  return kind === 'call_sign' || hasTwoDigits(value)
}

/** Whether a value is one character again and again. */
function isRepeated(value: string): boolean {
  const first = String.fromCodePoint(value.codePointAt(0)!)
  for (let at = first.length; at < value.length; at += first.length) if (!value.startsWith(first, at)) return false
  return true
}

function hasTwoDigits(value: string): boolean {
  let digits = 0
  for (let at = 0; at < value.length && digits < 2; at++) if (value[at]! >= '0' && value[at]! <= '9') digits++
  return digits >= 2 || digitsOf(value).length >= 2
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
