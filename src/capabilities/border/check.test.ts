import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertOf, feature, matched, noneLooked, presentedOf } from '#capabilities/border/alerts.fixture'
import { CheckReply, replyTo } from '#capabilities/border/check'
import { instruct, isDiscreet, linesOf, type Strength, strengthOf } from '#capabilities/border/judge'
import type { Looked, Met } from '#capabilities/border/look-up'
import { type Alert, actionClasses } from '#http/travellers'
import { type Role, roles } from '#policy/roles'

const at = new Date('2026-11-27T10:00:00.000Z')
const presented = presentedOf()

function metBy(alert: Alert, { visible, setAside }: { visible: boolean; setAside: boolean }): Met {
  const strength: Strength = strengthOf(alert, presented)
  return {
    alert,
    strength,
    discreet: isDiscreet(alert),
    instruction: instruct(alert, strength),
    setAside: setAside
      ? { alert: alert.id, key: 'k', number: 'RDR-2026-000000000000', declared_by: 'fr', expires_at: at }
      : undefined,
    visible,
    lines: linesOf(alert.match?.features ?? [], () => true),
  }
}

const arbitraryMet = fc
  .record({
    asked: fc.constantFrom(...actionClasses),
    permitted: fc.constantFrom(...actionClasses),
    discreet: fc.boolean(),
    caption: fc.string(),
    sought: fc.array(fc.constantFrom('place', 'route')),
    features: fc.constantFrom(
      [feature('name_match', 5, 'Idris Okello')],
      [feature('name_match', 5, 'Idris Okello'), feature('birth_date', 4, '1984-07-03')],
      [feature('passport', 8, 'AK0123456'), feature('birth_date', 4, '1984-07-03')],
    ),
    visible: fc.boolean(),
    setAside: fc.boolean(),
  })
  .map(({ features, visible, setAside, ...alert }) =>
    metBy(alertOf({ ...alert, match: matched(features) }), { visible, setAside }),
  )

const counterRoles = fc.subarray(
  roles.filter((it) => it !== 'officer' && it !== 'supervisor'),
  { minLength: 1 },
)

function reply(looked: Looked, held: readonly Role[]): CheckReply {
  const candidates = looked.met.map((_, index) => `bca_${index}`)
  return replyTo(looked, { id: 'bch_1', at, desk: 'fr-cdg-2e', zone: null, roles: held, candidates })
}

describe('replyTo', () => {
  it('tells the counter of discreet alerts nothing, byte for byte, whatever else was met', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMet, { maxLength: 6 }), counterRoles, (met, held) => {
        const open = met.filter((it) => !it.discreet)
        const told = JSON.stringify(reply({ ...noneLooked(presented), met }, held))
        expect(told).toBe(JSON.stringify(reply({ ...noneLooked(presented), met: open }, held)))
      }),
    )
  })

  it('tells the counter of a traveller with discreet alerts alone what it tells of one without any', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMet, { maxLength: 6 }), counterRoles, (met, held) => {
        const looked = { ...noneLooked(presented), met: met.filter((it) => it.discreet) }
        expect(JSON.stringify(reply(looked, held))).toBe(JSON.stringify(reply(noneLooked(presented), held)))
      }),
    )
  })

  it('never asks for an action on a name alone, of nobody', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMet, { maxLength: 6 }), fc.subarray([...roles]), (met, held) => {
        for (const it of reply({ ...noneLooked(presented), met }, held).alerts)
          if (it.strength === 'name') expect([it.now, it.permitted, it.loweredBy]).toEqual(['second-line', null, null])
      }),
    )
  })

  it('shows nobody what they may not know of or what redress sets aside', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMet, { maxLength: 6 }), fc.constantFrom(...roles), (met, role) => {
        const { alerts } = reply({ ...noneLooked(presented), met }, [role])
        const most = met.filter((it) => it.visible && it.setAside === undefined).length
        expect(alerts.length).toBeLessThanOrEqual(most)
        if (role === 'officer') expect(alerts).toHaveLength(most)
      }),
    )
  })

  it('keeps to its form', () => {
    const met = [
      metBy(alertOf({ match: matched([feature('name_match', 5, 'x')]) }), { visible: true, setAside: false }),
    ]
    expect(CheckReply.parse(reply({ ...noneLooked(presented), met }, ['officer'])).state).toBe('alert')
  })

  it('names the gravest of what was found', () => {
    const stolen = {
      issuer: 'ke',
      number: 'AK0123456',
      kind: 'passport',
      status: 'stolen',
      owner: 'ke',
      declaredAt: '2026-01-01',
    } as const
    const declared = [{ document: presented.documents[0]!, declarations: [stolen] }]
    expect(reply({ ...noneLooked(presented), declared }, ['border']).state).toBe('document')
    expect(reply(noneLooked(presented), ['border']).state).toBe('nothing')
    const expired = presentedOf({ documents: [{ ...presented.documents[0]!, expiry: '2026-11-26' }] })
    expect(reply(noneLooked(expired), ['border']).state).toBe('inspect')
  })
})
