import { describe, expect, it } from 'vitest'
import { createMatchingIndex } from '#matching/name-index'
import { toYente } from '#matching/yente'

describe('toYente', () => {
  it("puts features and explanations under yente's keys", () => {
    const index = createMatchingIndex()
    index.put({
      id: 'a',
      schema: 'Person',
      properties: {
        name: ['Kestutis Wroblewicz'],
        birthDate: ['1984-03-07'],
        passportNumber: ['A1234567'],
        gender: ['male'],
      },
    })
    const [candidate] = index.search({
      id: 'q',
      schema: 'Person',
      properties: {
        name: ['Kestutis Wroblewicz'],
        birthDate: ['1984-07-03'],
        passportNumber: ['A 1234567'],
        gender: ['female'],
      },
    })
    const scoring = toYente(candidate!)
    expect(scoring.match).toBe(true)
    expect(scoring.score).toBe(candidate!.score)
    expect(scoring.features).toEqual({ name_match: 1, dob_day_disjoint: 0.5, gender_mismatch: 1, identifier_match: 1 })
    expect(scoring.explanations.identifier_match).toEqual({
      detail: 'The passport number is the same: A1234567.',
      score: 1,
      query: 'A 1234567',
      candidate: 'A1234567',
    })
    expect(toYente(candidate!, 0.999).match).toBe(false)
  })
})
