import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { DatasetVersion, versionsFor } from '#capabilities/screening/dataset-versions'
import { engineOf, type Indexed } from '#capabilities/screening/engine'
import { type Asking, lookUp } from '#capabilities/screening/look-up'
import { operation } from '#http/operation'
import { found, RecordParams } from '#http/shapes'
import type { Candidate } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { toYente } from '#matching/yente'
import { nodeSchemata } from '#protocol/vocabulary'
import { audited } from '#store/audited'

/**
 * The address and shape of yente, the OpenSanctions matching service, so that its clients work unchanged: `POST
 * /match/{dataset}`, `GET /search/{dataset}`, `GET /entities/{id}`. Differences: a bearer token is needed, purpose and
 * reference come from headers or from the token, and what the caller may not know of is never compared.
 */

const roles = ['officer', 'supervisor', 'legal'] as const
const access = { roles, scope: 'screen', purpose: true } as const
const DatasetParams = z.object({ dataset: z.string().regex(/^[a-z0-9-]{1,40}$/) })

const schemaNames = nodeSchemata
const Query = z.object({
  id: z.string().max(256).nullish(),
  schema: z.enum(schemaNames),
  properties: z.record(z.string().max(64), z.union([z.string().max(1_024), z.array(z.string().max(1_024)).max(100)])),
})
type Query = z.infer<typeof Query>

const ScoredEntity = z.object({
  id: z.string(),
  caption: z.string(),
  schema: z.string(),
  properties: z.record(z.string(), z.array(z.string())),
  datasets: z.array(z.string()),
  referents: z.array(z.string()),
  target: z.boolean(),
  first_seen: z.string().nullable(),
  last_seen: z.string().nullable(),
  last_change: z.string().nullable(),
  score: z.number(),
  match: z.boolean(),
  features: z.record(z.string(), z.number()),
  explanations: z.record(
    z.string(),
    z.object({ detail: z.string(), score: z.number(), query: z.string().nullable(), candidate: z.string().nullable() }),
  ),
})
type ScoredEntity = z.infer<typeof ScoredEntity>

const Options = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(5),
  threshold: z.coerce.number().min(0).max(1).default(0.7),
  cutoff: z.coerce.number().min(0).max(1).default(0.5),
  algorithm: z.string().max(60).optional(),
})

const Total = z.object({ value: z.number(), relation: z.literal('eq') })

export const match = operation({
  id: 'screening.match',
  method: 'post',
  base: '',
  path: '/match/{dataset}',
  summary: 'Screen entities against what this node holds: yente-compatible',
  access,
  params: DatasetParams,
  query: Options,
  body: z.object({
    queries: z.record(z.string().max(256), Query),
    weights: z.record(z.string(), z.number()).optional(),
    config: z.unknown().optional(),
  }),
  reads: true,
  limitBytes: 8_388_608,
  reply: z.object({
    responses: z.record(
      z.string(),
      z.object({ status: z.number(), results: z.array(ScoredEntity), total: Total, query: Query }),
    ),
    matcher: z.record(z.string(), z.object({ description: z.string(), url: z.string(), coefficient: z.number() })),
    limit: z.number(),
    /** The versions of the lists that were searched: yente has no such member, and its clients pass over it. */
    datasets: z.array(DatasetVersion),
  }),
  handle: async (request) => {
    const { body, query, params, caller, services, commit } = request
    const datasets = await versionsFor(services, params.dataset)
    const responses: Record<
      string,
      { status: number; results: ScoredEntity[]; total: { value: number; relation: 'eq' }; query: Query }
    > = {}
    let done = 0
    let hits = 0
    for (const [key, one] of Object.entries(body.queries)) {
      if (++done % 25 === 0) await nextTurn()
      const results = await score(one, request, { dataset: params.dataset, ...query })
      hits += results.filter((it) => it.match).length
      responses[key] = { status: 200, results, total: { value: results.length, relation: 'eq' }, query: one }
    }
    const audit = [
      audited('search', caller, {
        object: { type: 'dataset', id: params.dataset },
        details: { queries: done, matches: hits },
      }),
    ]
    return commit({ audit }, { responses, matcher: {}, limit: query.limit, datasets })
  },
})

