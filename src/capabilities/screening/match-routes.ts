import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { DatasetVersion, versionsFor } from '#capabilities/screening/dataset-versions'
import { checkAlgorithm, featureDocs } from '#capabilities/screening/yente-algorithms'
import { checkDataset, datasetNamed, entityOf, score } from '#capabilities/screening/yente-query'
import {
  access,
  DatasetParams,
  Example,
  FeatureDocs,
  Filters,
  ScoredEntity,
  Several,
  Total,
} from '#capabilities/screening/yente-shapes'
import { operation } from '#http/operation'
import { audited } from '#store/audited'

const Options = Filters.extend({
  limit: z.coerce.number().int().min(1).max(500).default(5),
  threshold: z.coerce.number().min(0).max(1).default(0.7),
  cutoff: z.coerce.number().min(0).max(1).default(0.5),
  algorithm: z.string().max(60).optional(),
  exclude_entity_ids: Several,
  /** Taken from older clients; the matching is tolerant of spelling always. */
  fuzzy: z.string().max(5).optional(),
})

const Answer = z.object({
  status: z.number(),
  results: z.array(ScoredEntity),
  total: Total,
  query: z.object({
    id: z.string().nullable(),
    schema: z.string(),
    properties: z.record(z.string(), z.array(z.string())),
  }),
})

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
    queries: z.record(z.string().max(256), Example),
    weights: z.record(z.string(), z.number().min(0).max(10)).optional(),
    /** Settings of yente's own algorithms, which change nothing here. */
    config: z.record(z.string(), z.unknown()).optional(),
    params: z.unknown().optional(),
  }),
  reads: true,
  limitBytes: 8_388_608,
  reply: z.object({
    responses: z.record(z.string(), Answer),
    matcher: FeatureDocs,
    limit: z.number(),
    /** The versions of the lists that were searched: yente has no such member, and its clients pass over it. */
    datasets: z.array(DatasetVersion),
  }),
  handle: async (request) => {
    const { body, query: options, params, caller, services, commit } = request
    checkAlgorithm(options.algorithm)
    checkDataset(params.dataset, request)
    const datasets = await versionsFor(services, datasetNamed(params.dataset))
    const responses: Record<string, z.infer<typeof Answer>> = {}
    let done = 0
    let hits = 0
    for (const [key, one] of Object.entries(body.queries)) {
      if (++done % 25 === 0) await nextTurn()
      const entity = entityOf(one)
      const results = await score(entity, request, { dataset: params.dataset, weights: body.weights, ...options })
      hits += results.filter((it) => it.match).length
      const properties = entity.properties as Record<string, string[]>
      const query = { id: one.id ?? null, schema: entity.schema, properties }
      responses[key] = { status: 200, results, total: { value: results.length, relation: 'eq' }, query }
    }
    const audit = [
      audited('search', caller, {
        object: { type: 'dataset', id: params.dataset },
        details: { queries: done, matches: hits },
      }),
    ]
    return commit({ audit }, { responses, matcher: featureDocs(), limit: options.limit, datasets })
  },
})
