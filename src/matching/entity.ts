import { countryCode } from '#matching/countries'
import { type PartialDate, parseDate } from '#matching/dates'
import { type Identifier, identifierProperties, readIdentifier } from '#matching/identifiers'
import type { SchemaName } from '#protocol/vocabulary'

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

/** What besides names is compared, read once. */
export interface Attributes {
  readonly birth: readonly PartialDate[]
  readonly founded: readonly PartialDate[]
  readonly countries: ReadonlySet<string>
  readonly genders: ReadonlySet<Gender>
  readonly identifiers: readonly Identifier[]
}

const strongNames = ['name', 'alias', 'previousName'] as const
const countryProperties = ['nationality', 'citizenship', 'country', 'jurisdiction', 'mainCountry', 'flag'] as const
const partProperties = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'] as const
const nameLimit = 512
const valueLimit = 256

/** Every property that matching reads; the index keeps no other. */
export const readProperties: readonly string[] = [
  ...strongNames,
  'weakAlias',
  ...partProperties,
  ...countryProperties,
  'birthDate',
  'incorporationDate',
  'gender',
  ...identifierProperties,
]

/** The names of an entity in the order they are compared, without repetitions: strong ones first. */
export function namesOf(entity: MatchEntity): readonly EntityName[] {
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

function joinParts(entity: MatchEntity): string {
  const parts: string[] = []
  for (const property of partProperties) {
    const part = entity.properties[property]?.[0]
    if (part !== undefined && part !== '') parts.push(part)
  }
  return parts.join(' ')
}

export function attributesOf(entity: MatchEntity): Attributes {
  const { properties } = entity
  const identifiers: Identifier[] = []
  for (const property of identifierProperties) {
    for (const raw of (properties[property] ?? []).slice(0, valueLimit)) {
      const identifier = readIdentifier(property, raw)
      if (identifier !== undefined) identifiers.push(identifier)
    }
  }
  const countries = new Set<string>()
  for (const property of countryProperties) {
    for (const text of (properties[property] ?? []).slice(0, valueLimit)) {
      const code = countryCode(text)
      if (code !== undefined) countries.add(code)
    }
  }
  const genders = new Set<Gender>()
  for (const text of properties.gender ?? []) {
    const gender = readGender(text)
    if (gender !== undefined) genders.add(gender)
  }
  return {
    birth: readDates(properties.birthDate),
    founded: readDates(properties.incorporationDate),
    countries,
    genders,
    identifiers,
  }
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
