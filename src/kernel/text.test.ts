import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shorten } from '#kernel/text'

describe('shorten', () => {
  it('leaves a short text alone and cuts a long one', () => {
    expect(shorten('abc', 3)).toBe('abc')
    expect(shorten('abcd', 3)).toBe('abc')
  })

  it('cuts before a pair that would not fit', () => {
    expect(shorten('ab😀', 3)).toBe('ab')
    expect(shorten('ab😀', 4)).toBe('ab😀')
  })

  it('keeps a well-formed text well formed, and a beginning of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, max) => {
        const short = shorten(text, max)
        return text.startsWith(short) && short.length <= max && (!text.isWellFormed() || short.isWellFormed())
      }),
    )
  })
})
