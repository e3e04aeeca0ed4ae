import { z } from 'zod'
import { actionClasses } from '#http/travellers'
import { countryByCode } from '#kernel/countries'
import { shorten } from '#kernel/text'
import { Audience, Instant, MemberId } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'
import { hasProperty } from '#protocol/vocabulary'

/**
 * A notice or diffusion: what one state asks of others about a person, a thing or a danger. INTERPOL's colours and the Security
 * Council special notice (RPD 73 to 101; `notice-types.json`). What a type must contain is data, and checked by `form-check.ts`:
 * the form here takes an unfinished draft as well.
 */

export const noticeTypes = [
  'red',
  'blue',
  'green',
  'yellow',
  'black',
  'orange',
  'purple',
  'silver',
  'unsc-special',
] as const
export const NoticeType = z.enum(noticeTypes)
export type NoticeType = z.infer<typeof NoticeType>

/** A notice is published by the secretariat after its review; a diffusion is sent by a bureau after its own. */
export const channels = ['notice', 'diffusion'] as const

export const noticeSchemata = ['Person', 'Organization', 'Company', 'Vessel', 'Airplane', 'Vehicle'] as const

const text = (most: number) => z.string().trim().min(1).max(most)
/** A year, a month or a day. */
const PartialDate = z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/)
const Country = z
  .string()
  .length(2)
  .refine((it) => countryByCode(it) === it, 'an ISO 3166-1 code of two lower-case letters')

export const NoticeSubject = z
  .strictObject({
    schema: z.enum(noticeSchemata),
    /** Properties of FollowTheMoney; nothing protected can enter by the vocabulary. */
    properties: z.record(z.string().max(40), z.array(text(500)).min(1).max(40)),
    /** What the issuer holds and gives on request. */
    biometrics: z
      .strictObject({ photograph: z.boolean(), fingerprints: z.boolean(), dna: z.boolean() })
      .default({ photograph: false, fingerprints: false, dna: false }),
  })
  .superRefine(({ schema, properties }, context) => {
    for (const property of Object.keys(properties))
      if (!hasProperty(schema, property))
        context.addIssue({
          code: 'custom',
          path: ['properties', property],
          message: `${schema} has no property ${property} in the FollowTheMoney vocabulary`,
        })
  })
export type NoticeSubject = z.infer<typeof NoticeSubject>

export const Facts = z.strictObject({
  summary: text(5_000),
  from: PartialDate,
  to: PartialDate.optional(),
  place: text(300),
  country: Country.optional(),
  /** What the person did, not only what happened. */
  role: text(2_000),
})

/** For a person who is wanted (RPD 83 to 85). */
export const Judicial = z.strictObject({
  stage: z.enum(['for-trial', 'to-serve']),
  charge: text(1_000),
  law: text(500),
  /** Of the offence; months. A life sentence has no number. */
  maximumPenaltyMonths: z.number().int().min(0).max(2_400).optional(),
  life: z.boolean().default(false),
  sentenceMonths: z.number().int().min(0).max(2_400).optional(),
  remainingMonths: z.number().int().min(0).max(2_400).optional(),
  warrant: z
    .strictObject({
      authority: text(300),
      reference: text(200),
      date: PartialDate,
      judicial: z.boolean(),
      /** Where the authority is no judge: whether a judge can be asked (RPD 84). */
      appealToJudge: z.boolean().optional(),
      copyAttached: z.boolean(),
    })
    .optional(),
})

export const Assurances = z.strictObject({
  hasPower: z.boolean(),
  extraditionAuthorityConsulted: z.boolean(),
  extraditionWillBeSought: z.boolean(),
})

export const Ended = z.strictObject({
  at: Instant,
  how: z.enum(['executed', 'withdrawn', 'purpose-met']),
  reason: text(1_000),
})

export type Ended = z.infer<typeof Ended>

export const Notice = z.strictObject({
  type: NoticeType,
  channel: z.enum(channels),
  /** The issuer's own file. */
  reference: text(200),
  /** For whom it is meant, the secretariat apart: it stands in the notice, since the reviewer's decision goes the same way. */
  to: Audience,
  subject: NoticeSubject.optional(),
  facts: Facts.optional(),
  judicial: Judicial.optional(),
  assurances: Assurances.optional(),
  /** Blue: what the person is in the case, and what is asked. */
  interest: z
    .strictObject({
      status: z.enum(['convicted', 'charged', 'suspect', 'witness', 'victim']),
      asked: text(2_000),
      case: text(500),
    })
    .optional(),
  /** Green and orange: a national assessment, its grounds and the warning. */
  warning: z
    .strictObject({
      assessment: text(3_000),
      grounds: z.enum(['convictions', 'other-reasonable-grounds', 'suspicion-only']).optional(),
      content: text(3_000),
      imminence: text(1_000).optional(),
      danger: text(1_000).optional(),
    })
    .optional(),
  /** Yellow and black: the police record. */
  incident: z
    .strictObject({
      policeRecord: text(500),
      at: PartialDate,
      place: text(300),
      circumstances: text(3_000),
      adultsLawAllows: z.boolean().optional(),
      forensic: text(2_000).optional(),
    })
    .optional(),
  /** Purple: how it is done. */
  method: text(5_000).optional(),
  /** Silver: what is sought, and the offence that it comes from. */
  assets: z.strictObject({ predicateOffence: text(500), description: text(3_000) }).optional(),
  /** Special: the permanent reference and measures of the Security Council. */
  council: z
    .strictObject({
      reference: text(40),
      measures: z.array(z.enum(['assets-freeze', 'travel-ban', 'arms-embargo'])).min(1),
    })
    .optional(),
  /** What is asked of whoever meets the subject: an upper bound, which the law of the place lowers. */
  asked: z.enum(actionClasses),
  /** Nothing may show at the counter that could tip off the subject. */
  discreet: z.boolean().default(false),
  /** Fields of the return form that the issuer wants. */
  sought: z.array(z.string().max(40)).max(40).default([]),
  caution: text(500).optional(),
  /** The issuer's consent to a public page (RPD 61). */
  publicExtract: z.boolean().default(false),
  ended: Ended.optional(),
})
export type Notice = z.infer<typeof Notice>

