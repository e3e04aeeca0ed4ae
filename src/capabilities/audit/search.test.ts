import { describe, expect, it } from 'vitest'
import { auditSearchOf, conditionsOf, queryOf } from './search.ts'

describe('auditSearchOf', () => {
  it('keeps what is known and leaves the rest out', () => {
    const search = {
      act: 'view',
      outcome: 'fine',
      object: 42,
      person: ' ',
      from: '2026-13-01',
      to: '2026-11-27',
      older: 7,
      x: 1,
    }
    expect(auditSearchOf(search)).toEqual({ act: 'view', object: '42', to: '2026-11-27', older: 7 })
    expect(conditionsOf(auditSearchOf(search))).toEqual({ act: 'view', object: '42', to: '2026-11-27' })
    expect(auditSearchOf({ tab: 'ledger', newer: 'soon' })).toEqual({ tab: 'ledger' })
  })
})

describe('queryOf', () => {
  it('spans whole days, the last one too', () => {
    const query = queryOf({ from: '2026-11-26', to: '2026-11-26' }, {}, 50)
    expect(Date.parse(query.get('to')!) - Date.parse(query.get('from')!)).toBe(86_400_000)
    expect(query.has('order')).toBe(false)
  })

  it('goes back from an index, and forward from one', () => {
    expect(queryOf({}, { older: 9 }, 50).toString()).toBe('limit=50&after=9')
    expect(queryOf({}, { newer: 9 }, 50).toString()).toBe('limit=50&order=oldest&after=9')
  })
})
