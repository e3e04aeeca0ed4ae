import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import { readCsv } from '#formats/csv'
import { csvRow, writeCsv } from '#formats/csv-write'
import { utf8 } from '#kernel/bytes'

async function rowsOf(text: string, options = {}) {
  return (await collect(readCsv(inPieces(text, []), options))).map((it) => it.fields)
}

describe('readCsv', () => {
  it('reads quoted fields, doubled quotes and line breaks inside them', async () => {
    expect(await rowsOf('a,"b ""c""","d\r\ne"\r\nf,,\r\n')).toEqual([
      ['a', 'b "c"', 'd\r\ne'],
      ['f', '', ''],
    ])
  })

  it('ends rows at LF, CRLF or CR, and leaves blank lines out', async () => {
    expect(await rowsOf('a\nb\r\n\r\nc\rd')).toEqual([['a'], ['b'], ['c'], ['d']])
  })

  it('tells the line on which each row begins', async () => {
    const rows = await collect(readCsv(inPieces('a\r\n"b\nb"\r\n\r\nc\r\n', [])))
    expect(rows.map((it) => it.line)).toEqual([1, 2, 5])
  })

  it('is lenient where files are', async () => {
    expect(await rowsOf('a"b,"c" d,""\n""\n')).toEqual([['a"b', 'c d', ''], ['']])
  })

  it('finds the delimiter of the first line', async () => {
    expect(await rowsOf('"a,b,c";d\n1;2', { delimiter: 'auto' })).toEqual([
      ['a,b,c', 'd'],
      ['1', '2'],
    ])
    expect(await rowsOf('a\tb', { delimiter: 'auto' })).toEqual([['a', 'b']])
  })

  it('drops the byte order mark and decodes what the option says', async () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8('é,b')])
    expect((await collect(readCsv(inPieces(marked, [1]))))[0]!.fields).toEqual(['é', 'b'])
    const latin = Buffer.from('é€'.replace('€', '\u0080'), 'latin1')
    expect((await collect(readCsv(inPieces(latin, [1]), { encoding: 'latin-1' })))[0]!.fields).toEqual(['é€'])
  })

  it('refuses what is not UTF-8, a field without an end, and what is too large', async () => {
    const codeOf = async (whole: Uint8Array | string) => (await collectUntilFault(readCsv(inPieces(whole, [])))).code
    expect(await codeOf(Buffer.from('a,\xe9\n', 'latin1'))).toBe('formats/not-utf8')
    expect(await codeOf(Buffer.from('a,\xc3', 'latin1'))).toBe('formats/truncated')
    expect(await codeOf('a,"b\nc')).toBe('formats/truncated')
    expect(await codeOf(`"${'x'.repeat(200_000)}"`)).toBe('formats/too-large')
    expect(await codeOf(','.repeat(2_000))).toBe('formats/too-large')
    expect(await codeOf(`${`${'x'.repeat(100_000)},`.repeat(11)}`)).toBe('formats/too-large')
  })

  it('gives the same rows whatever the chunks, for any text', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', 'a', 'é', '金', '😀'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, pieceLengths, async (whole, lengths) => {
        for (const options of [{}, { delimiter: 'auto' }] as const) {
          const expected = await collectUntilFault(readCsv(inPieces(whole, []), options))
          expect(await collectUntilFault(readCsv(inPieces(utf8(whole), lengths), options))).toEqual(expected)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('writeCsv', () => {
  it('guards against formulas only when asked to', () => {
    expect(csvRow(['=1+1', '@x', '-5', 'a'])).toBe('=1+1,@x,-5,a\r\n')
    expect(csvRow(['=1+1', '@x', '-5', 'a'], { guardFormulas: true })).toBe("'=1+1,'@x,'-5,a\r\n")
  })

  it('writes a byte order mark when asked to', async () => {
    expect((await collect(writeCsv([['a']], { byteOrderMark: true }))).join('')).toBe('\uFEFFa\r\n')
  })

  it('writes what reads back the same, under any delimiter and any chunks', async () => {
    const rows = fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: 1, maxLength: 5 }))
    const field = fc.constantFrom('"', ',', ';', '\r', '\n', '\r\n', '\uFEFF', '""', '', ' a ', '=1')
    const odd = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(rows, odd),
        fc.constantFrom(',', ';', '\t', '|'),
        pieceLengths,
        async (table, delimiter, lengths) => {
          const text = (await collect(writeCsv(table, { delimiter }))).join('')
          const read = await collect(readCsv(inPieces(utf8(text), lengths), { delimiter }))
          expect(read.map((it) => it.fields)).toEqual(table)
        },
      ),
      { numRuns: 500 },
    )
  })
})
