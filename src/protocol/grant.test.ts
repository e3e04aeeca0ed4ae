import { describe, expect, it } from 'vitest'
import { newId } from '#kernel/ids'
import { Grant, grantOf } from '#protocol/grant'

const body: Grant = {
  about: newId('rec'),
  permits: 'onward',
  holder: 'ke',
  recipients: ['ug'],
  purposes: ['counter-terrorism'],
  expiresAt: '2026-07-01T00:00:00.000Z',
  reason: 'Joint inquiry',
}

describe('grantOf', () => {
  it('names the record that the grant is about, and keeps the rest as it was signed', () => {
    const { about, ...rest } = body
    expect(grantOf(body)).toEqual({ ...rest, record: about })
  })

  it.each([
    ['no purpose', { purposes: [] }],
    ['no record', { about: 'the record' }],
    ['no reason', { reason: '  ' }],
    ['an act that no grant permits', { permits: 'change' }],
    ['an instant that does not order as text', { expiresAt: '2026-07-01T00:00:00Z' }],
    ['a member unknown to the form', { everything: true }],
  ])('refuses a grant with %s', (_, change) => {
    expect(Grant.safeParse({ ...body, ...change }).success).toBe(false)
  })
})
