import { csvRow } from '#formats/csv-write'
import type { Rejection } from '#formats/faults'
import type { ScreeningQuery } from '#formats/person-csv'

/** One result of `/match`, as far as it is written down. */
export interface MatchResult {
  readonly id: string
  readonly caption: string
  readonly schema: string
  readonly score: number
  readonly match: boolean
  readonly datasets?: readonly string[]
  /** Of those datasets that are lists. */
  readonly listVersions?: readonly number[]
  readonly explanations?: Readonly<
    Record<string, { readonly description?: string | null; readonly detail?: string | null }>
  >
}

export type RowOutcome =
  | { readonly row: ScreeningQuery; readonly results: readonly MatchResult[] }
  | { readonly row: ScreeningQuery; readonly refused: string }
  | { readonly rejected: Rejection }

/** `match` is at or above the threshold, `possible` below it, `clear` has no result, `unread` was not screened. */
export type Status = 'match' | 'possible' | 'clear' | 'unread'

export interface Tally {
  readonly rows: number
  readonly match: number
  readonly possible: number
  readonly clear: number
  readonly unread: number
}

export const noRows: Tally = { rows: 0, match: 0, possible: 0, clear: 0, unread: 0 }

export function statusOf(outcome: RowOutcome): Status {
  if (!('results' in outcome)) return 'unread'
  if (outcome.results.some((it) => it.match)) return 'match'
  return outcome.results.length > 0 ? 'possible' : 'clear'
}

export function count(tally: Tally, outcome: RowOutcome): Tally {
  const status = statusOf(outcome)
  return { ...tally, rows: tally.rows + 1, [status]: tally[status] + 1 }
}

export type OutputFormat = 'csv' | 'jsonl'

const columns = [
  'line',
  'reference',
  'name',
  'status',
  'score',
  'id',
  'caption',
  'schema',
  'datasets',
  'list version',
  'why',
  'notes',
] as const

export function headOf(format: OutputFormat): string {
  return format === 'csv' ? csvRow(columns) : ''
}

/** Every row of the input has its line, so that the output shows what was screened and what could not be. */
export function linesOf(outcome: RowOutcome, format: OutputFormat): string {
  return format === 'csv' ? csvLines(outcome) : `${JSON.stringify(documentOf(outcome))}\n`
}

function documentOf(outcome: RowOutcome): object {
  const status = statusOf(outcome)
  if ('rejected' in outcome) {
    const { where, code, reason } = outcome.rejected
    return { line: lineOf(where), status, code, reason }
  }
  const { line, reference, schema, properties, warnings } = outcome.row
  const about = { line, reference, status, schema, properties, warnings }
  return 'results' in outcome ? { ...about, results: outcome.results } : { ...about, reason: outcome.refused }
}

function csvLines(outcome: RowOutcome): string {
  const status = statusOf(outcome)
  const write = (cells: Partial<Record<(typeof columns)[number], string>>) =>
    // Captions and names come from others, and a spreadsheet would run a formula in them.
    csvRow(
      columns.map((it) => cells[it] ?? ''),
      { guardFormulas: true },
    )
  if ('rejected' in outcome) {
    const { where, reason } = outcome.rejected
    return write({ line: String(lineOf(where) ?? where), status, notes: reason })
  }
  const { line, reference, properties, warnings } = outcome.row
  const about = { line: String(line), reference: reference ?? '', name: properties.name?.join('; ') ?? '' }
  const notes = warnings.join('; ')
  if (!('results' in outcome)) return write({ ...about, status, notes: outcome.refused })
  if (outcome.results.length === 0) return write({ ...about, status, notes })
  return outcome.results
    .map(({ id, caption, schema, score, match, datasets = [], listVersions = [], explanations = {} }) =>
      write({
        ...about,
        status: match ? 'match' : 'possible',
        score: String(Math.round(score * 1000) / 1000),
        id,
        caption,
        schema,
        datasets: datasets.join('; '),
        'list version': listVersions.join('; '),
        why: Object.values(explanations)
          .flatMap((it) => it.description ?? it.detail ?? [])
          .join('; '),
        notes,
      }),
    )
    .join('')
}

function lineOf(where: string): number | null {
  const found = /^line (\d+)$/.exec(where)
  return found === null ? null : Number(found[1])
}
