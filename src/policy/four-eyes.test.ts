import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourEyesRules, type Leaving, rulesAsking, waitsUntil } from '#policy/four-eyes'
import { loosens, mayBeYounger } from '#policy/leaving'
import type { Directory } from '#protocol/directory'
import type { Handling, Mark } from '#protocol/handling'

const now = new Date('2026-06-01T12:00:00.000Z')
const members = [
  ['fr', 'state'],
  ['ke', 'state'],
  ['id', 'state'],
  ['bank', 'financial'],
].map(([id, kind]) => ({ id, kind, suspended: false }))
const directory = { members, groups: [] } as unknown as Directory

const handling: Handling = {
  audience: { members: [], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'no',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'fact',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
  reviewAt: '2027-06-01T12:00:00.000Z',
  expiresAt: '2028-06-01T12:00:00.000Z',
}
const body = { statements: { a: { property: 'name', value: 'Yusuf' }, b: { property: 'birthDate', value: '1984' } } }
const only = (...ids: string[]): Mark => ({ audience: { members: ids, groups: [], sectors: [] } })

const leaving = (change: Partial<Leaving> = {}): Leaving => ({
  act: 'share',
  handling,
  body,
  audience: { members: ['ke'], groups: [], sectors: [] },
  marks: {},
  since: [],
  directory,
  owner: 'fr',
  now,
  ...change,
})
const asking = (change: Partial<Leaving> = {}) => rulesAsking(leaving(change)).map((it) => it.id)

describe('rulesAsking', () => {
  it('lets one person share what is neither secret nor about the vulnerable', () => {
    expect(asking()).toEqual([])
    expect(rulesAsking({ act: 'grant', permits: 'onward' })).toEqual([])
  })

  it.each<[string, Partial<Leaving>]>([
    ['tlp-red', { handling: { ...handling, tlp: 'RED' } }],
    ['tlp-red', { since: [{ handling: { ...handling, tlp: 'RED' }, marks: {} }] }],
    ['vulnerable-person', { handling: { ...handling, category: 'victim' } }],
    ['vulnerable-person', { since: [{ handling: { ...handling, category: 'witness' }, marks: {} }] }],
    ['vulnerable-person', { body: { relations: { r: { statements: { a: { category: 'witness' } } } } } }],
    ['minor', { body: { statements: { b: { property: 'birthDate', value: '2012-01-01' } } } }],
    ['whole-sector', { audience: { members: [], groups: [], sectors: ['financial'] } }],
    ['loosened-mark', { since: [{ handling, marks: { '/body/statements/a': only('ke') } }] }],
  ])('asks by %s', (rule, change) => {
    expect(asking(change)).toEqual([rule])
  })

  it('asks before intelligence becomes evidence', () => {
    expect(rulesAsking({ act: 'grant', permits: 'use-in-proceedings' }).map((it) => it.id)).toEqual([
      'use-in-proceedings',
    ])
  })

  it('names its source and does not claim to have been verified', () => {
    for (const it of fourEyesRules) {
      expect(it.source.length, it.id).toBeGreaterThan(20)
      expect(it.verified, it.id).toBe(false)
    }
  })

  it('gives the act the shortest of the clocks of the rules that stop it', () => {
    const [first] = fourEyesRules
    const rules = [
      { ...first!, amount: 3, unit: 'days' as const },
      { ...first!, amount: 5, unit: 'hours' as const },
    ]
    expect(waitsUntil(rules, now)).toBe('2026-06-01T17:00:00.000Z')
  })
})

describe('mayBeYounger', () => {
  it.each([
    ['2008-06-01', false],
    ['2008-06-02', true],
    ['2008-05', false],
    ['2008-06', true],
    ['2008', true],
    ['2007', false],
    ['not a date', false],
  ])('reads %s as %s', (value, younger) => {
    expect(mayBeYounger({ statements: { a: { property: 'birthDate', value } } }, 18, now)).toBe(younger)
    expect(mayBeYounger({ properties: { birthDate: ['1950', value] } }, 18, now)).toBe(younger)
  })
})

describe('loosens', () => {
  const pointer = '/body/statements/a'
  const changes = (before: Mark, after: Mark | undefined) =>
    loosens(
      { marks: { [pointer]: before } },
      { marks: after === undefined ? {} : { [pointer]: after }, body, directory, owner: 'fr' },
    )

  it.each<[string, Mark, Mark | undefined]>([
    ['a mark that is gone', only('ke'), undefined],
    ['one more member', only('ke'), only('ke', 'id')],
    ['everybody', only('ke'), {}],
    ['a sector instead of a member', only('ke'), { audience: { members: [], groups: [], sectors: ['state'] } }],
    ['a wider TLP', { tlp: 'RED' }, { tlp: 'AMBER' }],
    ['a code less', { codes: [{ code: 'H1' }] }, { codes: [] }],
    ['another restriction', { codes: [{ code: 'H3', text: 'Ask first' }] }, { codes: [{ code: 'H3', text: 'Go on' }] }],
    ['another purpose', { purposes: ['oversight'] }, { purposes: ['oversight', 'public-safety'] }],
    ['onward sharing', { onward: 'no' }, { onward: 'ask' }],
    ['a later end', { expiresAt: '2027-01-01T00:00:00.000Z' }, { expiresAt: '2028-01-01T00:00:00.000Z' }],
  ])('finds %s', (_, before, after) => {
    expect(changes(before, after)).toBe(true)
  })

  it.each<[string, Mark, Mark]>([
    ['the same', only('ke'), only('ke')],
    ['fewer', only('ke', 'id'), only('ke')],
    ['the owner', only('ke'), only('ke', 'fr')],
    ['a restriction more', only('ke'), { ...only('ke'), tlp: 'RED' }],
  ])('lets %s be', (_, before, after) => {
    expect(changes(before, after)).toBe(false)
  })

  it('forgets a mark whose field is gone', () => {
    const before = { marks: { '/body/statements/zzz': only('ke') } }
    expect(loosens(before, { marks: {}, body, directory, owner: 'fr' })).toBe(false)
  })

  it('never misses a member who comes to see a field', () => {
    const ids = members.map((it) => it.id as string)
    const some = fc.subarray(ids)
    fc.assert(
      fc.property(some, some, (before, after) => {
        const gained = after.some((it) => it !== 'fr' && !before.includes(it))
        expect(changes(only(...before), only(...after))).toBe(gained)
      }),
    )
  })
})
