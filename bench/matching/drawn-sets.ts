import { type MatchEntity, namesOf } from '#matching/entity'
import { fold } from '#matching/fold'
import { seeded } from '../invented.ts'
import { inventMixedPeople } from './inventions.ts'
import { misspell } from './misspellings.ts'
import { hash, isLatin, partOf, type SetQuery, type Sets, withoutNames } from './sets.ts'

/**
 * The sets drawn another way, with another seed: a fifth of all aliases is left out, so that who has many is asked for by many;
 * the first name of everybody, organisations and ships too, is spelt otherwise; and invented people have a given name
 * of one culture with a family name of any. Nothing is fitted on these.
 */

const leftOut = 0.2
const inventedPeople = 9_000
const seed = 7_301

export function drawSets(listed: readonly MatchEntity[], { areOne }: Pick<Sets, 'areOne'>): Sets {
  const queries: SetQuery[] = []
  const entities = listed.map((entity) => {
    const random = seeded(hash(`drawn${entity.id}`))
    const names = namesOf(entity)
    const [first, ...others] = names.flatMap(({ text, isWeak }) => (!isWeak && isLatin(text) ? [text] : []))
    if (first === undefined) return entity
    const ask = (set: 'alias' | 'spelling', name: string, kind: string) =>
      queries.push({ set, part: partOf(entity.id), schema: entity.schema, name, of: entity.id, kind })
    const dropped = new Set<string>()
    for (const name of others) {
      const folded = fold(name)
      if (random() >= leftOut || folded === fold(first) || dropped.has(folded)) continue
      dropped.add(folded)
      ask('alias', name, 'alias')
    }
    const spelt = misspell(first, random)
    if (spelt !== undefined) ask('spelling', spelt.text, spelt.kind)
    return withoutNames(entity, new Set(names.flatMap(({ text }) => (dropped.has(fold(text)) ? [text] : []))))
  })
  for (const { name, of } of inventMixedPeople(inventedPeople, seed)) {
    queries.push({ set: 'person', part: partOf(name), schema: 'Person', name, of: '', kind: of })
  }
  return { entities, queries, areOne }
}
