import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Act } from '#policy/decide'
import { roleAllows, roles } from '#policy/roles'

const acts: readonly Act[] = [
  'collect',
  'view',
  'search',
  'match',
  'export',
  'change',
  'withdraw',
  'disclose',
  'receive',
  'onward',
  'grant',
  'assign',
  'adjudicate',
  'use-in-proceedings',
]

describe('roleAllows', () => {
  it('lets administrators and auditors do nothing with records', () => {
    for (const act of acts) expect(roleAllows(['administrator', 'auditor'], act)).toBe(false)
  })

  it('lets nobody without a role do anything', () => {
    for (const act of acts) expect(roleAllows([], act)).toBe(false)
  })

  it('lets no person receive: that is the act of the node', () => {
    expect(roleAllows(roles, 'receive')).toBe(false)
  })

  it.each([
    ['officer', 'grant', false],
    ['officer', 'assign', false],
    ['officer', 'use-in-proceedings', false],
    ['officer', 'adjudicate', true],
    ['supervisor', 'grant', true],
    ['supervisor', 'assign', true],
    ['supervisor', 'use-in-proceedings', false],
    ['legal', 'use-in-proceedings', true],
    ['legal', 'match', false],
    ['legal', 'onward', false],
    ['legal', 'adjudicate', false],
  ] as const)('has %s to %s: %s', (role, act, allowed) => {
    expect(roleAllows([role], act)).toBe(allowed)
  })

  it('allows with several roles what one of them allows', () => {
    fc.assert(
      fc.property(fc.subarray([...roles]), fc.constantFrom(...acts), (held, act) => {
        expect(roleAllows(held, act)).toBe(held.some((role) => roleAllows([role], act)))
      }),
    )
  })
})
