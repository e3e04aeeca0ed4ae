export interface CsvWriteOptions {
  readonly delimiter?: ',' | ';' | '\t' | '|'
  /**
   * Puts an apostrophe before a field that a spreadsheet would run as a formula (it begins with = + - @, a tab or a
   * carriage return; OWASP, CSV Injection). Such a field does not read back as it was, so it is off by default.
   */
  readonly guardFormulas?: boolean
  /** Writes a byte order mark, which Excel needs in order to read UTF-8. */
  readonly byteOrderMark?: boolean
}

/** One row of CSV with its CRLF (RFC 4180). Fields are quoted only where they must be. */
export function csvRow(fields: readonly string[], options: CsvWriteOptions = {}): string {
  const delimiter = options.delimiter ?? ','
  const texts = fields.map((field) =>
    quoteField(options.guardFormulas === true ? guardFormula(field) : field, delimiter),
  )
  const row = texts.join(delimiter)
  return `${row === '' ? '""' : row}\r\n` // a bare line would read as no row at all
}

/** Rows as text, one piece a row. */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  options: CsvWriteOptions = {},
): AsyncGenerator<string> {
  if (options.byteOrderMark === true) yield '\uFEFF'
  for await (const row of rows) yield csvRow(row, options)
}

function guardFormula(field: string): string {
  return /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
}

function quoteField(field: string, delimiter: string): string {
  const mustQuote = /["\r\n\uFEFF]/.test(field) || field.includes(delimiter)
  return mustQuote ? `"${field.replaceAll('"', '""')}"` : field
}
