import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import type { SchemaName } from '#matching/schemas'
import { priorLogOdds } from '#matching/score'

function indexOf(...entities: MatchEntity[]) {
  const index = createMatchingIndex()
  for (const one of entities) index.put(one)
  return index
}

const word = fc.constantFrom(
  'Yusuf',
  'Harun',
  'Mansouri',
  'محمد',
  'المنصوري',
  'Юсуф',
  '王伟',
  'Wang',
  'Wei',
  'bin',
  'al',
  'LLC',
  '2',
  'Abd',
  'Allah',
)
const name = fc.oneof(
  { weight: 3, arbitrary: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0xd700, max: 0xe010 }), { maxLength: 8 })
      .map((units) => String.fromCharCode(...units)),
  },
)
const anyEntity = (id: fc.Arbitrary<string>) =>
  fc.record({
    id,
    schema: fc.constantFrom<SchemaName>('Person', 'Company', 'LegalEntity', 'Vessel', 'BankAccount', 'Address'),
    properties: fc.record(
      {
        name: fc.array(name, { maxLength: 3 }),
        weakAlias: fc.array(name, { maxLength: 1 }),
        birthDate: fc.array(fc.oneof(fc.constantFrom('1984', '1984-03-07', 'c. 1970'), fc.string({ maxLength: 12 })), {
          maxLength: 2,
        }),
        nationality: fc.array(fc.constantFrom('ke', 'Kenya', 'zz', '\udc00'), { maxLength: 2 }),
        passportNumber: fc.array(fc.constantFrom('A1234567', 'B-765432', '\ud800'), { maxLength: 2 }),
        gender: fc.array(fc.constantFrom('male', 'F', '?'), { maxLength: 1 }),
      },
      { requiredKeys: [] },
    ),
  }) as fc.Arbitrary<MatchEntity>
const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')

/** All letters of the words that are kept, sorted: words may come in another order. */
const lettersOf = ({ contents }: MatchingIndex) => contents.get('words.bytes')!.toSorted()

describe('createMatchingIndex, on any input', () => {
  it('never throws, scores between 0 and 1 in order, repeats itself, and its features add up', () => {
    fc.assert(
      fc.property(fc.array(anyEntity(ids), { maxLength: 8 }), anyEntity(fc.constant('q')), (entities, asked) => {
        const [index, twin] = [indexOf(...entities), indexOf(...entities)]
        const found = index.search(asked, { threshold: 0, limit: 20 })
        expect(JSON.stringify(twin.search(asked, { threshold: 0, limit: 20 }))).toBe(JSON.stringify(found))
        expect(index.search(asked, { threshold: 0, limit: 20 })).toEqual(found)
        for (const [at, { score, features }] of found.entries()) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThan(0.995)
          expect(score).toBeLessThanOrEqual(found[at - 1]?.score ?? 1)
          const sum = features.reduce((total, feature) => total + feature.score, priorLogOdds)
          expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(score, 2)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is as if what was removed had never been put', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntity(fc.constantFrom('a', 'b', 'c')), { maxLength: 4 }),
        fc.array(anyEntity(fc.constantFrom('x', 'y', 'z')), { maxLength: 4 }),
        anyEntity(fc.constant('q')),
        (kept, removed, asked) => {
          const once = new Map(kept.map((one) => [one.id, one]))
          const index = createMatchingIndex()
          for (const one of removed) index.put(one)
          for (const one of once.values()) index.put(one)
          for (const one of removed) index.remove(one.id)
          expect(index.size).toBe(once.size)
          const plain = indexOf(...once.values())
          expect(index.search(asked, { threshold: 0 })).toEqual(plain.search(asked, { threshold: 0 }))
          expect(lettersOf(index)).toEqual(lettersOf(plain))
          expect(index.search(asked, { threshold: 0 })).toEqual(plain.search(asked, { threshold: 0 }))
        },
      ),
      {
        numRuns: 300,
        examples: [
          // Words of what was removed once stood for words of the query, and hid what is there.
          [
            [{ id: 'a', schema: 'Company', properties: { weakAlias: ['Wei'] } }],
            [{ id: 'x', schema: 'Person', properties: { name: ['王伟 Yusuf'] } }],
            { id: 'q', schema: 'Company', properties: { name: ['Wang Wei'] } },
          ],
        ],
      },
    )
  })

  it('is as if what was changed had been put as it is now, many at once or one by one', () => {
    const some = fc.array(anyEntity(fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 6 })
    fc.assert(
      fc.property(some, some, anyEntity(fc.constant('q')), (before, after, asked) => {
        const find = (index: MatchingIndex) => index.search(asked, { threshold: 0 })
        const [many, single] = [indexOf(...before), indexOf(...before)]
        expect(find(many)).toEqual(find(single))
        many.putAll(after)
        for (const one of after) single.put(one)
        const now = new Map([...before, ...after].map((one) => [one.id, one]))
        const plain = indexOf(...now.values())
        expect(find(many)).toEqual(find(plain))
        expect(find(single)).toEqual(find(plain))
        expect(many.size).toBe(now.size)
      }),
      { numRuns: 300 },
    )
  })

  it('survives compaction with the same answers', () => {
    const syllables = ['kar', 'vel', 'min', 'tos', 'rad', 'lun', 'bex', 'zor', 'fip', 'gam']
    const made = (number: number): MatchEntity => ({
      id: `e${number}`,
      schema: 'Person',
      properties: {
        name: [
          `${syllables[number % 10]}${syllables[Math.floor(number / 10) % 10]}an ${syllables[Math.floor(number / 100) % 10]}${syllables[(number * 7) % 10]}ov`,
        ],
        passportNumber: [`P${1_000_000 + number}`],
      },
    })
    const index = createMatchingIndex()
    for (let number = 0; number < 5_000; number++) index.put(made(number))
    for (let number = 0; number < 5_000; number++) if (number % 3 !== 0) expect(index.remove(`e${number}`)).toBe(true)
    const plain = createMatchingIndex()
    for (let number = 0; number < 5_000; number += 3) plain.put(made(number))
    expect(index.size).toBe(plain.size)
    for (let number = 0; number < 5_000; number += 97) {
      const asked = { ...made(number), id: 'query' }
      expect(index.search(asked, { threshold: 0.3 })).toEqual(plain.search(asked, { threshold: 0.3 }))
    }
  })
})
