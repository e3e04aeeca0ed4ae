import { z } from 'zod'
import { fault } from '#formats/faults'
import { isProtected } from '#formats/protected-characteristics'
import { isFault } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import { type SchemaName, schemata } from '#protocol/vocabulary'

const subjects = ['Person', 'Organization', 'Company', 'LegalEntity', 'Vehicle', 'Vessel', 'Airplane'] as const
const Subject = z.enum(subjects)

/** Meanings that are no property of the vocabulary. */
const ownMeanings = [
  'ref',
  'reference',
  'schema',
  'identifier',
  'wallet',
  'address',
  'programme',
  'linkedTo',
  'listedOn',
  'updatedOn',
  'remarks',
  'note',
  'ignore',
] as const
const meanings = new Set<string>([...ownMeanings, ...subjects.flatMap((it) => schemata[it as SchemaName])])

const Meaning = z.string().refine((it) => meanings.has(it), 'is no meaning of a column')

const Column = z.union([
  Meaning,
  z.strictObject({
    as: Meaning,
    /** Parts a cell with several values. */
    split: z.string().min(1).max(8).optional(),
    /** Of an identifier: what it is, in the list's own words. */
    type: z.string().min(1).max(120).optional(),
    /** Of an identifier: the column of the country that gave it. */
    countryColumn: z.string().max(256).optional(),
    /** Of a wallet. */
    currency: z.string().max(16).optional(),
  }),
])

/** What the columns of an operator's own list mean. A column that it does not name becomes a note under its header. */
export const CsvMapping = z.strictObject({
  columns: z.record(z.string().min(1).max(256), Column),
  /** Of a row that does not say it. */
  schema: Subject.default('Person'),
  /** Words of the schema column with what they mean; letter case does not count. */
  schemas: z.record(z.string(), Subject).default({}),
  /** How 03/04/1971 is read; both ways where it is not said. */
  dates: z.enum(['dmy', 'mdy']).optional(),
  delimiter: z.enum([',', ';', '\t', '|', 'auto']).default('auto'),
  encoding: z.enum(['utf-8', 'latin-1']).default('utf-8'),
  /** Rows with one ref are one entry with all that any of them says; otherwise the second is rejected. */
  joinRows: z.boolean().default(false),
})
export type CsvMapping = z.infer<typeof CsvMapping>

export interface ColumnMeaning {
  readonly as: string
  readonly split?: string | undefined
  readonly type?: string | undefined
  readonly countryColumn?: string | undefined
  readonly currency?: string | undefined
}

/** Reads the mapping that an operator gives with a list. Throws `formats/wrong-mapping` with the place of the mistake. */
export function readCsvMapping(text: string): CsvMapping {
  let value: unknown
  try {
    value = parseJson(text, { bytes: 262_144, depth: 8 })
  } catch (cause) {
    if (isFault(cause)) throw fault('formats/wrong-mapping', `The mapping is no JSON: ${cause.message}`, { cause })
    throw cause
  }
  const parsed = CsvMapping.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw fault(
      'formats/wrong-mapping',
      `The mapping is wrong at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
    )
  }
  const means = Object.entries(parsed.data.columns).map(([header, it]) => [header, meaningOf(it).as] as const)
  if (!means.some(([, as]) => as === 'name' || as === 'lastName'))
    throw fault('formats/wrong-mapping', 'The mapping has no column with the name.')
  const kept = means.find(([header, as]) => isProtected(header) && as !== 'ignore')
  if (kept !== undefined)
    throw fault('formats/wrong-mapping', `The column ${kept[0]} names a protected characteristic, which is not kept.`)
  return parsed.data
}

export function meaningOf(column: z.infer<typeof Column>): ColumnMeaning {
  return typeof column === 'string' ? { as: column } : column
}
