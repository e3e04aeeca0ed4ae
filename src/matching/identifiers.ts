import { inspect, isIban, isImo } from '#matching/identifier-checks'
import { normalise, subscriberDigits } from '#matching/identifier-values'
import type { CheckResult } from '#matching/national-ids'

export { isIban, isImo }

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
  const said = readValue(property, raw)
  if (said === undefined) return undefined
  const { check, country } = inspect({ ...said, property, raw }, countries)
  return { ...said, property, raw, isVerified: check !== 'fails', check, country }
}

/** What identifies, without asking its check digits. */
type Said = Pick<Identifier, 'kind' | 'value'>

/** The kind and the value of one identifier; undefined for what `readIdentifier` does not read. */
export function readValue(property: string, raw: string): Said | undefined {
  const kind = Object.hasOwn(properties, property) ? properties[property] : undefined
  if (kind === undefined || raw.length > valueLimit) return undefined
  const value = normalise(kind, raw)
  return value === undefined ? undefined : { kind, value }
}

/** What an identifier is looked up by: its group and value; phones by their last eight digits. */
export function lookupKey({ kind, value }: Said): string {
  return `${groupOf(kind)}:${kind === 'phone' ? value.slice(-subscriberDigits) : value}`
}

/** Two international phone numbers must be equal; a national one is the end of an international one. */
export function sameIdentifier(a: Identifier, b: Identifier): boolean {
  if (groupOf(a.kind) !== groupOf(b.kind)) return false
  if (a.kind !== 'phone') return a.value === b.value
  const international = Number(a.value.startsWith('+')) + Number(b.value.startsWith('+'))
  if (international === 2) return a.value === b.value
  return a.value.endsWith(b.value) || b.value.endsWith(a.value)
}
