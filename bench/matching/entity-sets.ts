import { flattenListing, type Listing } from '#capabilities/lists/record'
import { type MatchEntity, namesOf } from '#matching/entity'
import { fold } from '#matching/fold'
import { createMatchingIndex } from '#matching/name-index'
import { type Random, seeded } from '../invented.ts'
import { perturbed } from './perturbations.ts'

/** Two descriptions and whether they are of one person or thing. */
export interface EntityPair {
  readonly kind: PairKind
  readonly part: Part
  readonly same: boolean
  readonly query: MatchEntity
  readonly candidate: MatchEntity
  /** Whether it was found without a look at its attributes, so that weights can be fitted on it. */
  readonly isBlind: boolean
}

/**
 * `twins`: one entry of the UN list and its counterpart in the OFAC list; `halves`: the names and attributes of one entry
 * shared out to two and damaged; `near`: two entries of one list with the most alike names; `family`: the same family name and
 * country; `year`: the same country and year of birth; `siblings`: an entry and an invented brother or sister; `namesakes`: an
 * entry and an invented person of the same name; `others`: any two.
 */
export type PairKind = 'twins' | 'halves' | 'near' | 'family' | 'year' | 'siblings' | 'namesakes' | 'others'
export type Part = 'train' | 'dev' | 'test'

/** Half of all for training, a quarter each for development and test, by the first entity's id. */
export function partOf(id: string): Part {
  const at = hashText(`part${id}`) % 4
  return at < 2 ? 'train' : at === 2 ? 'dev' : 'test'
}

export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 12)) >>> 0
}

/** The set from the published lists; the same lists give the same set. */
export function buildPairs(listings: readonly Listing[]): EntityPair[] {
  const entities = listings.map((it) => flattenListing(it, `${it.list}-${it.ref}`) as MatchEntity)
  const [un, us] = ['un-sc', 'us-ofac-sdn'].map((list) => entities.filter((it) => it.id.startsWith(list)))
  const pairs: EntityPair[] = []
  addTwins(pairs, un!, us!)
  for (const it of entities) addHalves(pairs, it)
  for (const list of [un!, us!]) {
    addNear(pairs, list)
    addAlike(pairs, list, 'family')
    addAlike(pairs, list, 'year')
    addOthers(pairs, list)
  }
  for (const it of entities) addInvented(pairs, it, entities)
  return pairs
}

function random(...parts: string[]): Random {
  return seeded(hashText(parts.join('|')))
}

function keysOf(entity: MatchEntity): string[] {
  return [...new Set(namesOf(entity).flatMap(({ text, isWeak }) => (isWeak ? [] : [wordsOf(text)])))].filter((key) =>
    key.includes(' '),
  )
}

/** A name without the order of its words. */
function wordsOf(text: string): string {
  return fold(text).split(' ').sort().join(' ')
}

