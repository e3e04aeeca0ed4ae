import { type CsvOptions, readCsv } from '#formats/csv'
import { fault, type Rejection, rejection } from '#formats/faults'
import { addValue } from '#formats/list-entry'
import { type ColumnMeaning, foldHeader, recogniseColumn } from '#formats/person-columns'
import { type DateOrder, writtenDates } from '#formats/person-dates'
import { type Chunks, plainText } from '#formats/text'
import { countryByCode, countryOf } from '#kernel/countries'
import { hasProperty, type SchemaName } from '#protocol/vocabulary'

export interface PersonCsvOptions extends CsvOptions {
  /** Meanings by header, over what would be recognised; null leaves a column out. */
  readonly columns?: Readonly<Record<string, ColumnMeaning | null>>
  /** The schema of rows that do not say one. Person by default. */
  readonly schema?: SchemaName
  /** How dates such as 03/04/1971 are written. Without it such a date is screened both ways. */
  readonly dateOrder?: DateOrder
}

/** What to screen for, from one row. */
export interface ScreeningQuery {
  readonly kind: 'query'
  readonly line: number
  /** The user's own reference of the row, null without such a column. */
  readonly reference: string | null
  readonly schema: SchemaName
  /** FollowTheMoney properties; the name in `name`, where there is one. What could not be read is in `notes`. */
  readonly properties: Record<string, string[]>
  /** What a person should know about how the row was read. */
  readonly warnings: readonly string[]
  /** The same in parts, for those who have their own words. */
  readonly doubts: readonly Doubt[]
}

/** A cell that was not read as it stands. */
export interface Doubt {
  readonly code: 'not-applicable' | 'two-dates' | 'unread-date' | 'unknown-country' | 'unknown-gender'
  readonly property: string
  readonly value: string
}

const schemaWords: Readonly<Record<string, SchemaName>> = {
  person: 'Person',
  individual: 'Person',
  'natural person': 'Person',
  p: 'Person',
  i: 'Person',
  organization: 'Organization',
  organisation: 'Organization',
  entity: 'Organization',
  'legal entity': 'LegalEntity',
  legalentity: 'LegalEntity',
  company: 'Company',
  business: 'Company',
  corporate: 'Company',
  vessel: 'Vessel',
  ship: 'Vessel',
  airplane: 'Airplane',
  aircraft: 'Airplane',
}

const numbers: readonly ColumnMeaning[] = [
  'passportNumber',
  'idNumber',
  'taxNumber',
  'registrationNumber',
  'imoNumber',
  'email',
  'phone',
]

const maleWords = new Set(['m', 'male', 'man', 'homme', 'masculin', 'hombre', 'masculino'])
const femaleWords = new Set(['f', 'female', 'woman', 'femme', 'feminin', 'mujer', 'femenino'])

/**
 * Reads a user's table as screening queries. The first row names the columns; they are recognised by their names or mapped by
 * option. A row without a name or a number, with more fields than columns or of an unknown type is rejected and the others are kept.
 * Throws `formats/no-name-column` without a column for a name, `formats/unknown-column` when the mapping names a header that
 * the file does not have, and the faults of `readCsv`. The delimiter is found from the header row unless the options say it.
 */
export async function* readPersonCsv(
  chunks: Chunks,
  options: PersonCsvOptions = {},
): AsyncGenerator<ScreeningQuery | Rejection> {
  let read: ReturnType<typeof openRowReader> | null = null
  for await (const { line, fields } of readCsv(chunks, { delimiter: 'auto', ...options })) {
    if (read === null) read = openRowReader(fields, options)
    else yield read(fields, line)
  }
  if (read === null) throw fault('formats/no-name-column', 'The file has no header row.')
}

/**
 * Reads the rows of a table with these headers, whatever file they stand in. Throws `formats/no-name-column` and
 * `formats/unknown-column` as `readPersonCsv` does.
 */
export function openRowReader(
  headers: readonly string[],
  options: PersonCsvOptions = {},
): (fields: readonly string[], line: number) => ScreeningQuery | Rejection {
  const columns = readHeader(headers, options)
  return (fields, line) =>
    fields.slice(columns.length).some((it) => it.trim() !== '')
      ? rejection(
          `line ${line}`,
          'formats/wrong-columns',
          `The row has more fields than the ${columns.length} columns.`,
        )
      : readRow(fields, columns, { line, options })
}

