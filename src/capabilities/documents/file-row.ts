import type { DeclaredEntry } from '#capabilities/documents/collect'
import { issuerOf, normaliseNumber } from '#capabilities/documents/number'
import { rangeOf } from '#capabilities/documents/range'
import { allStatuses, type DeclaredRange, documentKinds, type Status } from '#capabilities/documents/record'
import { foldHeader } from '#formats/person-columns'
import words from './file-words.json' with { type: 'json' }
import kinds from './kinds.json' with { type: 'json' }

/** How a row of a table of documents is read. */

export const columnNames = ['number', 'to', 'kind', 'status', 'declaredAt', 'issuer'] as const
export type ColumnName = (typeof columnNames)[number]
export type Columns = Readonly<Partial<Record<ColumnName, number>>>

/** What holds of every row that does not say otherwise. */
export interface RowDefaults {
  readonly kind?: string | undefined
  readonly status?: Status | undefined
  readonly declaredAt?: string | undefined
}

export const rowProblems = ['number', 'range', 'kind', 'status', 'date', 'issuer'] as const
export type RowProblem = (typeof rowProblems)[number]

export type ReadRow =
  | { readonly entry: DeclaredEntry }
  | { readonly range: DeclaredRange }
  | { readonly problem: RowProblem }

/** Which column is what, by its header in English, French, Spanish or Arabic; the first of two alike. */
export function columnsOf(headers: readonly string[]): Columns {
  const found: Partial<Record<ColumnName, number>> = {}
  for (const [at, header] of headers.entries()) {
    const folded = foldHeader(header)
    const name = columnNames.find((it) => words.columns[it].some((one) => foldHeader(one) === folded))
    if (name !== undefined && found[name] === undefined) found[name] = at
  }
  return found
}

interface Reading {
  readonly columns: Columns
  readonly defaults: RowDefaults
  /** Of our own state: rows that name another are refused. */
  readonly issuer: string
  readonly today: string
}

export function readRow(fields: readonly string[], { columns, defaults, issuer, today }: Reading): ReadRow {
  const cell = (name: ColumnName) => fields[columns[name] ?? -1]?.trim() ?? ''
  if (cell('issuer') !== '' && issuerOf(cell('issuer')) !== issuer) return { problem: 'issuer' }
  const number = normaliseNumber(cell('number'))
  if (number === null) return { problem: 'number' }
  const kind = cell('kind') === '' ? defaults.kind : kindOf(cell('kind'))
  if (kind === undefined) return { problem: 'kind' }
  const status = cell('status') === '' ? defaults.status : statusOf(cell('status'))
  if (status === undefined) return { problem: 'status' }
  const declaredAt = cell('declaredAt') === '' ? (defaults.declaredAt ?? null) : dateOf(cell('declaredAt'))
  if (declaredAt === null || declaredAt > today) return { problem: 'date' }
  if (cell('to') === '') return { entry: { number, kind, status, declaredAt } }
  const to = normaliseNumber(cell('to'))
  if (to === null || rangeOf(number, to) === null) return { problem: 'range' }
  return { range: { kind, status, declaredAt, from: number, to } }
}

const byWord = new Map<string, Map<string, string>>()

/** Cells repeat a few words millions of times. */
function wordOf(list: 'kinds' | 'statuses', cell: string): string | undefined {
  let known = byWord.get(list)
  if (known === undefined) {
    known = new Map(list === 'kinds' ? kindWords() : statusWords())
    byWord.set(list, known)
  }
  return known.get(cell) ?? known.get(foldHeader(cell))
}

function* kindWords(): Generator<[string, string]> {
  for (const { id, codes, words: spellings } of kinds.kinds)
    for (const it of [id, ...codes, ...spellings]) yield [foldHeader(it), id]
}

function* statusWords(): Generator<[string, string]> {
  for (const status of allStatuses) for (const it of [status, ...words.statuses[status]]) yield [foldHeader(it), status]
}

export const kindOf = (cell: string) => {
  const found = wordOf('kinds', cell.replaceAll('<', ''))
  return found !== undefined && documentKinds.includes(found) ? found : undefined
}
const statusOf = (cell: string) => wordOf('statuses', cell) as Status | undefined

/** ISO 8601, with or without hyphens; a time after it is left out. Null for what is no day. */
function dateOf(cell: string): string | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T ])/.exec(cell) ?? []
  if (year === undefined) return null
  const date = `${year}-${month}-${day}`
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date
}
