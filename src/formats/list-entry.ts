import { formatLimits, type Rejection, rejection } from '#formats/faults'
import { plainText, scriptOf, textParts } from '#formats/text'
import { hasProperty, type SchemaName } from '#protocol/vocabulary'

export type NameKind = 'name' | 'alias' | 'weakAlias' | 'previousName'

export interface ListName {
  readonly value: string
  readonly kind: NameKind
  /** The list's own word for it: 'Good', 'Low', 'a.k.a.', 'fka'. Null where the list gives none, as for a primary name. */
  readonly quality: string | null
  readonly lang?: string
  /** ISO 15924, read from the letters: 'Latn', 'Arab', 'Cyrl'. */
  readonly script?: string
}

export type HeldListSchema = 'Passport' | 'Identification' | 'Address' | 'BankAccount' | 'CryptoWallet'

export interface ListHeld {
  readonly schema: HeldListSchema
  readonly properties: Record<string, string[]>
}

/**
 * One subject of a published list, the same whatever the list's format. Dates are partial ISO 8601 ('1971', '1971-03',
 * '1971-03-04') or an interval ('1960/1965'); an approximate one has a note beside it. Countries are ISO 3166-1 alpha-2 in
 * lower case. What the list says and the vocabulary has no place for is in `properties.notes`: nothing is left out.
 */
export interface ListEntry {
  /** Stable within its list: the UN's DATAID, OFAC's ent_num. */
  readonly ref: string
  /** What people cite: 'QDi.001'. */
  reference: string | null
  readonly schema: SchemaName
  readonly names: ListName[]
  /** Other FollowTheMoney properties of the schema. Names and programmes have their own members. */
  readonly properties: Record<string, string[]>
  readonly held: ListHeld[]
  readonly programmes: string[]
  /** Names of other subjects to which the list ties this one without saying how (OFAC 'Linked To'). */
  readonly linkedTo: string[]
  listedOn: string | null
  updatedOn: string | null
  /** Free text of the list that no reader took apart. */
  remarks: string | null
}

export interface ListHeader {
  readonly kind: 'header'
  readonly source: string
  readonly generatedAt: string | null
}

export type ListItem = ListHeader | { readonly kind: 'entry'; readonly entry: ListEntry } | Rejection

export function newEntry(ref: string, schema: SchemaName): ListEntry {
  return {
    ref,
    reference: null,
    schema,
    names: [],
    properties: {},
    held: [],
    programmes: [],
    linkedTo: [],
    listedOn: null,
    updatedOn: null,
    remarks: null,
  }
}

/** Adds a name once; its script is read from the letters. Blank names are left out. */
export function addName(entry: ListEntry, name: Pick<ListName, 'value' | 'kind' | 'quality' | 'lang'>): void {
  const value = plainText(name.value, formatLimits.name)
  if (value === '' || isFull(entry.names)) return
  if (entry.names.some((it) => it.value === value && it.kind === name.kind)) return
  const script = scriptOf(value)
  entry.names.push({
    value,
    kind: name.kind,
    quality: name.quality,
    ...(name.lang === undefined ? {} : { lang: name.lang }),
    ...(script === null ? {} : { script }),
  })
}

/** Adds a value once. A property that the schema does not have becomes a note, so that nothing is lost. */
export function addProperty(entry: ListEntry, property: string, value: string): void {
  const text = plainText(value)
  if (text === '') return
  if (hasProperty(entry.schema, property)) addValue(entry.properties, property, text)
  else addNote(entry, `${property}: ${text}`)
}

export function addNote(entry: ListEntry, text: string): void {
  for (const part of textParts(text)) addValue(entry.properties, 'notes', part)
}

/** Adds a held document, address, account or wallet, unless it is blank or already there. */
export function addHeld(entry: ListEntry, schema: HeldListSchema, values: Record<string, string | null>): void {
  const properties: Record<string, string[]> = {}
  for (const [property, value] of Object.entries(values)) {
    const text = value === null ? '' : plainText(value)
    if (text !== '') properties[property] = [text]
  }
  if (isFull(entry.held) || Object.keys(properties).every((it) => it === 'type')) return
  if (!entry.held.some((it) => it.schema === schema && same(it.properties, properties))) {
    entry.held.push({ schema, properties })
  }
}

function same(one: Record<string, string[]>, other: Record<string, string[]>): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((it) => one[it]![0] === other[it]?.[0])
}

/** One beyond the limit is kept, so that `finishEntry` sees it; the rest would only cost time. */
function isFull(values: readonly unknown[]): boolean {
  return values.length > formatLimits.valuesPerProperty
}

export function addValue(properties: Record<string, string[]>, property: string, value: string): void {
  const values = properties[property]
  if (values === undefined) properties[property] = [value]
  else if (!isFull(values) && !values.includes(value)) values.push(value)
}

/** Lists that do not say which name is the first one: the best of what there is becomes it, so that no entry is lost. */
export function promoteName(entry: ListEntry): void {
  if (entry.names.some((it) => it.kind === 'name')) return
  const at = Math.max(
    0,
    entry.names.findIndex((it) => it.kind === 'alias'),
  )
  const first = entry.names[at]
  if (first !== undefined) entry.names.splice(at, 1, { ...first, kind: 'name' })
}

export function addProgramme(entry: ListEntry, text: string): void {
  const programme = plainText(text, formatLimits.programme)
  if (programme !== '' && !entry.programmes.includes(programme)) entry.programmes.push(programme)
}

export function addLink(entry: ListEntry, text: string): void {
  const name = plainText(text, formatLimits.name)
  if (name !== '' && !entry.linkedTo.includes(name)) entry.linkedTo.push(name)
}

/** Joins a text to the remarks; what is beyond their limit becomes notes. */
export function addRemark(entry: ListEntry, text: string): void {
  const whole = entry.remarks === null ? text : `${entry.remarks}; ${text}`
  const [first, ...more] = textParts(whole, formatLimits.remarks)
  entry.remarks = first ?? null
  for (const part of more) addNote(entry, part)
}

/** The entry as an item, or its rejection when it has no name or more values than an entity may carry. */
export function finishEntry(entry: ListEntry, where: string): ListItem {
  if (!entry.names.some((it) => it.kind === 'name')) {
    return rejection(where, 'formats/no-name', 'The entry has no name.')
  }
  const tooMany =
    entry.held.length > formatLimits.held ||
    entry.programmes.length > formatLimits.programmes ||
    [entry.names, entry.linkedTo, ...Object.values(entry.properties)].some(isFull)
  if (tooMany)
    return rejection(where, 'formats/too-many-values', 'A list of the entry is longer than a record may carry.')
  return { kind: 'entry', entry }
}
