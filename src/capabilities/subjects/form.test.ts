import { describe, expect, it } from 'vitest'
import {
  emptySubject,
  finished,
  inOrder,
  problemsOf,
  put,
  putMark,
  refusedAt,
  type Writing,
} from '#capabilities/subjects/form'
import { Subject } from '#capabilities/subjects/record'
import { heldSchemata, nodeSchemata, relationSchemata } from '#protocol/vocabulary'

const now = new Date('2026-11-27T12:00:00.000Z')
const header = { category: 'suspect', reviewAt: '2027-11-27T00:00:00.000Z', expiresAt: '2029-11-27T23:59:59.999Z' }
const writing = (change: (it: Writing) => Writing = (it) => it) =>
  change(put(emptySubject('Person', 'a'), '/body/statements/a', { property: 'name', value: ' Idris Exercise ' }))

describe('a subject that is written', () => {
  it('is one that the node takes, for every schema and with everything that it can hold', () => {
    for (const schema of nodeSchemata) {
      let one = put(emptySubject(schema, 'a'), '/body/statements/a/value', 'X 1')
      for (const [at, held] of heldSchemata.entries())
        one = put(one, `/body/holds/h${at}`, { schema: held, statements: emptySubject(held, 'n').body.statements })
      for (const [at, relation] of relationSchemata.entries())
        one = put(one, `/body/relations/r${at}`, {
          schema: relation,
          other: { schema: 'Person', statements: { n: { property: 'name', value: 'Other Exercise' } } },
          statements: {},
        })
      expect(Subject.safeParse(finished(one).body).success, schema).toBe(true)
    }
  })

  it('sends no empty rows and no marks on them', () => {
    const with2 = writing((it) =>
      putMark(put(it, '/body/statements/b', { property: 'alias', value: '  ', source: ' ' }), '/body/statements/b', {
        tlp: 'RED',
      }),
    )
    expect(finished(with2)).toMatchObject({
      body: { statements: { a: { property: 'name', value: 'Idris Exercise' } } },
      marks: {},
    })
  })

  it('loses the marks of what is taken out, and those within it', () => {
    const held = putMark(
      put(writing(), '/body/holds/h', { schema: 'Passport', statements: {} }),
      '/body/holds/h/statements/n',
      { tlp: 'RED' },
    )
    expect(put(held, '/body/holds/h', undefined)).toMatchObject({ body: { holds: {} }, marks: {} })
  })
})

describe('problemsOf', () => {
  it('is empty for what can be sent', () => {
    expect(problemsOf(writing(), header, now)).toEqual([])
  })

  it.each([
    ['a person without a category', writing(), { ...header, category: 'none' }, 'category', '/handling/category'],
    [
      'a review after the expiry',
      writing(),
      { ...header, reviewAt: '2031-01-01T00:00:00.000Z' },
      'review-after-expiry',
      '/handling/reviewAt',
    ],
    [
      'an expiry that is past',
      writing(),
      { ...header, expiresAt: '2020-01-01T00:00:00.000Z' },
      'expired',
      '/handling/expiresAt',
    ],
    ['no fact', emptySubject('Person', 'a'), header, 'no-fact', '/body/statements'],
    [
      'a date in words',
      put(writing(), '/body/statements/b', { property: 'birthDate', value: 'March 1987' }),
      header,
      'not-a-date',
      '/body/statements/b/value',
    ],
    ['a property of another schema', put(writing(), '/body/schema', 'Vessel'), header, undefined, undefined],
    [
      'a property that the schema lacks',
      put(put(writing(), '/body/statements/b', { property: 'birthDate', value: '1987' }), '/body/schema', 'Vessel'),
      header,
      'no-such-property',
      '/body/statements/b/property',
    ],
    [
      'a grading in part',
      put(writing(), '/body/statements/a/grading', { scheme: 'admiralty', source: 'A' }),
      header,
      'grading-in-part',
      '/body/statements/a/grading',
    ],
    [
      'marks on everything',
      putMark(writing(), '/body/statements/a', { tlp: 'RED' }),
      header,
      'nothing-left',
      '/body/statements',
    ],
    [
      'a relation to nobody',
      put(writing(), '/body/relations/r', { schema: 'Family', other: { record: '' }, statements: {} }),
      header,
      'no-other',
      '/body/relations/r/other',
    ],
  ] as const)('finds %s', (_, one, head, problem, pointer) => {
    const found = problemsOf(one, head, now)
    expect(found.map((it) => [it.problem, it.pointer])).toEqual(problem === undefined ? [] : [[problem, pointer]])
    expect(found.every((it) => it.rule !== '')).toBe(true)
  })
})

describe('refusedAt', () => {
  it('reads the pointers of every form in which the node names them', () => {
    const found = refusedAt(
      {
        pointer: '/handling/category',
        pointers: ['/body/a'],
        issues: [{ at: '/body/b', message: 'Too long' }, null, { at: 3 }],
      },
      'No.',
    )
    expect([...found]).toEqual([
      ['/handling/category', 'No.'],
      ['/body/a', 'No.'],
      ['/body/b', 'Too long'],
    ])
  })
})

describe('inOrder', () => {
  it('puts the name first, whatever the keys', () => {
    const all = { z9: { property: 'name' }, a1: { property: 'birthDate' }, b2: { property: 'unknown' } }
    expect(inOrder('Person', all).map(([key]) => key)).toEqual(['z9', 'a1', 'b2'])
  })
})
