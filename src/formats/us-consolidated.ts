import { readTable, type TableRow } from '#formats/csv-table'
import { fault, formatLimits, type Rejection, rejection } from '#formats/faults'
import {
  addName,
  addNote,
  addProgramme,
  addProperty,
  finishEntry,
  type ListEntry,
  type ListItem,
  type NameKind,
  newEntry,
} from '#formats/list-entry'
import { addCountry, addPlace } from '#formats/list-identifier'
import { addOfacTitles } from '#formats/ofac-csv'
import { addOfacRemarks, addOfacSegment } from '#formats/ofac-remarks'
import { ofacName } from '#formats/ofac-side-files'
import { partialDate } from '#formats/partial-date'
import { type Chunks, plainText } from '#formats/text'
import { addOtherWritings, readWrittenName } from '#formats/un-names'
import { addUsId } from '#formats/us-consolidated-ids'
import type { SchemaName } from '#protocol/vocabulary'

const schemas: Readonly<Record<string, SchemaName>> = {
  individual: 'Person',
  entity: 'Organization',
  vessel: 'Vessel',
  aircraft: 'Airplane',
  '': 'LegalEntity',
}
/** Columns whose text is kept as it is, under these words. */
const noted = {
  federal_register_notice: 'Federal Register',
  end_date: 'Ends on',
  standard_order: 'Standard order',
  license_requirement: 'License requirement',
  license_policy: 'License policy',
  source_list_url: 'Source',
  source_information_url: 'Information',
} as const

/**
 * Reads the Consolidated Screening List of the United States as CSV (trade.gov, consolidated.csv): the lists of Treasury,
 * Commerce and State in one table, several values in one cell parted by '; '. An entity that stands on several of them has a
 * row for each with the same _id: they become one entry with all that any of them says. Entries are held until the end for
 * that. Rejected: rows without _id or of another width, a type that is unknown. Throws `formats/not-us-list` and the faults of
 * `readTable`.
 */
export async function* readUsConsolidated(chunks: Chunks): AsyncGenerator<ListItem> {
  const entries = new Map<string, ListEntry>()
  const rejected: Rejection[] = []
  const needs = ['_id', 'source', 'name', 'alt_names', 'ids']
  for await (const row of readTable(chunks, { needs, notThis: 'formats/not-us-list' })) {
    if (row.kind === 'rejected') {
      rejected.push(row)
      continue
    }
    const ref = row.cell('_id').trim()
    const type = plainText(row.cell('type'), 64)
    const schema = schemas[type.toLowerCase()]
    const where = `line ${row.line}`
    if (!/^[\w.-]{1,64}$/.test(ref)) rejected.push(rejection(where, 'formats/no-ref', 'The row has no _id to go by.'))
    else if (schema === undefined)
      rejected.push(rejection(where, 'formats/unknown-type', `The type '${type}' is unknown.`))
    else {
      const entry = entries.get(ref) ?? newEntry(ref, schema)
      entries.set(ref, entry)
      if (entries.size > formatLimits.entries) throw fault('formats/too-large', 'The file has too many rows.')
      addRow(entry, row)
    }
  }
  yield { kind: 'header', source: 'us-consolidated', generatedAt: null }
  for (const [ref, entry] of entries) yield finishEntry(entry, ref)
  yield* rejected
}

function addRow(entry: ListEntry, row: TableRow): void {
  const values = (column: string) =>
    row
      .cell(column)
      .split(/;\s+|;$/)
      .map((it) => it.trim())
      .filter(Boolean)
  const source = plainText(row.cell('source'))
  const isTreasury = /treasury/i.test(source)
  addWritten(entry, row.cell('name'), { kind: 'name', isTreasury })
  for (const it of values('alt_names')) addWritten(entry, it.replace(/^and(?: |$)/, ''), { kind: 'alias', isTreasury })
  for (const it of values('programs')) addProgramme(entry, it)
  addProgramme(entry, /\(([A-Z-]{2,10})(?: List)?\)/.exec(source)?.[1] ?? source)
  addNote(entry, `List: ${source}`)
  addOfacTitles(entry, row.cell('title'))
  for (const it of values('addresses')) addAddress(entry, it)
  for (const it of values('nationalities')) addCountry(entry, entry.schema === 'Person' ? 'nationality' : 'country', it)
  for (const it of values('citizenships')) addCountry(entry, entry.schema === 'Person' ? 'citizenship' : 'country', it)
  for (const it of values('dates_of_birth'))
    if (!addOfacSegment(entry, `DOB ${it}`)) addNote(entry, `Date of birth: ${it}`)
  for (const it of values('places_of_birth')) addOfacSegment(entry, `POB ${it}`)
  for (const it of values('ids')) addUsId(entry, it)
  addProperty(entry, 'callSign', row.cell('call_sign'))
  addProperty(entry, 'type', row.cell('vessel_type'))
  addProperty(entry, 'tonnage', row.cell('gross_tonnage').replaceAll(',', ''))
  addProperty(entry, 'grossRegisteredTonnage', row.cell('gross_registered_tonnage').replaceAll(',', ''))
  addCountry(entry, 'flag', row.cell('vessel_flag'))
  addProperty(entry, 'owner', row.cell('vessel_owner'))
  const start = row.cell('start_date')
  const startDate = partialDate(start)
  entry.listedOn ??= startDate
  if (startDate === null && start.trim() !== '') addNote(entry, `Starts on: ${start}`)
  for (const [column, words] of Object.entries(noted)) {
    const text = plainText(row.cell(column))
    if (text !== '') addNote(entry, `${words}: ${text}`)
  }
  addRemarks(entry, row.cell('remarks'))
}

/** Treasury writes a person's family name in front; Commerce and State write a name's acronym in brackets behind it. */
function addWritten(
  entry: ListEntry,
  written: string,
  { kind, isTreasury }: { kind: NameKind; isTreasury: boolean },
): void {
  const as = { kind, quality: null } as const
  if (isTreasury) {
    const { value, parts } = ofacName(entry.schema, written)
    addName(entry, { value, ...as })
    if (kind === 'name') for (const [property, part] of Object.entries(parts)) addProperty(entry, property, part)
    return
  }
  const name = readWrittenName(plainText(written))
  addName(entry, { value: written, ...as })
  if (name.others.length > 0) addName(entry, { value: name.base, ...as })
  addOtherWritings(entry, name, as)
}

/** 'Basrah, IQ': the country is the code at the end, and stands alone when nothing else is known. */
function addAddress(entry: ListEntry, text: string): void {
  const found = /^(?:(.*), )?([A-Z]{2})$/.exec(text)
  if (found === null) addPlace(entry, { full: text })
  else addPlace(entry, { full: text, country: found[2]! })
}

/** '(Linked To: X)' stands in brackets here; the remarks of several rows of one entity are said once. */
function addRemarks(entry: ListEntry, remarks: string): void {
  const said = entry.remarks?.split('; ') ?? []
  const rest = remarks
    .split(/;\s+/)
    .map((it) => it.trim().replace(/^\((Linked To: .*)\)\.?$/, '$1'))
    .filter((it) => it !== '' && !said.includes(it))
  addOfacRemarks(entry, rest.length === 0 ? null : rest.join('; '))
}
