import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memory } from '#matching/columns'
import { Postings } from '#matching/postings'

const read = (postings: Postings, list: number): readonly number[] => {
  const from = postings.startOf(list)
  return Array.from(postings.numbersOf(list).subarray(from, from + postings.lengthOf(list)))
}

describe('Postings', () => {
  it('keeps every list as it was added to, whatever is dropped and tightened between', () => {
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.record({ list: fc.nat(6), value: fc.nat(99) }) },
      { weight: 1, arbitrary: fc.record({ drop: fc.nat(99) }) },
      { weight: 1, arbitrary: fc.constant('tighten' as const) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const postings = new Postings(new Memory(), 'lists', { lists: 8, numbers: 4_096 })
        const expected: number[][] = Array.from({ length: 7 }, () => [])
        for (let list = 0; list < 7; list++) postings.open()
        for (const one of steps) {
          if (one === 'tighten') postings.rewrite((value) => value)
          else if ('drop' in one) {
            postings.rewrite((value) => (value === one.drop ? -1 : value))
            for (const [at, list] of expected.entries()) expected[at] = list.filter((value) => value !== one.drop)
          } else {
            postings.add(one.list, one.value)
            expected[one.list]!.push(one.value)
          }
        }
        expect(expected.map((_, list) => read(postings, list))).toEqual(expected)
      }),
    )
  })

  it('gives lists new numbers', () => {
    const postings = new Postings(new Memory(), 'lists', { lists: 8, numbers: 64 })
    for (let list = 0; list < 3; list++) {
      postings.open()
      for (let value = 0; value <= list; value++) postings.add(list, value)
    }
    postings.renumber((list) => list - 1)
    expect([0, 1, 2].map((list) => read(postings, list))).toEqual([[0, 1], [0, 1, 2], []])
  })
})
