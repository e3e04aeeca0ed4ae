import { valueJoint } from '#capabilities/screening/batch-objects'
import { type ColumnMeaning, columnMeanings, foldHeader, recogniseColumn } from '#formats/person-columns'
import type { Doubt } from '#formats/person-csv'
import { plainText } from '#formats/text'
import { hasProperty, type SchemaName } from '#protocol/vocabulary'

/** What a column can mean: all that a table of persons has, and the identifiers of accounts and legal entities. */

const identifiers = {
  iban: [
    'iban',
    'iban number',
    'iban no',
    'account iban',
    'numero iban',
    'code iban',
    'آيبان',
    'رقم الآيبان',
    'رقم الحساب الدولي',
  ],
  leiCode: [
    'lei',
    'lei code',
    'lei number',
    'legal entity identifier',
    'code lei',
    'codigo lei',
    'identifiant d entite juridique',
    'identificador de entidad juridica',
    'معرف الكيان القانوني',
  ],
} as const
type Identifier = keyof typeof identifiers

export type Meaning = ColumnMeaning | Identifier

const identifierNames = Object.keys(identifiers) as Identifier[]
export const meanings: readonly Meaning[] = [...columnMeanings, ...identifierNames]

const identifierOf = new Map(
  identifierNames.flatMap((it) => identifiers[it].map((header) => [foldHeader(header), it] as const)),
)

/** What a header says; null when it is none of the known ones. */
export function recogniseMeaning(header: string): Meaning | null {
  return identifierOf.get(foldHeader(header)) ?? recogniseColumn(header)
}

export function isIdentifier(meaning: Meaning | null): meaning is Identifier {
  return meaning !== null && Object.hasOwn(identifiers, meaning)
}

interface Read {
  readonly properties: Record<string, string[]>
  readonly doubts: readonly Doubt[]
}

/**
 * A row with the identifiers of its columns added. The account is a property of whoever holds it, as it is in what is screened
 * against; a legal entity identifier of what is none, such as a vessel, is left out and said to be.
 */
export function addIdentifiers<Row extends Read & { readonly schema: SchemaName }>(
  row: Row,
  fields: readonly string[],
  columns: readonly (Meaning | null)[],
): Row {
  const properties = { ...row.properties }
  const doubts = [...row.doubts]
  for (const [at, meaning] of columns.entries()) {
    if (!isIdentifier(meaning)) continue
    for (const written of (fields[at] ?? '').split(valueJoint)) {
      const value = plainText(written)
      if (value === '') continue
      if (meaning === 'leiCode' && !hasProperty(row.schema, meaning))
        doubts.push({ code: 'not-applicable', property: meaning, value })
      else properties[meaning] = [...(properties[meaning] ?? []), value]
    }
  }
  return { ...row, properties, doubts }
}
