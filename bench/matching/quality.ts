import type { MatchEntity } from '#matching/entity'
import type { Part, SetName, SetQuery, Sets } from './sets.ts'

/** Finds for a query the ids of entities with their scores, best first. */
export type Search = (query: MatchEntity) => Promise<readonly Found[]> | readonly Found[]

export interface Found {
  readonly id: string
  readonly score: number
}

export interface Answer {
  readonly query: SetQuery
  /** Whether the right entity comes first. */
  readonly isFirst: boolean
  /** The score of the right entity, or of whatever is best for one on no list; minus infinity when nothing is found. */
  readonly score: number
  /** The best score of an entity that is not the right one. */
  readonly other: number
}

export async function answerAll(sets: Sets, part: Part, search: Search): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const query of sets.queries) {
    if (query.part !== part) continue
    const found = await search({ id: 'query', schema: query.schema, properties: { name: [query.name] } })
    const isRight = ({ id }: Found) => query.of !== '' && sets.areOne(id, query.of)
    const right = found.find(isRight)
    const other = found.find((it) => !isRight(it))?.score ?? -Infinity
    const score = query.of === '' ? other : (right?.score ?? -Infinity)
    answers.push({ query, isFirst: found[0] !== undefined && isRight(found[0]), score, other })
  }
  return answers
}

export function ofSet(answers: readonly Answer[], ...sets: readonly SetName[]): readonly Answer[] {
  return answers.filter(({ query }) => sets.includes(query.set))
}

/** The share of queries whose right entity comes first. */
export function recallAtOne(answers: readonly Answer[]): number {
  return answers.filter(({ isFirst }) => isFirst).length / answers.length
}

/** The score that this share of those who are on no list passes. */
export function thresholdAt(strangers: readonly Answer[], share: number): number {
  const scores = strangers.map(({ score }) => score).sort((a, b) => b - a)
  return scores[Math.floor(scores.length * share)] ?? -Infinity
}

/** The share of queries whose right entity scores above the threshold. */
export function recallAbove(answers: readonly Answer[], threshold: number): number {
  return answers.filter(({ score }) => score > threshold).length / answers.length
}
