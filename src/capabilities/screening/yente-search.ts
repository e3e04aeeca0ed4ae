import { z } from 'zod'
import { bandFrom } from '#capabilities/screening/bands'
import { DatasetVersion, versionsFor } from '#capabilities/screening/dataset-versions'
import { countryIn } from '#capabilities/screening/say-evidence'
import { checkDataset, datasetNamed, score } from '#capabilities/screening/yente-query'
import { access, DatasetParams, Filters, ScoredEntity, Several, Total } from '#capabilities/screening/yente-shapes'
import { operation } from '#http/operation'
import { attributesOf } from '#matching/entity'
import { nodeSchemata, type SchemaName } from '#protocol/vocabulary'
import { audited } from '#store/audited'

const facetNames = ['countries', 'topics', 'datasets', 'schema'] as const
type FacetName = (typeof facetNames)[number]
const Facet = z.object({
  label: z.string(),
  values: z.array(z.object({ name: z.string(), label: z.string(), count: z.number() })),
})
type Facet = z.infer<typeof Facet>

/** What is found before filters take some away, and so the most that can be counted. */
const foundLimit = 500
const kinds: readonly SchemaName[] = ['Person', 'LegalEntity', 'Vessel', 'Airplane']
/** A schema means those below it too, as FollowTheMoney has them. */
const below: Readonly<Record<string, readonly SchemaName[]>> = {
  LegalEntity: ['LegalEntity', 'Person', 'Organization', 'Company'],
  Organization: ['Organization', 'Company'],
  Vehicle: ['Vehicle', 'Vessel', 'Airplane'],
  Identification: ['Identification', 'Passport'],
}

export const search = operation({
  id: 'screening.search',
  method: 'get',
  base: '',
  path: '/search/{dataset}',
  summary: 'Search by a name or a number: yente-compatible',
  access,
  params: DatasetParams,
  query: Filters.extend({
    q: z.string().trim().min(1).max(512),
    schema: z.enum(['Thing', ...nodeSchemata]).default('Thing'),
    countries: Several,
    datasets: Several,
    /** `field:value` on a property: `birthDate:1985`, `programId:…`. */
    filter: Several,
    filter_op: z.enum(['OR', 'AND']).default('OR'),
    facets: Several,
    limit: z.coerce.number().int().min(0).max(foundLimit).default(10),
    offset: z.coerce.number().int().min(0).max(foundLimit).default(0),
    /** `caption:asc`, `last_change:desc`; by likeness unless given. */
    sort: Several,
    /** 0.25 unless given, and then also who is called exactly so, however common the name is. */
    threshold: z.coerce.number().min(0).max(1).optional(),
    /** Taken from clients of yente; the search is plain text and tolerant of spelling always. */
    fuzzy: z.string().max(5).optional(),
    simple: z.string().max(5).optional(),
    target: z.string().max(5).optional(),
  }),
  reply: z.object({
    results: z.array(ScoredEntity),
    facets: z.record(z.string(), Facet),
    total: Total,
    limit: z.number(),
    offset: z.number(),
    /** The versions of the lists that were searched. */
    datasets: z.array(DatasetVersion),
  }),
  command: { words: 'search', positional: ['dataset', 'q'], columns: ['id', 'caption', 'schema', 'score', 'datasets'] },
  handle: async (request) => {
    const { query, params, caller, services, commit } = request
    checkDataset(params.dataset, request)
    const versions = await versionsFor(services, datasetNamed(params.dataset))
    const schemas = query.schema === 'Thing' ? undefined : (below[query.schema] ?? [query.schema])
    const {
      q: text,
      threshold = bandFrom.weak,
      countries,
      datasets,
      filter,
      filter_op,
      sort,
      limit,
      offset,
      ...filters
    } = query
    const narrowing = { ...filters, ...(schemas === undefined ? {} : { schemas }), dataset: params.dataset }
    const best = new Map<string, ScoredEntity>()
    let isCut = false
    for (const schema of query.schema === 'Thing' ? kinds : [query.schema]) {
      const entity = { id: 'query', schema, properties: { name: [text], ...numbersIn(text) } }
      const scoring = { limit: foundLimit, threshold, cutoff: threshold, orNamesake: query.threshold === undefined }
      const found = await score(entity, request, { ...narrowing, ...scoring })
      isCut ||= found.length === foundLimit
      for (const it of found) if ((best.get(it.id)?.score ?? -1) < it.score) best.set(it.id, it)
    }
    const holds = (wanted: readonly string[], has: readonly string[]) =>
      wanted.length === 0 ||
      (filter_op === 'AND' ? wanted.every((it) => has.includes(it)) : wanted.some((it) => has.includes(it)))
    const all = [...best.values()].filter(
      (it) =>
        holds(countries, valuesOf(it, 'countries')) &&
        holds(query.topics, valuesOf(it, 'topics')) &&
        holds(
          datasets.map((name) => name.replaceAll('_', '-')),
          it.datasets,
        ) &&
        filter.every((one) => hasValue(it, one)),
    )
    all.sort(ordering(sort))
    const results = all.slice(offset, offset + limit)
    const audit = [
      audited('search', caller, {
        object: { type: 'dataset', id: params.dataset },
        details: { found: results.length },
      }),
    ]
    const total = { value: all.length, relation: isCut ? ('gte' as const) : ('eq' as const) }
    return commit(
      { audit },
      { results, facets: countFacets(all, query.facets), total, limit, offset, datasets: versions },
    )
  },
})

