import { countryCode } from '#matching/countries'
import { type PartialDate, parseDate } from '#matching/dates'
import { type Identifier, identifierProperties, lookupKey, readIdentifier, readValue } from '#matching/identifiers'
import { readPlace } from '#matching/places'
import type { SchemaName } from '#matching/schemas'

/**
 * A FollowTheMoney entity flattened by the caller with the documents, accounts and wallets its subject holds. Only the
 * properties named in this room are read; protected characteristics are never among them.
 */
export interface MatchEntity {
  readonly id: string
  readonly schema: SchemaName
  readonly properties: Readonly<Record<string, readonly string[]>>
  /** Names, among `name`, `alias` and `previousName`, that the source calls weak or of low quality. */
  readonly weak?: readonly string[]
}

export interface EntityName {
  readonly text: string
  readonly isWeak: boolean
}

export type Gender = 'male' | 'female'

/** What besides names is compared, read once. Countries are codes of `countryCode`. */
export interface Attributes {
  readonly isPerson: boolean
  readonly birth: readonly PartialDate[]
  readonly founded: readonly PartialDate[]
  /** All that it is linked to: nationality, residence, seat, flag, place of birth. */
  readonly countries: ReadonlySet<string>
  readonly nationalities: ReadonlySet<string>
  readonly birthCountries: ReadonlySet<string>
  readonly birthPlaces: readonly string[]
  readonly addresses: readonly string[]
  readonly genders: ReadonlySet<Gender>
  readonly identifiers: readonly Identifier[]
}

const strongNames = ['name', 'alias', 'previousName'] as const
const nationalityProperties = ['nationality', 'citizenship'] as const
const linkProperties = ['country', 'jurisdiction', 'mainCountry', 'flag'] as const
const partProperties = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'] as const
const nameLimit = 512
const valueLimit = 256

/** What `attributesOf` reads. */
const attributeNames: readonly string[] = [
  ...nationalityProperties,
  ...linkProperties,
  'birthCountry',
  'birthPlace',
  'address',
  'birthDate',
  'incorporationDate',
  'gender',
  ...identifierProperties,
]

/** Every property that matching reads; the index keeps no other. */
export const readProperties: readonly string[] = [...strongNames, 'weakAlias', ...partProperties, ...attributeNames]

const attributeProperties: ReadonlySet<string> = new Set(attributeNames)
const identifying: ReadonlySet<string> = new Set(identifierProperties)

/** The names of an entity in the order they are compared, without repetitions: strong ones first. */
export function namesOf(entity: MatchEntity): readonly EntityName[] {
  const only = onlyName(entity)
  if (only !== undefined) return only === '' ? [] : [{ text: only, isWeak: false }]
  const weak = new Set(entity.weak ?? [])
  const names = new Map<string, boolean>()
  const add = (text: string, isWeak: boolean) => {
    if (text !== '' && names.size < nameLimit && !names.has(text)) names.set(text, isWeak)
  }
  for (const property of strongNames) {
    for (const text of entity.properties[property] ?? []) if (!weak.has(text)) add(text, false)
  }
  if (entity.schema === 'Person' && (entity.properties.name ?? []).length === 0) add(joinParts(entity), false)
  for (const property of strongNames) {
    for (const text of entity.properties[property] ?? []) if (weak.has(text)) add(text, true)
  }
  for (const text of entity.properties.weakAlias ?? []) add(text, true)
  return Array.from(names, ([text, isWeak]) => ({ text, isWeak }))
}

/** The name of an entity that has one and no other: most queries. */
function onlyName({ properties, weak }: MatchEntity): string | undefined {
  const { name, alias, previousName, weakAlias } = properties
  const isOnly = alias === undefined && previousName === undefined && weakAlias === undefined
  return isOnly && name?.length === 1 && (weak === undefined || weak.length === 0) ? name[0] : undefined
}

function joinParts(entity: MatchEntity): string {
  const parts: string[] = []
  for (const property of partProperties) {
    const part = entity.properties[property]?.[0]
    if (part !== undefined && part !== '') parts.push(part)
  }
  return parts.join(' ')
}

