import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeadlineRule, deadlineFor, deadlineRules } from '#capabilities/messages/deadlines'
import { availabilities, messageKinds, urgencies } from '#capabilities/messages/record'

const issuedAt = '2026-11-22T12:00:00.000Z'

describe('deadlineFor', () => {
  it.each([
    ['urgent', 'directly-accessible', '2026-11-22T20:00:00.000Z'],
    ['urgent', 'held-by-others', '2026-11-25T12:00:00.000Z'],
    ['normal', 'directly-accessible', '2026-11-29T12:00:00.000Z'],
    ['normal', undefined, '2026-11-29T12:00:00.000Z'],
  ] as const)('gives a %s request for data that is %s until %s', (urgency, availability, at) => {
    expect(deadlineFor({ kind: 'request', urgency, availability }, issuedAt)?.at).toBe(at)
  })

  it('gives every request a deadline after its issue, and nothing else any', () => {
    const message = fc.record({
      kind: fc.constantFrom(...messageKinds),
      urgency: fc.constantFrom(...urgencies),
      availability: fc.constantFrom(...availabilities, undefined),
    })
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(message, instant, (it, issued) => {
        const deadline = deadlineFor(it, issued)
        if (it.kind === 'request') expect(Date.parse(deadline?.at ?? '')).toBeGreaterThan(issued.getTime())
        else expect(deadline).toBeNull()
      }),
    )
  })

  it('takes the first rule that applies, from whatever data it is given', () => {
    const [rule] = deadlineRules
    const own: DeadlineRule[] = [{ ...(rule as DeadlineRule), id: 'own', when: { urgency: 'urgent' }, amount: 1 }]
    expect(deadlineFor({ kind: 'request', urgency: 'urgent' }, issuedAt, own)).toEqual({
      at: '2026-11-22T13:00:00.000Z',
      rule: 'own',
    })
    expect(deadlineFor({ kind: 'request', urgency: 'normal' }, issuedAt, own)).toBeNull()
  })
})

describe('deadlineRules', () => {
  it('carry a source, a date and whether they were verified, under ids of their own', () => {
    expect(new Set(deadlineRules.map((it) => it.id)).size).toBe(deadlineRules.length)
    expect(deadlineRules.map((it) => [it.amount, it.unit])).toEqual([
      [8, 'hours'],
      [3, 'days'],
      [7, 'days'],
    ])
  })
})
