import { describe, expect, it } from 'vitest'
import { isAway, openWhenThere } from '#store/away'
import { fault } from '#store/faults'

const failure = (text: string, more: object = {}) => Object.assign(new Error(text), more)

describe('isAway', () => {
  it('knows a server that recovers and a connection that was lost, as causes too', () => {
    const recovering = failure('the database system is in recovery mode', { code: '57P03' })
    expect(isAway(recovering)).toBe(true)
    expect(isAway(new Error('the migration failed', { cause: recovering }))).toBe(true)
    expect(isAway(failure('Connection terminated unexpectedly'))).toBe(true)
    expect(isAway(failure('Client has encountered a connection error and is not queryable'))).toBe(true)
    expect(isAway(failure('connect', { code: 'ECONNREFUSED', syscall: 'connect' }))).toBe(true)
  })

  it('takes no other failure for it: a missing file, a wrong statement, a fault', () => {
    expect(isAway(failure('no such file', { code: 'ENOENT', syscall: 'open' }))).toBe(false)
    expect(isAway(failure('syntax error', { code: '42601' }))).toBe(false)
    expect(isAway(fault('store/unavailable', 'Another process of this node holds the database.'))).toBe(false)
  })
})

describe('openWhenThere', () => {
  it('opens again when the server recovered meanwhile, and gives up on anything else', async () => {
    let attempts = 0
    const opened = await openWhenThere(async () => {
      attempts++
      if (attempts === 1) throw failure('starting up', { code: '57P03' })
      return 'open'
    })
    expect([opened, attempts]).toEqual(['open', 2])
    await expect(openWhenThere(() => Promise.reject(failure('a bug')))).rejects.toThrow('a bug')
    await expect(openWhenThere(() => Promise.reject(failure('x', { code: '57P03' })), 0)).rejects.toThrow('x')
  })
})
