/**
 * The part of the FollowTheMoney vocabulary (followthemoney.tech) that Comity speaks. Names of schemata and properties are
 * FollowTheMoney's own, so entities go in and out unchanged. Properties on protected characteristics (religion, ethnicity,
 * political association) are left out on purpose: they cannot enter by the schema.
 */

const thing = [
  'name',
  'alias',
  'weakAlias',
  'previousName',
  'country',
  'address',
  'summary',
  'notes',
  'sourceUrl',
  'topics',
  'programId',
] as const
const legalEntity = [
  ...thing,
  'email',
  'phone',
  'website',
  'idNumber',
  'taxNumber',
  'registrationNumber',
  'jurisdiction',
  'leiCode',
  'swiftBic',
  'incorporationDate',
  'mainCountry',
  'status',
] as const
const vehicle = [...thing, 'registrationNumber', 'type', 'model', 'buildDate', 'owner', 'operator'] as const
const identification = ['holder', 'type', 'country', 'number', 'authority', 'startDate', 'endDate', 'summary'] as const
const interest = ['role', 'startDate', 'endDate', 'status', 'summary'] as const

export const schemata = {
  Person: [
    ...legalEntity,
    'firstName',
    'secondName',
    'middleName',
    'fatherName',
    'motherName',
    'lastName',
    'nameSuffix',
    'title',
    'gender',
    'birthDate',
    'birthPlace',
    'birthCountry',
    'deathDate',
    'nationality',
    'citizenship',
    'passportNumber',
    'position',
    'height',
    'weight',
    'eyeColor',
    'hairColor',
    'appearance',
  ],
  Organization: [...legalEntity, 'legalForm', 'sector'],
  Company: [...legalEntity, 'legalForm', 'sector', 'imoNumber'],
  LegalEntity: [...legalEntity],
  Vehicle: [...vehicle, 'vin'],
  Vessel: [...vehicle, 'imoNumber', 'mmsi', 'callSign', 'flag', 'tonnage', 'grossRegisteredTonnage'],
  Airplane: [...vehicle, 'serialNumber', 'icaoCode', 'manufacturer'],
  Passport: [...identification, 'passportNumber', 'birthDate', 'gender'],
  Identification: [...identification],
  BankAccount: [
    'name',
    'bankName',
    'accountNumber',
    'iban',
    'bic',
    'bankAddress',
    'accountType',
    'currency',
    'openingDate',
    'closingDate',
    'country',
    'holder',
    'summary',
  ],
  CryptoWallet: ['name', 'publicKey', 'currency', 'creationDate', 'managingExchange', 'holder', 'summary'],
  Address: [
    'full',
    'street',
    'street2',
    'city',
    'postalCode',
    'region',
    'state',
    'country',
    'latitude',
    'longitude',
    'summary',
  ],
  Family: ['person', 'relative', 'relationship', ...interest],
  Associate: ['person', 'associate', 'relationship', ...interest],
  Membership: ['member', 'organization', ...interest],
  Ownership: ['owner', 'asset', 'percentage', ...interest],
  UnknownLink: ['subject', 'object', ...interest],
} as const satisfies Record<string, readonly string[]>

export type SchemaName = keyof typeof schemata

/** What a record can be about. */
export const nodeSchemata = [
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
] as const satisfies readonly SchemaName[]

/** What a subject can hold: documents, accounts, places. */
export const heldSchemata = [
  'Passport',
  'Identification',
  'BankAccount',
  'CryptoWallet',
  'Address',
  'Vehicle',
  'Vessel',
  'Airplane',
] as const satisfies readonly SchemaName[]

/** How two subjects stand to each other, with the properties that point at the first and the second end. */
export const relationEnds = {
  Family: ['person', 'relative'],
  Associate: ['person', 'associate'],
  Membership: ['member', 'organization'],
  Ownership: ['owner', 'asset'],
  UnknownLink: ['subject', 'object'],
} as const satisfies Partial<Record<SchemaName, readonly [string, string]>>

export type RelationName = keyof typeof relationEnds
export const relationSchemata = Object.keys(relationEnds) as [RelationName, ...RelationName[]]

export function hasProperty(schema: SchemaName, property: string): boolean {
  return (schemata[schema] as readonly string[]).includes(property)
}
