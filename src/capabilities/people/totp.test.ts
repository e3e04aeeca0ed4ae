import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptedStep, codeAt, keyUri, newTotpSecret, stepAt } from '#capabilities/people/totp'

/** `12345678901234567890` of RFC 6238 appendix B, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('codeAt', () => {
  // The appendix has eight digits; six are the same number without its first two.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('agrees with RFC 6238 appendix B at %d seconds', (seconds, code) => {
    expect(codeAt(secret, stepAt(new Date(seconds * 1000)))).toBe(code.slice(2))
  })
})

const steps = fc.integer({ min: 1, max: 80_000_000 })
const instants = fc.integer({ min: 60_000, max: 4_000_000_000_000 }).map((it) => new Date(it))

describe('acceptedStep', () => {
  it('accepts a code in its own step and in those beside it, and in no other', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: 0, max: 29_999 }),
        (step, off, within) => {
          const now = new Date((step + off) * 30_000 + within)
          const code = codeAt(secret, step)
          const near = [-1, 0, 1].map((it) => step + off + it)
          const bearers = near.filter((it) => it >= 0 && codeAt(secret, it) === code)
          const accepted = acceptedStep(secret, code, { now, lastStep: 0 })
          expect(accepted).toBe(bearers.find((it) => it > 0))
          if (Math.abs(off) <= 1) expect(accepted).toBeDefined()
        },
      ),
    )
  })

  it('accepts each code once, whatever order they come in', () => {
    fc.assert(
      fc.property(instants, fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 12 }), (now, offsets) => {
        let lastStep = 0
        const used: number[] = []
        for (const off of offsets) {
          const step = acceptedStep(secret, codeAt(secret, Math.max(0, stepAt(now) + off)), { now, lastStep })
          if (step === undefined) continue
          used.push(step)
          lastStep = step
        }
        expect(used).toEqual([...new Set(used)].sort((a, b) => a - b))
      }),
    )
  })

  it('accepts nothing that is not a code of the secret', () => {
    const other = newTotpSecret()
    fc.assert(
      fc.property(instants, fc.string(), (now, text) => {
        const right = [-1, 0, 1].map((it) => codeAt(other, stepAt(now) + it))
        expect(acceptedStep(other, text, { now, lastStep: 0 }) === undefined).toBe(!right.includes(text))
      }),
    )
  })
})

describe('newTotpSecret', () => {
  it('has 160 bits, another each time', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
    expect(newTotpSecret()).not.toBe(newTotpSecret())
  })

  it('is named by office and person in the address that authenticators read, whatever they are called', () => {
    const uri = new URL(keyUri(secret, { issuer: 'Office: "A" & B', label: 'olga' }))
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp'])
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret, digits: '6', period: '30', algorithm: 'SHA1' })
    expect(uri.searchParams.get('issuer')).toBe('Office: "A" & B')
  })
})
