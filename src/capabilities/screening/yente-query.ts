import { engineOf, type Indexed } from '#capabilities/screening/engine'
import { type Asking, type Found, lookUp } from '#capabilities/screening/look-up'
import {
  type Example,
  type Filters,
  fault,
  type PlainEntity,
  type ScoredEntity,
  valueRead,
} from '#capabilities/screening/yente-shapes'
import type { MatchEntity } from '#matching/entity'
import { identifierProperties } from '#matching/identifiers'
import { toYente } from '#matching/yente'
import { decide } from '#policy/decide'
import { hasProperty, type SchemaName } from '#protocol/vocabulary'

/** What a dataset of a path or a parameter is called here; names of OpenSanctions with `_` are read with `-`. */
export function datasetNamed(dataset: string): string {
  return aliases[dataset] ?? dataset.replaceAll('_', '-')
}

function isIn(dataset: string, it: Indexed): boolean {
  const name = datasetNamed(dataset)
  return name === 'default' || it.dataset === name || (name === 'lists' && it.as === 'list')
}

const aliases: Readonly<Record<string, string>> = { all: 'default', sanctions: 'lists', un_sc_sanctions: 'un-sc' }
const alwaysThere: ReadonlySet<string> = new Set(['default', 'all', 'lists', 'sanctions', 'subjects'])

/**
 * Refuses a dataset that the caller may search nothing of: a name mistyped would otherwise clear everybody. Throws
 * `screening/no-dataset`.
 */
export function checkDataset(dataset: string, { caller, services }: Asking): void {
  if (alwaysThere.has(dataset)) return
  const circumstances = { now: services.store.clock.now(), purpose: caller.purpose }
  for (const it of engineOf(services).all()) {
    if (isIn(dataset, it) && decide(caller.actor, 'search', it.subject, circumstances).permit) return
  }
  throw fault('screening/no-dataset', 'No such dataset.')
}

export interface Narrowing extends Partial<Filters> {
  readonly dataset: string
  readonly schemas?: readonly SchemaName[]
  readonly exclude_entity_ids?: readonly string[]
}

/** Which records are meant at all, asked before anything of them is compared. */
export function isMeant(narrowing: Narrowing): (it: Indexed) => boolean {
  const { include_dataset = [], exclude_dataset = [], exclude_schema = [], topics = [], schemas } = narrowing
  const excluded = new Set(narrowing.exclude_entity_ids)
  const since = narrowing.changed_since
  return (it) =>
    isIn(narrowing.dataset, it) &&
    (include_dataset.length === 0 || include_dataset.some((dataset) => isIn(dataset, it))) &&
    !exclude_dataset.some((dataset) => isIn(dataset, it)) &&
    !exclude_schema.includes(it.schema) &&
    (schemas === undefined || schemas.includes(it.schema)) &&
    (topics.length === 0 || topics.some((topic) => it.topics.includes(topic))) &&
    (since === undefined || Date.parse(it.changedAt) >= Date.parse(since)) &&
    !excluded.has(it.id)
}

/** Only what the vocabulary has for the schema: protected characteristics are not among it, so they fall away here. */
export function entityOf({ id, schema, properties }: Example): MatchEntity {
  const kept: Record<string, string[]> = {}
  for (const [name, given] of Object.entries(properties)) {
    if (!isKnown(schema, name)) continue
    const values = (Array.isArray(given) ? given : [given]).flatMap((it) => (it === null ? [] : [read(it)]))
    if (values.length > 0) kept[name] = values
  }
  return { id: id ?? 'query', schema, properties: kept }
}

function read(value: string | number | boolean): string {
  return String(value).slice(0, valueRead).toWellFormed()
}

function isKnown(schema: SchemaName, property: string): boolean {
  return hasProperty(schema, property) || identifierProperties.includes(property)
}

export function describe({ entity, indexed, view }: Omit<Found, 'candidate'>): PlainEntity {
  const known = Object.entries(entity.properties).filter(([name]) => isKnown(entity.schema, name))
  const properties = Object.fromEntries(known.map(([name, values]) => [name, [...values]]))
  if (indexed.topics.length > 0) properties.topics = [...indexed.topics]
  return {
    id: entity.id,
    caption: view.caption,
    schema: entity.schema,
    properties,
    datasets: [indexed.dataset],
    referents: [],
    target: true,
    first_seen: null,
    last_seen: null,
    last_change: view.issuedAt,
  }
}

export interface Scoring {
  readonly limit: number
  readonly threshold: number
  readonly cutoff: number
  /** Also who is called exactly so, below the cutoff: for a search, which a person looks through. */
  readonly orNamesake?: boolean
  /** Multiply what each feature, by yente's key, adds to the log-odds. */
  readonly weights?: Readonly<Record<string, number>> | undefined
}

/** How many are compared when weights change the order only afterwards. */
const weighedLimit = 100

/** Entities from the cutoff up, likest first; `match` from the threshold up. */
export async function score(
  query: MatchEntity,
  asking: Asking,
  { limit, threshold, cutoff, orNamesake = false, weights, ...narrowing }: Scoring & Narrowing,
): Promise<ScoredEntity[]> {
  const least = Math.min(cutoff, threshold)
  const isWeighed = weights !== undefined && Object.keys(weights).length > 0
  const found = await lookUp(query, asking, {
    limit: isWeighed ? Math.max(limit, weighedLimit) : limit,
    threshold: isWeighed ? 0 : least,
    orNamesake,
    isAsked: isMeant(narrowing),
  })
  const scored = found.map((it) => {
    const { features, explanations, ...verdict } = toYente(it.candidate, threshold, weights)
    return { ...describe(it), ...verdict, features: { ...features }, explanations: { ...explanations } }
  })
  if (!isWeighed) return scored
  const kept = scored.filter((it) => it.score >= least)
  return kept.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
}
