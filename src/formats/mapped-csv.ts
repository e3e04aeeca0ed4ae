import { type ColumnMeaning, type CsvMapping, meaningOf } from '#formats/csv-mapping'
import { keyOf, readTable, type TableRow } from '#formats/csv-table'
import { fault, formatLimits, type Rejection, rejection } from '#formats/faults'
import {
  addHeld,
  addLink,
  addName,
  addNote,
  addProgramme,
  addProperty,
  addRemark,
  finishEntry,
  type ListEntry,
  type ListItem,
  type NameKind,
  newEntry,
  promoteName,
} from '#formats/list-entry'
import { addCountry, addIdentifier, addPlace } from '#formats/list-identifier'
import { writtenDates } from '#formats/person-dates'
import { isProtected } from '#formats/protected-characteristics'
import { type Chunks, plainText } from '#formats/text'
import { hashOf } from '#kernel/canonical'
import type { SchemaName } from '#protocol/vocabulary'

const nameKinds: Readonly<Record<string, NameKind>> = {
  name: 'name',
  alias: 'alias',
  weakAlias: 'weakAlias',
  previousName: 'previousName',
}
const countries = new Set([
  'nationality',
  'citizenship',
  'country',
  'birthCountry',
  'flag',
  'jurisdiction',
  'mainCountry',
])

interface Reading {
  readonly mapping: CsvMapping
  /** By header in lower case. */
  readonly meanings: ReadonlyMap<string, ColumnMeaning>
  readonly schemas: ReadonlyMap<string, SchemaName>
}

/**
 * Reads an operator's own list by the mapping that comes with it. A row without a ref is known by a hash of its names, dates
 * of birth and reference. A column that the mapping does not name becomes a note under its header; one that names a protected
 * characteristic is dropped. Rejected: rows without a name, with a ref already read (unless the mapping joins them), with a
 * kind that it does not know, or of another width. Throws `formats/unknown-column` when the file lacks a column of the
 * mapping, and the faults of `readTable`.
 */
export async function* readMappedCsv(chunks: Chunks, mapping: CsvMapping): AsyncGenerator<ListItem> {
  const reading: Reading = {
    mapping,
    meanings: new Map(Object.entries(mapping.columns).map(([header, it]) => [keyOf(header), meaningOf(it)])),
    schemas: new Map(Object.entries(mapping.schemas).map(([word, schema]) => [word.trim().toLowerCase(), schema])),
  }
  const entries = new Map<string, ListEntry>()
  const rejected: Rejection[] = []
  const shape = { needs: Object.keys(mapping.columns), notThis: 'formats/unknown-column' } as const
  const { delimiter, encoding } = mapping
  for await (const row of readTable(chunks, shape, { delimiter, encoding })) {
    const wrong = row.kind === 'rejected' ? row : addRow(row, entries, reading)
    if (wrong !== undefined) rejected.push(wrong)
    if (entries.size > formatLimits.entries) throw fault('formats/too-large', 'The file has too many rows.')
  }
  yield { kind: 'header', source: 'csv', generatedAt: null }
  for (const [ref, entry] of entries) {
    promoteName(entry)
    yield finishEntry(entry, ref)
  }
  yield* rejected
}

function addRow(row: TableRow, entries: Map<string, ListEntry>, reading: Reading): Rejection | undefined {
  const { mapping, meanings, schemas } = reading
  const where = `line ${row.line}`
  const cellOf = (as: string) => plainText(row.cells.find(([header]) => meanings.get(header)?.as === as)?.[1] ?? '')
  const word = cellOf('schema')
  const schema = word === '' ? mapping.schema : (schemas.get(word.toLowerCase()) ?? subjectOf(word))
  if (schema === undefined)
    return rejection(where, 'formats/unknown-type', `The kind '${word.slice(0, 64)}' is unknown.`)
  const entry = newEntry(refOf(row, reading), schema)
  for (const [header, cell] of row.cells) addCell(entry, { header, cell, row }, reading)
  if (entry.schema === 'Person' && !entry.names.some((it) => it.kind === 'name')) addName(entry, joinedName(entry))
  if (entry.names.length === 0) return rejection(where, 'formats/no-name', 'The row has no name.')
  if (!/^[\w.-]{1,64}$/.test(entry.ref))
    return rejection(where, 'formats/no-ref', 'The ref has signs that none may have.')
  const known = entries.get(entry.ref)
  if (known === undefined) entries.set(entry.ref, entry)
  else if (mapping.joinRows) for (const [header, cell] of row.cells) addCell(known, { header, cell, row }, reading)
  else return rejection(where, 'formats/duplicate-ref', `The ref ${entry.ref} was already read.`)
  return undefined
}