/** Two full names in common are a twin whatever the attributes; one name wants a number or a day of birth in common. */
function addTwins(pairs: EntityPair[], un: readonly MatchEntity[], us: readonly MatchEntity[]): void {
  const byName = new Map<string, MatchEntity[]>()
  for (const it of us) for (const key of keysOf(it)) byName.set(key, [...(byName.get(key) ?? []), it])
  for (const it of un) {
    const shared = new Map<MatchEntity, number>()
    for (const key of keysOf(it))
      for (const other of byName.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    for (const [other, count] of shared) {
      if (!isAlike(it, other)) continue
      const isBlind = count >= 2
      if (!isBlind && !sharesFact(it, other)) continue
      const [query, candidate] = random(it.id)() < 0.5 ? [it, other] : [other, it]
      pairs.push({ kind: 'twins', part: partOf(it.id), same: true, query, candidate, isBlind })
    }
  }
}

const isPerson = (it: MatchEntity) => it.schema === 'Person'
const isAlike = (a: MatchEntity, b: MatchEntity) => isPerson(a) === isPerson(b) && a.schema !== 'Vessel'
const factProperties = ['passportNumber', 'idNumber', 'birthDate', 'registrationNumber', 'imoNumber', 'taxNumber']

function sharesFact(a: MatchEntity, b: MatchEntity): boolean {
  return factProperties.some((property) => {
    const values = new Set((a.properties[property] ?? []).map(wordsOf).filter((it) => it.length > 5))
    return (b.properties[property] ?? []).some((value) => values.has(wordsOf(value)))
  })
}

const nameProperties = ['name', 'alias', 'weakAlias', 'previousName']
const partProperties = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName']

/** Half the names on either side, some on both; as whoever proposes pairs would, it leaves out names that share no word. */
function addHalves(pairs: EntityPair[], entity: MatchEntity): void {
  const draw = random('halves', entity.id)
  if (draw() > 0.25) return
  const names = namesOf(entity).flatMap(({ text, isWeak }) => (isWeak ? [] : [{ text, at: draw() }]))
  const order = names.sort((a, b) => a.at - b.at).map((it) => it.text)
  const asked = order.slice(0, 1 + Math.floor(draw() * Math.min(3, order.length / 2)))
  const held = order.filter((it) => !asked.includes(it) || order.length === 1 || draw() < 0.35)
  if (!sharesWord(asked, held)) return
  const [query, candidate] = [asked, held].map((side, at) => {
    const properties: Record<string, readonly string[]> = { ...entity.properties }
    for (const property of [...nameProperties, ...partProperties]) delete properties[property]
    properties.name = side.slice(0, 1)
    properties.alias = side.slice(1)
    return { id: `${entity.id}-${at}`, schema: entity.schema, properties: perturbed(properties, draw, at === 0) }
  })
  const part = partOf(entity.id)
  pairs.push({ kind: 'halves', part, same: true, query: query!, candidate: candidate!, isBlind: false })
}

function sharesWord(some: readonly string[], others: readonly string[]): boolean {
  const words = new Set(some.flatMap((it) => fold(it).split(' ')).filter((it) => it.length > 2))
  return others.some((it) =>
    fold(it)
      .split(' ')
      .some((word) => words.has(word)),
  )
}

/** Entries of one list are different by the list's own account, unless they share a number, a day and a name. */
function addNear(pairs: EntityPair[], list: readonly MatchEntity[]): void {
  const index = createMatchingIndex()
  for (const it of list) index.put(it)
  const byId = new Map(list.map((it) => [it.id, it]))
  for (const it of list) {
    if (random('near', it.id)() > 0.35) continue
    const bare = { id: it.id, schema: it.schema, properties: { name: it.properties.name ?? [] } }
    const found = index.search(bare, { limit: 2, threshold: 0, exclude: (id) => id === it.id })
    for (const { id } of found.slice(0, 1)) {
      const other = byId.get(id)!
      if (it.schema === 'Vessel' || sharesFact(it, other)) continue
      pairs.push({ kind: 'near', part: partOf(it.id), same: false, query: it, candidate: other, isBlind: true })
    }
  }
}

const first = (it: MatchEntity, property: string) => it.properties[property]?.[0] ?? ''
const countryOf = (it: MatchEntity) => first(it, 'nationality') || first(it, 'citizenship') || first(it, 'country')

function addAlike(pairs: EntityPair[], list: readonly MatchEntity[], kind: 'family' | 'year'): void {
  const groups = new Map<string, MatchEntity[]>()
  for (const it of list) {
    if (!isPerson(it) || countryOf(it) === '') continue
    const part = kind === 'family' ? fold(first(it, 'lastName')) : first(it, 'birthDate').slice(0, 4)
    const key = `${part}|${countryOf(it)}`
    if (part !== '') groups.set(key, [...(groups.get(key) ?? []), it])
  }
  for (const group of groups.values()) {
    for (const it of group) {
      const draw = random(kind, it.id)
      const other = group[Math.floor(draw() * group.length)]!
      if (draw() > 0.25 || other === it || sharesFact(it, other)) continue
      pairs.push({ kind, part: partOf(it.id), same: false, query: it, candidate: other, isBlind: true })
    }
  }
}

function addOthers(pairs: EntityPair[], list: readonly MatchEntity[]): void {
  for (const it of list) {
    const draw = random('others', it.id)
    const other = list[Math.floor(draw() * list.length)]!
    if (draw() > 0.06 || other === it) continue
    pairs.push({ kind: 'others', part: partOf(it.id), same: false, query: it, candidate: other, isBlind: true })
  }
}

/** EXERCISE: relatives and namesakes that do not exist, beside people on a list. */
function addInvented(pairs: EntityPair[], entity: MatchEntity, entities: readonly MatchEntity[]): void {
  const draw = random('invented', entity.id)
  if (!isPerson(entity) || first(entity, 'lastName') === '' || draw() > 0.1) return
  const others = Array.from({ length: 40 }, () => entities[Math.floor(draw() * entities.length)]!).filter(isPerson)
  const part = partOf(entity.id)
  const add = (kind: 'siblings' | 'namesakes', properties: MatchEntity['properties']) => {
    const query = { id: `${entity.id}-${kind}`, schema: entity.schema, properties }
    pairs.push({ kind, part, same: false, query, candidate: entity, isBlind: kind === 'siblings' })
  }
  const given = others.find((it) => countryOf(it) === countryOf(entity)) ?? others[0]
  if (given !== undefined && first(given, 'firstName') !== first(entity, 'firstName')) {
    const { nationality = [], birthPlace = [], address = [] } = entity.properties
    const birthDate = bornLater(first(entity, 'birthDate'), 1 + Math.floor(draw() * 9), draw)
    const name = [`${first(given, 'firstName')} ${first(entity, 'lastName')}`]
    add('siblings', { name, nationality, birthPlace, address, birthDate })
  }
  const stranger = others.at(-1)
  const born = first(entity, 'birthDate')
  if (stranger === undefined || born === '') return
  const birthDate = bornLater(born, (draw() < 0.5 ? -1 : 1) * (3 + Math.floor(draw() * 25)), draw)
  const nationality = draw() < 0.5 ? (stranger.properties.nationality ?? []) : (entity.properties.nationality ?? [])
  add('namesakes', { name: entity.properties.name ?? [], nationality, birthDate })
}

function bornLater(date: string, years: number, draw: Random): string[] {
  const year = Number(date.slice(0, 4))
  if (!(year > 1_900)) return []
  const [month, day] = [1 + Math.floor(draw() * 12), 2 + Math.floor(draw() * 27)]
  return [`${year + years}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`]
}
