import type { RawEntity } from '#formats/ftm-line'
import {
  addHeld,
  addLink,
  addName,
  addNote,
  addProgramme,
  addProperty,
  addRemark,
  type HeldListSchema,
  type ListEntry,
  newEntry,
  promoteName,
} from '#formats/list-entry'
import { hashOf } from '#kernel/canonical'
import { hasProperty, type SchemaName, schemata } from '#protocol/vocabulary'

/** Schemata of FollowTheMoney that can be on a list, with ours for them. */
export const listedSchemata: Readonly<Record<string, SchemaName>> = {
  Person: 'Person',
  LegalEntity: 'LegalEntity',
  Organization: 'Organization',
  PublicBody: 'Organization',
  Company: 'Company',
  Vessel: 'Vessel',
  Airplane: 'Airplane',
  Vehicle: 'Vehicle',
  CryptoWallet: 'CryptoWallet',
}

/** What an entity holds, and the property by which it says whose it is; an address is named by its holder instead. */
export const heldBy: Readonly<Record<string, string>> = {
  Passport: 'holder',
  Identification: 'holder',
  BankAccount: 'holder',
  CryptoWallet: 'holder',
}

/** Links between two entities: the properties of their two ends. The link is told at the first end and at the second. */
export const linkEnds: Readonly<Record<string, readonly [string, string]>> = {
  Family: ['person', 'relative'],
  Associate: ['person', 'associate'],
  Ownership: ['owner', 'asset'],
  Directorship: ['director', 'organization'],
  Membership: ['member', 'organization'],
  Employment: ['employee', 'employer'],
  Representation: ['agent', 'client'],
  Succession: ['predecessor', 'successor'],
  UnknownLink: ['subject', 'object'],
  Occupancy: ['holder', 'post'],
}

export interface Beside {
  readonly held: readonly RawEntity[]
  readonly links: readonly RawEntity[]
  readonly sanctions: readonly RawEntity[]
  /** The entity of an id, where the file has it. */
  readonly find: (id: string) => RawEntity | undefined
}

const nameKinds = {
  name: 'name',
  alias: 'alias',
  weakAlias: 'weakAlias',
  previousName: 'previousName',
  abbreviation: 'weakAlias',
} as const
const referring = new Set(['addressEntity', 'sanctionEntity', 'holder'])

/** An entity with all that the file holds beside it, as an entry. What the vocabulary has no place for becomes a note. */
export function ftmEntry(raw: RawEntity, beside: Beside): ListEntry {
  const schema = listedSchemata[raw.schema]!
  const ref = /^[\w.-]{1,64}$/.test(raw.id) ? raw.id : `id-${hashOf(raw.id).slice(0, 40)}`
  const entry = newEntry(ref, schema)
  if (ref !== raw.id) addNote(entry, `Id: ${raw.id}`)
  addNames(entry, raw)
  for (const [property, values] of Object.entries(raw.properties)) {
    if (property in nameKinds || referring.has(property)) continue
    for (const it of values) addValueOf(entry, property, beside.find(it)?.caption || it)
  }
  for (const id of raw.properties.addressEntity ?? []) {
    const address = beside.find(id)
    if (address?.schema === 'Address') addHeldOf(entry, address)
  }
  for (const it of beside.held) addHeldOf(entry, it)
  for (const it of beside.sanctions) addSanction(entry, it)
  for (const it of beside.links) addLinkOf(entry, it, { raw, beside })
  return entry
}

function addNames(entry: ListEntry, { caption, properties }: RawEntity): void {
  const isNamed = (properties.name ?? []).includes(caption)
  if (isNamed) addName(entry, { value: caption, kind: 'name', quality: null })
  for (const [property, kind] of Object.entries(nameKinds))
    for (const value of properties[property] ?? []) {
      const quality = property === 'abbreviation' ? 'abbreviation' : null
      addName(entry, { value, kind, quality })
    }
  promoteName(entry)
  const parts = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'].map(
    (it) => properties[it]?.[0] ?? '',
  )
  const whole = parts.filter(Boolean).join(' ')
  if (entry.names.length === 0) addName(entry, { value: whole || caption, kind: 'name', quality: null })
}

function addValueOf(entry: ListEntry, property: string, value: string): void {
  if (property === 'programId' || property === 'program') addProgramme(entry, value)
  else if (property === 'notes') addNote(entry, value)
  else addProperty(entry, property, value)
}

function addHeldOf(entry: ListEntry, held: RawEntity): void {
  const schema = held.schema as HeldListSchema
  const values: Record<string, string | null> = {}
  for (const [property, texts] of Object.entries(held.properties)) {
    if (property === 'holder') continue
    const name = property === 'passportNumber' ? 'number' : property
    if (hasProperty(schema, name)) values[name] ??= texts[0] ?? null
    const others = hasProperty(schema, name) ? texts.slice(1) : texts
    for (const it of others) addNote(entry, `${schema} ${held.properties.number?.[0] ?? ''}: ${property} ${it}`)
  }
  addHeld(entry, schema, values)
}

function addSanction(entry: ListEntry, { properties }: RawEntity): void {
  const programmes = properties.programId ?? properties.program ?? []
  for (const it of programmes) addProgramme(entry, it)
  for (const it of [...(properties.listingDate ?? []), ...(properties.startDate ?? [])])
    if (entry.listedOn === null || it < entry.listedOn) entry.listedOn = it
  for (const it of properties.modifiedAt ?? [])
    if (entry.updatedOn === null || it > entry.updatedOn) entry.updatedOn = it
  entry.reference ??= properties.authorityId?.[0] ?? properties.unscId?.[0] ?? null
  for (const it of properties.reason ?? []) addRemark(entry, it)
  const told = new Set(['entity', 'programId', 'listingDate', 'modifiedAt', 'reason'])
  const rest = Object.entries(properties).filter(([property]) => !told.has(property))
  addNote(entry, rest.map(([property, values]) => `${property}: ${values.join(', ')}`).join('; '))
}

function addLinkOf(entry: ListEntry, link: RawEntity, { raw, beside }: { raw: RawEntity; beside: Beside }): void {
  const [first, second] = linkEnds[link.schema]!
  const isFirst = link.properties[first]?.includes(raw.id) === true
  const others = link.properties[isFirst ? second : first] ?? []
  const told = new Set<string>([first, second])
  const rest = Object.entries(link.properties).flatMap(([property, values]) => (told.has(property) ? [] : values))
  for (const id of others) {
    const name = beside.find(id)?.caption || id
    const words = [link.schema, ...rest].join(', ')
    if (link.schema === 'Occupancy' && isFirst) addProperty(entry, 'position', name)
    else addLink(entry, name)
    addNote(entry, `${words}: ${name}`)
  }
}

export function isHeldSchema(schema: string): boolean {
  return schema === 'Address' || (Object.hasOwn(heldBy, schema) && Object.hasOwn(schemata, schema))
}
