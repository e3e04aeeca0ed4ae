import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Traveller } from '#http/travellers'
import { canonical } from '#kernel/canonical'

/** What a traveller shows at a desk, or a carrier says of one: who they say they are, and the documents. */

export const PresentedDocument = z.object({
  /** As the document or the message has it. */
  number: z.string().trim().min(1).max(40),
  /** `passport`, `visa`, `identity-card` …; null when it is not known. */
  kind: z.string().max(40).nullable(),
  /** ISO 3166-1 alpha-2, lower case; null where there is no state behind the code. */
  issuer: z.string().max(2).nullable(),
  /** The code as it stands. */
  issuerCode: z.string().max(8).nullable(),
  /** ISO 8601 date. */
  expiry: z.string().max(10).nullable(),
})
export type PresentedDocument = z.infer<typeof PresentedDocument>

export const Presented = z.object({
  /** Readings of one name, the whole of it each time, likeliest first. */
  names: z.array(z.string().max(512)).max(8),
  /** ISO 8601, as exact as it is known; null when it is not. */
  birthDate: z.string().max(10).nullable(),
  /** Other dates that the two digits of a year can mean. */
  birthDates: z.array(z.string().max(10)).max(4),
  /** ISO 3166-1 alpha-2, lower case. */
  nationalities: z.array(z.string().max(2)).max(8),
  documents: z.array(PresentedDocument).max(16),
})
export type Presented = z.infer<typeof Presented>

/** Capital letters and digits alone: how numbers of documents are compared. */
export function plainNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
}

/** What the alerts are asked with: no sex, no place of birth, nothing that is protected. */
export function travellerOf({ names, birthDate, birthDates, nationalities, documents }: Presented): Traveller {
  const numbers = (passports: boolean) =>
    documents.filter((it) => (it.kind === null || it.kind === 'passport') === passports).map((it) => it.number)
  const properties = {
    name: names,
    birthDate: birthDates.length > 0 ? birthDates : birthDate === null ? [] : [birthDate],
    nationality: nationalities,
    passportNumber: numbers(true),
    idNumber: numbers(false),
  }
  return { properties: Object.fromEntries(Object.entries(properties).filter(([, values]) => values.length > 0)) }
}

/** Whether there is enough to look for anybody or anything. */
export function isEmpty({ names, documents }: Presented): boolean {
  return names.every((it) => it.trim() === '') && documents.length === 0
}

/**
 * What redress keeps of a document: a digest of its number, the birth date of its holder and the alert. It says nothing of any
 * other alert, and cannot be read back without both. Null when either is missing.
 */
export function exceptionKey(alert: string, number: string, birthDate: string | null): string | null {
  if (birthDate?.length !== 10 || plainNumber(number) === '') return null
  return createHash('sha256')
    .update(canonical(['comity border exception', alert, plainNumber(number), birthDate]))
    .digest('hex')
}

export function exceptionKeys(alert: string, { documents, birthDate }: Presented): string[] {
  return documents.flatMap((it) => exceptionKey(alert, it.number, birthDate) ?? [])
}
