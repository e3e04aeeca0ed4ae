import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAttributes } from '#matching/attributes'
import { attributesOf, type MatchEntity } from '#matching/entity'
import { createMatchingIndex } from '#matching/name-index'

type Properties = Record<string, string[]>
const person = (properties: Properties, id = 'q'): MatchEntity => ({ id, schema: 'Person', properties })

function found(query: Properties, candidate: Properties, schema: MatchEntity['schema'] = 'Person') {
  const of = (properties: Properties) => attributesOf({ id: '', schema, properties })
  const { findings } = compareAttributes(of(query), of(candidate))
  return Object.fromEntries(findings.map((it) => [it.name, it.weight]))
}

function scoreOf(query: Properties, candidate: Properties): number {
  const index = createMatchingIndex()
  index.put(person(candidate, 'c'))
  return index.search(person(query), { threshold: 0 })[0]?.score ?? 0
}

const name = ['Kestutis Wroblewicz'] // EXERCISE: nobody of this name is meant

describe('compareAttributes', () => {
  it('weighs a day over a year over a first of January, and dates further apart more', () => {
    const weight = (a: string, b: string) => Object.values(found({ birthDate: [a] }, { birthDate: [b] }))[0]!
    const ordered = [
      weight('1970-03-04', '1970-03-04'),
      weight('1970', '1970-03-04'),
      weight('1970-03-04', '1971-03-04'),
      weight('1968-03-04', '1970-09-21'),
      weight('1966-03-04', '1970-09-21'),
      weight('1950-03-04', '1970-09-21'),
    ]
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a))
    expect(new Set(ordered).size).toBe(ordered.length)
    expect(weight('1970-01-01', '1970-01-01')).toBeLessThan(weight('1970-03-04', '1970-03-04'))
  })

  it('tells nationality, residence and country of birth apart', () => {
    expect(found({ nationality: ['ke'] }, { nationality: ['Kenya'] }).country).toBeGreaterThan(0)
    expect(found({ nationality: ['ke'] }, { nationality: ['fr'] }).country_contradicts).toBeLessThan(
      found({ nationality: ['ke'] }, { country: ['fr'] }).country_contradicts!,
    )
    expect(found({ birthCountry: ['ke'] }, { birthCountry: ['fr'] }).birth_country_contradicts).toBeLessThan(0)
    expect(found({ birthPlace: ['Nakuru, Kenya'] }, { birthCountry: ['ke'] }).birth_country).toBeGreaterThan(0)
  })

  it('takes a state that is no more for each that followed, weakly', () => {
    const [weak, strong] = [
      found({ nationality: ['Soviet Union'] }, { nationality: ['uz'] }).country!,
      found({ nationality: ['uz'] }, { nationality: ['uz'] }).country!,
    ]
    expect(weak).toBeGreaterThan(0)
    expect(weak).toBeLessThan(strong)
    expect(found({ nationality: ['Zaire'] }, { nationality: ['cd'] }).country).toBe(strong)
    expect(found({ nationality: ['Yugoslavia'] }, { nationality: ['uz'] }).country_contradicts).toBeLessThan(0)
  })

  it('compares places by their words, in different spellings', () => {
    const places = (a: string, b: string) => found({ birthPlace: [a] }, { birthPlace: [b] })
    expect(places('Qandahar, Afghanistan', 'Kandahar province').birth_place).toBeGreaterThan(0)
    expect(places('Mosul', 'Mossoul, Iraq').birth_place).toBeGreaterThan(0)
    expect(places('Gizeh', 'Giza, Egypt').birth_place).toBeGreaterThan(0)
    expect(places('Herat', 'Kandahar').birth_place_contradicts).toBeLessThan(0)
    expect(
      found({ address: ['12 Moi Avenue, Nakuru'] }, { address: ['Moi Ave. 12, Nakuru, Kenya'] }).address,
    ).toBeGreaterThan(0)
  })

  it('uses gender as a contradiction only', () => {
    expect(found({ gender: ['male'] }, { gender: ['M'] })).toEqual({})
    expect(found({ gender: ['male'] }, { gender: ['female'] }).gender_contradicts).toBeLessThan(0)
  })

  it('weighs a number less when its check digits fail, and when kind or country differ', () => {
    const number = (a: string, b: string, more: Properties = {}) =>
      found({ idNumber: [a], nationality: ['es'] }, { idNumber: [b], nationality: ['es'], ...more }).identifier!
    expect(number('12345678Z', '12345678-Z')).toBeGreaterThan(number('12345678A', '12345678A'))
    const passport = found({ passportNumber: ['K1234567'] }, { passportNumber: ['K1234567'] }).passport!
    expect(found({ passportNumber: ['K1234567'] }, { idNumber: ['K1234567'] }).identifier).toBeLessThan(passport)
    const other = { nationality: ['fr'] }
    expect(number('1234567', '1234567', other)).toBeLessThan(number('1234567', '1234567'))
  })

  it.each([
    ['P1O34567', 'P1034567', true], // O and 0
    ['K12345S78', 'K12345578', true], // S and 5
    ['L898902C36', 'L898902C3', true], // the check digit of ICAO Doc 9303 part 4
    ['K1234567', 'K1324567', true],
    ['K1234567', 'K1234568', false], // the next booklet
    ['K1234567', 'K9234765', false],
    ['12345', '12340', false],
  ])('%s and %s: almost the same is %s', (a, b, near) => {
    const { identifier_near: weight } = found({ passportNumber: [a] }, { passportNumber: [b] })
    expect(weight !== undefined).toBe(near)
  })

  it('finds one mailbox in different spellings where the provider says so', () => {
    expect(found({ email: ['Yusuf.H+post@gmail.com'] }, { email: ['yusufh@googlemail.com'] }).email).toBeGreaterThan(0)
    expect(found({ email: ['yusuf.h@exercise.example'] }, { email: ['yusufh@exercise.example'] }).email).toBeUndefined()
  })

  it('takes any text for any attribute', () => {
    const value = fc.string({ unit: 'binary', maxLength: 60 })
    const properties = fc.record({
      birthDate: value,
      nationality: value,
      birthPlace: value,
      address: value,
      idNumber: value,
    })
    fc.assert(
      fc.property(properties, properties, (a, b) => {
        const listed = (it: typeof a) => Object.fromEntries(Object.entries(it).map(([key, text]) => [key, [text]]))
        for (const weight of Object.values(found(listed(a), listed(b)))) expect(weight).not.toBe(0)
      }),
    )
  })
})

