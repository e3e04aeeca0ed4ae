import { type CsvOptions, type CsvRow, readCsv } from '#formats/csv'
import { fault, type Rejection, rejection } from '#formats/faults'
import type { Chunks } from '#formats/text'

export interface TableRow {
  readonly kind: 'row'
  readonly line: number
  /** The cell under a header; empty when the table has no such column. */
  cell(header: string): string
  /** Every header with its cell, in the order of the columns. */
  readonly cells: readonly (readonly [header: string, cell: string])[]
}

interface TableShape {
  /** Headers without which it is another file. Letter case and outer blanks of headers do not count. */
  readonly needs: readonly string[]
  readonly notThis: Parameters<typeof fault>[0]
  /** Called with rows before the header; a row that it takes for a preamble is left out. */
  readonly preamble?: (fields: readonly string[]) => boolean
}

/**
 * Reads CSV with a header row. A row with another number of columns is rejected alone; when it is the last of the file, the
 * file is taken for cut off. Throws `notThis` when the header is another, `formats/truncated`, and the faults of `readCsv`.
 */
export async function* readTable(
  chunks: Chunks,
  { needs, notThis, preamble }: TableShape,
  options: CsvOptions = {},
): AsyncGenerator<TableRow | Rejection> {
  let headers: string[] | undefined
  let short: { readonly row: CsvRow; readonly item: Rejection } | undefined
  for await (const row of readCsv(chunks, options)) {
    if (headers === undefined) {
      if (preamble?.(row.fields) === true) continue
      headers = row.fields.map(keyOf)
      const missing = needs.filter((it) => !headers!.includes(keyOf(it)))
      if (missing.length > 0) throw fault(notThis, `The file has no column ${missing.join(', ')}.`)
      continue
    }
    if (short !== undefined) yield short.item
    short = undefined
    if (row.fields.length === headers.length) yield tableRow(row, headers)
    else {
      const reason = `The row has ${row.fields.length} columns and not ${headers.length}.`
      short = { row, item: rejection(`line ${row.line}`, 'formats/wrong-columns', reason) }
    }
  }
  if (headers === undefined) throw fault(notThis, 'The file is empty.')
  if (short === undefined) return
  const { row, item } = short
  if (row.fields.length > headers.length) yield item
  else throw fault('formats/truncated', 'The file ends inside a row.', { details: { line: row.line } })
}

export function keyOf(header: string): string {
  return header.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

function tableRow({ line, fields }: CsvRow, headers: readonly string[]): TableRow {
  return {
    kind: 'row',
    line,
    cell: (header) => fields[headers.indexOf(keyOf(header))] ?? '',
    cells: headers.map((it, at) => [it, fields[at] ?? ''] as const),
  }
}
