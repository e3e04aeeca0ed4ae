import type { MatchEntity } from '#matching/entity'
import { namesOf } from '#matching/entity'
import { fold } from '#matching/fold'
import { legalForms } from '#matching/lexicon'
import { seeded } from '../invented.ts'
import { inventCompanies, inventPeople } from './inventions.ts'
import { misspell } from './misspellings.ts'

/**
 * The sets that the engine is fitted, watched and measured on, made from published lists: an alias left out, names in
 * Arabic and other scripts that are not indexed, listed names spelt otherwise, and invented people and companies on no list.
 * Every entity and every invented name falls into one part by a hash: half to train, a quarter each to develop and to test.
 */

export type Part = 'train' | 'development' | 'test'
export type SetName = 'alias' | 'arabic' | 'script' | 'spelling' | 'person' | 'company'

export interface SetQuery {
  readonly set: SetName
  readonly part: Part
  readonly schema: MatchEntity['schema']
  readonly name: string
  /** The entity that should be found; empty for one that is on no list. */
  readonly of: string
  /** Which culture, kind of spelling or script. */
  readonly kind: string
}

export interface Sets {
  /** What is to be indexed: without the names that are asked for. */
  readonly entities: readonly MatchEntity[]
  readonly queries: readonly SetQuery[]
  /**
   * Whether two entries are one entity: they share a whole name of two words or more, in whatever order and legal forms apart,
   * or two people a day of birth and a rare word.
   */
  readonly areOne: (a: string, b: string) => boolean
}

const inventedPeople = 9_000
const inventedCompanies = 4_000
const nameProperties = ['name', 'alias', 'previousName', 'weakAlias'] as const

export function makeSets(listed: readonly MatchEntity[]): Sets {
  const holders = holdersOf(listed)
  const queries: SetQuery[] = []
  const entities = listed.map((entity) => {
    const dropped = new Set<string>()
    const names = namesOf(entity)
    const ask = (set: SetName, name: string, kind: string) =>
      queries.push({ set, part: partOf(entity.id), schema: entity.schema, name, of: entity.id, kind })
    for (const { text } of names) {
      if (isLatin(text)) continue
      dropped.add(text)
      ask(/\p{Script=Arabic}/u.test(text) ? 'arabic' : 'script', text, scriptOf(text))
    }
    const strong = names.filter(({ text, isWeak }) => !isWeak && isLatin(text)).map(({ text }) => text)
    const random = seeded(hash(entity.id))
    if (new Set(strong.map(fold)).size >= 2) {
      const left = strong[Math.floor(random() * strong.length)]!
      if (holders.get(keyOf(left))!.size === 1) {
        ask('alias', left, entity.schema === 'Person' ? 'person' : 'other')
        for (const { text } of names) if (fold(text) === fold(left)) dropped.add(text)
      }
    }
    if (entity.schema === 'Person' && strong.length > 0 && !dropped.has(strong[0]!)) {
      const spelt = misspell(strong[0]!, random)
      if (spelt !== undefined) ask('spelling', spelt.text, spelt.kind)
    }
    return withoutNames(entity, dropped)
  })
  for (const { name, of } of inventPeople(inventedPeople, 42)) {
    queries.push({ set: 'person', part: partOf(name), schema: 'Person', name, of: '', kind: of })
  }
  for (const { name, of } of inventCompanies(inventedCompanies, 77)) {
    queries.push({ set: 'company', part: partOf(name), schema: 'Company', name, of: '', kind: of })
  }
  return { entities, queries, areOne: joined(listed, holders) }
}

export function withoutNames(entity: MatchEntity, dropped: ReadonlySet<string>): MatchEntity {
  const properties: Record<string, readonly string[]> = { ...entity.properties }
  for (const property of nameProperties) {
    const kept = properties[property]?.filter((text) => !dropped.has(text))
    if (kept !== undefined) properties[property] = kept
  }
  return { ...entity, properties }
}

function holdersOf(listed: readonly MatchEntity[]): ReadonlyMap<string, ReadonlySet<string>> {
  const holders = new Map<string, Set<string>>()
  for (const entity of listed) {
    for (const { text } of namesOf(entity)) {
      const key = keyOf(text)
      const known = holders.get(key)
      if (known === undefined) holders.set(key, new Set([entity.id]))
      else known.add(entity.id)
    }
  }
  return holders
}

function joined(listed: readonly MatchEntity[], holders: ReadonlyMap<string, ReadonlySet<string>>) {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    while (parents.has(root)) root = parents.get(root)!
    return root
  }
  const weak = new Set(listed.flatMap((it) => namesOf(it).filter((one) => one.isWeak)).map(({ text }) => keyOf(text)))
  const join = (ids: Iterable<string>) => {
    const [first, ...others] = ids
    for (const id of others) {
      const [a, b] = [rootOf(first!), rootOf(id)]
      if (a !== b) parents.set(b, a)
    }
  }
  for (const [key, ids] of holders) if (key.includes(' ') && !weak.has(key)) join(ids)
  for (const ids of bornAlike(listed).values()) join(ids)
  return (a: string, b: string) => a === b || rootOf(a) === rootOf(b)
}

/** A word that so few people have, and that is so long, is rare. */
const [mostHolders, fewestLetters] = [12, 4]

/** People by a day of birth and a rare word that they share. */
function bornAlike(listed: readonly MatchEntity[]): ReadonlyMap<string, ReadonlySet<string>> {
  const people = listed.filter(({ schema }) => schema === 'Person')
  const wordsOf = (it: MatchEntity) =>
    new Set(namesOf(it).flatMap(({ text, isWeak }) => (isWeak ? [] : fold(text).split(' '))))
  const counts = new Map<string, number>()
  for (const person of people) for (const word of wordsOf(person)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const alike = new Map<string, Set<string>>()
  for (const person of people) {
    for (const day of person.properties.birthDate ?? []) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day.endsWith('-01-01')) continue
      for (const word of wordsOf(person)) {
        if (word.length < fewestLetters || counts.get(word)! > mostHolders) continue
        const key = `${day} ${word}`
        const known = alike.get(key)
        if (known === undefined) alike.set(key, new Set([person.id]))
        else known.add(person.id)
      }
    }
  }
  return alike
}

/** The words of a name in alphabetical order, articles and legal forms apart. */
function keyOf(name: string): string {
  const words = fold(name).split(' ')
  return words
    .filter((word) => word !== 'al' && word !== 'el' && !legalForms.has(word))
    .sort()
    .join(' ')
}

export function isLatin(text: string): boolean {
  return !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text)
}

const scripts = ['Arabic', 'Cyrillic', 'Han', 'Hangul', 'Hebrew', 'Greek', 'Hiragana', 'Katakana', 'Thai', 'Devanagari']

function scriptOf(text: string): string {
  return scripts.find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(text)) ?? 'other'
}

export function partOf(key: string): Part {
  const quarter = hash(`part${key}`) % 4
  return quarter < 2 ? 'train' : quarter === 2 ? 'development' : 'test'
}

/** FNV-1a, mixed. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value ^= value >>> 15
  value = Math.imul(value, 0x2c1b3c6d)
  return (value ^ (value >>> 12)) >>> 0
}
