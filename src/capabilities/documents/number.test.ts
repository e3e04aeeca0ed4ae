import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { issuerOf, lookAlikes, normaliseNumber } from '#capabilities/documents/number'
import vectors from './number.vectors.json' with { type: 'json' }

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const number = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 24 })
const filler = fc.constantFrom('', ' ', '-', '<', '‐', '\u00a0', '/', '\u200f', '\u2066', '<<<')

/** The same number as another hand, machine or keyboard writes it. */
const writings = [
  (it: string) => it,
  (it: string) => it.toLowerCase(),
  (it: string) => it.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  (it: string) => it.replace(/\d/g, (one) => String.fromCharCode(0x660 + Number(one))),
  (it: string) => it.replace(/\d/g, (one) => String.fromCharCode(0x6f0 + Number(one))),
]

describe('normaliseNumber', () => {
  it.each(vectors.numbers)('reads $text as $number', ({ text, number: expected }) => {
    expect(normaliseNumber(text)).toBe(expected)
  })

  it('reads a number alike however its letters, digits and gaps are written, and leaves what it has read', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(...writings), fc.array(filler, { maxLength: 30 }), (it, write, gaps) => {
        const written = [...write(it)].map((one, at) => one + (gaps[at] ?? '')).join('')
        expect(normaliseNumber(written)).toBe(it)
        expect(normaliseNumber(it)).toBe(it)
      }),
    )
  })

  it('gives any text either nothing or capital letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(normaliseNumber(text) ?? 'A1').toMatch(/^[A-Z0-9]{1,24}$/)
      }),
    )
  })

  it('tells apart what only looks alike', () => {
    fc.assert(
      fc.property(number, (it) => {
        const near = lookAlikes(it)
        expect(near).not.toContain(it)
        expect(new Set(near).size).toBe(near.length)
        for (const one of near.slice(0, 5)) expect(normaliseNumber(one)).not.toBe(normaliseNumber(it))
      }),
    )
  })
})

describe('lookAlikes', () => {
  it('offers the nearest first', () => {
    expect(lookAlikes('AO1')).toEqual(['A01', 'AOI', 'A0I'])
    expect(lookAlikes('AB2')).toEqual([])
    expect(lookAlikes('0'.repeat(24))).toHaveLength(64)
  })

  it('goes both ways', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('O', '0', 'I', '1', 'A', '7'), minLength: 1, maxLength: 6 }),
        (it) => {
          for (const near of lookAlikes(it)) expect(lookAlikes(near)).toContain(it)
        },
      ),
    )
  })
})

describe('issuerOf', () => {
  it.each(vectors.issuers)('reads $code as $issuer', ({ code, issuer }) => {
    expect(issuerOf(code)).toBe(issuer)
  })
})
