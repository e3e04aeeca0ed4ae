import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisionMove, standsWith } from '#capabilities/notices/arriving'
import {
  isInForce,
  isOver,
  type Move,
  type Mover,
  movedTo,
  moves,
  type Place,
  places,
} from '#capabilities/notices/lifecycle'
import { outcomes } from '#capabilities/notices/record'
import { isActedOn, localAnswers } from '#capabilities/notices/standing'

const move = fc.constantFrom(...(Object.keys(moves) as Move[]))
const mover = fc.constantFrom<Mover>('issuer', 'reviewer', 'clock')

describe('the life of a notice', () => {
  it('is in force only after its reviewer published it, whatever anybody tries', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(move, mover), { maxLength: 40 }), (tried) => {
        let place: Place = 'draft'
        let published = false
        for (const [step, by] of tried) {
          const next = movedTo(place, step, by)
          if (next === undefined) continue
          if (step === 'publish') published = by === 'reviewer'
          else if (step !== 'suspend' && step !== 'lift') published = false
          place = next
          expect(isInForce(place) && !published).toBe(false)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('has five ends, from which nothing leads back', () => {
    expect(places.filter(isOver)).toEqual(['withdrawn', 'cancelled', 'expired', 'executed'])
  })

  it.each(places)('is acted on by a holder only when published and taken there: %s', (place) => {
    for (const local of [...localAnswers, null]) {
      const acted = isActedOn({ role: 'holder', place, local })
      expect(acted).toBe(place === 'published' && ['accepted', 'limited', 'caveat'].includes(local ?? ''))
    }
  })
})

const hash = fc.constantFrom('a'.repeat(64), 'b'.repeat(64))
const decision = fc.record({
  owner: fc.constantFrom('secretariat', 'fr', 'ke'),
  body: fc.record({
    version: fc.constantFrom(1, 2),
    hash,
    outcome: fc.constantFrom(...outcomes),
    originator: fc.constantFrom('fr', 'ke'),
  }),
})
const arrived = { owner: 'fr', reviewer: 'secretariat', version: 2, hash: 'a'.repeat(64) }

describe('standsWith', () => {
  it('publishes only the very text that the reviewer published, and never after a suspension that was not lifted', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (decisions) => {
        if (standsWith(decisions, arrived) !== 'published') return
        const counted = decisions.filter(
          ({ owner, body }) =>
            owner === 'secretariat' &&
            body.originator === 'fr' &&
            (body.outcome === 'cancelled' || (body.version === 2 && body.hash === arrived.hash)),
        )
        const last = counted.filter((it) => ['published', 'suspended', 'lifted'].includes(it.body.outcome)).at(-1)
        expect(counted.some((it) => it.body.outcome === 'published')).toBe(true)
        expect(counted.every((it) => it.body.outcome !== 'cancelled')).toBe(true)
        expect(last?.body.outcome).not.toBe('refused')
      }),
      { numRuns: 5_000 },
    )
  })

  it('takes no decision of another member, about another text or another version', () => {
    const published = { version: 2, hash: arrived.hash, outcome: 'published', originator: 'fr' } as const
    expect(standsWith([{ owner: 'secretariat', body: published }], arrived)).toBe('published')
    for (const [owner, change] of [
      ['ke', {}],
      ['fr', {}],
      ['secretariat', { version: 1 }],
      ['secretariat', { hash: 'b'.repeat(64) }],
      ['secretariat', { originator: 'ke' }],
    ] as const)
      expect(standsWith([{ owner, body: { ...published, ...change } }], arrived)).toBe('in-review')
  })
})

describe('decisionMove', () => {
  const row = { role: 'issuer', place: 'submitted', version: 2, hash: 'a'.repeat(64) } as const
  it('publishes what the reviewer took up, though the issuer knew nothing of that', () => {
    expect(decisionMove(row, { outcome: 'published', version: 2, hash: row.hash })).toBe('published')
    expect(
      decisionMove({ ...row, role: 'reviewer' }, { outcome: 'published', version: 2, hash: row.hash }),
    ).toBeUndefined()
  })
  it('changes nothing for another version, but a cancellation holds for all', () => {
    expect(decisionMove(row, { outcome: 'published', version: 1, hash: row.hash })).toBeUndefined()
    expect(decisionMove(row, { outcome: 'cancelled', version: 1, hash: 'b'.repeat(64) })).toBe('cancelled')
  })
})
