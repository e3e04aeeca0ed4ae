import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FaultCode, isFault } from '#kernel/fault'
import { defaultJsonLimits, type JsonLimits, parseJson } from '#kernel/json'

const codeOf = (text: string, limits?: JsonLimits): FaultCode | 'parsed' => {
  try {
    parseJson(text, limits)
    return 'parsed'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** Each character written plainly or as an escape of either case, as the source of a JSON string may. */
const spelled = (text: string) =>
  fc.tuple(...[...text].map((it) => fc.constantFrom(it, escaped(it), escaped(it).toUpperCase().replace('U', 'u'))))
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(codeOf(text) === 'parsed')
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('takes nesting up to the limit and refuses it beyond', () => {
    const { depth } = defaultJsonLimits
    expect(codeOf(nested(depth))).toBe('parsed')
    expect(codeOf(nested(depth + 1))).toBe('json/too-deep')
    expect(codeOf('{"a":'.repeat(depth + 1) + 1 + '}'.repeat(depth + 1))).toBe('json/too-deep')
  })

  it('refuses a million brackets before the parser sees them', () => {
    expect(codeOf('['.repeat(1_000_000))).toBe('json/too-deep')
    expect(codeOf('[{"a":'.repeat(100_000))).toBe('json/too-deep')
  })

  it('does not count brackets inside strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'a', '/') }), (text) => {
        expect(parseJson(JSON.stringify({ a: [text] }), { bytes: 1_000, depth: 2 })).toEqual({ a: [text] })
      }),
    )
  })

  it('counts brackets after a string whose last character is an escaped quote or backslash', () => {
    const limits = { bytes: 100, depth: 2 }
    expect(codeOf('["\\"",[1]]', limits)).toBe('parsed')
    expect(codeOf('["\\\\",[[1]]]', limits)).toBe('json/too-deep')
    expect(codeOf('["\\"[[[[",1]', limits)).toBe('parsed')
  })

  it('is never deeper than the limit says, whatever the text', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, depth) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'))
        expect(codeOf(JSON.stringify(value), { bytes: 1_000_000, depth }) === 'json/too-deep').toBe(
          depthOf(value) > depth,
        )
      }),
    )
  })

  it('measures size in bytes, not in characters', () => {
    expect(codeOf('"aaaa"', { bytes: 6, depth: 1 })).toBe('parsed')
    expect(codeOf('"aaaaa"', { bytes: 6, depth: 1 })).toBe('json/too-large')
    expect(codeOf('"€€"', { bytes: 6, depth: 1 })).toBe('json/too-large')
    expect(codeOf('"€€"', { bytes: 8, depth: 1 })).toBe('parsed')
  })

  it('refuses __proto__ as a name however it is spelled and wherever it stands', () => {
    fc.assert(
      fc.property(spelled('__proto__'), (name) => {
        expect(codeOf(`{"${name.join('')}":{"admin":true}}`)).toBe('json/malformed')
        expect(codeOf(`[{"a":[{"${name.join('')}":1}]}]`)).toBe('json/malformed')
      }),
    )
    for (const [at, character] of [...'__proto__'].entries()) {
      const name = [...'__proto__'].with(at, escaped(character)).join('')
      expect(codeOf(`{"${name}":1}`)).toBe('json/malformed')
    }
    expect(codeOf('{"a":"__proto__"}')).toBe('parsed')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it.each([
    ['U+0000', '{"a":"\\u0000"}'],
    ['U+0000 in a name', '{"a\\u0000":1}'],
    ['half of a surrogate pair', '["\\uD83D"]'],
    ['half of a surrogate pair in a name', '{"\\udfff":1}'],
  ])('refuses %s, which no jsonb column holds', (_, text) => {
    expect(codeOf(text)).toBe('json/malformed')
  })

  it('takes a surrogate pair that is written in escapes, and a backslash before u0000', () => {
    expect(parseJson('"\\ud83d\\ude00"')).toBe('😀')
    expect(parseJson('"\\\\u0000"')).toBe('\\u0000')
  })

  it.each(['', 'nul', '{"a":1,}', '[1', '"', '\ufeff{}', '{}{}', "{'a':1}", ']]]]', '01', 'NaN'])(
    'tells that %j is not JSON',
    (text) => {
      expect(codeOf(text)).toBe('json/malformed')
    },
  )

  it('never throws anything but a fault', () => {
    const noise = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', ':', ',', '1', 'u', '0') })
    fc.assert(fc.property(noise, (text) => codeOf(text) !== undefined))
  })
})
