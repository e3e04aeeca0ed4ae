import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Audience,
  type EffectiveHandling,
  effective,
  type Handling,
  type HandlingCode,
  handlingAt,
  Instant,
  inAudience,
  Mark,
  meet,
  memberKinds,
  onwardRules,
  type Party,
  purposes,
  tlpLabels,
} from '#protocol/handling'

const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true })
  .map((it) => it.toISOString())
const audience: fc.Arbitrary<Audience> = fc.record({
  members: fc.subarray(['fr', 'ke', 'mu']),
  groups: fc.subarray(['east', 'finance']),
  sectors: fc.subarray([...memberKinds]),
})
const code = fc.constantFrom<HandlingCode[]>(
  { code: 'H0' },
  { code: 'H1' },
  { code: 'H2' },
  { code: 'H3', text: 'Not to the press' },
  { code: 'H3', text: 'Not to customs' },
)
const narrowing = {
  audience,
  tlp: fc.constantFrom(...tlpLabels),
  codes: fc.uniqueArray(code, { maxLength: 4 }),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  onward: fc.constantFrom(...onwardRules),
  expiresAt: instant,
}
const mark: fc.Arbitrary<Mark> = fc.record(narrowing, { requiredKeys: [] })
const handling: fc.Arbitrary<Handling> = fc.record({
  ...narrowing,
  grading: fc.constant({ scheme: 'admiralty', source: 'A', information: '1' } as const),
  category: fc.constant('suspect' as const),
  nature: fc.constant('fact' as const),
  basis: fc.constant({ instrument: 'UNSCR 1373', provision: '2(b)' }),
  reviewAt: instant,
})
const party: fc.Arbitrary<Party> = fc.record({
  id: fc.constantFrom('fr', 'ke', 'mu', 'bank-horizon'),
  kind: fc.constantFrom(...memberKinds),
  groups: fc.subarray(['east', 'finance']),
})

/** What a handling means, whatever the order in which it came about: whom it lets in, and the elements as sets. */
function effectOf(it: EffectiveHandling) {
  const lets = ['fr', 'ke', 'mu', 'bank-horizon'].flatMap((id) =>
    memberKinds.flatMap((kind) =>
      [[], ['east'], ['finance'], ['east', 'finance']].map((groups) =>
        it.audiences.every((each) => inAudience(each, { id, kind, groups })),
      ),
    ),
  )
  return {
    ...it,
    audiences: lets,
    codes: it.codes.map((each) => JSON.stringify(each)).sort(),
    purposes: [...it.purposes].sort(),
  }
}

function isNarrower(a: EffectiveHandling, b: EffectiveHandling): boolean {
  return (
    b.audiences.every((it) => a.audiences.includes(it)) &&
    tlpLabels.indexOf(a.tlp) >= tlpLabels.indexOf(b.tlp) &&
    b.codes.every((it) => a.codes.some((other) => JSON.stringify(other) === JSON.stringify(it))) &&
    a.purposes.every((it) => b.purposes.includes(it)) &&
    onwardRules.indexOf(a.onward) <= onwardRules.indexOf(b.onward) &&
    Date.parse(a.expiresAt) <= Date.parse(b.expiresAt)
  )
}

