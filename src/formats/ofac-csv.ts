import { readCsv } from '#formats/csv'
import { fault, type Rejection, rejection } from '#formats/faults'
import {
  addName,
  addNote,
  addProgramme,
  addProperty,
  finishEntry,
  type ListEntry,
  type ListItem,
  newEntry,
} from '#formats/list-entry'
import { addOfacRemarks, joinRemarks } from '#formats/ofac-remarks'
import {
  addOfacAddress,
  addOfacAlias,
  nullable,
  ofacName,
  readSideFiles,
  type SideFiles,
} from '#formats/ofac-side-files'
import type { Chunks, Encoding } from '#formats/text'
import { plainText } from '#formats/text'
import { countryOf } from '#kernel/countries'
import type { SchemaName } from '#protocol/vocabulary'

export interface OfacFiles {
  readonly sdn: Chunks
  readonly alt?: Chunks
  readonly add?: Chunks
  readonly comments?: Chunks
}

export interface OfacOptions {
  readonly encoding?: Encoding
  /**
   * OFAC ends each file with the character SUB (0x1A). 'required' refuses an sdn file without it as truncated, which is the
   * only way to tell that rows at the end are missing; some copies have lost the mark.
   */
  readonly endMark?: 'required' | 'optional'
}

const schemas: Readonly<Record<string, SchemaName>> = { individual: 'Person', vessel: 'Vessel', aircraft: 'Airplane' }
const columns = 12
const endMark = '\u001A'
/** Ranks and forms of address in OFAC's title column; anything else there is a position. */
const honorifics =
  /^(haji|hajji|hajj|doctor|dr\.?|sheikh|shaykh|shaykhah?|maulana|maulavi|maulawi|mullah|mufti|qari|ustad|hojjatoleslam|ayatollah|professor|prince|(brigadier |major |lieutenant )?general|(lieutenant )?colonel|major|captain|admiral|(1st |2nd |second |first )?lieutenant|engineer|alhaji?)$/i

/**
 * Reads OFAC's legacy lists (sdn.csv, alt.csv, add.csv, sdn_comments.csv; the columns are in OFAC's dat_spec.txt). The
 * first file is streamed; the three others are read before it, because they are keyed by its ent_num. '-0-' is null. The
 * remarks are taken apart (see `addOfacRemarks`). Rejected: rows without twelve columns or a number in front, a type or an
 * ent_num that is unknown, a repeated ent_num, an alias, address or comment whose ent_num the list does not have. Throws
 * `formats/not-ofac-list`, `formats/truncated`, and the faults of `readCsv`.
 */
export async function* readOfacList(files: OfacFiles, options: OfacOptions = {}): AsyncGenerator<ListItem> {
  const csv = options.encoding === undefined ? {} : { encoding: options.encoding }
  const rejected: Rejection[] = []
  const side = await readSideFiles(files, csv, rejected)
  yield { kind: 'header', source: 'ofac-sdn', generatedAt: null }
  yield* rejected
  const seen = new Set<string>()
  let ended = false
  let last: ListItem | null = null
  let short: number | null = null
  for await (const { line, fields } of readCsv(files.sdn, csv)) {
    if (last !== null) yield last
    last = null
    short = null
    if (fields[0]!.startsWith(endMark)) {
      ended = true
      continue
    }
    ended = false
    const where = `sdn line ${line}`
    const ref = fields[0]!.trim()
    if (line === 1 && fields.length !== columns) {
      throw fault('formats/not-ofac-list', 'The first row is not a row of OFAC sdn.csv.')
    }
    if (fields.length !== columns) {
      short = line
      last = rejection(where, 'formats/wrong-columns', `The row has ${fields.length} columns and not ${columns}.`)
    } else if (!/^\d{1,9}$/.test(ref)) last = rejection(where, 'formats/no-ref', 'The row has no ent_num.')
    else if (seen.has(ref)) last = rejection(where, 'formats/duplicate-ref', `The ent_num ${ref} was already read.`)
    else {
      seen.add(ref)
      last = readRow(ref, fields, side)
    }
  }
  if (short !== null) {
    throw fault('formats/truncated', 'The file ends inside a row.', { details: { line: short } })
  }
  if (last !== null) yield last
  if (seen.size === 0) throw fault('formats/not-ofac-list', 'The file has no row.')
  if (!ended && options.endMark === 'required') {
    throw fault('formats/truncated', 'The file does not end with the SUB character.')
  }
  yield* side.orphans()
}

function readRow(ref: string, fields: readonly string[], side: SideFiles): ListItem {
  const [, name, type, programmes, titles, callSign, vesselType, tonnage, grt, flag, owner, remarks] =
    fields.map(nullable)
  const schema = type === null ? 'Organization' : schemas[type!.toLowerCase()]
  const found = side.take(ref)
  if (schema === undefined)
    return rejection(ref, 'formats/unknown-type', `The type '${plainText(type!, 64)}' is unknown.`)
  const entry = newEntry(ref, schema)
  const primary = ofacName(schema, name ?? '')
  addName(entry, { value: primary.value, kind: 'name', quality: null })
  for (const [property, value] of Object.entries(primary.parts)) addProperty(entry, property, value)
  for (const programme of (programmes ?? '').split('] [')) {
    addProgramme(entry, programme)
  }
  addOfacTitles(entry, titles ?? null)
  addProperty(entry, 'callSign', callSign ?? '')
  addProperty(entry, 'type', vesselType ?? '')
  addProperty(entry, 'tonnage', (tonnage ?? '').replaceAll(',', ''))
  addProperty(entry, 'grossRegisteredTonnage', (grt ?? '').replaceAll(',', ''))
  if (flag != null && countryOf(flag) === null) addNote(entry, `Flag: ${flag}`)
  else if (flag != null) addProperty(entry, 'flag', countryOf(flag)!)
  addProperty(entry, 'owner', owner ?? '')
  for (const alias of found.aliases) addOfacAlias(entry, alias)
  for (const address of found.addresses) addOfacAddress(entry, address)
  addOfacRemarks(entry, joinRemarks(remarks ?? null, found.comments))
  return finishEntry(entry, ref)
}

/** Titles as OFAC writes them, apart at semicolons: a rank or a form of address, or else a position. */
export function addOfacTitles(entry: ListEntry, titles: string | null): void {
  for (const title of (titles ?? '').split(';')) {
    const text = plainText(title)
    if (text !== '') addProperty(entry, honorifics.test(text) ? 'title' : 'position', text)
  }
}
