import { z } from 'zod'
import { countryByCode } from '#kernel/countries'
import { Instant } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'

/** A warning of a threat. How sure its owner is stands in the grading of the handling header. */

/** How soon, from the soonest. */
export const imminences = ['imminent', 'hours', 'days', 'weeks', 'unknown'] as const

/** Where a threat stands in its life, whatever its record's state. */
export const standings = ['current', 'expired', 'closed'] as const
export type Standing = (typeof standings)[number]

export const Place = z
  .strictObject({
    /** ISO 3166-1 alpha-2, lower case. */
    country: z
      .string()
      .length(2)
      .refine((it) => countryByCode(it) === it, 'an ISO 3166-1 code of two lower-case letters')
      .optional(),
    place: z.string().trim().min(1).max(300),
    /** WGS 84, degrees. */
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    /** Half of the Earth's circumference at most. */
    radiusKilometres: z.number().positive().max(20_040).optional(),
  })
  .superRefine(({ latitude, longitude, radiusKilometres }, context) => {
    if ((latitude === undefined) !== (longitude === undefined))
      context.addIssue({ code: 'custom', path: ['longitude'], message: 'latitude and longitude come together' })
    if (radiusKilometres !== undefined && latitude === undefined)
      context.addIssue({ code: 'custom', path: ['radiusKilometres'], message: 'a radius needs a centre' })
  })
export type Place = z.infer<typeof Place>

/** The body as it travels: what can be kept from a recipient may be absent. */
export const Threat = z.strictObject({
  title: z.string().trim().min(3).max(200),
  what: z.string().trim().min(3).max(10_000),
  when: z
    .strictObject({ from: Instant, to: Instant })
    .refine((it) => it.from <= it.to, 'the time span ends before it begins')
    .nullable(),
  imminence: z.enum(imminences),
  validUntil: Instant,
  method: z.string().trim().min(1).max(2_000).optional(),
  where: z.array(Place).max(50).optional(),
  basisForAssessment: z.string().trim().min(3).max(5_000).optional(),
  /** Records of subjects. A holder may know some of them and others not. */
  linked: z
    .array(RecordIdText)
    .max(64)
    .refine((it) => new Set(it).size === it.length, 'each record once')
    .optional(),
  advice: z.string().trim().min(1).max(5_000).optional(),
  closed: z.strictObject({ at: Instant, reason: z.string().trim().min(3).max(1_000) }).optional(),
})
export type Threat = z.infer<typeof Threat>

/** The body as an officer gives it; the basis is only missing from the change of one who may not see it. */
export const ThreatInput = Threat.omit({ closed: true })
export type ThreatInput = z.infer<typeof ThreatInput>

/** The fields that a mark may keep from some recipients; without the others nobody could read a warning. */
export const markable = ['method', 'where', 'basisForAssessment', 'linked', 'advice'] as const

export const threatKind: RecordKind<Threat> = {
  type: 'threat',
  schema: 1,
  Body: Threat,
  caption: ({ title }) => title,
}

export function standingOf({ closed, validUntil }: Pick<Threat, 'closed' | 'validUntil'>, now: Date): Standing {
  if (closed !== undefined) return 'closed'
  return validUntil > now.toISOString() ? 'current' : 'expired'
}