describe('the score', () => {
  it('is not lifted for strangers by a birthday, a city and a nationality in common', () => {
    const shared = { birthDate: ['1970-03-04'], nationality: ['ke'], birthPlace: ['Nakuru'], gender: ['male'] }
    expect(scoreOf({ name, ...shared }, { name: ['Ouma Barasa'], ...shared })).toBeLessThan(0.1)
    expect(scoreOf({ name, ...shared }, { name: ['Ouma Wroblewicz'], ...shared })).toBeLessThan(0.6)
  })

  it('orders same name and birth date over same name alone over same name and other birth date', () => {
    const born = (date: string) => ({ name, birthDate: [date] })
    const [more, alone, less] = [
      scoreOf(born('1970-03-04'), born('1970-03-04')),
      scoreOf({ name }, born('1970-03-04')),
      scoreOf(born('1991-03-04'), born('1970-03-04')),
    ]
    expect(more).toBeGreaterThan(alone)
    expect(alone).toBeGreaterThan(less)
    expect(more).toBeLessThan(0.99)
  })

  it('counts a weak alias only with a second attribute that agrees: a day, a town, a number, but no country', () => {
    const weak = { name: ['Henrikas Stonkus'], weakAlias: name, gender: ['male'] }
    const asked = { name, gender: ['male'] }
    const alone = scoreOf(asked, weak)
    const withCountry = scoreOf({ ...asked, nationality: ['lt'] }, { ...weak, nationality: ['lt'] })
    const confirmed: Properties[] = [
      { birthDate: ['1970-03-04'] },
      { birthPlace: ['Kaunas'] },
      { passportNumber: ['K1234567'] },
      { address: ['Laisves 4, Kaunas'] },
    ]
    expect(alone).toBeLessThan(0.5)
    expect(withCountry).toBeLessThan(0.7)
    for (const fact of confirmed)
      expect(scoreOf({ ...asked, ...fact }, { ...weak, ...fact })).toBeGreaterThan(withCountry)
  })
})

describe('protected characteristics', () => {
  const none = [
    'religion',
    'ethnicity',
    'political',
    'politicalAssociation',
    'caste',
    'sexuality',
    'health',
    'tradeUnion',
  ]

  it.each(none)('%s is neither kept nor compared', (property) => {
    const plain = { name, birthDate: ['1970-03-04'] }
    const value = ['EXERCISE-12345678']
    expect(attributesOf(person({ [property]: value }))).toEqual(attributesOf(person({})))
    const index = createMatchingIndex()
    index.put(person({ ...plain, [property]: value }, 'c'))
    const [with_] = index.search(person({ ...plain, [property]: value }), { threshold: 0 })
    const [without] = index.search(person(plain), { threshold: 0 })
    expect(with_).toEqual(without)
    expect(JSON.stringify(with_)).not.toContain('12345678')
  })
})
