import { z } from 'zod'
import { defineFaults } from '#kernel/fault'
import { nodeSchemata, type SchemaName } from '#protocol/vocabulary'

/**
 * Shapes of yente, the matching service of OpenSanctions, so that its clients work unchanged. What differs is in
 * docs/yente.md.
 */

export const fault = defineFaults({
  'screening/no-dataset': 'missing',
  'screening/no-algorithm': 'invalid',
  'screening/not-ready': 'unavailable',
})

const roles = ['officer', 'supervisor', 'legal'] as const
export const access = { roles, scope: 'screen', purpose: true } as const

export const DatasetParams = z.object({ dataset: z.string().regex(/^[a-z0-9_-]{1,40}$/) })

/** A parameter that may be repeated. */
export const Several = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().max(256)).max(50))
  .default([])

/** Filters that match and search share. */
export const Filters = z.object({
  include_dataset: Several,
  exclude_dataset: Several,
  exclude_schema: Several,
  topics: Several,
  /** A date or an instant, ISO 8601. */
  changed_since: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]{2,24})?$/)
    .optional(),
})
export type Filters = z.infer<typeof Filters>

/** Schemata that others distinguish and this node does not. */
const alike: Readonly<Record<string, SchemaName>> = { PublicBody: 'Organization', Thing: 'LegalEntity' }
export const Schema = z.preprocess(
  (value) => (typeof value === 'string' && Object.hasOwn(alike, value) ? alike[value] : value),
  z.enum(nodeSchemata),
)

/** One long value among many queries must not have them all refused: it is read as far as `valueRead`. */
const Value = z.union([z.string().max(65_536), z.number(), z.boolean(), z.null()])
/** More of a value is not read, in UTF-16 units: nobody's name or number is as long. */
export const valueRead = 1_024
export const Example = z.object({
  id: z.string().max(256).nullish(),
  schema: Schema,
  properties: z.record(z.string().max(64), z.union([Value, z.array(Value).max(100)])),
})
export type Example = z.infer<typeof Example>

export const Total = z.object({ value: z.number(), relation: z.enum(['eq', 'gte']) })
export type Total = z.infer<typeof Total>

const plainParts = {
  id: z.string(),
  caption: z.string(),
  schema: z.string(),
  datasets: z.array(z.string()),
  referents: z.array(z.string()),
  target: z.boolean(),
  first_seen: z.string().nullable(),
  last_seen: z.string().nullable(),
  last_change: z.string().nullable(),
}
export const PlainEntity = z.object({ ...plainParts, properties: z.record(z.string(), z.array(z.string())) })
export type PlainEntity = z.infer<typeof PlainEntity>

/** An entity with what it holds in the place of values, one level deep. */
export const NestedEntity = z.object({
  ...plainParts,
  properties: z.record(z.string(), z.array(z.union([z.string(), PlainEntity]))),
})
export type NestedEntity = z.infer<typeof NestedEntity>

export const ScoredEntity = PlainEntity.extend({
  score: z.number(),
  match: z.boolean(),
  features: z.record(z.string(), z.number()),
  explanations: z.record(
    z.string(),
    z.object({ detail: z.string(), score: z.number(), query: z.string().nullable(), candidate: z.string().nullable() }),
  ),
})
export type ScoredEntity = z.infer<typeof ScoredEntity>

export const FeatureDocs = z.record(
  z.string(),
  z.object({ description: z.string(), url: z.string(), coefficient: z.number() }),
)