function readHeader(headers: readonly string[], options: PersonCsvOptions): (ColumnMeaning | null)[] {
  const mapped = new Map(Object.entries(options.columns ?? {}).map(([header, it]) => [foldHeader(header), it]))
  const folded = headers.map(foldHeader)
  for (const header of mapped.keys()) {
    if (!folded.includes(header)) {
      throw fault('formats/unknown-column', `The file has no column '${header}'.`, { details: { columns: headers } })
    }
  }
  const columns = headers.map((it, index) => {
    const explicit = mapped.get(folded[index]!)
    return explicit === undefined ? recogniseColumn(it) : explicit
  })
  if (!columns.some((it) => it === 'name' || it === 'lastName' || it === 'firstName')) {
    throw fault('formats/no-name-column', 'No column is a name. Map one by its header.', {
      details: { columns: headers },
    })
  }
  return columns
}

function readRow(
  fields: readonly string[],
  columns: readonly (ColumnMeaning | null)[],
  { line, options }: { line: number; options: PersonCsvOptions },
): ScreeningQuery | Rejection {
  const cells: Partial<Record<ColumnMeaning, string[]>> = {}
  columns.forEach((meaning, index) => {
    const text = plainText(fields[index] ?? '')
    if (meaning !== null && text !== '') addValue(cells as Record<string, string[]>, meaning, text)
  })
  const written = cells.schema?.[0]
  const schema = written === undefined ? (options.schema ?? 'Person') : schemaWords[foldHeader(written)]
  if (schema === undefined) {
    return rejection(`line ${line}`, 'formats/unknown-type', `The type '${plainText(written ?? '', 64)}' is unknown.`)
  }
  const parts = [cells.firstName, cells.middleName, cells.lastName].flatMap((it) => it ?? [])
  const names = cells.name ?? (parts.length === 0 ? [] : [parts.join(' ')])
  const named = names.length === 0 ? {} : { name: [...names] }
  const query: Draft & { line: number } = { line, schema, properties: named, warnings: [], doubts: [] }
  for (const [meaning, values] of Object.entries(cells) as [ColumnMeaning, string[]][]) {
    if (meaning === 'name' || meaning === 'schema' || meaning === 'reference') continue
    for (const value of values) addCell(query, { meaning, value, dateOrder: options.dateOrder })
  }
  // A number finds its holder by itself, whatever they are called.
  if (names.length === 0 && !numbers.some((it) => query.properties[it] !== undefined))
    return rejection(`line ${line}`, 'formats/no-name', 'The row has no name.')
  return { kind: 'query', reference: cells.reference?.[0] ?? null, ...query }
}

interface Draft {
  readonly schema: SchemaName
  readonly properties: Record<string, string[]>
  readonly warnings: string[]
  readonly doubts: Doubt[]
}

function addCell(
  draft: Draft,
  cell: { meaning: ColumnMeaning; value: string; dateOrder: DateOrder | undefined },
): void {
  const { meaning, value } = cell
  const property = meaning === 'nationality' && !hasProperty(draft.schema, 'nationality') ? 'country' : meaning
  if (!hasProperty(draft.schema, property)) {
    draft.warnings.push(`${meaning} does not apply to ${draft.schema} and is left out.`)
    draft.doubts.push({ code: 'not-applicable', property: meaning, value })
    return
  }
  const { values, warning } = readCell(property, value, cell.dateOrder)
  for (const it of values) addValue(draft.properties, property, it)
  if (warning !== null) {
    draft.warnings.push(warning)
    draft.doubts.push({ code: doubtOf(property, values.length), property, value })
  }
  if (values.length === 0) addValue(draft.properties, 'notes', `${meaning}: ${value}`)
}

function doubtOf(property: string, values: number): Doubt['code'] {
  if (property === 'birthDate') return values > 1 ? 'two-dates' : 'unread-date'
  return property === 'gender' ? 'unknown-gender' : 'unknown-country'
}

function readCell(property: string, value: string, dateOrder: DateOrder | undefined) {
  if (property === 'birthDate') return writtenDates(value, dateOrder)
  if (property === 'nationality' || property === 'country') return readCountries(property, value)
  if (property === 'gender') return readGender(value)
  if (property === 'alias') return { values: splitCell(value), warning: null }
  return { values: [value], warning: null }
}

function readCountries(property: string, value: string) {
  const read = splitCell(value).map((it) => [it, countryOf(it) ?? countryByCode(it)] as const)
  const unknown = read.filter(([, code]) => code === null).map(([text]) => text)
  return {
    values: read.flatMap(([, code]) => (code === null ? [] : [code])),
    warning: unknown.length === 0 ? null : `${property} '${unknown.join("', '")}' is not a known country.`,
  }
}

function readGender(value: string) {
  const word = foldHeader(value)
  const gender = maleWords.has(word) ? 'male' : femaleWords.has(word) ? 'female' : null
  return {
    values: gender === null ? [] : [gender],
    warning: gender === null ? `Gender '${value}' is not known.` : null,
  }
}

function splitCell(value: string): string[] {
  return value.split(/[;|]/).flatMap((it) => (it.trim() === '' ? [] : [it.trim()]))
}
