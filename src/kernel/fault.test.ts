import { describe, expect, it } from 'vitest'
import { defineFaults, Fault, isFault } from '#kernel/fault'

const fault = defineFaults({ 'hits/closed': 'conflict', 'hits/unknown': 'missing' })

describe('defineFaults', () => {
  it('gives each code its kind, and keeps rule, details and cause', () => {
    const cause = new Error('below')
    const thrown = fault('hits/closed', 'This hit is closed.', { rule: 'point 9', details: { id: 1 }, cause })
    expect(thrown).toBeInstanceOf(Fault)
    expect(thrown).toMatchObject({
      name: 'Fault',
      code: 'hits/closed',
      kind: 'conflict',
      message: 'This hit is closed.',
      rule: 'point 9',
      details: { id: 1 },
      cause,
    })
    expect(fault('hits/unknown', 'No such hit.')).toMatchObject({ kind: 'missing', details: {}, rule: undefined })
  })
})

describe('isFault', () => {
  it('tells faults from bugs, and one code from another', () => {
    expect(isFault(fault('hits/closed', 'Closed.'))).toBe(true)
    expect(isFault(fault('hits/closed', 'Closed.'), 'hits/closed')).toBe(true)
    expect(isFault(fault('hits/closed', 'Closed.'), 'hits/unknown')).toBe(false)
    expect(isFault(new Error('bug'))).toBe(false)
    expect(isFault({ code: 'hits/closed' })).toBe(false)
  })
})
