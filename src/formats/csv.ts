import { fault, formatLimits } from '#formats/faults'
import { type Chunks, decodeChunks, type Encoding } from '#formats/text'

export interface CsvRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

export interface CsvOptions {
  readonly encoding?: Encoding
  /** 'auto' takes the one of , ; tab | that the first line has most of, outside quotes. */
  readonly delimiter?: ',' | ';' | '\t' | '|' | 'auto'
}

/**
 * Reads CSV (RFC 4180) row by row: quoted fields with doubled quotes and line breaks inside, rows ended by CRLF, LF or CR, a
 * byte order mark. Blank lines are left out. More lenient than the RFC where files are: a quote inside an unquoted field is
 * itself, and what follows a closing quote belongs to the field. Throws `formats/too-large` (field, row, columns), with the
 * line in its details, `formats/truncated` when a quoted field has no end, and the faults of `decodeChunks`.
 */
export async function* readCsv(chunks: Chunks, options: CsvOptions = {}): AsyncGenerator<CsvRow> {
  const wanted = options.delimiter ?? ','
  let delimiter = wanted === 'auto' ? null : wanted
  let held = ''
  let reading = delimiter === null ? null : startRows(delimiter)
  for await (const text of decodeChunks(chunks, options.encoding)) {
    if (reading === null) {
      held += text
      if (!/[\r\n]/.test(held) && held.length < formatLimits.row) continue
      delimiter = guessDelimiter(held)
      reading = startRows(delimiter)
      yield* reading.feed(held)
      held = ''
    } else yield* reading.feed(text)
  }
  reading ??= startRows(guessDelimiter(held))
  yield* reading.feed(held)
  yield* reading.end()
}

function guessDelimiter(start: string): ',' | ';' | '\t' | '|' {
  const line = (/^[^\r\n]*/.exec(start)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = ([',', ';', '\t', '|'] as const).map((it) => [it, line.split(it).length] as const)
  return counts.reduce((best, it) => (it[1] > best[1] ? it : best))[0]
}

type State = 'start' | 'plain' | 'quoted' | 'closed'

function startRows(delimiter: string) {
  const comma = delimiter.charCodeAt(0)
  let state: State = 'start'
  let field = ''
  let fields: string[] = []
  let size = 0
  let line = 1
  let rowLine = 1
  let afterCarriageReturn = false

  const add = (text: string) => {
    field += text
    size += text.length
    if (field.length > formatLimits.field || size > formatLimits.row) throw tooLarge(rowLine)
  }
  const endField = () => {
    fields.push(field)
    field = ''
    state = 'start'
    if (fields.length > formatLimits.columns) throw tooLarge(rowLine)
  }
  const endRow = (): CsvRow | null => {
    const blank = state === 'start' && fields.length === 0
    if (!blank) endField()
    const row = blank ? null : { line: rowLine, fields }
    fields = []
    size = 0
    state = 'start'
    rowLine = line
    return row
  }

  function feed(text: string): CsvRow[] {
    const rows: CsvRow[] = []
    let from = 0
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      const isBreak = unit === 0x0a || unit === 0x0d
      const isSecondHalf = unit === 0x0a && afterCarriageReturn
      afterCarriageReturn = unit === 0x0d
      if (isBreak && !isSecondHalf) line++
      if (state === 'quoted') {
        if (unit !== 0x22) continue
        add(text.slice(from, index))
        state = 'closed'
      } else if (unit === 0x22 && state === 'start') {
        state = 'quoted'
        from = index + 1
      } else if (unit === 0x22 && state === 'closed') {
        state = 'quoted' // a doubled quote: this one is kept, because the slice begins at it
        from = index
      } else if (unit === comma || isBreak) {
        if (state === 'plain') add(text.slice(from, index))
        if (unit === comma) endField()
        else if (!isSecondHalf) {
          const row = endRow()
          if (row !== null) rows.push(row)
        } else rowLine = line
      } else if (state !== 'plain') {
        state = 'plain'
        from = index
      }
    }
    if (state === 'plain' || state === 'quoted') add(text.slice(from))
    return rows
  }

  function end(): CsvRow[] {
    if (state === 'quoted') {
      throw fault('formats/truncated', 'A quoted field has no end.', { details: { line: rowLine } })
    }
    const row = endRow()
    return row === null ? [] : [row]
  }

  return { feed, end }
}

function tooLarge(line: number) {
  return fault(
    'formats/too-large',
    `The row that begins on line ${line} is too long. A quote may be missing its end.`,
    {
      details: { line },
    },
  )
}