/** A text with digits may be a number of anything that is looked up by one. */
function numbersIn(text: string): Record<string, string[]> {
  if (!/\d/.test(text)) return {}
  const properties = ['passportNumber', 'idNumber', 'accountNumber', 'iban', 'phone', 'registrationNumber', 'imoNumber']
  return Object.fromEntries([...properties, 'leiCode', 'publicKey'].map((name) => [name, [text]]))
}

function hasValue({ properties }: ScoredEntity, filter: string): boolean {
  const at = filter.indexOf(':')
  const name = filter.slice(0, at).replace(/^properties\./, '')
  return at > 0 && (properties[name] ?? []).some((value) => value.startsWith(filter.slice(at + 1)))
}

function valuesOf(it: ScoredEntity, facet: FacetName): readonly string[] {
  if (facet === 'datasets') return it.datasets
  if (facet === 'schema') return [it.schema]
  if (facet === 'topics') return it.properties.topics ?? []
  return [...attributesOf({ id: it.id, schema: it.schema as SchemaName, properties: it.properties }).countries]
}

const labels: Readonly<Record<FacetName, string>> = {
  countries: 'Countries',
  topics: 'Topics',
  datasets: 'Data sources',
  schema: 'Type',
}

function countFacets(all: readonly ScoredEntity[], wanted: readonly string[]): Record<string, Facet> {
  const asked = wanted.length === 0 ? facetNames.slice(0, 3) : facetNames.filter((it) => wanted.includes(it))
  return Object.fromEntries(
    asked.map((facet) => {
      const counts = new Map<string, number>()
      for (const it of all) for (const name of valuesOf(it, facet)) counts.set(name, (counts.get(name) ?? 0) + 1)
      const values = Array.from(counts, ([name, count]) => ({
        name,
        label: facet === 'countries' ? countryIn('en', name) : name,
        count,
      }))
      values.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      return [facet, { label: labels[facet], values }]
    }),
  )
}

type Order = (a: ScoredEntity, b: ScoredEntity) => number

function ordering(sort: readonly string[]): Order {
  return (a, b) => {
    for (const it of sort) {
      const [field, direction] = it.split(':')
      const key = (one: ScoredEntity) => (field === 'last_change' ? (one.last_change ?? '') : one.caption)
      if (field !== 'caption' && field !== 'last_change') continue
      const [x, y] = [key(a), key(b)]
      if (x !== y) return (x < y ? -1 : 1) * (direction === 'desc' ? -1 : 1)
    }
    return b.score - a.score || (a.id < b.id ? -1 : 1)
  }
}
