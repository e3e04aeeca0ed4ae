import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import { decodeChunks, plainText, scriptOf, textParts } from '#formats/text'
import { utf8 } from '#kernel/bytes'

describe('decodeChunks', () => {
  it('gives the text back whatever the chunks, without its byte order mark', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), pieceLengths, async (text, lengths) => {
        const pieces = await collect(decodeChunks(inPieces(utf8(`\uFEFF${text}`), lengths)))
        expect(pieces.join('')).toBe(text)
        expect((await collect(decodeChunks(inPieces(text, lengths)))).join('')).toBe(text.replace(/^\uFEFF/, ''))
      }),
    )
  })
})

describe('plainText', () => {
  const odd = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\0',
    '\u0085',
    '\u202E',
    '\uFEFF',
    '\uD83D',
    '\uDE00',
    '😀',
    'é',
    '\u200C',
  )

  it('strips control characters and marks that only change the look', () => {
    expect(plainText(' a\u0000b\r\n\tc\u202Ed\uFEFF ')).toBe('ab cd')
    expect(plainText('می\u200Cخواهم')).toBe('می\u200Cخواهم')
  })

  it('is well formed and never longer than the cap', () => {
    fc.assert(
      fc.property(fc.string({ unit: odd }), fc.integer({ min: 1, max: 10 }), (text, cap) => {
        const plain = plainText(text, cap)
        expect(plain.length).toBeLessThanOrEqual(cap)
        expect(plain.isWellFormed()).toBe(true)
        expect(plainText(plain, cap)).toBe(plain)
      }),
    )
  })
})

describe('textParts', () => {
  it('loses no letter of a long text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 50 }), (text) => {
        const parts = textParts(text, 10)
        expect(parts.every((it) => it.length <= 10)).toBe(true)
        expect(parts.join('').replaceAll(' ', '')).toBe(plainText(text, 1e6).replaceAll(' ', ''))
      }),
    )
  })
})

describe('scriptOf', () => {
  it('names a script only when the text has one', () => {
    expect(scriptOf('Exercise 7')).toBe('Latn')
    expect(scriptOf('تمرين')).toBe('Arab')
    expect(scriptOf('Упражнение')).toBe('Cyrl')
    expect(scriptOf('華信船務(香港)')).toBe('Hani')
    expect(scriptOf('Exercise تمرين')).toBeNull()
    expect(scriptOf('12')).toBeNull()
  })
})