export const search = operation({
  id: 'screening.search',
  method: 'get',
  base: '',
  path: '/search/{dataset}',
  summary: 'Search by a name or a number: yente-compatible',
  access,
  params: DatasetParams,
  query: z.object({
    q: z.string().trim().min(1).max(512),
    schema: z.enum(['Thing', ...schemaNames]).default('Thing'),
    limit: z.coerce.number().int().min(1).max(100).default(10),
    threshold: z.coerce.number().min(0).max(1).default(0.25),
  }),
  reply: z.object({
    results: z.array(ScoredEntity),
    total: Total,
    limit: z.number(),
    offset: z.number(),
    datasets: z.array(DatasetVersion),
  }),
  command: { words: 'search', positional: ['dataset', 'q'], columns: ['id', 'caption', 'schema', 'score', 'datasets'] },
  handle: async (request) => {
    const { query, params, caller, services, commit } = request
    const datasets = await versionsFor(services, params.dataset)
    const text = query.q
    const number = /\d/.test(text)
      ? { passportNumber: text, idNumber: text, accountNumber: text, iban: text, phone: text, registrationNumber: text }
      : {}
    const tried: (typeof schemaNames)[number][] =
      query.schema === 'Thing' ? ['Person', 'LegalEntity', 'Vessel', 'Airplane'] : [query.schema]
    const all: ScoredEntity[] = []
    for (const schema of tried) {
      const options = {
        dataset: params.dataset,
        limit: query.limit,
        threshold: query.threshold,
        cutoff: query.threshold,
      }
      all.push(...(await score({ schema, properties: { name: text, ...number } }, request, options)))
    }
    const best = new Map<string, ScoredEntity>()
    for (const it of all) if ((best.get(it.id)?.score ?? -1) < it.score) best.set(it.id, it)
    const results = [...best.values()].sort((a, b) => b.score - a.score).slice(0, query.limit)
    const audit = [
      audited('search', caller, {
        object: { type: 'dataset', id: params.dataset },
        details: { found: results.length },
      }),
    ]
    return commit(
      { audit },
      { results, total: { value: results.length, relation: 'eq' as const }, limit: query.limit, offset: 0, datasets },
    )
  },
})

export const entity = operation({
  id: 'screening.entity',
  method: 'get',
  base: '',
  path: '/entities/{id}',
  summary: 'One entity by its id: yente-compatible',
  access,
  params: RecordParams,
  reply: ScoredEntity.partial({ score: true, match: true, features: true, explanations: true }),
  handle: async ({ params, caller, reader, services, commit }) => {
    const engine = engineOf(services)
    const view = found(await reader.record(params.id, 'search'))
    const indexed = found(engine.find(params.id))
    const entityOf = found(engine.entityOf(view))
    return commit({ audit: [audited('search', caller, { object: view })] }, describe(entityOf, indexed, view))
  },
})

interface ScoreOptions {
  readonly dataset: string
  readonly limit: number
  readonly threshold: number
  readonly cutoff: number
}

async function score(query: Query, asking: Asking, options: ScoreOptions): Promise<ScoredEntity[]> {
  const properties = Object.fromEntries(
    Object.entries(query.properties).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  )
  const { dataset } = options
  const found = await lookUp({ id: query.id ?? 'query', schema: query.schema, properties }, asking, {
    limit: options.limit,
    threshold: Math.min(options.cutoff, options.threshold),
    isAsked: (it) => dataset === 'default' || it.dataset === dataset || (dataset === 'lists' && it.as === 'list'),
  })
  return found.map(({ candidate, entity, indexed, view }) => ({
    ...describe(entity, indexed, view),
    ...verdictOf(candidate, options.threshold),
  }))
}

function describe(it: MatchEntity, indexed: Indexed, view: { caption: string; issuedAt: string }) {
  return {
    id: it.id,
    caption: view.caption,
    schema: it.schema,
    properties: Object.fromEntries(Object.entries(it.properties).map(([name, values]) => [name, [...values]])),
    datasets: [indexed.dataset],
    referents: [],
    target: true,
    first_seen: null,
    last_seen: null,
    last_change: view.issuedAt,
  }
}

function verdictOf(
  it: Candidate,
  threshold: number,
): Pick<ScoredEntity, 'score' | 'match' | 'features' | 'explanations'> {
  const { score, match, features, explanations } = toYente(it, threshold)
  return { score, match, features: { ...features }, explanations: { ...explanations } }
}
