/** How a schema looks: by shape and letter, so that nothing hangs on colour. */
export const shapes = ['circle', 'square', 'diamond', 'triangle'] as const
export type Shape = (typeof shapes)[number]

const shapeOfSchema: Readonly<Record<string, Shape>> = {
  Person: 'circle',
  Organization: 'square',
  Company: 'square',
  LegalEntity: 'square',
  Vehicle: 'diamond',
  Vessel: 'diamond',
  Airplane: 'diamond',
}

/** People are round, organisations square, vehicles diamonds; documents, accounts and places triangles. */
export const shapeOf = (schema: string): Shape => shapeOfSchema[schema] ?? 'triangle'

/** Schemata that have words and a letter of their own. */
export const namedSchemata = [
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
] as const
