import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import { renderCarrierReport } from '#formats/travel/carrier-report'
import { maskCards, sensitiveClass } from '#formats/travel/pnr-sensitive'
import { type PnrgovMessage, readPnrgov } from '#formats/travel/pnrgov'
import { reportOnPnrgov } from '#formats/travel/pnrgov-report'
import { utf8 } from '#kernel/bytes'

const today = '2026-11-27'
const itemsOf = (text: string | Uint8Array) => collect(readPnrgov(inPieces(text, []), { today }))
const start = "UNB+IATA:1+XX+EX+261127:0900+1'UNH+1+PNRGOV:13:1:IA'MSG+:22'SRC'RCI+XX:EXERC1'"
async function messageOf(record: string): Promise<PnrgovMessage> {
  return (await itemsOf(`${start}${record}UNT+1+1'UNZ+1+1'`)).find((it) => it.kind === 'message')!
}
const travellersOf = async (record: string) =>
  (await messageOf(record)).records.flatMap((it) =>
    it.travellers.map((one) => `${one.source} ${one.name.raw} ${one.docs.length}`),
  )
const codesOf = async (record: string) =>
  (await messageOf(record)).findings
    .map((it) => it.code)
    .filter((it) => it !== 'wrong-segment-count' && it !== 'missing-docs')
const docs = (reference: string, name: string) =>
  `SSR+DOCS:HK:1:XX:::::/P/FRA/EX1/FRA/12APR86/F/31JAN31/${name}+::${reference}'`