export const noticeKind: RecordKind<Notice> = {
  type: 'notice',
  schema: 1,
  Body: Notice,
  caption: (it) => shorten(nameOf(it) ?? it.reference, 200),
  matching: {
    as: 'subject',
    entity: ({ subject, reference }, id) => ({
      id,
      schema: subject?.schema ?? 'LegalEntity',
      properties: subject === undefined ? {} : { ...subject.properties, name: namesOf(subject) },
      caption: reference,
    }),
  },
}

/** Names as they are searched: those stated, and first and last name together where only the parts are. */
export function namesOf({ properties }: Pick<NoticeSubject, 'properties'>): string[] {
  const stated = properties.name ?? []
  if (stated.length > 0) return stated
  const { firstName = [], lastName = [] } = properties
  return lastName.length === 0
    ? firstName
    : lastName.flatMap((last) => (firstName[0] ? `${firstName[0]} ${last}` : last))
}

export const nameOf = ({ subject }: Pick<Notice, 'subject'>): string | undefined => subject && namesOf(subject)[0]

export const outcomes = ['published', 'refused', 'information-asked', 'suspended', 'lifted', 'cancelled'] as const
export type Outcome = (typeof outcomes)[number]

/** One factor of RPD 34(3), or another question of the test, with what a person found. */
export const Finding = z.strictObject({
  factor: z.string().max(60),
  weighs: z.enum(['for', 'against', 'neither']),
  because: text(2_000),
})
export type Finding = z.infer<typeof Finding>

/** What the reviewer decided about one version, signed, with the reasons: it reaches everybody who holds the notice. */
export const NoticeDecision = z.strictObject({
  about: RecordIdText,
  version: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  originator: MemberId,
  /** Counts the decisions of the reviewer about this notice: their order, whatever the clocks say. */
  step: z.number().int().min(1),
  outcome: z.enum(outcomes),
  /** Of `reason-codes.json`; required for everything but publication and its lifting. */
  reason: z.string().max(60).nullable(),
  note: text(3_000),
  /** Versions of the rule data that the review used. */
  rules: z.string().max(60),
  findings: z.array(Finding).max(40),
  /** Ids of the two who decided: never one alone. */
  persons: z.tuple([z.string().max(64), z.string().max(64)]),
})
export type NoticeDecision = z.infer<typeof NoticeDecision>

export const decisionKind: RecordKind<NoticeDecision> = {
  type: 'notice-decision',
  schema: 1,
  Body: NoticeDecision,
  caption: ({ outcome }) => outcome,
}

export const answers = ['accepted', 'limited', 'caveat', 'refused'] as const

/** What a receiving state does with a notice under its own law. */
export const NoticeResponse = z.strictObject({
  about: RecordIdText,
  version: z.number().int().min(1),
  answer: z.enum(answers),
  /** An upper bound on what is done here; for `limited`. */
  action: z.enum(actionClasses).optional(),
  note: text(1_000),
  /** For the secretariat alone: the issuer learns that national law forbids, never which ground, still less who protects. */
  ground: z.string().max(60).optional(),
})
export type NoticeResponse = z.infer<typeof NoticeResponse>

export const responseKind: RecordKind<NoticeResponse> = {
  type: 'notice-response',
  schema: 1,
  Body: NoticeResponse,
  caption: ({ answer }) => answer,
}

/** The issuer's answer to what the reviewer asked. */
export const NoticeAnswer = z.strictObject({ about: RecordIdText, version: z.number().int().min(1), text: text(5_000) })
export type NoticeAnswer = z.infer<typeof NoticeAnswer>

export const answerKind: RecordKind<NoticeAnswer> = {
  type: 'notice-answer',
  schema: 1,
  Body: NoticeAnswer,
  caption: ({ text: it }) => shorten(it, 120),
}

/** The person was met: located, or held (RPD 87). */
export const NoticeReport = z.strictObject({
  about: RecordIdText,
  what: z.enum(['located', 'executed']),
  at: Instant,
  place: text(300),
  country: Country.optional(),
  measures: text(1_000),
})
export type NoticeReport = z.infer<typeof NoticeReport>

export const reportKind: RecordKind<NoticeReport> = {
  type: 'notice-report',
  schema: 1,
  Body: NoticeReport,
  caption: ({ what, place }) => shorten(`${what}: ${place}`, 120),
  seen: ({ about, at, place, country }) => ({ about, from: at, to: at, place, country: country ?? null }),
}

/** That a request was refused for what must be remembered, without a word on the person it was about. */
export const RefusalMark = z.strictObject({
  member: MemberId,
  type: NoticeType,
  channel: z.enum(channels),
  reason: z.string().max(60),
  at: Instant,
})
export type RefusalMark = z.infer<typeof RefusalMark>

export const refusalKind: RecordKind<RefusalMark> = {
  type: 'notice-refusal',
  schema: 1,
  Body: RefusalMark,
  caption: ({ member, reason }) => `${member}: ${reason}`,
}
