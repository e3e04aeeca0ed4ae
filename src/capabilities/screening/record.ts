import { z } from 'zod'
import { ActionClass, PermittedAction } from '#capabilities/screening/action'
import { shorten } from '#kernel/text'
import { Instant } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'

/** Statements about somebody else's record: a hit report, the owner's answer, what was done (protocol points 2 and 9). */

export const Hit = z.strictObject({
  about: RecordIdText,
  aboutVersion: z.number().int().min(1),
  /** Which attributes met, by name and sentence; never the other side's values, which a recall must be able to take away. */
  agreeing: z.array(z.string().max(60)).max(60),
  contradicting: z.array(z.string().max(60)).max(60),
  score: z.number().min(0).max(1),
  engine: z.string().max(60),
  /** What the finder chose to tell of its own record; the rest stays at home. */
  disclosed: z.record(z.string().max(40), z.array(z.string().max(500)).max(50)),
  where: z.strictObject({ country: z.string().max(2).nullable(), place: z.string().max(200).nullable() }),
  seenAt: Instant,
  note: z.string().trim().min(3).max(2_000),
  action: PermittedAction,
  dueAt: Instant.nullable(),
  dueRule: z.string().max(100).nullable(),
})
export type Hit = z.infer<typeof Hit>

export const Confirmation = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  outcome: z.enum(['confirmed', 'not-confirmed', 'more-information']),
  note: z.string().trim().min(3).max(2_000),
  action: ActionClass,
  discreet: z.boolean(),
  /** Whether the clock had run out when the answer was given. */
  late: z.boolean(),
})
export type Confirmation = z.infer<typeof Confirmation>

export const Feedback = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  done: z.string().trim().min(3).max(2_000),
  at: Instant,
})
export type Feedback = z.infer<typeof Feedback>

/** What the finder tells when the owner has asked for more; the owner's clock starts anew. */
export const HitAnswer = z.strictObject({
  about: RecordIdText,
  hit: RecordIdText,
  text: z.string().trim().min(3).max(2_000),
  disclosed: z.record(z.string().max(40), z.array(z.string().max(500)).max(50)),
  dueAt: Instant,
  dueRule: z.string().max(100),
})
export type HitAnswer = z.infer<typeof HitAnswer>

export const hitKind: RecordKind<Hit> = {
  type: 'hit',
  schema: 1,
  Body: Hit,
  caption: ({ agreeing }) => `Hit: ${agreeing.join(', ') || 'name'}`,
  seen: ({ about, seenAt, where: { country, place } }) =>
    place === null ? undefined : { about, from: seenAt, to: seenAt, place, country },
}
export const confirmationKind: RecordKind<Confirmation> = {
  type: 'confirmation',
  schema: 1,
  Body: Confirmation,
  caption: ({ outcome }) => outcome,
  refutes: ({ hit, outcome }) => ({ sighting: hit, refuted: outcome === 'not-confirmed' }),
}
export const feedbackKind: RecordKind<Feedback> = {
  type: 'feedback',
  schema: 1,
  Body: Feedback,
  caption: ({ done }) => shorten(done, 120),
}
export const hitAnswerKind: RecordKind<HitAnswer> = {
  type: 'hit-answer',
  schema: 1,
  Body: HitAnswer,
  caption: ({ text }) => shorten(text, 120),
}
