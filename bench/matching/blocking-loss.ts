import type { MatchingIndex } from '#matching/name-index'
import type { Sets } from './sets.ts'
import type { Share } from './shares.ts'

/** Queries of the test part whose best entity, from 0.5 up, is found when every name is compared, and not otherwise. */
export function blockingLoss(sets: Sets, index: MatchingIndex, most: number): Share {
  const queries = sets.queries.filter(({ of, part }) => of !== '' && part === 'test')
  const step = Math.max(1, Math.floor(queries.length / most))
  let asked = 0
  let lost = 0
  for (let at = 0; at < queries.length; at += step) {
    const { schema, name } = queries[at]!
    const query = { id: 'query', schema, properties: { name: [name] } }
    const [best] = index.search(query, { limit: 1, threshold: 0.5, exhaustive: true })
    asked++
    if (best === undefined) continue
    const found = index.search(query, { limit: 20, threshold: 0 })
    if (!found.some(({ score }) => score >= best.score)) lost++
  }
  return [lost, asked]
}
