import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Merged, mergeBodies, narrowing, pointAt, unmergeBody, type Whole } from '#capabilities/subjects/merge'
import { Subject } from '#capabilities/subjects/record'
import { handling, header, person, said, subject } from '#capabilities/subjects/subject.fixture'
import { canonical, type Json } from '#kernel/canonical'
import { effective, type Handling, handlingAt, inAudience, type MemberKind } from '#protocol/handling'
import { take } from '#protocol/pointer'

const [keptId, otherId] = [`rec_${'1'.repeat(32)}`, `rec_${'2'.repeat(32)}`] as const
const now = new Date('2026-11-27T12:00:00.000Z')
const text = (value: unknown) => canonical(value as Json)

const two = fc
  .record({ a: subject(otherId), b: subject(keptId), keptHandling: handling, otherHandling: handling })
  .map(({ a, b, keptHandling, otherHandling }): { kept: Whole; other: Whole } => ({
    kept: { id: keptId, version: 3, handling: keptHandling, ...a },
    other: { id: otherId, version: 2, handling: otherHandling, ...b },
  }))

const kept = (change: Partial<Whole> = {}): Whole => ({
  id: keptId,
  version: 1,
  handling: header(now),
  body: person({ n: said('name', 'Idris Exercise') }),
  marks: {},
  ...change,
})
const other = (change: Partial<Whole> = {}): Whole => ({
  id: otherId,
  version: 4,
  handling: header(now),
  body: person({ n: said('name', 'Idris Exercise'), p: said('phone', '+254 700 000 000') }),
  marks: {},
  ...change,
})
const broughtIn = ({ body, brought }: Merged) =>
  brought.map((it) => take(body as never, it.slice('/body'.length))?.value as Record<string, unknown>)

describe('merging two subjects', () => {
  it('and taking it back gives the same body and marks, whatever the two say', () => {
    fc.assert(
      fc.property(two, ({ kept, other }) => {
        const merged = mergeBodies(kept, other)
        expect(text(unmergeBody(merged, merged))).toBe(text({ body: kept.body, marks: kept.marks }))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves a body that can be recorded, and says nothing that neither said', () => {
    fc.assert(
      fc.property(two, ({ kept, other }) => {
        const { body } = mergeBodies(kept, other)
        expect(Subject.safeParse(body).success).toBe(true)
        const sayings = (it: Subject) =>
          Object.values(it.statements).map(({ property, value }) => text([property, value]))
        expect(new Set(sayings(body))).toEqual(new Set([...sayings(kept.body), ...sayings(other.body)]))
      }),
    )
  })

  it('lets nobody see more of what the other record said than its own handling and marks let them', () => {
    const parties = ['ke', 'id', 'fr', 'xx'].flatMap((id) =>
      (['state', 'financial'] as MemberKind[]).map((kind) => ({ id, kind, groups: [] })),
    )
    fc.assert(
      fc.property(two, ({ kept, other }) => {
        const merged = mergeBodies(kept, other)
        for (const pointer of merged.brought) {
          const now = handlingAt({ handling: kept.handling, marks: merged.marks }, pointer)
          for (const party of parties) {
            if (!now.audiences.every((it) => inAudience(it, party) !== false)) continue
            expect(inAudience(other.handling.audience, party), `${pointer} ${party.id}`).not.toBe(false)
          }
          expect(now.onward === 'audience' && other.handling.onward !== 'audience').toBe(false)
          expect(now.purposes.every((it) => other.handling.purposes.includes(it))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('brings only what is new, with where it came from', () => {
    const merged = mergeBodies(kept(), other())
    expect(broughtIn(merged)).toEqual([
      { property: 'phone', value: '+254 700 000 000', source: `${otherId}, version 4` },
    ])
  })

  it('makes each statement carry what it took from the header that it leaves', () => {
    const witness: Partial<Handling> = {
      category: 'witness',
      grading: { scheme: 'admiralty', source: 'E', information: '5' },
    }
    const merged = mergeBodies(kept(), other({ handling: header(now, witness) }))
    expect(broughtIn(merged)[0]).toMatchObject(witness)
  })

  it('takes out a relation between the two, which would be one to itself', () => {
    const towards = (record: string) => ({
      r: { schema: 'Associate' as const, other: { record: record as `rec_${string}` }, statements: {} },
    })
    const merged = mergeBodies(
      kept({ body: person({ n: said('name', 'A') }, { relations: towards(otherId) }) }),
      other({ body: person({ n: said('name', 'B') }, { relations: towards(keptId) }) }),
    )
    expect(merged.body.relations).toEqual({})
    expect(Object.keys(merged.dropped)).toEqual(['/body/relations/r'])
  })

  it('keeps what was changed since when it is taken back', () => {
    const merged = mergeBodies(kept(), other())
    const since = {
      ...merged,
      body: { ...merged.body, statements: { ...merged.body.statements, x: said('alias', 'Later') } },
    }
    expect(unmergeBody(since, merged).body.statements).toEqual({
      n: said('name', 'Idris Exercise'),
      x: said('alias', 'Later'),
    })
  })
})

describe('narrowing', () => {
  it('is nothing between two headers alike, and names only what is narrower', () => {
    expect(narrowing(header(now), header(now))).toBeUndefined()
    const narrow = narrowing(header(now), header(now, { tlp: 'RED', onward: 'no' }))
    expect(narrow).toEqual({ tlp: 'RED', onward: 'no' })
    expect(narrowing(header(now, { tlp: 'RED' }), header(now))).toBeUndefined()
  })

  it('met with the header of the one is never wider than the other', () => {
    fc.assert(
      fc.property(handling, handling, (a, b) => {
        const mark = narrowing(a, b)
        const met = effective(a, mark)
        expect(met.purposes.every((it) => b.purposes.includes(it))).toBe(true)
        expect(met.expiresAt <= b.expiresAt).toBe(true)
      }),
    )
  })
})

describe('pointAt', () => {
  it('says where the record went to those alone who may know of the kept one', () => {
    const audience = { members: ['ke'], groups: [], sectors: [] }
    const pointed = pointAt(other(), { id: keptId, handling: header(now, { audience }) }, 'k1')
    expect(pointed.body.relations.k1).toMatchObject({ other: { record: keptId } })
    expect(pointed.marks).toEqual({ '/body/relations/k1': { audience } })
    expect(Subject.safeParse(pointed.body).success).toBe(true)
  })
})