describe('readPnrgov', () => {
  it('reads everything of an exercise message', async () => {
    const items = await collect(readPnrgov(sample('pnrgov-exercise.edi'), { today }))
    expect(items.flatMap((it) => it.findings.map((one) => one.code))).toEqual([
      'traveller-without-tif',
      'missing-docs',
      'missing-docs',
      'missing-docs',
    ])
    const message = items[0] as PnrgovMessage
    expect(message).toMatchObject({
      type: 'PNRGOV',
      version: '13:1:IA',
      sequence: '01:F',
      originator: 'XX',
      statedCount: 2,
      flight: {
        flight: 'XX900',
        departure: { place: 'LHR', time: { local: '2026-11-28T08:05' } },
        arrival: { place: 'FRA' },
      },
    })
    const [record, second] = message.records
    expect(record).toMatchObject({
      locators: ['XX:EXERC1'],
      bookedAt: '011126:1000',
      agency: { system: 'XX', location: 'LHR', iataNumber: '00000000', country: 'GB' },
      contacts: [{ code: 'CTCM', value: '000000001' }],
      addresses: ['700: 1 EXAMPLE STREET, EXEMPLE, FR, 00001, 000000001'],
      itinerary: [
        {
          flight: 'XX900',
          bookingClass: 'Y',
          departure: { place: 'LHR' },
          arrival: { time: { local: '2026-11-28T10:40' } },
        },
      ],
      services: ['DOCO', 'DOCA', 'SEAT', 'INFT'],
      unattachedDocuments: [],
    })
    expect(record!.travellers).toMatchObject([
      {
        source: 'tif',
        name: { raw: 'EXERCISE TALIB/NURMRS', title: { title: 'MRS', given: 'NUR' } },
        type: 'A',
        reference: '1',
        documents: [
          { type: 'P', kind: 'passport', number: 'EX1234567', issuer: { iso: 'fr' }, expiry: { value: '2031-01-31' } },
          { type: 'V', kind: 'visa', number: 'EX7654321', issuer: { iso: 'de' } },
        ],
        docs: [
          {
            birthDate: { raw: '12APR86', value: '1986-04-12' },
            sex: { value: 'female' },
            nationality: { iso: 'fr' },
            name: { raw: 'EXERCISE TALIB/NUR/AMAL' },
          },
        ],
        birthPlace: 'EXEMPLE FRA',
        addresses: [{ type: 'D', country: { iso: 'de' }, lines: ['2 EXAMPLE STREET', 'BEISPIEL', 'HE', '00002'] }],
        contacts: [{ code: 'CTCE', value: 'NUR_TALIB@EXAMPLE.INVALID' }],
        payments: [{ type: 'CC', vendor: 'VI', amount: '100.00', lastFour: '1111' }],
        tickets: ['0001234567890'],
        frequentFlyer: ['XX000000001'],
        seats: [{ leg: 0, seat: '14C' }],
        bags: [{ leg: 0, pieces: 2, weight: '31 kg', tags: ['XX900001 FRA', 'XX900002 FRA'] }],
      },
      {
        source: 'tif',
        name: { raw: 'EXERCISE/LIMR' },
        payments: [{ type: 'CA', lastFour: null }],
        seats: [{ leg: 0, seat: '14D' }],
        docs: [],
      },
      { source: 'infant', name: { raw: 'EXERCISE/ARCHER' }, type: 'IN' },
    ])
    expect(second).toMatchObject({ groupNames: ['EXERCISE PARTY'], travellers: [{ name: { raw: 'EXERCISE/ADA' } }] })
  })

  it('leaves out what can reveal religion or health, counts it by class, and shows none of it anywhere', async () => {
    const items = await collect(readPnrgov(sample('pnrgov-exercise.edi'), { today }))
    const message = items[0] as PnrgovMessage
    expect(message.leftOut).toEqual([
      { what: 'meal', count: 3 },
      { what: 'health', count: 1 },
      { what: 'unlisted-service', count: 1 },
      { what: 'free-text', count: 1 },
      { what: 'history-text', count: 1 },
    ])
    const all = JSON.stringify(items) + renderCarrierReport(reportOnPnrgov(items, today))
    expect(all).not.toMatch(/[A-Z]{2}ML|WCHR|WALK|PILGRIM|PRAYS|FASTING|4111|0131/)
    expect(renderCarrierReport(reportOnPnrgov(items, today))).toContain('Left out when read: 3 × meal')
  })

  it('shows nothing of it where segments run into each other or are damaged either', async () => {
    const hidden =
      "SSR+KSML:HK:1:XX'SSRX+MOML:HK:1'XSSR+AVML:HK'QQQ+SSR+HNML'IFT+4:28+PRAYS?'\nSSR+VGML:HK:1\nTIF+EX+LI:A:2'FOP+CC:::VI:4111111111111111'TVL+SSR AVML'TIF+EX+ADASSR+DBML:HK:A:3'UNT SSR KSML'"
    const items = await itemsOf(`${start}TIF+EX+ADA:A:1'${hidden}SSR KSML 4111111111111111`)
    const shown = JSON.stringify(items.map((it) => it.findings)) + renderCarrierReport(reportOnPnrgov(items, today))
    expect(shown).not.toMatch(/[A-Z]{2}ML|PRAYS|4111/)
  })

  it('keeps travellers with and without documents, however many share a name', async () => {
    expect(await travellersOf(`TIF+EX+ADAMRS:A:1'${docs('1', 'EX/ADA')}TIF+EX+LI:A:2'TIF+EX+LI:A:3'`)).toEqual([
      'tif EX/ADAMRS 1',
      'tif EX/LI 0',
      'tif EX/LI 0',
    ])
    expect(await travellersOf("TIF+EX+LI'TIF+EX+LI'")).toEqual(['tif EX/LI 0', 'tif EX/LI 0'])
    expect(await travellersOf("TIF+EX+LI:A:1'TIF+EX+LI:A:1'")).toEqual(['tif EX/LI 0'])
    expect(await codesOf("TIF+EX+LI:A:1'TIF+EX+ADA:A:1'")).toEqual(['repeated-reference'])
  })

  it('keeps travellers who are named only in documents, at check-in, in the history or behind a damaged tag', async () => {
    const leg = "TVL+281126:0805+LHR+FRA+XX+900'"
    expect(await travellersOf(docs('1', 'EX/ADA'))).toEqual(['docs EX/ADA 1'])
    expect(await travellersOf(`TIF+EX+LI:A:1'${leg}TRI++1:::1'TIF+EX+LI:A:1'TIF+EX+ADA:A:2'`)).toEqual([
      'tif EX/LI 0',
      'check-in EX/ADA 0',
    ])
    expect(await travellersOf("TIF+EX+LI:A:1'SAC+++X'TIF+EX+LI:A:1'TIF+EX+ADA:A:2'")).toEqual([
      'tif EX/LI 0',
      'history EX/ADA 0',
    ])
    expect(await travellersOf("TIX+EX+LI:A:1'+EX+ADA:A:2'EX+NUR:C:3'")).toEqual([
      'damaged EX/LI 0',
      'damaged EX/ADA 0',
      'damaged EX/NUR 0',
    ])
    expect(await travellersOf("TIF+EX/LI'TIF+EX'")).toEqual(['tif EX/LI 0', 'tif EX 0'])
  })

  it('takes nobody for two whose name is damaged in one of the places that share their reference, and keeps both spellings', async () => {
    const checkIn = (tif: string) => `TVL+281126:0805+LHR+FRA+XX+900'TRI++1:::1'${tif}`
    const record = async (text: string) =>
      (await messageOf(text)).records[0]!.travellers.map((it) => [it.name.raw, ...it.otherNames.map((one) => one.raw)])
    const whole = "TIF+EXERCISE+NURMRS:A:1'"
    for (const [damaged, spelling] of [
      ["TIF+EXERC#SE+NURMRS:A:1'", 'EXERC#SE/NURMRS'],
      ["TIF+EXERCISE#NURMRS:A:1'", 'EXERCISE#NURMRS'],
    ] as const) {
      expect(await record(damaged + checkIn(whole))).toEqual([[spelling, 'EXERCISE/NURMRS']])
      expect(await record(whole + checkIn(damaged))).toEqual([['EXERCISE/NURMRS', spelling]])
    }
    for (const damaged of ["TIF#EXERCISE+NURMRS:A:1'", "TIF:EXERCISE+NURMRS:A:1'", "TIF+EXERCISE:NURMRS:A:1'"])
      expect(await record(damaged + checkIn(whole))).toEqual([['EXERCISE/NURMRS']])
    expect(await record(`TIF+EX+ADA:A:1'${checkIn("TIF+EX+IDA:A:1'")}`)).toEqual([['EX/ADA'], ['EX/IDA']])
    expect(await record("TIF+EXERCISE'SSR+INFT:HK:1:XX:::LHR:FRA:EXERCISE/ARCHER 15APR25+::2'")).toEqual([
      ['EXERCISE'],
      ['EXERCISE/ARCHER'],
    ])
  })

  it('gives documents to their traveller by reference, by the group they stand in, or by name', async () => {
    const record = await messageOf(
      `TIF+EX+ADA:A:1'TIF+EX+LI:A:2'${docs('1', 'EX/ADA')}TVL+281126:0805+LHR+FRA+XX+900'${docs('', 'EX/LI')}`,
    )
    expect(record.records[0]?.travellers.map((it) => it.docs.length)).toEqual([1, 1])
    const other = `TIF+EX+ADA:A:1'${docs('1', 'OTHER/NAME')}`
    expect(await travellersOf(other)).toEqual(['tif EX/ADA 1'])
    expect(await codesOf(other)).toEqual(['other-name-in-docs'])
  })

  it('reads DOCS with missing fields and with fields out of place', async () => {
    const read = async (text: string) =>
      (await messageOf(`TIF+EX+ADA:A:1'SSR+DOCS:HK:1:XX:::::${text}'`)).records[0]?.travellers[0]?.docs[0]
    expect(await read('////GBR/12JUL64/M//EX/ADA')).toMatchObject({
      document: null,
      nationality: { iso: 'gb' },
      birthDate: { value: '1964-07-12' },
      sex: { value: 'male' },
    })
    expect(await read('/P//330102546//21OCT42/M/08JAN24/EX/ADA/TIM')).toMatchObject({
      document: { number: '330102546', issuer: null },
      nationality: null,
      birthDate: { value: '1942-10-21' },
    })
    expect(await read('P/FRA/EX1/FRA/15APR2012/FI/31DEC29/EX/ADA')).toMatchObject({
      isInfant: true,
      sex: { value: 'female' },
      birthDate: { value: '2012-04-15', rule: 'four-digit-year' },
    })
    expect(await read('/FRA/EX1/FRA/12JUL64/M/31DEC29/EX/ADA')).toMatchObject({
      wasMisaligned: true,
      birthDate: { value: '1964-07-12' },
      document: { number: 'EX1' },
      name: { raw: 'EX/ADA' },
    })
  })

  it('keeps everyone where SRC and RCI are lost', async () => {
    const items = await itemsOf("UNH+1+PNRGOV:13:1:IA'TIF+EX+ADA:A:1'TIF+EX+LI:A:2'")
    expect(
      items.flatMap((it) => (it.kind === 'message' ? it.records.map((one) => one.travellers.length) : [])),
    ).toEqual([2])
    expect(items[0]?.findings.map((it) => it.code)).toContain('missing-record')
  })

  it('reads no more of a card than its last four digits, wherever they stand', async () => {
    const payments = async (fop: string) =>
      (await messageOf(`TIF+EX+ADA:A:1'${fop}'`)).records[0]?.travellers[0]?.payments
    expect(await payments('FOP+CC::100.00:VI:XXXXXXXXXXXX2786:1020')).toEqual([
      { type: 'CC', vendor: 'VI', amount: '100.00', lastFour: '2786' },
    ])
    expect(await payments('FOP+CC:4111111111111111:5:4111111111111111:X+CA::5')).toEqual([
      { type: 'CC', vendor: null, amount: '5', lastFour: null },
      { type: 'CA', vendor: null, amount: '5', lastFour: null },
    ])
    expect(maskCards('CALL 00441753637285 OR 4111 1111 1111 1111')).toBe('CALL 00441753637285 OR XXXXXXXXXXXX1111')
  })

  it('gives the same wherever the bytes are cut, and never throws', async () => {
    const unit = fc.constantFrom(
      "SRC'",
      "RCI+XX:E'",
      "TIF+EX+ADA:A:1'",
      'TIF+',
      docs('1', 'EX/ADA'),
      "SSR+KSML:HK'",
      'SSR+DOCS:',
      '/',
      "TVL+281126:0805+LHR+FRA+XX+900'",
      "SAC+++X'",
      "'",
      '+',
      ':',
      '?',
      '\n',
      'É',
      "FOP+CC::1:VI:4111111111111111'",
    )
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 40 }), pieceLengths, async (parts, lengths) => {
        const whole = utf8(parts.join(''))
        const read = await itemsOf(whole)
        expect(await collect(readPnrgov(inPieces(whole, lengths), { today }))).toEqual(read)
        expect(JSON.stringify(read)).not.toMatch(/KSML|411111/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('sensitiveClass', () => {
  it('keeps only what the table keeps', () => {
    expect(['KSML', 'XXML', 'WCHC', 'DPNA', 'MAAS', 'QQQQ', 'DOCS', 'SEAT'].map(sensitiveClass)).toEqual([
      'meal',
      'meal',
      'health',
      'health',
      'health',
      'unlisted-service',
      null,
      null,
    ])
  })
})
