import { z } from 'zod'
import { engineOf, isLoaded } from '#capabilities/screening/engine'
import { sayIn } from '#capabilities/screening/say'
import { algorithm, featureDocs } from '#capabilities/screening/yente-algorithms'
import { access, FeatureDocs, fault } from '#capabilities/screening/yente-shapes'
import { operation } from '#http/operation'
import { engineVersion } from '#matching/candidate'
import { decide } from '#policy/decide'

const Dataset = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  url: z.string().nullable(),
  load: z.boolean(),
  entities_url: z.string().nullable(),
  version: z.string(),
  index_version: z.string(),
  index_current: z.boolean(),
  children: z.array(z.string()),
  entity_count: z.number(),
  updated_at: z.string().nullable(),
})
type Dataset = z.infer<typeof Dataset>

export const catalog = operation({
  id: 'screening.catalog',
  method: 'get',
  base: '',
  path: '/catalog',
  summary: 'The datasets that the caller may search, and how much of each, for a client of yente',
  access,
  reply: z.object({
    datasets: z.array(Dataset),
    current: z.array(z.string()),
    outdated: z.array(z.string()),
    index_stale: z.boolean(),
  }),
  handle: async ({ caller, services }) => {
    const engine = engineOf(services)
    const circumstances = { now: services.store.clock.now(), purpose: caller.purpose }
    const held = new Map<string, { count: number; latest: string; isList: boolean }>()
    for (const it of engine.all()) {
      if (!decide(caller.actor, 'search', it.subject, circumstances).permit) continue
      const { count, latest } = held.get(it.dataset) ?? { count: 0, latest: '' }
      const newest = it.changedAt > latest ? it.changedAt : latest
      held.set(it.dataset, { count: count + 1, latest: newest, isList: it.as === 'list' })
    }
    const isCurrent = isLoaded(engine)
    const single = Array.from(held, ([name, it]) => datasetOf(name, { ...it, isCurrent, children: [] }))
    const lists = [...held].filter(([, it]) => it.isList)
    const datasets = [
      datasetOf('default', { ...sumOf([...held]), isCurrent, children: [...held.keys()] }),
      datasetOf('lists', { ...sumOf(lists), isCurrent, children: lists.map(([name]) => name) }),
      ...single,
    ]
    const names = datasets.map((it) => it.name)
    return { datasets, current: isCurrent ? names : [], outdated: isCurrent ? [] : names, index_stale: !isCurrent }
  },
})

type Held = readonly (readonly [string, { readonly count: number; readonly latest: string }])[]

function sumOf(held: Held): { count: number; latest: string } {
  const count = held.reduce((sum, [, it]) => sum + it.count, 0)
  return { count, latest: held.map(([, it]) => it.latest).reduce((a, b) => (a > b ? a : b), '') }
}

interface Facts {
  readonly count: number
  readonly latest: string
  readonly isCurrent: boolean
  readonly children: string[]
}

const titles: Readonly<Record<string, string>> = {
  default: 'All that may be searched',
  lists: 'Published lists',
  subjects: 'Records of members',
}

/** Of a list that every node knows, in English as all of this service is; a list that was defined here is known by its id. */
function titleOf(name: string): string {
  const key = `screening.listTitles.${name}`
  const listed = sayIn('en')(key)
  return titles[name] ?? (listed === key ? name : listed)
}

function datasetOf(name: string, { count, latest, isCurrent, children }: Facts): Dataset {
  return {
    name,
    title: titleOf(name),
    summary: null,
    url: null,
    load: true,
    entities_url: null,
    version: latest,
    index_version: latest,
    index_current: isCurrent,
    children,
    entity_count: count,
    updated_at: latest === '' ? null : latest,
  }
}

export const algorithms = operation({
  id: 'screening.algorithms',
  method: 'get',
  base: '',
  path: '/algorithms',
  summary: 'How this node matches, for a client of yente',
  access: { roles: 'anyone', scope: 'read' },
  reply: z.object({
    algorithms: z.array(z.object({ name: z.string(), description: z.string(), features: FeatureDocs })),
    default: z.string(),
    best: z.string(),
  }),
  handle: async () => {
    const description = `${engineVersion}: log-odds of names and attributes, explained; it answers to the names of yente too.`
    return {
      algorithms: [{ name: algorithm, description, features: featureDocs() }],
      default: algorithm,
      best: algorithm,
    }
  },
})

export const ready = operation({
  id: 'screening.ready',
  method: 'get',
  base: '',
  path: '/readyz',
  summary: 'Whether all that the node holds can be found',
  access: { roles: 'anyone', scope: 'read' },
  reply: z.object({ status: z.literal('ok') }),
  handle: async ({ services }) => {
    if (!isLoaded(engineOf(services))) throw fault('screening/not-ready', 'Not everything is indexed yet.')
    return { status: 'ok' as const }
  },
})
