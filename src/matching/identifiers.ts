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

/** Reads one identifier; undefined when too little is left to tell anything (`N/A`, `000000`). */
export function readIdentifier(property: string, raw: string): Identifier | undefined {
  const kind = properties[property]
  if (kind === undefined || raw.length > valueLimit) return undefined
  const value = normalise(kind, raw)
  if (value === undefined) return undefined
  return { kind, property, raw, value, isVerified: isVerified(kind, property, value) }
}

function normalise(kind: IdentifierKind, raw: string): string | undefined {
  switch (kind) {
    case 'email': {
      const email = raw.trim().toLowerCase()
      const at = email.indexOf('@')
      return at > 0 && at === email.lastIndexOf('@') && email.indexOf('.', at) > at + 1 ? email : undefined
    }
    case 'phone':
      return normalisePhone(raw)
    case 'wallet': {
      const key = raw.trim()
      if (key.length < 20) return undefined
      const lower = key.toLowerCase()
      return lower.startsWith('0x') || lower.startsWith('bc1') || lower.startsWith('ltc1') ? lower : key
    }
    case 'imo':
      return fixedDigits(raw, 7)
    case 'mmsi':
      return fixedDigits(raw, 9)
    case 'bic': {
      const bic = plain(raw)
      return bic.length === 8 || bic.length === 11 ? bic.slice(0, 8) : undefined
    }
    default: {
      const value = plain(raw)
      return isTelling(kind, value) ? value : undefined
    }
  }
}

/** Letters and digits only, upper case. */
function plain(raw: string): string {
  let out = ''
  for (const character of raw.normalize('NFKC').toUpperCase()) if (/^[\p{L}\p{N}]$/u.test(character)) out += character
  return out
}

function isTelling(kind: IdentifierKind, value: string): boolean {
  const minimum = kind === 'account' || kind === 'vin' ? 6 : kind === 'lei' ? 20 : kind === 'call_sign' ? 4 : 5
  if (value.length < minimum || new Set(value).size < 2) return false
  return kind === 'call_sign' || digitsOf(value).length >= 2
}

function fixedDigits(raw: string, length: number): string | undefined {
  const digits = digitsOf(raw)
  return digits.length === length && new Set(digits).size > 1 ? digits : undefined
}

function digitsOf(raw: string): string {
  let out = ''
  for (const character of raw.normalize('NFKC')) if (character >= '0' && character <= '9') out += character
  return out
}

const subscriberDigits = 8

/** `+` and all digits for an international number, else the digits without the trunk zero. */
function normalisePhone(raw: string): string | undefined {
  const isInternational = raw.trim().startsWith('+') || raw.trim().startsWith('00')
  let digits = digitsOf(raw)
  while (digits.startsWith('0')) digits = digits.slice(1)
  if (digits.length < subscriberDigits || digits.length > 15 || new Set(digits).size < 3) return undefined
  return isInternational ? `+${digits}` : digits
}

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

function isVerified(kind: IdentifierKind, property: string, value: string): boolean {
  if (property === 'iban') return isIban(value)
  if (kind === 'lei') return remainder97(value) === 1
  return kind === 'imo' ? isImo(value) : true
}

/** ISO 13616: the country and check characters moved to the end leave remainder 1 modulo 97. */
export function isIban(value: string): boolean {
  if (value.length < 15 || value.length > 34 || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return false
  return remainder97(value.slice(4) + value.slice(0, 4)) === 1
}

/** ISO 7064 MOD 97-10, letters as 10 to 35. */
function remainder97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const digit = Number.parseInt(character, 36)
    if (Number.isNaN(digit)) return -1
    remainder = (remainder * (digit > 9 ? 100 : 10) + digit) % 97
  }
  return remainder
}

/** IMO resolution A.1117(30): digits weighed 7 to 2 sum to the last digit modulo 10. */
export function isImo(value: string): boolean {
  if (value.length !== 7) return false
  let sum = 0
  for (let index = 0; index < 6; index++) sum += Number(value[index]) * (7 - index)
  return sum % 10 === Number(value[6])
}