describe('meet', () => {
  it('only ever narrows', () => {
    fc.assert(fc.property(handling, mark, (it, by) => isNarrower(meet(effective(it), by), effective(it))))
  })

  it('is at least as narrow as the mark in every element that the mark names', () => {
    fc.assert(
      fc.property(handling, mark, (it, by) => {
        const met = meet(effective(it), by)
        if (by.audience) expect(met.audiences).toContain(by.audience)
        if (by.tlp) expect(tlpLabels.indexOf(met.tlp)).toBeGreaterThanOrEqual(tlpLabels.indexOf(by.tlp))
        if (by.codes) expect(met.codes).toEqual(expect.arrayContaining(by.codes))
        if (by.purposes) expect(by.purposes).toEqual(expect.arrayContaining([...met.purposes]))
        if (by.onward) expect(onwardRules.indexOf(met.onward)).toBeLessThanOrEqual(onwardRules.indexOf(by.onward))
        if (by.expiresAt) expect(Date.parse(met.expiresAt)).toBeLessThanOrEqual(Date.parse(by.expiresAt))
      }),
    )
  })

  it('gives the same effect in whatever order marks are met', () => {
    fc.assert(
      fc.property(handling, mark, mark, (it, a, b) => {
        const own = effective(it)
        expect(effectOf(meet(meet(own, a), b))).toEqual(effectOf(meet(meet(own, b), a)))
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(handling, mark, (it, by) => {
        const once = meet(effective(it), by)
        expect(effectOf(meet(once, by))).toEqual(effectOf(once))
      }),
    )
  })

  it('changes nothing by an empty mark, nor any value that it was given', () => {
    fc.assert(
      fc.property(handling, mark, (it, by) => {
        const own = effective(it)
        const before = JSON.stringify([own, by])
        meet(own, by)
        expect(JSON.stringify([own, by])).toBe(before)
        expect(meet(own, {})).toEqual(own)
      }),
    )
  })
})

describe('effective', () => {
  it('says when the audience is withheld, and keeps saying so when a mark names one', () => {
    fc.assert(
      fc.property(handling, audience, ({ audience: _, ...held }, named) => {
        expect(effective(held)).toMatchObject({ audiences: [], audienceWithheld: true })
        expect(effective(held, { audience: named })).toMatchObject({ audiences: [named], audienceWithheld: true })
      }),
    )
  })

  it('has the audience of the header first', () => {
    fc.assert(
      fc.property(handling, mark, (it, by) => {
        expect(effective(it, by).audiences[0]).toBe(it.audience)
        expect(effective(it, by).audienceWithheld).toBeUndefined()
      }),
    )
  })
})

describe('handlingAt', () => {
  it('obeys the marks on everything that encloses the field: an inner mark cannot widen an outer one', () => {
    fc.assert(
      fc.property(handling, mark, mark, (it, outer, inner) => {
        const marks = { '/body/a': outer, '/body/a/b': inner, '/body/ab': { tlp: 'RED' as const } }
        const at = handlingAt({ handling: it, marks }, '/body/a/b')
        expect(effectOf(at)).toEqual(effectOf(meet(effective(it, outer), inner)))
        expect(isNarrower(at, handlingAt({ handling: it, marks }, '/body/a'))).toBe(true)
        expect(handlingAt({ handling: it, marks }, '/body/c')).toEqual(effective(it))
      }),
    )
  })
})

describe('inAudience', () => {
  it('lets a member in by name, by group or by sector, and by nothing else', () => {
    fc.assert(
      fc.property(audience, party, (it, who) => {
        const named = it.members.includes(who.id)
        const included = it.sectors.includes(who.kind) || it.groups.some((group) => who.groups.includes(group))
        expect(inAudience(it, who)).toBe(named ? 'named' : included ? 'included' : false)
      }),
    )
  })

  it('lets nobody into an empty audience', () => {
    fc.assert(fc.property(party, (who) => inAudience({ members: [], groups: [], sectors: [] }, who) === false))
  })
})

describe('Instant', () => {
  it('orders as text as it orders in time', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(Instant.parse(a)).toBe(a)
        expect(a < b).toBe(Date.parse(a) < Date.parse(b))
      }),
    )
  })

  it.each([
    '2026-06-01T00:00:00Z', // as text it comes after 2026-06-01T00:00:00.999Z
    '2026-06-01T00:00:00.5Z',
    '2026-06-01T00:00:00.123456Z',
    '2026-06-01T00:00:00.000+00:00',
    '2026-06-01T00:00:00.000z',
    '2026-02-30T00:00:00.000Z',
    '2026-06-01 00:00:00.000Z',
    '+002026-06-01T00:00:00.000Z',
    '2026-06-01',
  ])('refuses %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  })
})

describe('Mark', () => {
  it('refuses what it does not know: a mark that was misread would widen', () => {
    for (const it of [
      { tpl: 'RED' },
      { tlp: 'PINK' },
      { purposes: [] },
      { codes: [{ code: 'H3' }] },
      { codes: [{ code: 'H4' }] },
    ])
      expect(Mark.safeParse(it).success).toBe(false)
  })
})
