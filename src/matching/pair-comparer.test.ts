import { describe, expect, it } from 'vitest'
import type { MatchEntity } from '#matching/entity'
import { createPairComparer } from '#matching/pair-comparer'

const person = (name: string, more: MatchEntity['properties'] = {}): MatchEntity => ({
  id: name,
  schema: 'Person',
  properties: { name: [name], ...more },
})

describe('createPairComparer', () => {
  const { compare } = createPairComparer()
  const scoreOf = (a: MatchEntity, b: MatchEntity) => compare(a, b)?.score ?? Number.NaN

  it('scores every pair, however far apart, and the nearer higher', () => {
    const listed = person('Yusuf Harun al-Mansouri', { birthDate: ['1984-03-07'] })
    const pairs = [
      'Yusuf Harun al-Mansouri',
      'Youssef Haroun Mansuri',
      'Yusuf Mansouri',
      'Yusuf Qasbari',
      'Petra Novak',
    ]
    const scores = pairs.map((name) => scoreOf(person(name), listed))
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(new Set(scores).size).toBe(scores.length)
    expect(scores[1]).toBeGreaterThan(0.7)
    expect(scores[4]).toBeLessThan(0.05)
  })

  it('gives the same for a pair whatever was compared before', () => {
    const [a, b] = [person('Tariq al-Jindawi'), person('طارق الجنداوي')]
    const first = compare(a, b)
    for (let at = 0; at < 40; at++) compare(person(`Kalanides ${at}`), person(`Tariq ${at}`))
    expect(compare(a, b)).toEqual(first)
  })

  it.each([
    ['another patronymic', 'Dmitri Sergeevich Volkhonsky', 'Dmitri Volkhonsky', 'Dmitri Pavlovich Volkhonsky'],
    ['another father', 'Yusuf Harun al-Jindawi', 'Yusuf al-Jindawi', 'Yusuf Tariq al-Jindawi'],
    ['another initial', 'Peter J. Kalanides', 'Peter Kalanides', 'Peter M. Kalanides'],
    ['another generation', 'Peter Kalanides Jr.', 'Peter Kalanides Junior', 'Peter Kalanides Sr.'],
    ['the name of a woman', 'Karim Tarhuni', 'Kareem Tarhuni', 'Karima Tarhuni'],
    ['a name that differs by a letter', 'Jamal Tarhuni', 'Gamal Tarhuni', 'Jamil Tarhuni'],
  ])('takes %s for a contradiction, and what is missing or spelt otherwise for less', (_, name, same, other) => {
    expect(scoreOf(person(name), person(same))).toBeGreaterThan(0.5)
    expect(scoreOf(person(name), person(other))).toBeLessThan(0.45)
  })

  it('tells a father from his son more than from a name with another word left out', () => {
    const son = person('Tariq Yusuf Harun al-Jindawi')
    const [father, shortened] = [
      scoreOf(person('Yusuf Harun al-Jindawi'), son),
      scoreOf(person('Tariq Yusuf al-Jindawi'), son),
    ]
    expect(father).toBeLessThan(shortened - 0.15)
    expect(scoreOf(son, person('Yusuf Harun al-Jindawi'))).toBeLessThan(shortened)
  })

  it('takes the last name of one for no middle initial of the other', () => {
    expect(scoreOf(person('Petra Qasbari'), person('Petra Q. Volkhonsky'))).toBeLessThan(0.1)
    expect(scoreOf(person('Petra Qasbari'), person('Petra Q.'))).toBeGreaterThan(0.2)
  })

  it.each([
    ['at the first letter', 'Azim Kalanides', 'Hazim Kalanides'],
    ['by two letters exchanged there', 'Taris Kalanides', 'Atris Kalanides'],
    ['read from print', 'Senarn Kalanides', 'Senam Kalanides'],
    ['read from print at the start', 'Fariq Kalanides', 'Tariq Kalanides'],
    ['written with its neighbour', 'Harunkalanides', 'Harun Kalanides'],
    ['written with the article after it', 'Ghaythal-Kalanides', 'Ghayth al-Kalanides'],
    ['written with its compound', 'Jalaluddintarhuni', 'Jalaluddin Tarhuni'],
  ])('meets a word that is mistyped %s', (_, query, listed) => {
    expect(scoreOf(person(query), person(listed))).toBeGreaterThan(0.4)
  })

  const company = (name: string): MatchEntity => ({ ...person(name), schema: 'Company' })

  it('meets an organisation by its initials, as they are written and nothing else', () => {
    const found = compare(company('TNSB'), company('Tarvasia National Seed Bank'))
    expect(found?.score).toBeGreaterThan(0.3)
    expect(found?.score).toBeLessThan(0.7)
    expect(found?.evidence.tokens).toEqual([
      { query: 'TNSB', candidate: 'Tarvasia National Seed Bank', rule: 'acronym', similarity: 1 },
    ])
    expect(scoreOf(company('Tarvasia National Seed Bank'), company('T.N.S.B.'))).toBeGreaterThan(0.3)
    expect(scoreOf(company('Tarvasia National Seed Bank'), company('Tolmin Nordic Steel Brokers'))).toBeLessThan(0.2)
    expect(scoreOf(company('TNSD'), company('Tarvasia National Seed Bank'))).toBeLessThan(0.05)
  })

  it('reads numbers of organisations as words, Roman and ordinal, and parts those that differ', () => {
    const fund = company('Dravnik Fund 3')
    for (const name of ['Dravnik Fund III', 'Third Dravnik Fund', '3rd Dravnik Fund', 'Dravnik Fund No. 3'])
      expect(scoreOf(company(name), fund), name).toBeGreaterThan(0.6)
    expect(scoreOf(company('Dravnik Fund IV'), fund)).toBeLessThan(0.5)
  })

  it('tells organisations of one trade and place apart by their rank, in any language', () => {
    const bank = company('National Cement Works of Tarvasia')
    expect(scoreOf(company('Nacional Cement Works of Tarvasia'), bank)).toBeGreaterThan(0.6)
    expect(scoreOf(company('Cement Works of Tarvasia'), bank)).toBeGreaterThan(0.5)
    expect(scoreOf(company('Agricultural Cement Works of Tarvasia'), bank)).toBeLessThan(0.5)
  })

  it('does not take initials for others that sound alike', () => {
    expect(scoreOf(company('NPP Tarvasia'), company('NPP Tarvasia'))).toBeGreaterThan(0.6)
    expect(scoreOf(company('NPP'), company('NNP'))).toBeLessThan(0.05)
    expect(scoreOf(company('TKK'), company('TCC'))).toBeLessThan(0.05)
  })

  it('meets three words that the other side writes as one', () => {
    const found = compare(person('Javad Nurzadamin Qasbari'), person('Javad Nur Zad Amin Qasbari'))
    expect(found?.score).toBeGreaterThan(0.7)
    expect(found?.evidence.tokens.map(({ rule }) => rule)).toContain('glued')
    expect(scoreOf(company('Dravnik Techno Services'), company('Dravniktechnoservices'))).toBeGreaterThan(0.6)
  })

  it('knows an adjective of a Slavic language in every ending', () => {
    const plant = company('Tarvasian Scientific Research Plant')
    for (const name of ['Tarvasian Nauchnyi Issledovatelski Zavod', 'Tarvasian Nauchnogo Issledovatelskogo Zavod'])
      expect(scoreOf(company(name), plant), name).toBeGreaterThan(0.6)
  })

  it('counts what another name of the entry has, and says which', () => {
    const listed = { ...person('Ramon Kalanides'), properties: { name: ['Ramon Kalanides'], alias: ['Jorge Tarhuni'] } }
    const query = person('Jorge Kalanides')
    const [alone, both] = [compare(query, person('Ramon Kalanides')), compare(query, listed)]
    expect(both?.score).toBeGreaterThan(alone?.score ?? 1)
    expect(both?.score).toBeLessThan(0.7)
    expect(both?.evidence.tokens).toContainEqual({
      query: 'Jorge',
      candidate: 'Jorge Tarhuni',
      rule: 'elsewhere',
      similarity: 1,
    })
    expect(both?.evidence.unmatchedQuery).toEqual([])
    expect(both?.evidence.unmatchedCandidate).toEqual(['Ramon'])
  })

  it('does not compare what is never one', () => {
    expect(compare(person('Aurora'), { id: 'v', schema: 'Vessel', properties: { name: ['Aurora'] } })).toBeUndefined()
  })
})