function named(isPerson: boolean): Attributes {
  const none = new Set<never>()
  return {
    isPerson,
    birth: [],
    founded: [],
    countries: none,
    nationalities: none,
    birthCountries: none,
    birthPlaces: [],
    addresses: [],
    genders: none,
    identifiers: [],
  }
}

/** What an entity states that has names only. */
const [namedPerson, namedOther] = [named(true), named(false)]

function hasAttributes(properties: Properties): boolean {
  for (const property in properties) if (attributeProperties.has(property)) return true
  return false
}

export function attributesOf(entity: MatchEntity): Attributes {
  const { properties } = entity
  if (!hasAttributes(properties)) return entity.schema === 'Person' ? namedPerson : namedOther
  const linked = linksOf(properties)
  return {
    isPerson: entity.schema === 'Person',
    birth: readDates(properties.birthDate),
    founded: readDates(properties.incorporationDate),
    ...linked,
    genders: readGenders(properties.gender),
    identifiers: readIdentifiers(properties, linked.countries),
  }
}

/** What an entity's identifiers are looked up by; whether their check digits hold, for which its countries must be known, is no part of it. */
export function lookupKeysOf({ properties }: MatchEntity): readonly string[] {
  const keys: string[] = []
  for (const property in properties) {
    if (!identifying.has(property)) continue
    for (const raw of (properties[property] ?? []).slice(0, valueLimit)) {
      const said = readValue(property, raw)
      if (said !== undefined) keys.push(lookupKey(said))
    }
  }
  return keys
}

type Links = Pick<Attributes, 'countries' | 'nationalities' | 'birthCountries' | 'birthPlaces' | 'addresses'>

function linksOf(properties: Properties): Links {
  const nationalities = readCountries(properties, nationalityProperties)
  const birthCountries = readCountries(properties, ['birthCountry'])
  const birthPlaces = (properties.birthPlace ?? []).slice(0, valueLimit)
  for (const place of birthPlaces) for (const code of readPlace(place).countries) birthCountries.add(code)
  const addresses = (properties.address ?? []).slice(0, valueLimit)
  const links = readCountries(properties, linkProperties)
  for (const address of addresses) for (const code of readPlace(address).countries) links.add(code)
  const countries = nationalities.union(birthCountries).union(links)
  return { countries, nationalities, birthCountries, birthPlaces, addresses }
}

/** Whether there is anything besides names to compare. */
export function statesAttributes(attributes: Attributes): boolean {
  const { birth, founded, countries, birthPlaces, addresses, genders, identifiers } = attributes
  const listed = birth.length + founded.length + birthPlaces.length + addresses.length + identifiers.length
  return listed + countries.size + genders.size > 0
}

type Properties = MatchEntity['properties']

function readCountries(properties: Properties, names: readonly string[]): Set<string> {
  const codes = new Set<string>()
  for (const name of names) {
    for (const text of (properties[name] ?? []).slice(0, valueLimit)) {
      const code = countryCode(text)
      if (code !== undefined) codes.add(code)
    }
  }
  return codes
}

function readIdentifiers(properties: Properties, countries: ReadonlySet<string>): readonly Identifier[] {
  const identifiers: Identifier[] = []
  for (const property of identifierProperties) {
    for (const raw of (properties[property] ?? []).slice(0, valueLimit)) {
      const identifier = readIdentifier(property, raw, countries)
      if (identifier !== undefined) identifiers.push(identifier)
    }
  }
  return identifiers
}

function readGenders(values: readonly string[] | undefined): ReadonlySet<Gender> {
  const genders = new Set<Gender>()
  for (const text of values ?? []) {
    const gender = readGender(text)
    if (gender !== undefined) genders.add(gender)
  }
  return genders
}

function readDates(values: readonly string[] | undefined): readonly PartialDate[] {
  const dates: PartialDate[] = []
  for (const value of (values ?? []).slice(0, valueLimit)) {
    const date = parseDate(value)
    if (date !== undefined) dates.push(date)
  }
  return dates
}

function readGender(text: string): Gender | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'male' || word === 'm') return 'male'
  return word === 'female' || word === 'f' ? 'female' : undefined
}
