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

  it('does not compare what is never one', () => {
    expect(compare(person('Aurora'), { id: 'v', schema: 'Vessel', properties: { name: ['Aurora'] } })).toBeUndefined()
  })
})
