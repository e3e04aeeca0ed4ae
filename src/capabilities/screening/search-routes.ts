import { z } from 'zod'
import { bandFrom, bandOf, bands } from '#capabilities/screening/bands'
import { DatasetVersion, versionsFor } from '#capabilities/screening/dataset-versions'
import { EvidenceLine, linesOf } from '#capabilities/screening/evidence-lines'
import { type Asking, type Found, lookUp } from '#capabilities/screening/look-up'
import { readSearchText, searchTextLimit, type Understood } from '#capabilities/screening/search-text'
import { StatedList, statedList } from '#capabilities/screening/stated-list'
import { operation } from '#http/operation'
import { attributesOf, type MatchEntity } from '#matching/entity'
import { nodeSchemata, type SchemaName } from '#protocol/vocabulary'
import { audited } from '#store/audited'

/** The search of the console: one text of any kind, and results with their reasons in parts. */

const within = ['all', 'own', 'others', 'lists'] as const

const Result = z.object({
  id: z.string(),
  caption: z.string(),
  schema: z.string(),
  owner: z.string(),
  /** Where it stands: our own records, those of other members, published lists. */
  group: z.enum(['own', 'others', 'lists']),
  dataset: z.string(),
  list: StatedList.nullable(),
  version: z.number(),
  issuedAt: z.string(),
  state: z.string(),
  birthDates: z.array(z.string()),
  countries: z.array(z.string()),
  score: z.number(),
  band: z.enum(bands),
  lines: z.array(EvidenceLine),
})
export type Result = z.infer<typeof Result>

const resultLimit = 50
/** How many are compared when a filter takes some away only after they were found. */
const candidateLimit = 200
/** A name may be anybody's or anything's: each of these meets only its like. */
const kinds: readonly SchemaName[] = ['Person', 'LegalEntity', 'Vessel', 'Airplane']

export const find = operation({
  id: 'screening.find',
  method: 'post',
  path: '/search',
  summary: 'Search by a name, a number or a document in any script; each result tells which attributes met',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'screen', purpose: true },
  body: z.object({
    text: z.string().trim().min(1).max(searchTextLimit),
    within: z.enum(within).default('all'),
    schema: z.enum(nodeSchemata).optional(),
    /** A list by its id, or `subjects`. */
    dataset: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .optional(),
    band: z.enum(bands).optional(),
    /** ISO 3166-1 alpha-2, lower case. */
    country: z
      .string()
      .regex(/^[a-z]{2}$/)
      .optional(),
  }),
  reads: true,
  reply: z.object({
    readings: z.array(z.object({ as: z.string(), text: z.string(), checked: z.boolean().nullable() })),
    results: z.array(Result),
    /** Whether there are more than these. */
    more: z.boolean(),
    /** The versions of the lists that were searched. */
    datasets: z.array(DatasetVersion),
  }),
  handle: async (request) => {
    const { body, caller, services, commit } = request
    const datasets = await versionsFor(services, body.dataset ?? 'default')
    const understood = readSearchText(body.text)
    const { readings } = understood
    const found = await searchAll(understood, request, body)
    const results = found
      .map((it) => resultOf(it, datasets))
      .filter((it) => body.band === undefined || it.band === body.band)
      .sort((a, b) => b.score - a.score)
    // The typed text stays out of the audit, which is kept for years: it says under which file, in what and how much was found.
    const details = { found: results.length, within: body.within, readAs: readings.map((it) => it.as).join(' ') }
    const audit = [audited('search', caller, { object: { type: 'dataset', id: body.dataset ?? 'default' }, details })]
    return commit(
      { audit },
      {
        readings: [...readings],
        results: results.slice(0, resultLimit),
        more: results.length > resultLimit,
        datasets,
      },
    )
  },
})

interface Filter {
  readonly within: (typeof within)[number]
  readonly schema?: SchemaName | undefined
  readonly dataset?: string | undefined
  readonly country?: string | undefined
}

/** With what was asked for. */
type Answered = Found & { readonly asked: MatchEntity }

async function searchAll(
  { properties, otherwise }: Understood,
  asking: Asking,
  { within: place, schema, dataset, country }: Filter,
): Promise<Answered[]> {
  const best = new Map<string, Answered>()
  for (const kind of schema === undefined ? kinds : [schema]) {
    const asked = { id: 'query', schema: kind, properties: kind === 'Person' ? properties : otherwise }
    const found = await lookUp(asked, asking, {
      limit: candidateLimit,
      threshold: bandFrom.weak,
      orNamesake: true,
      isAsked: (it) => (dataset === undefined || it.dataset === dataset) && (place === 'all' || place === groupOf(it)),
    })
    for (const it of found) {
      const before = best.get(it.indexed.id)
      if (before === undefined || before.candidate.score < it.candidate.score) best.set(it.indexed.id, { ...it, asked })
    }
  }
  return [...best.values()].filter(
    ({ entity }) =>
      (schema === undefined || entity.schema === schema) &&
      (country === undefined || attributesOf(entity).countries.has(country)),
  )
}

function groupOf({ as, ours }: Found['indexed']): Result['group'] {
  if (as === 'list') return 'lists'
  return ours ? 'own' : 'others'
}

/** A number may be typed as several things at once: those of them that the record has nothing of say nothing. */
function typedLines({ candidate, entity, asked }: Answered): EvidenceLine[] {
  const lines = linesOf(candidate, { ours: asked, theirs: entity })
  return lines.filter((it) => it.theirs !== '' || lines.filter((other) => other.ours === it.ours).length === 1)
}

function resultOf(found: Answered, datasets: readonly DatasetVersion[]): Result {
  const { candidate, indexed, view, entity } = found
  const { birth, countries } = attributesOf(entity)
  const { score } = candidate
  const band = bandOf(score)
  return {
    id: view.id,
    caption: view.caption,
    schema: entity.schema,
    owner: view.owner,
    group: groupOf(indexed),
    dataset: indexed.dataset,
    list: statedList(indexed, datasets),
    version: view.version,
    issuedAt: view.issuedAt,
    state: view.state,
    birthDates: birth.slice(0, 3).map((it) => it.text),
    countries: [...countries].slice(0, 6),
    score,
    band: band === 'none' ? 'weak' : band,
    lines: typedLines(found),
  }
}
