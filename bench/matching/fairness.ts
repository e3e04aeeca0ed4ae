import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { inventPeople } from './inventions.ts'
import data from './native-names.json' with { type: 'json' }
import { partOf } from './sets.ts'
import { type Share, shareOf } from './shares.ts'

/** How often people who are on no list are taken for somebody who is, by the culture that their name is drawn from. */
export interface CultureFigures {
  readonly name: string
  readonly review: Share
  readonly alert: Share
}

/** The same by the script that they are asked for in, and how often a person whose name is known in Latin letters is found. */
export interface ScriptFigures extends CultureFigures {
  readonly first: Share
  readonly found: Share
}

const inventedPeople = 40_000
const seed = 1_971

/** Invented anew, and of these only the names that fall into the test part. */
export function cultureFigures(index: MatchingIndex, bands: Bands): readonly CultureFigures[] {
  const people = inventPeople(inventedPeople, seed).filter(({ name }) => partOf(name) === 'test')
  const groups = Map.groupBy(people, ({ of }) => of)
  return Array.from(groups, ([name, own]) => ({ name, ...passing(index, own, bands) }))
}

export interface Bands {
  readonly review: number
  readonly alert: number
}

function passing(index: MatchingIndex, people: readonly { readonly name: string }[], bands: Bands) {
  const scores = people.map(({ name }) => index.search(personOf(name), { limit: 1, threshold: 0 })[0]?.score ?? 0)
  return {
    review: shareOf(scores, (score) => score >= bands.review),
    alert: shareOf(scores, (score) => score >= bands.alert),
  }
}

function personOf(name: string, id = 'query'): MatchEntity {
  return { id, schema: 'Person', properties: { name: [name] } }
}

interface Native {
  readonly id: string
  readonly name: string
  readonly latin: string
}

export interface ScriptedNames {
  readonly name: string
  /** What stands between the two names in the own script. */
  readonly join: string
  readonly familyFirst?: boolean
  /** Each with a spelling in Latin letters: `伟=Wei 敏=Min`. */
  readonly given: string
  readonly family: string
}

export interface ScriptOptions extends Bands {
  /** Those of a report, if not given. */
  readonly scripts?: readonly ScriptedNames[]
}

/** `index` holds `entities`; an index of its own holds the invented people too, in Latin letters, to be found from their script. */
export function scriptFigures(
  index: MatchingIndex,
  entities: readonly MatchEntity[],
  { scripts = data.scripts, ...bands }: ScriptOptions,
): readonly ScriptFigures[] {
  const groups = scripts.map((script, at) => ({ name: script.name, people: nativesOf(script, at) }))
  const both = createMatchingIndex()
  for (const entity of entities) both.put(entity)
  const latinOf = new Map(groups.flatMap(({ people }) => people.map(({ id, latin }) => [id, latin] as const)))
  for (const [id, latin] of latinOf) both.put(personOf(latin, id))
  /** The person asked for, or a namesake in another script's group: by name alone they are one. */
  const isRight = (id: string | undefined, it: Native) => id !== undefined && latinOf.get(id) === it.latin
  return groups.map(({ name, people }) => {
    const found = people.map((it) => ({ it, found: both.search(personOf(it.name), { limit: 10, threshold: 0 }) }))
    return {
      name,
      ...passing(index, people, bands),
      first: shareOf(found, (one) => isRight(one.found[0]?.id, one.it)),
      found: shareOf(found, (one) => one.found.some(({ id, score }) => id === one.it.id && score >= bands.review)),
    }
  })
}

function nativesOf(script: ScriptedNames, at: number): readonly Native[] {
  const pairs = (list: string) => list.split(' ').map((pair) => pair.split('=') as [native: string, latin: string])
  return pairs(script.given).flatMap((given, row) =>
    pairs(script.family).map((family, column): Native => {
      const [first, second] = script.familyFirst ? [family, given] : [given, family]
      return {
        id: `invented-${at}-${row}-${column}`,
        name: `${first[0]}${script.join}${second[0]}`,
        latin: `${first[1]} ${second[1]}`,
      }
    }),
  )
}
