import { z } from 'zod'
import { shorten } from '#kernel/text'
import { Instant } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'

/** What two offices say to each other about an alert that was met: signed statements about the owner's record (protocol points 2 and 9). */

const Text = z.string().trim().min(3).max(2_000)
const Short = z.string().trim().min(1).max(500)

/** Where somebody was met, as the owner is told. */
export const Place = z.strictObject({
  country: z.string().max(2).nullable(),
  desk: z.string().max(200),
  /** UN/LOCODE, or empty. */
  code: z.string().max(10),
  direction: z.enum(['entry', 'exit', 'transit']),
  /** Flight, ship or train. */
  transport: z.string().max(40).nullable(),
  at: Instant,
})
export type Place = z.infer<typeof Place>

export const AlertHit = z.strictObject({
  about: RecordIdText,
  aboutVersion: z.number().int().min(1),
  place: Place,
  /** What agreed and what differed, by name; never the alert's own values, which a recall must be able to take away. */
  agreeing: z.array(z.string().max(60)).max(60),
  differing: z.array(z.string().max(60)).max(60),
  strength: z.enum(['document', 'identity', 'name']),
  /** Who said that it is probably the same: a person who compared, or nobody yet. */
  compared: z.boolean(),
  discreet: z.boolean(),
  /** The document that was shown. */
  document: z
    .strictObject({
      number: z.string().max(40),
      kind: z.string().max(40).nullable(),
      issuer: z.string().max(2).nullable(),
      expiry: z.string().max(10).nullable(),
    })
    .nullable(),
  presented: z.strictObject({ name: z.string().max(512), birthDate: z.string().max(10).nullable() }),
  /** How many; who they are is nobody's business before the owner confirms. */
  companions: z.number().int().min(0).max(500),
  note: z.string().trim().max(2_000),
  dueAt: Instant.nullable(),
  dueRule: z.string().max(100).nullable(),
})
export type AlertHit = z.infer<typeof AlertHit>

export const answerOutcomes = ['confirmed', 'not-confirmed', 'more-information', 'corrected'] as const
export const AlertAnswer = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  /** `corrected`: the alert itself was wrong and has been mended; the finder compares anew. */
  outcome: z.enum(answerOutcomes),
  note: Text,
  /** Whether the clock had run out when the answer was given. */
  late: z.boolean(),
})
export type AlertAnswer = z.infer<typeof AlertAnswer>

/** What the finder adds when the owner asked for more; the owner's clock starts anew. */
export const AlertInformation = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  text: Text,
  dueAt: Instant,
  dueRule: z.string().max(100),
})
export type AlertInformation = z.infer<typeof AlertInformation>

/** What was done and seen. The fields are those of `return-form.json`; companions are counted here and named elsewhere. */
export const ReturnForm = z.strictObject({
  located: z.boolean(),
  place: Short,
  seenAt: Instant,
  reason: Short,
  route: z.string().trim().max(1_000).default(''),
  destination: z.string().trim().max(500).default(''),
  companions: z.number().int().min(0).max(500).default(0),
  identityRevealed: z.string().trim().max(1_000).default(''),
  objectsUsed: z.string().trim().max(1_000).default(''),
  objectsCarried: z.string().trim().max(1_000).default(''),
  circumstances: z.string().trim().max(2_000).default(''),
  /** What was carried out of what the alert asks: an arrest made, an object seized. */
  executed: z
    .strictObject({
      what: z.enum(['arrest', 'seizure', 'protection', 'check', 'other']),
      at: Instant,
      note: z.string().trim().max(1_000),
    })
    .nullable()
    .default(null),
})
export type ReturnForm = z.infer<typeof ReturnForm>

export const AlertReturn = ReturnForm.extend({
  about: RecordIdText,
  hit: RecordIdText,
  /** Whether the owner had confirmed the hit when it was carried out. */
  confirmed: z.boolean(),
})
export type AlertReturn = z.infer<typeof AlertReturn>

/** Who came along. They are no subjects: this lasts for a short clock, and is gone from both ends after it. */
export const AlertCompanions = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  companions: z
    .array(z.strictObject({ name: Short, relation: z.string().trim().max(100).default('') }))
    .min(1)
    .max(20),
})
export type AlertCompanions = z.infer<typeof AlertCompanions>

/** The traveller was not the subject of the alert: no further alarm for this document against this alert. */
export const Redress = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  /** What the traveller is given, and can ask with. */
  number: z.string().regex(/^RDR-\d{4}-[0-9A-F]{12}$/),
  reason: Text,
  /** Digests (`exceptionKey`) of the documents that were shown; none when there was no document or no whole birth date. */
  exceptions: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(16),
  expiresAt: Instant,
})
export type Redress = z.infer<typeof Redress>

export const alertHitKind: RecordKind<AlertHit> = {
  type: 'alert-hit',
  schema: 1,
  Body: AlertHit,
  caption: ({ place }) => `Alert met: ${place.desk}`,
  seen: ({ about, place: { at, desk, country } }) => ({ about, from: at, to: at, place: desk, country }),
}
export const alertAnswerKind: RecordKind<AlertAnswer> = {
  type: 'alert-answer',
  schema: 1,
  Body: AlertAnswer,
  caption: ({ outcome }) => outcome,
}
export const alertInformationKind: RecordKind<AlertInformation> = {
  type: 'alert-information',
  schema: 1,
  Body: AlertInformation,
  caption: ({ text }) => shorten(text, 120),
}
export const alertReturnKind: RecordKind<AlertReturn> = {
  type: 'alert-return',
  schema: 1,
  Body: AlertReturn,
  caption: ({ place }) => `Return: ${shorten(place, 100)}`,
}
export const alertCompanionsKind: RecordKind<AlertCompanions> = {
  type: 'alert-companions',
  schema: 1,
  Body: AlertCompanions,
  caption: ({ companions }) => `Companions: ${companions.length}`,
}
export const redressKind: RecordKind<Redress> = {
  type: 'redress',
  schema: 1,
  Body: Redress,
  caption: ({ number }) => number,
}
