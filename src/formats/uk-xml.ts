import { fault, type Rejection, rejection } from '#formats/faults'
import { addNote, finishEntry, type ListEntry, type ListItem, newEntry, promoteName } from '#formats/list-entry'
import { addBirthPlace } from '#formats/list-identifier'
import { type Chunks, plainText } from '#formats/text'
import {
  addUkAddress,
  addUkDocument,
  addUkName,
  addUkNonLatinName,
  numbered,
  ukDate,
  ukFields,
} from '#formats/uk-fields'
import { childText, readXmlElements, type XmlElement } from '#formats/xml-elements'
import type { SchemaName } from '#protocol/vocabulary'

const shape = {
  root: 'Designations',
  items: new Set(['DateGenerated', 'Designation']),
  notThis: 'formats/not-uk-list',
} as const

const schemas: Readonly<Record<string, SchemaName>> = { individual: 'Person', entity: 'Organization', ship: 'Vessel' }

export function ukSchemaOf(kind: string): SchemaName | undefined {
  return schemas[kind.trim().toLowerCase()]
}

/**
 * Reads the UK Sanctions List as XML (FCDO, sanctionslist.fcdo.gov.uk; the one list of the United Kingdom since the OFSI
 * consolidated list closed in January 2026): each Designation by its UniqueID. An element that this reader does not know
 * becomes a note. Rejected: a designation without UniqueID, with one already read, of an unknown kind, or without a name.
 * Throws `formats/not-uk-list` and the faults of `readXmlElements`.
 */
export async function* readUkList(chunks: Chunks): AsyncGenerator<ListItem> {
  const seen = new Set<string>()
  let isHeaded = false
  const header = (generatedAt: string | null): ListItem => ({ kind: 'header', source: 'uk-sanctions', generatedAt })
  for await (const item of readXmlElements(chunks, shape)) {
    if (item.kind === 'root') continue
    const { element } = item
    if (!isHeaded) yield header(element.name === 'DateGenerated' ? ukDate(element.text) : null)
    isHeaded = true
    if (element.name === 'DateGenerated') continue
    yield readDesignation(element, seen, `line ${item.line}`)
  }
  if (!isHeaded) throw fault('formats/not-uk-list', 'The file has no designation.')
}

function readDesignation(element: XmlElement, seen: Set<string>, where: string): ListItem {
  const ref = childText(element, 'UniqueID')
  const wrong = refuseRef(ref, seen, where)
  if (wrong !== null) return wrong
  const kind = childText(element, 'IndividualEntityShip')
  const schema = ukSchemaOf(kind)
  if (schema === undefined)
    return rejection(ref, 'formats/unknown-type', `The kind '${plainText(kind, 64)}' is unknown.`)
  const entry = newEntry(ref, schema)
  entry.reference = ref
  for (const child of element.children) addUkElement(entry, child)
  promoteName(entry)
  return finishEntry(entry, ref)
}

export function refuseRef(ref: string, seen: Set<string>, where: string): Rejection | null {
  if (!/^[\w.-]{1,64}$/.test(ref)) return rejection(where, 'formats/no-ref', 'The designation has no unique ID.')
  if (seen.has(ref)) return rejection(where, 'formats/duplicate-ref', `The unique ID ${ref} was already read.`)
  seen.add(ref)
  return null
}

/** Elements that say one thing with several of their children. */
const composites: Readonly<Record<string, (entry: ListEntry, element: XmlElement) => void>> = {
  Name: (entry, it) =>
    addUkName(entry, {
      parts: [1, 2, 3, 4, 5, 6].map((at) => childText(it, `Name${at}`)),
      type: childText(it, 'NameType'),
      strength: childText(it, 'AliasStrength'),
    }),
  NonLatinName: (entry, it) => addUkNonLatinName(entry, childText(it, 'NameNonLatinScript')),
  Address: (entry, it) =>
    addUkAddress(
      entry,
      [1, 2, 3, 4, 5, 6].map((at) => childText(it, `AddressLine${at}`)),
      childText(it, 'AddressPostalCode'),
      childText(it, 'AddressCountry'),
    ),
  Location: (entry, it) =>
    addBirthPlace(
      entry,
      [childText(it, 'TownOfBirth'), childText(it, 'CountryOfBirth')],
      childText(it, 'CountryOfBirth'),
    ),
  SanctionsImposedIndicators: () => {}, // the same as SanctionsImposed, as flags
}

function addUkElement(entry: ListEntry, element: XmlElement): void {
  const composite = composites[element.name]
  const has = (name: string) => element.children.some((it) => it.name === name)
  if (composite !== undefined) composite(entry, element)
  else if (has('PassportNumber'))
    addUkDocument(
      entry,
      'Passport',
      childText(element, 'PassportNumber'),
      childText(element, 'PassportAdditionalInformation'),
    )
  else if (has('NationalIdentifierNumber'))
    addUkDocument(
      entry,
      'National identifier',
      childText(element, 'NationalIdentifierNumber'),
      childText(element, 'NationalIdentifierAdditionalInformation'),
    )
  else if (has('NameNonLatinScript')) composites.NonLatinName!(entry, element)
  else if (element.children.length > 0) for (const child of element.children) addUkElement(entry, child)
  else addUkLeaf(entry, element.name, element.text)
}

function addUkLeaf(entry: ListEntry, name: string, text: string): void {
  for (const it of numbered(text)) {
    const field = ukFields[name]
    if (field !== undefined) field(entry, it)
    else addNote(entry, `${name}: ${it}`)
  }
}
