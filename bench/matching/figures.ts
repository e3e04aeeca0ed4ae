import { bandFrom } from '#capabilities/screening/bands'
import { engineVersion } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { describeMachine } from '../machine.ts'
import { blockingLoss } from './blocking-loss.ts'
import { figuresOf, figuresOfOther, type SearchFigures } from './comparison.ts'
import { type DrawnFigures, drawnFigures } from './drawn-figures.ts'
import { type CultureFigures, cultureFigures, type ScriptFigures, scriptFigures } from './fairness.ts'
import { type ListFigures, listFigures } from './list-figures.ts'
import { type NamePairFigures, namePairFigures } from './name-pair-figures.ts'
import { openMiniSearch, openScan, openTrigrams } from './other-searches.ts'
import { type PairFigures, pairFigures } from './pair-figures.ts'
import { type Answer, answerAll, ofSet } from './quality.ts'
import { makeSets, type Part, type Sets } from './sets.ts'
import { type Share, shareOf } from './shares.ts'

/** All that the report shows: counts and shares, no name. */
export interface Figures {
  readonly day: string
  readonly machine: string
  readonly engine: string
  readonly lists: readonly ListFigures[]
  readonly entities: number
  readonly sets: Readonly<Record<Part, Readonly<Record<string, number>>>>
  readonly searches: readonly SearchFigures[]
  readonly bands: readonly BandFigures[]
  /** Not in counts that were kept before it was measured. */
  readonly drawn?: readonly DrawnFigures[]
  readonly cultures: readonly CultureFigures[]
  readonly scripts: readonly ScriptFigures[]
  readonly pairs: PairFigures
  /** Not in counts that were kept before it was measured. */
  readonly namePairs?: NamePairFigures
  readonly blockingLoss: Share
}

/** The shares that score as much or more. */
export interface BandFigures {
  readonly from: number
  readonly people: Share
  readonly companies: Share
  readonly aliases: Share
  readonly spellings: Share
  readonly otherAliases: Share
  readonly arabic: Share
}

const scores = Array.from({ length: 19 }, (_, at) => Math.round((at + 1) * 5) / 100)
const exhaustiveQueries = 300

export interface Asked {
  readonly entities: readonly MatchEntity[]
  /** Of this run alone, gone afterwards. */
  readonly folder: string
  readonly say: (text: string) => void
}

export async function measureFigures({ entities, folder, say }: Asked): Promise<Figures> {
  const sets = makeSets(entities)
  const index = createMatchingIndex()
  for (const entity of sets.entities) index.put(entity)
  const search = (query: MatchEntity) => index.search(query, { limit: 10, threshold: 0 })
  say('the bands')
  const answers = await answerAll(sets, 'test', search)
  say('pairs of entities')
  const pairs = await pairFigures(folder, bandFrom)
  say('pairs of names')
  const namePairs = await namePairFigures(entities, bandFrom)
  say('names by culture and by script')
  const cultures = cultureFigures(index, bandFrom)
  const scripts = scriptFigures(index, sets.entities, bandFrom)
  say('comparing every name')
  const loss = blockingLoss(sets, index, exhaustiveQueries)
  return {
    day: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    engine: engineVersion,
    lists: await listFigures(entities),
    entities: entities.length,
    sets: countsOf(sets),
    searches: await compareSearches(sets, index, { folder, say }),
    bands: bandFigures(answers),
    drawn: await drawnFigures({ entities, folder, say }, sets, 'test'),
    cultures,
    scripts,
    pairs,
    namePairs,
    blockingLoss: loss,
  }
}

/** A scan of every name is slow: every so-manieth query is put to it. */
const scanned = 4

function everyOf(sets: Sets, step: number): Sets {
  return { ...sets, queries: sets.queries.filter((_, at) => at % step === 0) }
}

async function compareSearches(
  sets: Sets,
  index: MatchingIndex,
  { folder, say }: Omit<Asked, 'entities'>,
): Promise<readonly SearchFigures[]> {
  const searches = [await figuresOf('Comity', sets, (query) => index.search(query, { limit: 10, threshold: 0 }))]
  const others = [
    { open: () => openTrigrams(sets.entities, folder), asked: sets },
    { open: () => openMiniSearch(sets.entities), asked: sets },
    { open: () => openScan(sets.entities), asked: everyOf(sets, scanned) },
  ]
  for (const { open, asked } of others) {
    const other = await open()
    say(other.name)
    searches.push(await figuresOfOther(asked, other))
  }
  return searches
}

function bandFigures(answers: readonly Answer[]): readonly BandFigures[] {
  const isPerson = ({ query }: Answer) => query.schema === 'Person'
  const aliases = Map.groupBy(ofSet(answers, 'alias'), isPerson)
  return scores.map((from) => {
    const share = (own: readonly Answer[] = []) => shareOf(own, ({ score }) => score >= from)
    return {
      from,
      people: share(ofSet(answers, 'person')),
      companies: share(ofSet(answers, 'company')),
      aliases: share(aliases.get(true)),
      spellings: share(ofSet(answers, 'spelling')),
      otherAliases: share(aliases.get(false)),
      arabic: share(ofSet(answers, 'arabic')),
    }
  })
}

function countsOf({ queries }: Sets): Figures['sets'] {
  const counts: Record<Part, Record<string, number>> = { train: {}, development: {}, test: {} }
  for (const { part, set } of queries) counts[part][set] = (counts[part][set] ?? 0) + 1
  return counts
}
