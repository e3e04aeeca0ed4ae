import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '#kernel/bytes'
import { canonical, hashOf } from '#kernel/canonical'
import { isFault } from '#kernel/fault'

interface Vectors {
  readonly numbers: readonly { ieee754: string; text: string }[]
  readonly refusedNumbers: readonly { ieee754: string; what: string }[]
  readonly texts: readonly { name: string; input: string; output?: string; utf8?: string }[]
  readonly refusedTexts: readonly { name: string; input: string }[]
}
const vectors: Vectors = JSON.parse(readFileSync(new URL('../../test/vectors/rfc8785.json', import.meta.url), 'utf8'))

const numberOf = (ieee754: string) => Buffer.from(fromHex(ieee754)).readDoubleBE()
const notJson = (value: unknown) => {
  try {
    canonical(value)
    return false
  } catch (thrown) {
    return isFault(thrown, 'canonical/not-json')
  }
}

/** The same value with the members of every object written in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  )
}

const json = fc.jsonValue({ stringUnit: 'binary' })

describe('canonical', () => {
  it.each(vectors.numbers)('prints the IEEE 754 bits $ieee754 as $text (RFC 8785 appendix B)', ({ ieee754, text }) => {
    expect(canonical(numberOf(ieee754))).toBe(text)
  })

  it.each(vectors.refusedNumbers)('refuses $what', ({ ieee754 }) => {
    expect(notJson([numberOf(ieee754)])).toBe(true)
  })

  it.each(vectors.texts)('agrees with RFC 8785 on $name', ({ input, output, utf8: bytes }) => {
    const text = canonical(JSON.parse(input))
    if (output !== undefined) expect(text).toBe(output)
    if (bytes !== undefined) expect(toHex(utf8(text))).toBe(bytes)
  })

  it.each(vectors.refusedTexts)('refuses $name', ({ input }) => {
    expect(notJson(JSON.parse(input))).toBe(true)
  })

  it('reads back as the same value, and is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonical(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('does not depend on the order in which members were written', () => {
    fc.assert(fc.property(json, (value) => canonical(turned(value)) === canonical(value)))
  })

  it('gives two values one form only when they are the same JSON', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        if (canonical(a) === canonical(b)) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)))
      }),
    )
  })

  it('refuses every text with a lone surrogate, as key and as value', () => {
    const broken = fc.string({ unit: 'binary' }).map((it) => `${it}\ud800`)
    fc.assert(fc.property(broken, (text) => notJson(text) && notJson({ [text]: 1 }) && notJson([{ a: text }])))
  })

  it('prints every string as ECMAScript does, each character of the basic plane on its own too', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = `a${String.fromCharCode(unit)}b`
      if (!text.isWellFormed()) expect(notJson(text)).toBe(true)
      else if (canonical(text) !== JSON.stringify(text)) expect.unreachable(`U+${unit.toString(16)}`)
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => canonical(text) === JSON.stringify(text)))
  })

  it('leaves undefined members out and refuses undefined anywhere else', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}')
    expect(notJson(undefined)).toBe(true)
    expect(notJson([undefined])).toBe(true)
  })

  it('refuses an array with a hole, which would print as no JSON at all', () => {
    const holes = [1]
    holes[2] = 3
    expect(notJson(holes)).toBe(true)
  })

  it('refuses instances of classes, which would all have the form of an empty object', () => {
    for (const value of [new Date(0), new Map([['a', 1]]), new Set([1]), new Uint8Array(2), /a/, new Error('a')])
      expect(notJson({ value })).toBe(true)
    expect(notJson(1n)).toBe(true)
    expect(notJson(Symbol('a'))).toBe(true)
    expect(notJson(() => 1)).toBe(true)
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })

  it('keeps a member that is named like a property of every object', () => {
    expect(canonical(JSON.parse('{"constructor":1,"__proto__":{"b":2,"a":1}}'))).toBe(
      '{"__proto__":{"a":1,"b":2},"constructor":1}',
    )
  })
})

describe('hashOf', () => {
  it('is the SHA-256 of the canonical form', () => {
    expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
  })
})
