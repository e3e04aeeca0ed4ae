import { describe, expect, it } from 'vitest'
import { engineVersion } from '#matching/candidate'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'
import type { SchemaName } from '#matching/schemas'

type Properties = Record<string, string[]>
const entity = (id: string, properties: Properties, schema: SchemaName = 'Person'): MatchEntity => ({
  id,
  schema,
  properties,
})
const query = (properties: Properties, schema: SchemaName = 'Person') => entity('query', properties, schema)

function indexOf(...entities: MatchEntity[]) {
  const index = createMatchingIndex()
  for (const one of entities) index.put(one)
  return index
}

const yusuf = entity('yusuf', {
  name: ['Yusuf Harun al-Mansouri'],
  alias: ['يوسف هارون المنصوري'],
  birthDate: ['1984-03-07'],
})

describe('createMatchingIndex', () => {
  it('finds across scripts and names the rule and the swapped birth date', () => {
    const cyrillic = query({ name: ['Юсуф Харун Аль-Мансури'], birthDate: ['1984-07-03'], nationality: ['ke'] })
    const [found] = indexOf(yusuf).search(cyrillic)
    expect(found?.score).toBeGreaterThanOrEqual(0.75)
    expect(found?.features.map((feature) => feature.name)).toEqual(['name_match', 'birth_date_swapped'])
    expect(found?.features[0]?.explanation).toContain('Харун = Harun (other script)')
    expect(found?.features[1]?.explanation).toBe('Day and month of birth are swapped: 1984-07-03 and 1984-03-07.')
    expect(found?.evidence).toMatchObject({
      queryName: 'Юсуф Харун Аль-Мансури',
      candidateName: 'Yusuf Harun al-Mansouri',
      unmatchedQuery: [],
      unmatchedCandidate: [],
      agreeing: ['name_match', 'birth_date_swapped'],
      contradicting: [],
      comparable: ['name', 'birthDate'],
    })
    expect(found?.evidence.tokens.map((token) => token.rule)).toEqual(['script', 'script', 'script'])
  })

  it('needs a second attribute for a common name, in Han script too', () => {
    const index = indexOf(entity('wang', { name: ['Wang Wei'], birthDate: ['1980-05-01'] }))
    expect(index.search(query({ name: ['王伟'] }))).toEqual([])
    const [found] = index.search(query({ name: ['王伟'], birthDate: ['1980-05-01'] }))
    expect(found?.score).toBeGreaterThan(0.8)
    expect(found?.evidence.tokens).toMatchObject([
      { query: '王', candidate: 'Wang', rule: 'script' },
      { query: '伟', candidate: 'Wei', rule: 'script' },
    ])
  })

  it('orders: name alone, name and year, name and day; a distant birth year goes below all', () => {
    const index = indexOf(yusuf)
    const score = (birthDate: string[]) =>
      index.search(query({ name: ['Yusuf Harun Mansouri'], birthDate }), { threshold: 0 })[0]?.score ?? 0
    expect(score([])).toBeGreaterThan(0.7)
    expect(score(['1984'])).toBeGreaterThan(score([]))
    expect(score(['1984-03-07'])).toBeGreaterThan(score(['1984']))
    expect(score(['1984-03-07'])).toBeLessThan(0.99)
    expect(score(['1959-01-01'])).toBeLessThan(0.5)
  })

  it('is not lifted by a birthday shared with a stranger', () => {
    const stranger = query({ name: ['Petros Kalanides'], birthDate: ['1984-03-07'] })
    expect(indexOf(yusuf).search(stranger, { threshold: 0.1 })).toEqual([])
  })

  it('takes a weak alias for nothing by itself, and for something with a birth date', () => {
    const index = indexOf({
      ...entity('weak', {
        name: ['Kestutis Wroblewicz'],
        alias: ['Zarkazubi'],
        weakAlias: ['The Karvazi'],
        birthDate: ['1970-01-02'],
      }),
      weak: ['Zarkazubi'],
    })
    for (const name of ['Zarkazubi', 'The Karvazi']) {
      expect(index.search(query({ name: [name] }))).toEqual([])
      const [found] = index.search(query({ name: [name], birthDate: ['1970-01-02'] }))
      expect(found?.features[0]?.name).toBe('name_weak')
      expect(found?.score).toBeGreaterThan(0.75)
    }
  })

  it('counts another order of words, and given and family name exchanged, as less than perfect', () => {
    const index = indexOf(entity('a', { firstName: ['Tarvo'], lastName: ['Kaskelin'], name: ['Tarvo Kaskelin'] }))
    const quality = (properties: Properties) =>
      index.search(query(properties), { threshold: 0 })[0]?.evidence.nameQuality
    expect(quality({ name: ['Tarvo Kaskelin'] })).toBe(1)
    expect(quality({ name: ['KASKELIN, Tarvo'] })).toBe(1)
    expect(quality({ name: ['Kaskelin Tarvo'] })).toBeLessThan(0.98)
    expect(quality({ name: ['TARVO, Kaskelin'] })).toBeLessThan(0.95)
  })

  it('finds by identifier whatever the names, and through a document or an account', () => {
    const index = indexOf(
      entity('p', { name: ['Kestutis Wroblewicz'], passportNumber: ['A-1234567'], iban: ['GB82WEST12345698765432'] }),
      entity('v', { name: ['Ocean Tarvasia'], imoNumber: ['9074729'] }, 'Vessel'),
    )
    const byPassport = index.search(query({ passportNumber: ['A1234567'] }))
    expect(byPassport[0]).toMatchObject({ id: 'p', evidence: { comparable: ['passportNumber'] } })
    expect(byPassport[0]?.score).toBeGreaterThanOrEqual(0.95)
    expect(index.search(query({ name: ['Another Person'], passportNumber: ['A1234567'] }))[0]?.score).toBeGreaterThan(
      0.9,
    )
    expect(index.search(query({ iban: ['GB82 WEST 1234 5698 7654 32'] }, 'BankAccount'))[0]?.id).toBe('p')
    expect(index.search(query({ imoNumber: ['IMO 9074729'] }, 'Vessel'))[0]?.id).toBe('v')
    expect(
      index.search(query({ name: ['Kestutis Wroblewicz'], passportNumber: ['B7654321'] }))[0]?.evidence.contradicting,
    ).toEqual([])
  })

  it('compares no schemata that exclude each other, and obeys filters before comparing', () => {
    const index = indexOf(yusuf, entity('ship', { name: ['Yusuf Harun al-Mansouri'] }, 'Vessel'))
    const name = { name: ['Yusuf Harun al-Mansouri'] }
    expect(index.search(query(name)).map((found) => found.id)).toEqual(['yusuf'])
    expect(index.search(query(name, 'LegalEntity')).map((found) => found.id)).toEqual(['yusuf'])
    expect(index.search(query(name, 'Company'))).toEqual([])
    expect(index.search(query(name, 'LegalEntity'), { schemas: ['Company'] })).toEqual([])
    expect(index.search(query(name), { exclude: (id) => id === 'yusuf' })).toEqual([])
  })

  it('lets a contradicting gender and country lower the score, and reads no protected characteristic', () => {
    const index = indexOf(entity('a', { name: ['Kestutis Wroblewicz'], gender: ['male'], nationality: ['lt'] }))
    const found = (more: Properties) =>
      index.search(query({ name: ['Kestutis Wroblewicz'], ...more }), { threshold: 0 })[0]!
    const plain = found({})
    expect(found({ gender: ['female'] }).score).toBeLessThan(plain.score - 0.1)
    expect(found({ gender: ['male'] }).score).toBe(plain.score)
    expect(found({ nationality: ['fr'] }).score).toBeLessThan(plain.score)
    expect(found({ nationality: ['Lithuania'] }).score).toBeGreaterThan(plain.score)
    expect(found({ religion: ['x'], ethnicity: ['y'], political: ['z'] })).toEqual(plain)
  })

  it('does not show by a score that a namesake exists which the asker may not know of', () => {
    const name = { name: ['Kestutis Wroblewicz'] }
    const alone = indexOf(entity('a', name)).search(query(name))
    const index = indexOf(entity('a', name), entity('hidden', name))
    expect(index.search(query(name), { exclude: (id) => id === 'hidden' })).toEqual(alone)
  })

  it('keeps a heavily aliased entity and its neighbour both in sight', () => {
    const alias = Array.from(
      { length: 300 },
      (_, index) => `Kestutis Wroblewicz ${'abcdefghijklmnopqrst'[index % 20]}${index}`,
    )
    const index = indexOf(
      entity('many', { name: ['Kestutis Wroblewicz'], alias }),
      entity('one', { name: ['Kestutis Wroblewicz'] }),
    )
    expect(index.search(query({ name: ['Kestutis Wroblewicz'] })).map((found) => found.id)).toEqual(['many', 'one'])
  })

  it('refuses an entity of a schema that it does not know, and keeps the one of its id', () => {
    const index = indexOf(yusuf)
    const unknown = entity('yusuf', { name: ['Kestutis Wroblewicz'] }, 'Airship' as SchemaName)
    const refusal = expect.objectContaining({ code: 'matching/unknown-schema' })
    expect(() => index.put(unknown)).toThrow(refusal)
    expect(() => index.putAll([{ ...unknown, id: 'other', schema: 'Person' }, unknown])).toThrow(refusal)
    expect(index.size).toBe(1)
    expect(index.search(query({ name: ['Yusuf Harun al-Mansouri'] }))[0]?.id).toBe('yusuf')
  })

  it('names its engine', () => {
    expect(engineVersion).toMatch(/^comity-matching\/\d+$/)
  })
})
