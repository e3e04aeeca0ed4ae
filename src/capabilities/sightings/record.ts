import { z } from 'zod'
import { sources } from '#capabilities/sightings/limits'
import { countryByCode } from '#kernel/countries'
import { shorten } from '#kernel/text'
import { Instant, MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind, Seen } from '#protocol/record-kind'

/**
 * A sighting: where and when the subject of another record was met. How good the information is stands in the grading of the
 * handling header; `sure` is whether the one who was met is the one whom the record is about, as the officer judged it.
 */

export const surenesses = ['certain', 'probable', 'possible'] as const
export type Sureness = (typeof surenesses)[number]

const text = (most: number) => z.string().trim().min(1).max(most)
const Country = z
  .string()
  .length(2)
  .refine((it) => countryByCode(it) === it, 'an ISO 3166-1 code of two lower-case letters')

/** Who was with them: nobody's subject, so a number and a description, never names to be found by. */
export const Companions = z.strictObject({
  count: z.number().int().min(1).max(1_000),
  description: text(1_000).optional(),
})

export const Route = z.strictObject({
  /** Whence, whither, on which road, train, flight. */
  taken: text(500).optional(),
  next: z.strictObject({ place: text(300), country: Country.optional() }).optional(),
})

const fields = {
  about: RecordIdText,
  from: Instant,
  to: Instant,
  place: text(300),
  country: Country.optional(),
  /** WGS 84, degrees. */
  point: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  /** Half of the Earth's circumference at most. */
  radiusKilometres: z.number().positive().max(20_040).optional(),
  sure: z.enum(surenesses),
  source: z.enum(sources),
  what: text(2_000).optional(),
  /** Papers, vehicles, telephones that were used. */
  objects: z.array(text(200)).min(1).max(20).optional(),
  route: Route.optional(),
  companions: Companions.optional(),
}

function checkForm(
  { from, to, point, radiusKilometres }: Pick<Sighting, 'from' | 'to' | 'point' | 'radiusKilometres'>,
  context: z.RefinementCtx,
): void {
  if (from > to) context.addIssue({ code: 'custom', path: ['to'], message: 'the time span ends before it begins' })
  if (radiusKilometres !== undefined && point === undefined)
    context.addIssue({ code: 'custom', path: ['radiusKilometres'], message: 'a radius needs a centre' })
}

/** The body as it travels: what can be kept from a recipient may be absent. */
const shape = z.strictObject({
  ...fields,
  /** Whose record it is about. */
  aboutOwner: MemberId,
  /** The record that it is about is a discreet one: nobody tells the person. */
  discreet: z.boolean(),
})
export type Sighting = z.infer<typeof shape>
export const Sighting = shape.superRefine(checkForm)

/** The body as an officer gives it. */
export const SightingInput = z.strictObject(fields).superRefine(checkForm)
export type SightingInput = z.infer<typeof SightingInput>

/** The fields that a mark may keep from some recipients; without the others nobody could read a sighting. */
export const markable = ['what', 'objects', 'route', 'companions'] as const

export const companionsPointer = '/body/companions'

/** It has no matching: what it says of others than its subject is compared with nothing. */
export const sightingKind: RecordKind<Sighting> = {
  type: 'sighting',
  schema: 1,
  Body: Sighting,
  caption: ({ place, country, from }) =>
    shorten(`${from.slice(0, 10)} ${place}${country === undefined ? '' : ` (${country.toUpperCase()})`}`, 120),
  seen: ({ about, from, to, place, country, point, radiusKilometres }): Seen => ({
    about,
    from,
    to,
    place,
    country: country ?? null,
    ...(point === undefined ? {} : { point }),
    ...(radiusKilometres === undefined ? {} : { radiusKilometres }),
  }),
}
