import type { OtherSearch } from './other-searches.ts'
import { type Answer, answerAll, ofSet, recallAbove, type Search, thresholdAt } from './quality.ts'
import type { SetQuery, Sets } from './sets.ts'
import { type Share, shareOf } from './shares.ts'

/** How one search does on the test part: on people, and where it says so on organisations, ships and others. */
export interface SearchFigures {
  readonly name: string
  readonly aliasFirst: Share
  /** Not in counts that were kept before it was measured; nor the one below. */
  readonly otherAliasFirst?: Share
  readonly spellingFirst: Share
  readonly arabicFirst: Share
  /** Found above the score that one invented person in a hundred passes. */
  readonly aliasAbove: Share
  readonly spellingAbove: Share
  readonly otherAliasAbove?: Share
  /** The same by kind of misspelling. */
  readonly kinds: Readonly<Record<string, Share>>
  /** The share of right entities above the score that a share of invented people passes. */
  readonly curve: readonly (readonly [strangers: number, right: number])[]
}

export const strangersPassing = 0.01
const pointsOfCurve = 80

export async function figuresOf(name: string, sets: Sets, search: Search): Promise<SearchFigures> {
  const isPerson = ({ schema }: SetQuery) => schema === 'Person'
  const asked = { ...sets, queries: sets.queries.filter((query) => isPerson(query) || query.set === 'alias') }
  const all = await answerAll(asked, 'test', search)
  const answers = all.filter(({ query }) => isPerson(query))
  const others = all.filter(({ query }) => !isPerson(query))
  const strangers = ofSet(answers, 'person')
  const threshold = thresholdAt(strangers, strangersPassing)
  const [aliases, spellings] = [ofSet(answers, 'alias'), ofSet(answers, 'spelling')]
  const isFirst = (it: Answer) => it.isFirst
  const isAbove = (it: Answer) => it.score > threshold
  const kinds = Map.groupBy(spellings, ({ query }) => query.kind)
  return {
    name,
    aliasFirst: shareOf(aliases, isFirst),
    otherAliasFirst: shareOf(others, isFirst),
    spellingFirst: shareOf(spellings, isFirst),
    arabicFirst: shareOf(ofSet(answers, 'arabic'), isFirst),
    aliasAbove: shareOf(aliases, isAbove),
    spellingAbove: shareOf(spellings, isAbove),
    otherAliasAbove: shareOf(others, isAbove),
    kinds: Object.fromEntries(Array.from(kinds, ([kind, own]) => [kind, shareOf(own, isAbove)])),
    curve: curveOf(strangers, [...aliases, ...spellings]),
  }
}

function curveOf(strangers: readonly Answer[], right: readonly Answer[]): SearchFigures['curve'] {
  const least = Math.log(1 / strangers.length)
  return Array.from({ length: pointsOfCurve + 1 }, (_, at) => {
    const share = Math.exp(least * (1 - at / pointsOfCurve))
    const found = recallAbove(right, thresholdAt(strangers, share))
    return [Number(share.toPrecision(4)), Number(found.toFixed(4))] as const
  })
}

export async function figuresOfOther(sets: Sets, other: OtherSearch): Promise<SearchFigures> {
  const figures = await figuresOf(other.name, sets, other.search)
  await other.close()
  return figures
}
