import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64url, fromHex, sameBytes, sha256, toBase64url, toHex, utf8 } from '#kernel/bytes'

const bytes = fc.uint8Array({ maxLength: 70 })

describe('toHex and fromHex', () => {
  it('lead back to the same bytes', () => {
    fc.assert(fc.property(bytes, (it) => sameBytes(fromHex(toHex(it)), it)))
  })

  it('see only the part of a buffer that a view shows', () => {
    expect(toHex(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('0203')
    expect(toBase64url(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('AgM')
  })

  it.each(['a', 'AB', 'zz', '0 ', 'ab\n'])('refuse %j', (text) => {
    expect(() => fromHex(text)).toThrow(RangeError)
  })
})

describe('toBase64url and fromBase64url', () => {
  it('lead back to the same bytes', () => {
    fc.assert(fc.property(bytes, (it) => sameBytes(fromBase64url(toBase64url(it)), it)))
  })

  it('know one text only for each value', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQgwBab9-_+/= \n'), maxLength: 12 })
    fc.assert(
      fc.property(text, (it) => {
        try {
          expect(toBase64url(fromBase64url(it))).toBe(it)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError)
        }
      }),
    )
  })

  it.each(['A', 'AB', 'AA==', 'A+A_', 'AA A', 'AAA\n'])('refuse %j', (text) => {
    expect(() => fromBase64url(text)).toThrow(RangeError)
  })
})

describe('sha256', () => {
  it('hashes its parts as one text (FIPS 180-4 example)', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(toHex(sha256('abc'))).toBe(abc)
    expect(toHex(sha256('a', utf8('bc'), ''))).toBe(abc)
  })
})

describe('sameBytes', () => {
  it('tells any two different values apart, of any lengths', () => {
    fc.assert(fc.property(bytes, bytes, (a, b) => sameBytes(a, b) === (toHex(a) === toHex(b))))
  })
})
