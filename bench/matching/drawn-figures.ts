import { createMatchingIndex } from '#matching/name-index'
import { strangersPassing } from './comparison.ts'
import { drawSets } from './drawn-sets.ts'
import type { Asked } from './figures.ts'
import { type OtherSearch, openMiniSearch, openTrigrams } from './other-searches.ts'
import { type Answer, answerAll, ofSet, thresholdAt } from './quality.ts'
import type { Part, Sets } from './sets.ts'
import { type Share, shareOf } from './shares.ts'

/** How a search does on the sets that are drawn another way: people, organisations and ships together. */
export interface DrawnFigures {
  readonly name: string
  readonly aliasFirst: Share
  readonly spellingFirst: Share
  /** Found above the score that one invented person in a hundred passes. */
  readonly aliasAbove: Share
  readonly spellingAbove: Share
}

/** Every so-manieth query is asked: two of the searches are slow. */
const sampled = 3

export async function drawnFigures(
  { entities, folder, say }: Asked,
  sets: Sets,
  part: Part,
): Promise<readonly DrawnFigures[]> {
  const drawn = drawSets(entities, sets)
  const asked = drawn.queries.filter((query) => query.part === part).filter((_, at) => at % sampled === 0)
  const sample = { ...drawn, queries: asked }
  const openers = [
    () => openOwn(drawn),
    () => openTrigrams(drawn.entities, `${folder}/drawn`),
    () => openMiniSearch(drawn.entities),
  ]
  const figures: DrawnFigures[] = []
  for (const open of openers) {
    const other = await open()
    say(`${other.name}, drawn another way`)
    figures.push(figuresOf(other.name, await answerAll(sample, part, other.search)))
    await other.close()
  }
  return figures
}

function openOwn({ entities }: Sets): OtherSearch {
  const index = createMatchingIndex()
  for (const entity of entities) index.put(entity)
  return {
    name: 'Comity',
    search: (query) => index.search(query, { limit: 10, threshold: 0 }),
    close: async () => {},
  }
}

function figuresOf(name: string, answers: readonly Answer[]): DrawnFigures {
  const threshold = thresholdAt(ofSet(answers, 'person'), strangersPassing)
  const [aliases, spellings] = [ofSet(answers, 'alias'), ofSet(answers, 'spelling')]
  const isAbove = ({ score }: Answer) => score > threshold
  return {
    name,
    aliasFirst: shareOf(aliases, ({ isFirst }) => isFirst),
    spellingFirst: shareOf(spellings, ({ isFirst }) => isFirst),
    aliasAbove: shareOf(aliases, isAbove),
    spellingAbove: shareOf(spellings, isAbove),
  }
}
