import type { Notice } from '#capabilities/notices/record'
import { namesOf } from '#capabilities/notices/record'
import { rulesFor } from '#capabilities/notices/rule-data'

/**
 * What the public may see of a notice, with the consent of its owner (RPD 61): in the members and spellings of INTERPOL's public
 * notices API (law.md 1.7), and with status, version and dates, which that one lacks. Nothing else of the notice is in it.
 */

export interface Published {
  readonly id: string
  readonly owner: string
  /** ISO 3166-1 alpha-2 of the owner's state, lower case. */
  readonly country: string | null
  readonly version: number
  readonly issuedAt: string
  readonly reviewAt: string
  readonly expiresAt: string
  readonly notice: Notice
}

/** A public page needs the consent in the signed notice, and a type that has one. */
export const isPublic = ({ publicExtract, type }: Pick<Notice, 'publicExtract' | 'type'>): boolean =>
  publicExtract && rulesFor(type).publicExtract

/** `2026/4f…` in the body, `2026-4f…` in an address. */
export const entityIdOf = ({ id, issuedAt }: Pick<Published, 'id' | 'issuedAt'>): string =>
  `${issuedAt.slice(0, 4)}/${id.slice(-12)}`

const first = (values: readonly string[] | undefined): string | null => values?.[0] ?? null
/** `YYYY/MM/DD`, or the year alone. */
const slashed = (date: string | null): string | null => date?.replaceAll('-', '/') ?? null
const upper = (values: readonly string[] = []): string[] => values.map((it) => it.toUpperCase())
const numberOf = (text: string | null): number | null => {
  const value = Number(text?.replace(',', '.').replace(/[^0-9.].*$/, ''))
  return text === null || !Number.isFinite(value) || value === 0 ? null : value
}

const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F', m: 'M', f: 'F' }

export function nameParts({ notice: { subject } }: Pick<Published, 'notice'>): {
  name: string | null
  forename: string | null
} {
  if (subject === undefined) return { name: null, forename: null }
  const { lastName, firstName } = subject.properties
  // Without a family name the whole name has the forename in it.
  if (lastName === undefined) return { name: first(namesOf(subject)), forename: null }
  return { name: first(lastName), forename: first(firstName) }
}

export function summaryOf(published: Published, path: string) {
  const properties = published.notice.subject?.properties ?? {}
  const entity = entityIdOf(published)
  const self = `${path}/${entity.replace('/', '-')}`
  return {
    ...nameParts(published),
    date_of_birth: slashed(first(properties.birthDate)),
    entity_id: entity,
    nationalities: upper(properties.nationality),
    status: 'in-force',
    version: published.version,
    _links: { self: { href: self } },
  }
}

const withoutNumbers = /\d{4,}/

export function detailOf(published: Published, path: string) {
  const { notice, country } = published
  const properties = notice.subject?.properties ?? {}
  const height = numberOf(first(properties.height))
  const common = {
    ...summaryOf(published, path),
    sex_id: sexes[first(properties.gender)?.toLowerCase() ?? ''] ?? 'U',
    place_of_birth: first(properties.birthPlace),
    country_of_birth_id: first(upper(properties.birthCountry)),
    languages_spoken_ids: [] as string[],
    height: height === null ? null : height > 3 ? height / 100 : height,
    weight: numberOf(first(properties.weight)),
    eyes_colors_id: [...(properties.eyeColor ?? [])],
    hairs_id: [...(properties.hairColor ?? [])],
    distinguishing_marks: first(properties.appearance),
    issuing_authority: published.owner,
    published_at: published.issuedAt,
    review_at: published.reviewAt,
    expires_at: published.expiresAt,
  }
  if (notice.type === 'red')
    return {
      ...common,
      arrest_warrants: [
        {
          issuing_country_id: country?.toUpperCase() ?? null,
          charge: notice.judicial?.charge ?? null,
          charge_translation: null,
        },
      ],
    }
  if (notice.type === 'yellow')
    return {
      ...common,
      birth_name: first(properties.previousName),
      date_of_event: slashed(notice.incident?.at ?? null),
      place: notice.incident?.place ?? null,
      country: country?.toUpperCase() ?? null,
      father_forename: first(properties.fatherName),
      mother_forename: first(properties.motherName),
      mother_name: null,
    }
  return {
    ...common,
    un_reference: notice.council?.reference ?? null,
    measures: [...(notice.council?.measures ?? [])],
    aliases: [...(properties.alias ?? []), ...(properties.weakAlias ?? [])],
    // The numbers of documents are on the list of the Council itself, which a reader is sent to.
    identity_documents: [] as string[],
    summary: first(properties.summary),
    additional_information: (properties.notes ?? []).filter((it) => !withoutNumbers.test(it)).join('\n') || null,
  }
}

export interface PublicQuery {
  readonly forename?: string | undefined
  readonly name?: string | undefined
  readonly nationality?: string | undefined
  readonly ageMin?: number | undefined
  readonly ageMax?: number | undefined
  readonly sexId?: 'M' | 'F' | 'U' | undefined
  readonly freeText?: string | undefined
  readonly arrestWarrantCountryId?: string | undefined
  readonly unReference?: string | undefined
}

const has = (text: string | null, sought: string | undefined): boolean =>
  sought === undefined || (text?.toLocaleLowerCase('en').includes(sought.toLocaleLowerCase('en')) ?? false)

export function answers(published: Published, query: PublicQuery, now: Date): boolean {
  const { notice, country } = published
  const properties = notice.subject?.properties ?? {}
  const { name, forename } = nameParts(published)
  const year = Number(first(properties.birthDate)?.slice(0, 4))
  const age = now.getUTCFullYear() - year
  return (
    has(name, query.name) &&
    has(forename, query.forename) &&
    has([name, forename, notice.judicial?.charge, properties.birthPlace].join(' '), query.freeText) &&
    (query.nationality === undefined || upper(properties.nationality).includes(query.nationality.toUpperCase())) &&
    (query.ageMin === undefined || age >= query.ageMin) &&
    (query.ageMax === undefined || age <= query.ageMax) &&
    (query.sexId === undefined || (sexes[first(properties.gender)?.toLowerCase() ?? ''] ?? 'U') === query.sexId) &&
    (query.arrestWarrantCountryId === undefined ||
      country?.toUpperCase() === query.arrestWarrantCountryId.toUpperCase()) &&
    has(notice.council?.reference ?? null, query.unReference)
  )
}
