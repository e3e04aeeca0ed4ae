import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applied, bothWays, type Contents, differencesOf, reapplied, same } from './compare'

const text = fc.string({ maxLength: 6 })
const statement = fc.record({ property: fc.constantFrom('name', 'alias', 'birthDate'), value: text })
const key = fc.constantFrom('a', 'b', 'c', 'd')
const statements = fc.dictionary(key, statement, { maxKeys: 4 })
const contents: fc.Arbitrary<Contents> = fc.record({
  handling: fc.record({ tlp: fc.constantFrom('GREEN', 'AMBER', 'RED'), purposes: fc.array(text, { maxLength: 2 }) }),
  body: fc.record({
    schema: fc.constantFrom('Person', 'Company'),
    statements,
    holds: fc.dictionary(key, fc.record({ schema: fc.constant('Passport'), statements }), { maxKeys: 2 }),
  }),
  marks: fc.dictionary(
    key.map((it) => `/body/statements/${it}`),
    fc.record({ tlp: fc.constantFrom('RED', 'AMBER') }),
    { maxKeys: 2 },
  ),
})

const base: Contents = {
  handling: { tlp: 'AMBER' },
  body: {
    schema: 'Person',
    statements: { a: { property: 'name', value: 'One' }, b: { property: 'alias', value: 'Two' } },
  },
  marks: {},
}
const said = (name: string, value: string) => ({ property: name, value })
const put = (change: Record<string, object | undefined>): Contents => ({
  ...base,
  body: {
    ...base.body,
    statements: JSON.parse(JSON.stringify({ ...(base.body as never as { statements: object }).statements, ...change })),
  },
})

describe('differencesOf', () => {
  it('names what was added, taken out and changed, each by its place', () => {
    const after = {
      ...put({ a: said('name', 'Uno'), b: undefined, c: said('alias', 'Three') }),
      handling: { tlp: 'RED' },
    }
    expect(differencesOf(base, after)).toEqual([
      { place: 'handling', pointer: '/handling/tlp', before: 'AMBER', after: 'RED' },
      { place: 'body', pointer: '/body/statements/a', before: said('name', 'One'), after: said('name', 'Uno') },
      { place: 'body', pointer: '/body/statements/b', before: said('alias', 'Two') },
      { place: 'body', pointer: '/body/statements/c', after: said('alias', 'Three') },
    ])
  })

  it('finds nothing between a version and itself, whatever the order of members', () => {
    fc.assert(
      fc.property(contents, (one) => {
        const turned = JSON.parse(JSON.stringify(one), (_, value) =>
          value !== null && typeof value === 'object' && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        )
        expect(differencesOf(one, turned)).toEqual([])
      }),
    )
  })

  it('finds the change of a mark though the field itself is the same', () => {
    const marked = { ...base, marks: { '/body/statements/a': { tlp: 'RED' } } }
    expect(differencesOf(base, marked)).toEqual([
      { place: 'mark', pointer: '/body/statements/a', after: { tlp: 'RED' } },
    ])
  })
})

describe('applied', () => {
  it('turns the one version into the other', () => {
    fc.assert(
      fc.property(contents, contents, (before, after) => {
        expect(same(applied(before, differencesOf(before, after)), after)).toBe(true)
      }),
    )
  })
})

describe('bothWays', () => {
  it('puts changes of different things together, and asks where both changed the same', () => {
    const mine = put({ a: said('name', 'Mine'), c: said('alias', 'Mine too') })
    const theirs = put({ a: said('name', 'Theirs'), b: undefined })
    const lines = bothWays(base, mine, theirs)
    expect(lines.filter((it) => it.clash).map((it) => it.key)).toEqual(['body /body/statements/a'])
    const kept = reapplied(lines, theirs, new Set())
    expect(kept.body).toEqual(put({ a: said('name', 'Mine'), b: undefined, c: said('alias', 'Mine too') }).body)
    const given = reapplied(lines, theirs, new Set(['body /body/statements/a']))
    expect(given.body).toEqual(put({ a: said('name', 'Theirs'), b: undefined, c: said('alias', 'Mine too') }).body)
  })

  it('comes to mine when nobody else changed anything, and to theirs when I did not', () => {
    fc.assert(
      fc.property(contents, contents, (one, other) => {
        expect(same(reapplied(bothWays(one, other, one), one, new Set()), other)).toBe(true)
        expect(same(reapplied(bothWays(one, one, other), other, new Set()), other)).toBe(true)
      }),
    )
  })

  it('is no clash when both changed it to the same', () => {
    const mine = put({ a: said('name', 'New') })
    expect(bothWays(base, mine, put({ a: said('name', 'New') })).some((it) => it.clash)).toBe(false)
  })
})
