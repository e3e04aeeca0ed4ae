import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fault } from '#capabilities/screening/batch-faults'
import { addIdentifiers, isIdentifier, type Meaning, recogniseMeaning } from '#capabilities/screening/batch-meanings'
import {
  objectHeaders,
  objectRow,
  type ReadObject,
  readObjects,
  valueJoint,
} from '#capabilities/screening/batch-objects'
import type { ReadingChoice, Survey } from '#capabilities/screening/batch-record'
import { type CsvRow, readCsv } from '#formats/csv'
import { formatLimits } from '#formats/faults'
import { type FtmItem, readFtmJson } from '#formats/ftm-json'
import { foldHeader } from '#formats/person-columns'
import { type Doubt, openRowReader, type PersonCsvOptions } from '#formats/person-csv'
import { plainText } from '#formats/text'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import { nodeSchemata, type SchemaName } from '#protocol/vocabulary'
import limits from './batch-limits.json' with { type: 'json' }

/** Reading a file that somebody handed in: once to see what it is, and again row by row to screen it. */

/** Where the file of a batch lies until it is screened. */
export function batchFile(services: Services, id: string): string {
  return join(services.settings.dataDirectory, 'batches', id)
}

/** One row, ready to be screened or with the reason why it cannot be. */
export interface FileRow {
  readonly line: number
  readonly reference: string | null
  readonly name: string
  readonly schema: SchemaName | null
  readonly properties: Record<string, string[]>
  readonly doubts: readonly Doubt[]
  /** Code of the reason. */
  readonly rejected: string | null
}

const sampleRows = 5
const cellShown = 120
/** A value that nobody's name or number has; comparing it would cost more than it tells. */
const valueLimit = 1_024
const valuesLimit = 100

/**
 * What the file is, how its columns are called and how many rows it has. Throws `batches/*` when it is nothing that can be
 * screened, and the faults of the readers, with the line in their details.
 */
export async function surveyFile(path: string): Promise<Survey> {
  const first = await firstLetter(path)
  if (first === '{') return surveyLines(path)
  if (first === undefined)
    throw fault('batches/unreadable', 'This is no text. Save the table as CSV (UTF-8), and hand that in.')
  try {
    return await surveyCsv(path, 'utf-8')
  } catch (cause) {
    // Spreadsheets write windows-1252; the person sees the first rows, and whether the letters are right.
    if (isFault(cause, 'formats/not-utf8')) return surveyCsv(path, 'latin-1')
    throw cause
  }
}

/** Undefined for what is no text: workbooks, pictures and UTF-16 have NUL bytes. */
async function firstLetter(path: string): Promise<string | undefined> {
  for await (const chunk of createReadStream(path, { end: 1_023 })) {
    const bytes = chunk as Uint8Array
    return bytes.includes(0) ? undefined : (new TextDecoder().decode(bytes).trimStart()[0] ?? '')
  }
  return ''
}

async function surveyCsv(path: string, encoding: Survey['encoding']): Promise<Survey> {
  let headers: string[] | undefined
  const sample: string[][] = []
  let rows = 0
  for await (const { fields } of readCsv(createReadStream(path), { delimiter: 'auto', encoding })) {
    if (headers === undefined) headers = [...fields]
    else {
      if (sample.length < sampleRows) sample.push(fields.slice(0, headers.length).map(shown))
      await countRow(++rows)
    }
  }
  return finish({ format: 'csv', encoding, headers: headers ?? [], sample, rows })
}

async function surveyLines(path: string): Promise<Survey> {
  const objects: ReadObject[] = []
  let rows = 0
  const headers = new Set<string>()
  for await (const it of readObjects(createReadStream(path))) {
    await countRow(++rows)
    if (objects.length < sampleRows && it.value !== undefined) objects.push(it)
    for (const name of objectHeaders(it)) if (headers.size < formatLimits.columns) headers.add(name)
  }
  if (objects.length > 0 && objects.every(({ value }) => typeof value?.schema === 'string' && isEntity(value)))
    return finish({
      format: 'entities',
      encoding: 'utf-8',
      headers: ['schema', 'name'],
      sample: objects.map(({ value }) => [String(value?.schema), nameOf(value?.properties)].map(shown)),
      rows,
    })
  const names = [...headers]
  const sample = objects.map((it) => objectRow(it, names).map(shown))
  return finish({ format: 'objects', encoding: 'utf-8', headers: names, sample, rows })
}

function isEntity(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.properties === 'object' && value.properties !== null
}

function nameOf(properties: unknown): string {
  const names = (properties as { name?: unknown }).name
  return Array.isArray(names) ? String(names[0] ?? '') : ''
}

const shown = (cell: string) => plainText(cell, cellShown)

async function countRow(rows: number): Promise<void> {
  if (rows > limits.rows)
    throw fault('batches/too-many-rows', `The file has more than ${limits.rows} rows. Divide it.`, {
      details: { limit: limits.rows },
    })
  if (rows % 500 === 0) await nextTurn()
}

