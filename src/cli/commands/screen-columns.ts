import type { Given } from '#cli/command'
import { one } from '#cli/command'
import { usage } from '#cli/failure'
import { type ColumnMeaning, columnMeanings } from '#formats/person-columns'
import type { PersonCsvOptions } from '#formats/person-csv'
import type { SchemaName } from '#protocol/vocabulary'

const delimiters: Readonly<Record<string, NonNullable<PersonCsvOptions['delimiter']>>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  auto: 'auto',
}

/** How the file is read, from the flags. `--column "Kunde=name"` maps a header, `--column "Notes="` leaves one out. */
export async function readingOptions(given: Given): Promise<PersonCsvOptions> {
  const { nodeSchemata } = await import('#protocol/vocabulary')
  const schema = one(given, 'schema')
  if (schema !== undefined && !(nodeSchemata as readonly string[]).includes(schema))
    throw usage(`--schema is one of: ${nodeSchemata.join(', ')}.`)
  const delimiter = one(given, 'delimiter')
  if (delimiter !== undefined && !Object.hasOwn(delimiters, delimiter))
    throw usage(`--delimiter is one of: ${Object.keys(delimiters).join(', ')}.`)
  const dateOrder = one(given, 'dates')
  if (dateOrder !== undefined && dateOrder !== 'dmy' && dateOrder !== 'mdy') throw usage('--dates is dmy or mdy.')
  const encoding = one(given, 'encoding')
  if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'latin-1')
    throw usage('--encoding is utf-8 or latin-1.')
  return {
    ...(schema === undefined ? {} : { schema: schema as SchemaName }),
    ...(delimiter === undefined ? {} : { delimiter: delimiters[delimiter]! }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(given.has('column') ? { columns: Object.fromEntries(given.get('column')!.map(meaningIn)) } : {}),
  }
}

/** How the headers are read, for a person to see before the results: `name = name, dob = birthDate; left out: shoe size`. */
export function readingOf(
  headers: readonly string[],
  meaningOf: (header: string) => string | null | undefined,
): string {
  const said = headers.map((it) => [it, meaningOf(it)] as const)
  const used = said.flatMap(([header, it]) => (it ? [`${header} = ${it}`] : []))
  const left = said.flatMap(([header, it]) => (it ? [] : [header]))
  return `Columns: ${used.join(', ')}${left.length === 0 ? '' : `; left out: ${left.join(', ')}`}.`
}

/** The header row of a CSV as it is read with these options. */
export async function csvReading(file: string, options: PersonCsvOptions): Promise<string> {
  const { createReadStream } = await import('node:fs')
  const { readCsv } = await import('#formats/csv')
  const { foldHeader, recogniseColumn } = await import('#formats/person-columns')
  const settled = new Map(Object.entries(options.columns ?? {}).map(([header, it]) => [foldHeader(header), it]))
  for await (const { fields } of readCsv(createReadStream(file), { delimiter: 'auto', ...options })) {
    return readingOf(fields, (it) => {
      const given = settled.get(foldHeader(it))
      return given === undefined ? recogniseColumn(it) : given
    })
  }
  return ''
}

function meaningIn(text: string): [string, ColumnMeaning | null] {
  const at = text.lastIndexOf('=')
  const meaning = text.slice(at + 1).trim()
  const known = columnMeanings.find((it) => it.toLowerCase() === meaning.toLowerCase())
  if (at < 1 || (known === undefined && meaning !== ''))
    throw usage(`--column takes header=meaning, with one of: ${columnMeanings.join(', ')}. Not: ${text}`)
  return [text.slice(0, at), known ?? null]
}
