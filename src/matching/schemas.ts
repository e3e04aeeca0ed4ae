/**
 * What an entity can be, under the names of FollowTheMoney (followthemoney.tech). Segments hold the places of names in this list:
 * a new one goes to its end.
 */
export const schemaNames = [
  'Person',
  'Organization',
  'Company',
  'LegalEntity',
  'Vehicle',
  'Vessel',
  'Airplane',
  'Passport',
  'Identification',
  'BankAccount',
  'CryptoWallet',
  'Address',
  'Family',
  'Associate',
  'Membership',
  'Ownership',
  'UnknownLink',
] as const

export type SchemaName = (typeof schemaNames)[number]

export function isSchemaName(name: string): name is SchemaName {
  return (schemaNames as readonly string[]).includes(name)
}

const legal: readonly SchemaName[] = ['Organization', 'Company', 'LegalEntity']
const held: readonly SchemaName[] = ['Passport', 'Identification', 'BankAccount', 'CryptoWallet']

/** Whether two schemata can describe one thing by their names: a person is no vessel, a legal entity may be a person. */
export function areCompatible(a: SchemaName, b: SchemaName): boolean {
  if (a === b) return true
  if (a === 'LegalEntity') return b === 'Person' || legal.includes(b)
  if (b === 'LegalEntity') return a === 'Person' || legal.includes(a)
  if (legal.includes(a)) return legal.includes(b)
  if (a === 'Vehicle') return b === 'Vessel' || b === 'Airplane'
  if (b === 'Vehicle') return a === 'Vessel' || a === 'Airplane'
  return false
}

/** Whether an equal identifier can join the two: a passport, an account or a wallet with whoever holds it. */
export function canShareIdentifier(a: SchemaName, b: SchemaName): boolean {
  return areCompatible(a, b) || held.includes(a) || held.includes(b)
}

export function isOrganisation(schema: SchemaName): boolean {
  return legal.includes(schema)
}
