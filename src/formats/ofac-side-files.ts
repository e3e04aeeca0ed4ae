import { type CsvOptions, type CsvRow, readCsv } from '#formats/csv'
import { fault, formatLimits, type Rejection, rejection } from '#formats/faults'
import { addHeld, addName, addNote, addProperty, type ListEntry, type NameKind } from '#formats/list-entry'
import { type Chunks, plainText } from '#formats/text'
import { countryOf } from '#kernel/countries'
import type { SchemaName } from '#protocol/vocabulary'

export interface SideRows {
  readonly aliases: readonly (readonly string[])[]
  readonly addresses: readonly (readonly string[])[]
  /** Raw: a comment goes on in the middle of a word of the remark that it continues. */
  readonly comments: readonly string[]
}

export interface SideFiles {
  /** The rows of one ent_num, once. */
  take(ref: string): SideRows
  /** What nobody took: rows whose ent_num the list does not have. */
  orphans(): Rejection[]
}

interface Keyed {
  readonly line: number
  readonly fields: readonly string[]
}

const kinds: Readonly<Record<string, NameKind>> = { aka: 'alias', fka: 'previousName', nka: 'alias' }
const sides = { alt: 5, add: 6, comments: 2 } as const
type Side = keyof typeof sides

/** Reads the three side files into maps by ent_num. Rows of a wrong shape go into `rejected`. */
export async function readSideFiles(
  files: { readonly [side in Side]?: Chunks },
  csv: CsvOptions,
  rejected: Rejection[],
): Promise<SideFiles> {
  const maps = {} as Record<Side, Map<string, Keyed[]>>
  for (const side of Object.keys(sides) as Side[]) maps[side] = await readSide(side, files[side], { csv, rejected })
  const takeSide = (side: Side, ref: string) => {
    const rows = maps[side].get(ref) ?? []
    maps[side].delete(ref)
    return rows.map((it) => it.fields)
  }
  return {
    take: (ref) => ({
      aliases: takeSide('alt', ref),
      addresses: takeSide('add', ref),
      comments: takeSide('comments', ref).map((it) => it[1]!),
    }),
    orphans: () =>
      (Object.keys(sides) as Side[]).flatMap((side) =>
        [...maps[side]].flatMap(([ref, rows]) =>
          rows.map((it) =>
            rejection(`${side} line ${it.line}`, 'formats/orphan', `The list has no entry with the ent_num ${ref}.`),
          ),
        ),
      ),
  }
}

async function readSide(
  side: Side,
  chunks: Chunks | undefined,
  { csv, rejected }: { csv: CsvOptions; rejected: Rejection[] },
): Promise<Map<string, Keyed[]>> {
  const map = new Map<string, Keyed[]>()
  if (chunks === undefined) return map
  let count = 0
  for await (const row of readCsv(chunks, csv)) {
    if (row.fields[0]!.startsWith('\u001A')) continue
    const fault = checkRow(side, row)
    if (fault !== null) {
      rejected.push(fault)
      continue
    }
    if (++count > formatLimits.sideRows) throw tooManyRows(side)
    const ref = row.fields[0]!.trim()
    const rows = map.get(ref)
    const keyed = { line: row.line, fields: row.fields }
    if (rows === undefined) map.set(ref, [keyed])
    else rows.push(keyed)
  }
  return map
}

function checkRow(side: Side, { line, fields }: CsvRow): Rejection | null {
  const where = `${side} line ${line}`
  if (fields.length !== sides[side]) {
    return rejection(where, 'formats/wrong-columns', `The row has ${fields.length} columns and not ${sides[side]}.`)
  }
  return /^\s*\d{1,9}\s*$/.test(fields[0]!) ? null : rejection(where, 'formats/no-ref', 'The row has no ent_num.')
}

function tooManyRows(side: Side) {
  return fault('formats/too-large', `The file ${side} has more than ${formatLimits.sideRows} rows.`)
}

/** OFAC writes '-0- ' for a column without a value. */
export function nullable(field: string): string | null {
  const text = field.trim()
  return text === '-0-' || text === '' ? null : field
}

/** ent_num, alt_num, type (aka, fka, nka), name, remarks. */
export function addOfacAlias(entry: ListEntry, [, , type, name, remarks]: readonly string[]): void {
  const quality = plainText(nullable(type ?? '') ?? '', 32)
  const comment = plainText(nullable(remarks ?? '') ?? '')
  const kind = /\bweak\b/i.test(comment) ? 'weakAlias' : (kinds[quality.toLowerCase()] ?? 'alias')
  const { value } = ofacName(entry.schema, nullable(name ?? '') ?? '')
  addName(entry, { value, kind, quality: quality || null })
  if (comment !== '') addNote(entry, `Alias '${value}': ${comment}`)
}

/** ent_num, add_num, address, city with state and postal code, country, remarks. */
export function addOfacAddress(entry: ListEntry, row: readonly string[]): void {
  const [street, city, country, remarks] = row.slice(2).map((it) => plainText(nullable(it) ?? '')) as [
    string,
    string,
    string,
    string,
  ]
  const code = countryOf(country)
  const place = splitCity(city)
  addHeld(entry, 'Address', {
    full: [street, city, country].filter((it) => it !== '').join(', '),
    street,
    ...place,
    country: code,
    summary: remarks,
  })
  if (code !== null && entry.schema !== 'Person') addProperty(entry, 'country', code)
}

/** 'London EC3N 1DY', 'Culiacan, Sinaloa', 'Qeshm, Hormozgan 7951189799'. */
function splitCity(text: string): { city: string; state: string; postalCode: string } {
  const words = text.split(' ')
  const at = words.findIndex((it) => /\d/.test(it))
  const codeAt = at > 0 && words.slice(at).every((it) => /^[A-Z\d-]+$/.test(it)) ? at : words.length
  const place = words.slice(0, codeAt).join(' ')
  const comma = place.indexOf(', ')
  return {
    city: comma === -1 ? place : place.slice(0, comma),
    state: comma === -1 ? '' : place.slice(comma + 2),
    postalCode: words.slice(codeAt).join(' '),
  }
}

/** OFAC writes a person's family name in front: 'DOE, John, Jr.' is John DOE Jr. Other subjects keep their name. */
export function ofacName(schema: SchemaName, written: string): { value: string; parts: Record<string, string> } {
  const text = plainText(written)
  const pieces = text.split(', ')
  if (schema !== 'Person' || pieces.length < 2) return { value: text, parts: {} }
  const isSuffix = (it: string) => /^(jr|sr|ii|iii|iv)\.?$/i.test(it)
  const [lastName, ...rest] = pieces as [string, ...string[]]
  const given = rest.filter((it) => !isSuffix(it)).join(' ')
  const suffix = rest.filter(isSuffix).join(' ')
  return {
    value: [given, lastName, suffix].filter((it) => it !== '').join(' '),
    parts: { lastName, firstName: given, nameSuffix: suffix },
  }
}