function finish(survey: Omit<Survey, 'guesses'>): Survey {
  if (survey.rows === 0) throw fault('batches/empty', 'The file has no rows beneath its headers.')
  // Headers are keys of the choice; two alike are one.
  const headers = survey.headers.map((it) => plainText(it, 200))
  const seen = new Set<string>()
  const guesses = headers.map((it) => {
    const meaning = recogniseMeaning(it)
    const free = meaning !== null && (!seen.has(meaning) || meaning === 'alias')
    if (free) seen.add(meaning)
    return free ? meaning : null
  })
  return { ...survey, headers, guesses }
}

/** Throws `batches/no-name-column` when no column is a name, as far as columns have to be settled. */
export function checkChoice({ format, headers }: Survey, { columns }: ReadingChoice): void {
  if (format === 'entities') return
  const meanings = headers.map((it) => meaningIn(columns, it))
  if (!meanings.some((it) => it === 'name' || it === 'firstName' || it === 'lastName'))
    throw fault('batches/no-name-column', 'Say which column is the name.')
}

/** The rows of the file from the beginning, in its order. */
export async function* readFile(path: string, survey: Survey, choice: ReadingChoice): AsyncGenerator<FileRow> {
  const chunks = createReadStream(path)
  if (survey.format === 'entities') yield* entityRows(chunks)
  else {
    const reader = openRowReader(survey.headers, optionsOf(survey, choice))
    const columns = survey.headers.map((it) => meaningIn(choice.columns, it))
    const read: typeof reader = (fields, line) => {
      const row = reader(fields, line)
      return row.kind === 'rejected' ? row : addIdentifiers(row, fields, columns)
    }
    for await (const it of survey.format === 'csv' ? dataRows(chunks, survey) : objectRows(chunks, survey.headers))
      yield 'fields' in it ? tableRow(read, it, survey.format) : rejected(it.line, it.code)
  }
}

/** A column that was not settled is left out. */
function meaningIn(columns: ReadingChoice['columns'], header: string): Meaning | null {
  return Object.hasOwn(columns, header) ? (columns[header] as Meaning | null) : null
}

function optionsOf({ headers }: Survey, { columns, schema, dateOrder }: ReadingChoice): PersonCsvOptions {
  const settled = new Map(
    headers.map((it) => {
      const meaning = meaningIn(columns, it)
      return [foldHeader(it), isIdentifier(meaning) ? null : meaning] as const
    }),
  )
  return { columns: Object.fromEntries(settled), schema, ...(dateOrder === null ? {} : { dateOrder }) }
}

interface BadLine {
  readonly line: number
  readonly code: string
}

async function* dataRows(chunks: AsyncIterable<Uint8Array>, { encoding }: Survey): AsyncGenerator<CsvRow> {
  let first = true
  for await (const row of readCsv(chunks, { delimiter: 'auto', encoding })) {
    if (!first) yield row
    first = false
  }
}

async function* objectRows(
  chunks: AsyncIterable<Uint8Array>,
  headers: readonly string[],
): AsyncGenerator<CsvRow | BadLine> {
  for await (const it of readObjects(chunks)) {
    if (it.value === undefined) yield { line: it.line, code: it.code }
    else yield { line: it.line, fields: objectRow(it, headers) }
  }
}

function tableRow(read: ReturnType<typeof openRowReader>, { fields, line }: CsvRow, format: Survey['format']): FileRow {
  const row = read(fields, line)
  if (row.kind === 'rejected') return rejected(line, row.code)
  const names = row.properties.name ?? []
  // A member of an object may hold several names; in one, they would hide each other.
  const name = format === 'objects' ? names.flatMap((it) => it.split(valueJoint)) : names
  const properties = { ...row.properties, ...(name.length === 0 ? {} : { name }) }
  return checked({ ...row, properties, name: name[0] ?? '', rejected: null })
}

async function* entityRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  try {
    for await (const it of readFtmJson(chunks)) yield entityRow(it)
  } catch (cause) {
    if (!isFault(cause, 'formats/truncated')) throw cause
    yield rejected(Number(cause.details.line ?? 0), 'formats/wrong-json')
  }
}

function entityRow(it: FtmItem): FileRow {
  if (it.kind === 'rejected') return rejected(Number(it.where.replace('line ', '')), it.code)
  const { line, entity } = it
  const { id, schema, caption, properties } = entity
  const name = caption ?? properties.name?.[0] ?? ''
  if (!(nodeSchemata as readonly string[]).includes(schema)) return rejected(line, 'formats/unknown-type')
  return checked({ line, reference: id, name, schema, properties, doubts: [], rejected: null })
}

function checked(row: FileRow): FileRow {
  const values = Object.values(row.properties)
  const tooMuch = values.some((it) => it.length > valuesLimit || it.some((one) => one.length > valueLimit))
  return tooMuch ? { ...rejected(row.line, 'batches/too-long'), reference: row.reference } : row
}

function rejected(line: number, code: string): FileRow {
  return { line, reference: null, name: '', schema: null, properties: {}, doubts: [], rejected: code }
}
