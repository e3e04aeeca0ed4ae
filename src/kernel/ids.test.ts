import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idPattern, newId, newKey } from '#kernel/ids'

const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe('newId', () => {
  it('sorts by the time of making', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        fc.pre(a < b)
        expect(newId('rec', a) < newId('rec', b)).toBe(true)
      }),
    )
  })

  it('is a UUID of version 7 and of the RFC 9562 variant, with its instant in front', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const id = newId('env', now)
        expect(id).toMatch(/^env_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
        expect(Number.parseInt(id.slice(4, 16), 16)).toBe(now)
      }),
    )
  })

  it('is never the same twice within one millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('rec', 0)))
    expect(ids.size).toBe(10_000)
  })
})

describe('idPattern', () => {
  it('knows ids of its own prefix only, and whole ones only', () => {
    const id = newId('rec')
    expect(idPattern('rec').test(id)).toBe(true)
    for (const other of [newId('env'), `${id}0`, `x${id}`, id.toUpperCase(), `${id}\n`, id.slice(0, -1)])
      expect(idPattern('rec').test(other)).toBe(false)
  })
})

describe('newKey', () => {
  it('is twelve characters of chance', () => {
    const keys = new Set(Array.from({ length: 1_000 }, newKey))
    expect(keys.size).toBe(1_000)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{12}$/)
  })
})
