import { keyOf, readTable, type TableRow } from '#formats/csv-table'
import { fault, formatLimits, type Rejection, rejection } from '#formats/faults'
import { addNote, finishEntry, type ListEntry, type ListItem, newEntry, promoteName } from '#formats/list-entry'
import { addBirthPlace } from '#formats/list-identifier'
import { dateIn } from '#formats/partial-date'
import { type Chunks, plainText } from '#formats/text'
import { addUkAddress, addUkDocument, addUkName, addUkNonLatinName, numbered, ukFields } from '#formats/uk-fields'
import { ukSchemaOf } from '#formats/uk-xml'

/** Columns whose header is not the name of the XML element, letters only. */
const headers: Readonly<Record<string, keyof typeof ukFields>> = {
  individualentityship: 'IndividualEntityShip',
  designationtype: 'IndividualEntityShip',
  dob: 'DOB',
  nationalityies: 'Nationality',
  businessregistrationnumbers: 'BusinessRegistrationNumber',
  subsidiaries: 'Subsidiary',
  currentowneroperators: 'CurrentOwnerOperator',
  previousowneroperators: 'PreviousOwnerOperator',
  previousflags: 'PreviousFlag',
  hullidentificationnumberhin: 'HullIdentificationNumber',
  emailaddress: 'EmailAddress',
  phonenumber: 'PhoneNumber',
}
const byLetters = new Map([
  ...Object.keys(ukFields).map((it) => [it.toLowerCase(), it] as const),
  ...Object.entries(headers),
])
const composite = new Set([
  ...[1, 2, 3, 4, 5, 6].flatMap((at) => [`name${at}`, `addressline${at}`]),
  ...['nametype', 'aliasstrength', 'namenonlatinscript', 'nonlatinscripttype', 'nonlatinscriptlanguage'],
  ...['addresspostalcode', 'addresscountry', 'townofbirth', 'countryofbirth', 'passportnumber'],
  ...['passportadditionalinformation', 'nationalidentifiernumber', 'nationalidentifieradditionalinformation'],
])

/**
 * Reads the UK Sanctions List as CSV: a first line 'Report Date: …', a header, then a row for each name, address and other
 * value of a designation, joined by their unique ID. Entries are held until the end for that. Throws `formats/not-uk-list`
 * and the faults of `readTable`.
 */
export async function* readUkCsv(chunks: Chunks): AsyncGenerator<ListItem> {
  const entries = new Map<string, ListEntry>()
  const rejected: Rejection[] = []
  let generatedAt: string | null = null
  const preamble = (fields: readonly string[]) => {
    const [first = ''] = fields
    if (!/^report date/i.test(first)) return false
    generatedAt = dateIn(first.replaceAll('-', ' ')) ?? dateIn((fields[1] ?? '').replaceAll('-', ' '))
    return true
  }
  const shape = { needs: ['Unique ID', 'Name 6', 'Name type'], notThis: 'formats/not-uk-list', preamble } as const
  for await (const row of readTable(chunks, shape)) {
    if (row.kind === 'rejected') rejected.push(row)
    else addRow(row, entries, rejected)
  }
  yield { kind: 'header', source: 'uk-sanctions', generatedAt }
  for (const [ref, entry] of entries) {
    promoteName(entry)
    yield finishEntry(entry, ref)
  }
  yield* rejected
}

function addRow(row: TableRow, entries: Map<string, ListEntry>, rejected: Rejection[]): void {
  const ref = row.cell('Unique ID').trim()
  const where = `line ${row.line}`
  if (!/^[\w.-]{1,64}$/.test(ref)) {
    rejected.push(rejection(where, 'formats/no-ref', 'The row has no unique ID.'))
    return
  }
  const kind = row.cell('Designation Type') || row.cell('Individual, Entity, Ship')
  const schema = ukSchemaOf(kind)
  const entry = entries.get(ref) ?? (schema === undefined ? undefined : newEntry(ref, schema))
  if (entry === undefined) {
    rejected.push(rejection(where, 'formats/unknown-type', `The kind '${plainText(kind, 64)}' is unknown.`))
    return
  }
  entry.reference = ref
  entries.set(ref, entry)
  if (entries.size > formatLimits.entries) throw fault('formats/too-large', 'The file has too many rows.')
  addUkRow(entry, row)
}

function addUkRow(entry: ListEntry, row: TableRow): void {
  const six = (words: string) => [1, 2, 3, 4, 5, 6].map((at) => plainText(row.cell(`${words} ${at}`)))
  addUkName(entry, { parts: six('Name'), type: row.cell('Name type'), strength: row.cell('Alias strength') })
  addUkNonLatinName(entry, row.cell('Name non-latin script'))
  addUkAddress(entry, six('Address Line'), row.cell('Address Postal Code'), row.cell('Address Country'))
  addBirthPlace(entry, [row.cell('Town of birth'), row.cell('Country of birth')], row.cell('Country of birth'))
  for (const [type, words] of [
    ['Passport', 'Passport'],
    ['National identifier', 'National Identifier'],
  ] as const) {
    const information = row.cell(`${words} additional information`)
    for (const it of numbered(row.cell(`${words} number`))) addUkDocument(entry, type, it, plainText(information))
  }
  for (const [header, cell] of row.cells) {
    const letters = header.replaceAll(/[^a-z0-9]/g, '')
    if (composite.has(letters)) continue
    const field = byLetters.get(letters)
    for (const it of numbered(cell)) {
      if (field !== undefined) ukFields[field]!(entry, it)
      else addNote(entry, `${keyOf(header)}: ${it}`)
    }
  }
}
