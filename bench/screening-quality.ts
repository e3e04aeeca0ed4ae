import { createMatchingIndex } from '#matching/name-index'
import type { Bench, BenchContext, Metric } from './bench.ts'
import { blockingLoss } from './matching/blocking-loss.ts'
import { readListed } from './matching/listed.ts'
import { type OtherSearch, openMiniSearch, openScan, openTrigrams } from './matching/other-searches.ts'
import {
  type Answer,
  answerAll,
  ofSet,
  recallAbove,
  recallAtOne,
  type Search,
  thresholdAt,
} from './matching/quality.ts'
import { makeSets, type Sets } from './matching/sets.ts'

const others = { scan: 'a Jaro-Winkler scan', minisearch: 'minisearch', trigrams: 'pg_trgm' } as const

const measures: Readonly<
  Record<string, { readonly what: string; readonly of: (answers: readonly Answer[]) => number }>
> = {
  'screening/alias_recall_at_1': {
    what: 'unseen aliases whose entity comes first, by name and type, on the test part of the sets',
    of: (answers) => recallAtOne(ofSet(answers, 'alias')),
  },
  'screening/recall_at_fpr1': {
    what: 'unseen aliases and misspelt names of people found above the score that 1 % of invented people pass',
    of: (answers) => {
      const people = answers.filter(({ query }) => query.schema === 'Person')
      return recallAbove(ofSet(people, 'alias', 'spelling'), thresholdAt(ofSet(answers, 'person'), 0.01))
    },
  },
  'screening/arabic_recall_at_1': {
    what: 'listed people asked for in Arabic script, not indexed in it, whose entity comes first',
    of: (answers) => recallAtOne(ofSet(answers, 'arabic')),
  },
}

/** Every measure once by itself beside a scan, and once beside each of the others. */
const metrics: readonly Metric[] = Object.entries(measures).flatMap(([name, { what }]) =>
  Object.entries(others).map(
    ([key, baseline]): Metric => ({ name: key === 'scan' ? name : `${name}_${key}`, unit: 'share', what, baseline }),
  ),
)

/** Every so-manieth query of the test part is put to the slow searches. */
const sampled = 5
const exhaustiveQueries = 120

export const screeningQuality: Bench = {
  name: 'screening-quality',
  metrics: [
    ...metrics,
    {
      name: 'screening/blocking_loss',
      unit: 'share',
      what: 'queries whose best entity is found only when every name is compared',
    },
  ],
  async run(context) {
    const { entities, what } = await readListed(context.folder)
    const sets = makeSets(entities)
    const index = createMatchingIndex()
    for (const entity of sets.entities) index.put(entity)
    context.say(what)
    const own: Search = (query) => index.search(query, { limit: 10, threshold: 0 })
    const answers = await answerAll(sets, 'test', own)
    const values = new Map(Object.entries(measures).map(([name, { of }]) => [name, of(answers)]))
    for (const [key, open] of Object.entries(openers)) {
      const wanted = Object.keys(measures).map((name) => (key === 'scan' ? name : `${name}_${key}`))
      if (!context.wants(...wanted)) continue
      const other = await open(sets, context)
      const theirs = await answerAll(sampleOf(sets), 'test', other.search)
      await other.close()
      for (const [name, { of }] of Object.entries(measures)) {
        context.report(key === 'scan' ? name : `${name}_${key}`, values.get(name)!, of(theirs))
      }
    }
    if (!context.wants('screening/blocking_loss')) return
    const [lost, asked] = blockingLoss(sets, index, exhaustiveQueries)
    context.report('screening/blocking_loss', lost / asked)
  },
}

const openers: Readonly<Record<keyof typeof others, (sets: Sets, context: BenchContext) => Promise<OtherSearch>>> = {
  scan: async ({ entities }) => openScan(entities),
  minisearch: async ({ entities }) => openMiniSearch(entities),
  trigrams: ({ entities }, { folder }) => openTrigrams(entities, folder),
}

function sampleOf(sets: Sets): Sets {
  return { ...sets, queries: sets.queries.filter((_, at) => at % sampled === 0) }
}
