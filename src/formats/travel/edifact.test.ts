import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import { type EdifactItem, readEdifact } from '#formats/travel/edifact'
import { readMessages } from '#formats/travel/edifact-messages'
import { type Segment, writeSegment } from '#formats/travel/edifact-segment'
import type { Separators } from '#formats/travel/edifact-separators'
import { utf8 } from '#kernel/bytes'

const itemsOf = (whole: string | Uint8Array, limits = {}) => collect(readEdifact(inPieces(whole, []), limits))
const segments = (items: readonly EdifactItem[]) => items.filter((it): it is Segment => it.kind === 'segment')
const oddities = (items: readonly EdifactItem[]) => items.flatMap((it) => (it.kind === 'oddity' ? [it.code] : []))
const brief = (items: readonly EdifactItem[]) =>
  segments(items).map((it) => [it.tag, ...it.elements.map((one) => one.join(':'))].join('+'))

const header = "UNB+UNOA:4+XX+EX+261127:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'"

describe('readEdifact', () => {
  it('reads segments with escapes, and says where each begins', async () => {
    const items = segments(await itemsOf(`${header}\r\nFTX+AAP+++IT?'S 5 ?+ 5?: 10??'\nUNZ+1+1'`))
    expect(items.map((it) => [it.tag, it.offset])).toEqual([
      ['UNB', 0],
      ['UNH', 31],
      ['FTX', 60],
      ['UNZ', 91],
    ])
    expect(items[2]!.elements).toEqual([['AAP'], [''], [''], ["IT'S 5 + 5: 10?"]])
    expect(items[2]!.text).toBe("FTX+AAP+++IT?'S 5 ?+ 5?: 10??")
  })

  it('takes any separators from the advice, the header, or what follows it', async () => {
    const plain = ['UNB+UNOA:4+XX', 'UNH+1+PAXLST:D:05B', 'NAD+FL+++EX:ADA']
    for (const text of [
      "UNA:+.? 'UNB+UNOA:4+XX'UNH+1+PAXLST:D:05B'NAD+FL+++EX:ADA'",
      'UNA*:.? $UNB:UNOA*4:XX$UNH:1:PAXLST*D*05B$NAD:FL:::EX*ADA$',
      'UNA:(.) -UNB(UNOA:4(XX-UNH(1(PAXLST:D:05B-NAD(FL(((EX:ADA-',
      'UNB+UNOA:4+XX"\nUNH+1+PAXLST:D:05B"\nNAD+FL+++EX:ADA"\n',
      'UNB|UNOA^4|XX~UNH|1|PAXLST^D^05B~NAD|FL|||EX^ADA~',
      "UNA:+.? 'UNB|UNOA^4|XX~UNH|1|PAXLST^D^05B~NAD|FL|||EX^ADA~",
      "UNA:+\\*'UNB+UNOA:4+XX'UNH+1+PAXLST:D:05B'NAD+FL+++EX:ADA'",
      "  \r\n\uFEFFQK LONPPXS\r\n.MUCKMTS 250521\r\nUNB+UNOA:4+XX'\r\nUNH+1+PAXLST:D:05B'\r\nNAD+FL+++EX:ADA'\r\n",
    ])
      expect(brief(await itemsOf(text)), text).toEqual(plain)
  })

  it('believes the segments more than one damaged header', async () => {
    for (const mark of ['#', "'+", '?+', ''])
      expect(brief(await itemsOf(`UNB${mark}UNOA:4+XX'UNH+1+PAXLST:D:05B'NAD+FL+++EX:ADA'`)).slice(-1)).toEqual([
        'NAD+FL+++EX:ADA',
      ])
  })

  it('says when the advice is damaged or contradicted, or when text stands before it', async () => {
    expect(oddities(await itemsOf("UNA:+\\*'UNB+UNOA:4+XX'UNH+1+X'"))).toEqual(['advice-damaged'])
    expect(oddities(await itemsOf("UNA:+.? 'UNB|UNOA^4|XX~UNH|1|X~"))).toEqual(['advice-contradicted'])
    expect(oddities(await itemsOf(`QK LONPPXS ${header}`))).toEqual(['leading-text'])
  })

  it('reads further interchanges with separators of their own', async () => {
    const text = `UNB+UNOA:4+A'UNZ+1+1'\n\nUNA*:.? $UNB:UNOA*4:B$UNZ:1:2$ UNB|UNOA^4|C~UNH|1|X~UNZ|1|3~`
    expect(brief(await itemsOf(text)).filter((it) => it.startsWith('UNB'))).toEqual([
      'UNB+UNOA:4+A',
      'UNB+UNOA:4+B',
      'UNB+UNOA:4+C',
    ])
  })

  it('ends a segment at a line break where the terminator is missing, and joins lines that are cut in the middle', async () => {
    const missing = await itemsOf(`${header}\nATT+2++M\nDTM+329:720907\nNAD+FL+++EX:\nADA'\nSRC\nRCI+X:Y'`)
    expect(brief(missing).slice(2)).toEqual(['ATT+2++M', 'DTM+329:720907', 'NAD+FL+++EX:ADA', 'SRC', 'RCI+X:Y'])
    expect(oddities(missing)).toEqual(['terminator-missing', 'terminator-missing', 'terminator-missing'])
    const wrapped = (`${header}ATT+2++M'DTM+329:720907'NAD+FL+++EX:ADA'`.match(/.{1,7}/g) ?? []).join('\r\n')
    const items = await itemsOf(wrapped)
    expect(brief(items).slice(2)).toEqual(['ATT+2++M', 'DTM+329:720907', 'NAD+FL+++EX:ADA'])
    expect(oddities(items)).toEqual([])
  })

  it('cuts segments apart that lost the terminator between them, though not in free text', async () => {
    const items = await itemsOf(`${header}LOC+179+JFKNAD+FL+++EX:ADADTM+329:720907'FTX+AAP+++SEE NAD+FL+'`)
    expect(brief(items).slice(2)).toEqual(['LOC+179+JFK', 'NAD+FL+++EX:ADA', 'DTM+329:720907', 'FTX+AAP+++SEE NAD+FL+'])
    expect(oddities(items)).toEqual(['terminator-missing', 'terminator-missing'])
  })

  it('leaves names whole that end like tags do', async () => {
    const names = [
      'TIF+LATIF+AHMEDMR:A:1',
      'NAD+FL+++HUNT:ANN:SWIFT+4 HIGH STREET',
      'NAD+FL+++PRATT:HUNT+1 ROAD+X',
      'NAD+FL+++EX:MADDOC+A STREET',
    ]
    expect(brief(await itemsOf(`${header}${names.join("'")}'`)).slice(2)).toEqual(names)
    const wrapped = `${header}TIF+LA\nTIF+AHMEDMR:A:1'NAD+FL+++EX:H\nUNT+1 ROAD'`
    expect(brief(await itemsOf(wrapped)).slice(2)).toEqual(['TIF+LATIF+AHMEDMR:A:1', 'NAD+FL+++EX:HUNT+1 ROAD'])
    const lost = `${header}TIF+EX+ADA:A:1TIF+LATIF+LI:A:2'TIF+EX+NUR:A:3\nTIF+EX+ADA:A:1'`
    expect(brief(await itemsOf(lost)).slice(2)).toEqual([
      'TIF+EX+ADA:A:1',
      'TIF+LATIF+LI:A:2',
      'TIF+EX+NUR:A:3',
      'TIF+EX+ADA:A:1',
    ])
  })

  it('takes an apostrophe that was not released for part of a name, and a segment for a segment', async () => {
    const apostrophe = `${header}NAD+FL+++O'EXERCISE:PAT'ATT+2++M'TIF+D'EXERCISE+JO:A:1'TIF+EX+N'ADA:A:2'`
    const items = await itemsOf(apostrophe)
    expect(brief(items).slice(2)).toEqual([
      "NAD+FL+++O'EXERCISE:PAT",
      'ATT+2++M',
      "TIF+D'EXERCISE+JO:A:1",
      "TIF+EX+N'ADA:A:2",
    ])
    expect(oddities(items)).toEqual(['apostrophe', 'apostrophe', 'apostrophe'])
    const apart = ['NAD+FL+++EX', 'DTM:329:640217', 'NAD+FL+++EX:AL', 'XYZ+1', 'TIF+EX']
    expect(oddities(await itemsOf(`${header}${apart.join("'")}'`))).toEqual([])
  })

  it('does not let a stray release character swallow the next segment', async () => {
    const items = await itemsOf(`${header}FTX+AAP+++WHY?'\nNAD+FL+++EX:ADA'FTX+AAP+++IT?'S'UNZ+1+1?`)
    expect(brief(items).slice(2)).toEqual(['FTX+AAP+++WHY?', 'NAD+FL+++EX:ADA', "FTX+AAP+++IT'S", 'UNZ+1+1?'])
    expect(oddities(items)).toEqual(['dangling-release', 'unterminated-end'])
  })

  it('sets aside what is no segment, with its place, and reads on', async () => {
    const items = await itemsOf(`${header}1234 garbage'NAD+FL+++EX:ADA'xNAD+FL+++EX:LI'`)
    expect(items.flatMap((it) => (it.kind === 'quarantined' ? [[it.reason, it.text, it.offset]] : []))).toEqual([
      ['no-tag', '1234 garbage', 58],
      ['no-tag', 'x', 87],
    ])
    expect(brief(items).slice(2)).toEqual(['NAD+FL+++EX:ADA', 'NAD+FL+++EX:LI'])
  })

  it('reads UTF-8, Windows-1252 where it is not that, and UTF-16 with its mark', async () => {
    expect(brief(await itemsOf(utf8(`${header}NAD+FL+++ÉXERCISÉ:ZOÉ À'`))).at(-1)).toBe('NAD+FL+++ÉXERCISÉ:ZOÉ À')
    const western = await itemsOf(Buffer.from(`${header}NAD+FL+++ÉXERCISE:ZOÀ'`, 'latin1'))
    expect(brief(western).at(-1)).toBe('NAD+FL+++ÉXERCISE:ZOÀ')
    expect(oddities(western)).toEqual(['not-utf8'])
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${header}NAD+FL+++É:ADA'`, 'utf16le')])
    expect(brief(await itemsOf(wide)).at(-1)).toBe('NAD+FL+++É:ADA')
  })

  it('holds limits: a segment too long is set aside, too many segments are refused', async () => {
    const long = await itemsOf(`${header}FTX+AAP+++${'x'.repeat(900)}'NAD+FL+++EX:ADA'`, { segment: 500 })
    expect(long.some((it) => it.kind === 'quarantined' && it.reason === 'too-long')).toBe(true)
    expect(brief(long).at(-1)).toBe('NAD+FL+++EX:ADA')
    const many = await collectUntilFault(
      readEdifact(inPieces(`${header}${"NAD+FL+++EX:ADA'".repeat(20)}`, []), { segments: 10 }),
    )
    expect(many.code).toBe('formats/too-large')
  })

  it('gives the same wherever the bytes are cut, for any text', async () => {
    const unit = fc.constantFrom(
      'UNA:+.? ',
      'UNB+UNOA:4',
      'UNH+',
      'NAD+FL+++',
      'UNZ',
      'SRC',
      '+',
      ':',
      '?',
      "'",
      '"',
      '\r',
      '\n',
      ' ',
      'É',
      'A',
      '1',
      '\0',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 80 }), pieceLengths, async (parts, lengths) => {
        const whole = utf8(parts.join(''))
        expect(await collect(readEdifact(inPieces(whole, lengths), { segment: 120 }))).toEqual(
          await itemsOf(whole, { segment: 120 }),
        )
      }),
      { numRuns: 600 },
    )
    const long = utf8(`${header}${"NAD+FL+++EXERCISE:É?'X'\nATT+2++M\nDTM+329:720907'".repeat(300)}UNZ+1+1'`)
    const whole = await itemsOf(long)
    for (const lengths of [[1], [7, 1, 64], [4_095], [4_097]])
      expect(await collect(readEdifact(inPieces(long, lengths)))).toEqual(whole)
  })

  it('never throws, whatever the bytes, and every offset is inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        for (const it of await itemsOf(bytes)) expect(it.offset).toBeLessThanOrEqual(bytes.length)
        await collect(readMessages(inPieces(bytes, [])))
      }),
      { numRuns: 500 },
    )
  })

  it('reads back every segment that is written, with any separators', async () => {
    const sets: Separators[] = [
      { component: ':', element: '+', release: '?', terminator: "'" },
      { component: '*', element: ':', release: '?', terminator: '$' },
      { component: '^', element: '|', release: '\\', terminator: '~' },
    ]
    const value = fc.string({ unit: fc.constantFrom(...":+?'*$^|~\\", 'A', 'É', '7', ' '), maxLength: 8 })
    const elements = fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sets),
        fc.array(elements, { minLength: 1, maxLength: 5 }),
        async (set, rows) => {
          const advice = `UNA${set.component}${set.element}.${set.release} ${set.terminator}`
          const start = writeSegment('UNB', [['UNOA', '4'], 'XX'], set) + writeSegment('UNH', ['1', 'X'], set)
          const text = advice + start + rows.map((it) => writeSegment('RFF', ['ZZZ', ...it], set)).join('')
          const read = segments(await itemsOf(text)).slice(2)
          const trimmed = (row: readonly (readonly string[])[]) =>
            row.map((it) => it.slice(0, it.findLastIndex((one) => one !== '') + 1))
          const expected = rows.map((it) => {
            const row = trimmed([['ZZZ'], ...it])
            return row.slice(0, row.findLastIndex((one) => one.length > 0) + 1)
          })
          expect(read.map((it) => trimmed(it.elements))).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('readMessages', () => {
  const messagesOf = async (text: string) => {
    const items = await collect(readMessages(inPieces(text, [])))
    const found = items.flatMap((it) => (it.kind === 'message' ? [it] : []))
    const end = items.at(-1)!
    return { found, codes: items.map((it) => it.findings.map((one) => one.code)), end }
  }

  it('finds nothing wrong with a sound interchange', async () => {
    const { found, codes } = await messagesOf(`${header}BGM+745'UNT+3+1'UNZ+1+1'`)
    expect(codes).toEqual([[], []])
    expect(found[0]).toMatchObject({
      type: 'PAXLST',
      version: 'D:05B:UN:IATA',
      reference: '1',
      interchange: { sender: 'XX' },
    })
  })

  it('finds missing headers and trailers and wrong counts, and keeps every segment', async () => {
    const { found, codes } = await messagesOf(`${header}BGM+745'UNH+2+PAXLST:D:05B'BGM+745'UNT+9+3'NAD+FL+++EX:ADA'`)
    expect(found.map((it) => it.parts.length)).toEqual([1, 1, 1])
    expect(codes).toEqual([
      ['missing-message-end'],
      ['wrong-segment-count', 'wrong-message-reference'],
      ['missing-message-header', 'missing-message-end'],
      ['missing-interchange-end'],
    ])
    const bare = await messagesOf("NAD+FL+++EX:ADA'")
    expect(bare.codes).toEqual([
      ['missing-message-header', 'missing-message-end'],
      ['missing-interchange-header', 'missing-interchange-end'],
    ])
  })

  it('compares the counts of groups and interchanges', async () => {
    const { codes } = await messagesOf(`UNB+UNOA:4+XX+EX++7'UNG+PAXLST'UNH+1+X'UNT+2+1'UNE+4+1'UNZ+9+8'`)
    expect(codes.at(-1)).toEqual(['wrong-group-count', 'wrong-interchange-count', 'wrong-interchange-reference'])
  })
})