const known: readonly SchemaName[] = [
  'Person',
  'Organization',
  'Company',
  'LegalEntity',
  'Vehicle',
  'Vessel',
  'Airplane',
]

function subjectOf(word: string): SchemaName | undefined {
  return known.find((it) => it.toLowerCase() === word.toLowerCase())
}

function refOf(row: TableRow, { meanings }: Reading): string {
  const of = (...as: string[]) =>
    row.cells.filter(([header]) => as.includes(meanings.get(header)?.as ?? '')).map(([, cell]) => plainText(cell))
  const given = of('ref').find((it) => it !== '')
  return given ?? `row-${hashOf(of('name', 'firstName', 'lastName', 'birthDate', 'reference')).slice(0, 40)}`
}

function joinedName({ properties }: ListEntry) {
  const parts = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'].map(
    (it) => properties[it]?.[0] ?? '',
  )
  return { value: parts.filter(Boolean).join(' '), kind: 'name', quality: null } as const
}

interface Cell {
  readonly header: string
  readonly cell: string
  readonly row: TableRow
}

function addCell(entry: ListEntry, { header, cell, row }: Cell, { mapping, meanings }: Reading): void {
  const meaning = meanings.get(header)
  if (isProtected(header) || meaning?.as === 'ignore') return
  for (const value of meaning?.split === undefined ? [cell] : cell.split(meaning.split)) {
    const text = plainText(value)
    if (text === '') continue
    if (meaning === undefined) addNote(entry, `${header}: ${text}`)
    else addMeaning(entry, { meaning, text, row, header }, mapping)
  }
}

interface Said {
  readonly meaning: ColumnMeaning
  readonly text: string
  readonly row: TableRow
  readonly header: string
}

function addMeaning(entry: ListEntry, { meaning, text, row, header }: Said, mapping: CsvMapping): void {
  const { as } = meaning
  const kind = nameKinds[as]
  if (kind !== undefined) addName(entry, { value: text, kind, quality: null })
  else if (as === 'reference') entry.reference ??= text
  else if (as === 'programme' || as === 'programId') addProgramme(entry, text)
  else if (as === 'linkedTo') addLink(entry, text)
  else if (as === 'remarks') addRemark(entry, text)
  else if (as === 'note' || as === 'notes') addNote(entry, text)
  else if (as === 'address') addPlace(entry, { full: text })
  else if (as === 'wallet') addHeld(entry, 'CryptoWallet', { publicKey: text, currency: meaning.currency ?? null })
  else if (as === 'identifier') {
    const country = meaning.countryColumn === undefined ? '' : row.cell(meaning.countryColumn)
    addIdentifier(entry, { type: meaning.type ?? header, number: text, country })
  } else if (as === 'passportNumber') addIdentifier(entry, { type: 'Passport', number: text })
  else if (as === 'listedOn' || as === 'updatedOn' || as.endsWith('Date')) addDate(entry, as, { text, mapping })
  else if (countries.has(as)) addCountry(entry, as, text)
  else if (as !== 'ref' && as !== 'schema') addProperty(entry, as, text)
}

function addDate(entry: ListEntry, as: string, { text, mapping }: { text: string; mapping: CsvMapping }): void {
  const circa = /^(?:circa|c\.|approx\.?|approximately|about) /i.exec(text)?.[0] ?? ''
  const { values, warning } = writtenDates(text.slice(circa.length), mapping.dates)
  if (warning !== null) addNote(entry, `${as}: ${warning}`)
  for (const value of values) {
    if (as === 'listedOn' || as === 'updatedOn') entry[as] ??= value
    else addProperty(entry, as, value)
    if (circa !== '') addNote(entry, `Date of birth ${value}: approximate (circa)`)
  }
}
