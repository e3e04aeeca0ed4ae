import { z } from 'zod'
import { captionOf } from '#capabilities/subjects/caption'
import type { FtmEntity } from '#protocol/ftm-entity'
import { Category, Grading, LegalBasis } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'
import type { RecordKind } from '#protocol/record-kind'
import {
  hasProperty,
  heldSchemata,
  nodeSchemata,
  relationEnds,
  relationSchemata,
  type SchemaName,
} from '#protocol/vocabulary'

/**
 * A subject: one FollowTheMoney entity as statements, with the documents, accounts and places that it holds and its relations
 * to others. Each statement carries its own grading, category and basis where they differ from the record's header.
 * Everything has a key of its own, so that a mark can keep any of it from a recipient: `/body/relations/3f…`.
 */

const Key = z.string().regex(/^[a-z0-9]{1,24}$/)

export const Statement = z.strictObject({
  property: z.string().max(40),
  value: z.string().trim().min(1).max(4_096),
  /** BCP 47 language or script of the value, where it is known. */
  lang: z.string().max(20).optional(),
  grading: Grading.optional(),
  category: Category.optional(),
  nature: z.enum(['fact', 'assessment']).optional(),
  basis: LegalBasis.optional(),
  /** Where it comes from, in the words of the officer. */
  source: z.string().max(500).optional(),
})
export type Statement = z.infer<typeof Statement>

const Statements = z
  .record(Key, Statement)
  .refine((it) => Object.keys(it).length <= 1_000, 'more than 1,000 statements')

const HeldEntity = z.strictObject({ schema: z.enum(heldSchemata), statements: Statements })

const Relation = z.strictObject({
  schema: z.enum(relationSchemata),
  /** Whether the subject of this record stands at the second end of the relation: the relative, the organisation, the asset. */
  reversed: z.boolean().optional(),
  /** The other party: another record, or what is known of it here. */
  other: z.union([
    z.strictObject({ record: RecordIdText }),
    z.strictObject({ schema: z.enum(nodeSchemata), statements: Statements }),
  ]),
  statements: Statements,
})

/** What is asked of whoever meets the subject; the law of the place lowers it (protocol point 9). */
export const actions = ['none', 'report', 'observe', 'question', 'search', 'seize', 'arrest', 'protect'] as const

const shape = z.strictObject({
  schema: z.enum(nodeSchemata),
  statements: Statements,
  holds: z.record(Key, HeldEntity).default({}),
  relations: z.record(Key, Relation).default({}),
  action: z.enum(actions).default('none'),
  /** A discreet alert never tips off its subject. */
  discreet: z.boolean().default(false),
})

export const Subject = shape.superRefine((subject, context) => {
  const check = (schema: SchemaName, statements: z.infer<typeof Statements>, path: string[]) => {
    for (const [key, it] of Object.entries(statements)) {
      if (!hasProperty(schema, it.property)) {
        context.addIssue({
          code: 'custom',
          path: [...path, 'statements', key, 'property'],
          message: `${schema} has no property ${it.property} in the FollowTheMoney vocabulary`,
        })
      }
    }
  }
  check(subject.schema, subject.statements, [])
  for (const [key, it] of Object.entries(subject.holds)) check(it.schema, it.statements, ['holds', key])
  for (const [key, it] of Object.entries(subject.relations)) {
    check(it.schema, it.statements, ['relations', key])
    if ('schema' in it.other) check(it.other.schema, it.other.statements, ['relations', key, 'other'])
  }
  if (Object.keys(subject.statements).length === 0)
    context.addIssue({ code: 'custom', path: ['statements'], message: 'a subject needs at least one statement' })
})
export type Subject = z.infer<typeof Subject>

/** Properties of what a person or company holds that identify the holder as well. */
const identifying: Partial<Record<SchemaName, Readonly<Record<string, string>>>> = {
  Passport: { number: 'passportNumber', passportNumber: 'passportNumber', country: 'country' },
  Identification: { number: 'idNumber', country: 'country' },
  BankAccount: { iban: 'iban', accountNumber: 'accountNumber' },
  CryptoWallet: { publicKey: 'publicKey' },
  Address: { full: 'address', country: 'country' },
}

function collect(
  into: Record<string, string[]>,
  statements: Record<string, Statement>,
  rename?: Readonly<Record<string, string>>,
): void {
  for (const { property, value } of Object.values(statements)) {
    const name = rename === undefined ? property : rename[property]
    if (name === undefined) continue
    into[name] ??= []
    if (!into[name].includes(value)) into[name].push(value)
  }
}

/** The subject as one flat entity, for matching. */
export function flatten(subject: Pick<Subject, 'schema' | 'statements' | 'holds'>, id: string): FtmEntity {
  const properties: Record<string, string[]> = {}
  collect(properties, subject.statements)
  for (const it of Object.values(subject.holds)) collect(properties, it.statements, identifying[it.schema] ?? {})
  return { id, schema: subject.schema, caption: captionOf(subject), properties }
}

/** The subject as FollowTheMoney entities, the way other software exchanges them. */
export function toFtm(subject: Subject, id: string): FtmEntity[] {
  const entity = (
    own: string,
    schema: SchemaName,
    statements: Record<string, Statement>,
    extra: Record<string, string[]> = {},
  ): FtmEntity => {
    const properties: Record<string, string[]> = { ...extra }
    collect(properties, statements)
    return { id: own, schema, caption: captionOf({ statements, schema }), properties }
  }
  const entities = [entity(id, subject.schema, subject.statements)]
  for (const [key, it] of Object.entries(subject.holds)) {
    const holder = hasProperty(it.schema, 'holder')
      ? { holder: [id] }
      : hasProperty(it.schema, 'owner')
        ? { owner: [id] }
        : {}
    entities.push(entity(`${id}-${key}`, it.schema, it.statements, holder))
  }
  for (const [key, it] of Object.entries(subject.relations)) {
    const other = 'record' in it.other ? it.other.record : `${id}-${key}-other`
    if ('schema' in it.other) entities.push(entity(other, it.other.schema, it.other.statements))
    const [first, second] = relationEnds[it.schema]
    const ends = it.reversed ? { [first]: [other], [second]: [id] } : { [first]: [id], [second]: [other] }
    entities.push(entity(`${id}-${key}`, it.schema, it.statements, ends))
  }
  return entities
}

export const subjectKind: RecordKind<Subject> = {
  type: 'subject',
  schema: 1,
  Body: Subject,
  caption: captionOf,
  matching: { as: 'subject', entity: flatten },
}
