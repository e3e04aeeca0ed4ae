import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import { renderCarrierReport } from '#formats/travel/carrier-report'
import { type PaxlstMessage, readPaxlst } from '#formats/travel/paxlst'
import { reportOnPaxlst } from '#formats/travel/paxlst-report'
import { utf8 } from '#kernel/bytes'

const today = '2026-11-27'
const itemsOf = (text: string | Uint8Array) => collect(readPaxlst(inPieces(text, []), { today }))
async function messageOf(text: string): Promise<PaxlstMessage> {
  const message = (await itemsOf(text)).find((it) => it.kind === 'message')
  if (message === undefined) throw new Error('no message')
  return message
}

const head = "UNB+UNOA:4+XX+EX+261127:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+XX900+++XX'"
/** A message with what is given for its persons. */
const around = (persons: string) => `${head}${persons}UNT+1+1'UNZ+1+1'`
const namesOf = async (persons: string) => (await messageOf(around(persons))).travellers.map((it) => it.name?.raw)
const codesOf = async (persons: string) => (await messageOf(around(persons))).findings.map((it) => it.code)

describe('readPaxlst', () => {
  it('reads everything of an exercise message, and finds nothing wrong but what is', async () => {
    const items = await collect(readPaxlst(sample('paxlst-exercise.edi'), { today }))
    expect(items.map((it) => it.kind)).toEqual(['message', 'end'])
    const message = items[0] as PaxlstMessage
    expect(message).toMatchObject({
      type: 'PAXLST',
      version: 'D:05B:UN:IATA',
      reference: 'EX1',
      sequence: '01:F',
      document: '745',
      transactionReference: 'EXERCISE1',
      interchange: { sender: 'EXERCISE AIR', recipient: 'EXERCISE STATE', applicationReference: 'APIS' },
      reportingParty: {
        name: 'EXERCISE DESK',
        contacts: [
          { channel: 'TE', value: '000 000 001' },
          { channel: 'EM', value: 'DESK+1 AT EXAMPLE.INVALID' },
        ],
      },
      counts: [
        { qualifier: '42', stated: 3, counted: 3 },
        { qualifier: '41', stated: 1, counted: 1 },
      ],
      unnamed: [],
    })
    expect(message.legs).toEqual([
      {
        flight: 'XX900',
        carrier: 'XX',
        departure: { place: 'LHR', time: { raw: '2611280805', local: '2026-11-28T08:05' } },
        arrival: { place: 'FRA', time: { raw: '2611281040', local: '2026-11-28T10:40' } },
        via: [],
      },
    ])
    expect(message.travellers[0]).toMatchObject({
      role: 'passenger',
      transit: false,
      party: 'FL',
      name: { raw: 'EXERCISE TALIB/NUR/AMAL', surname: 'EXERCISE TALIB', given: 'NUR AMAL', title: null },
      sex: { raw: 'F', value: 'female' },
      birthDate: { raw: '860412', value: '1986-04-12', candidates: ['1986-04-12'], rule: 'birth-not-in-future' },
      birthPlace: { code: 'FRA', name: 'EXEMPLE', country: { iso: 'fr' } },
      nationalities: [{ code: 'FRA', iso: 'fr' }],
      residence: { code: 'FRA', country: { iso: 'fr' } },
      address: ['1 EXAMPLE STREET', 'EXEMPLE', 'EX', '00001', 'FRA'],
      embarkation: 'LHR',
      disembarkation: 'FRA',
      clearance: 'FRA',
      documents: [
        { type: 'P', kind: 'passport', number: 'EX1234567', issuer: { iso: 'fr' }, expiry: { value: '2031-01-31' } },
        { type: 'V', kind: 'visa', number: 'EX7654321', issuer: { iso: 'de' }, expiry: { value: '2027-01-31' } },
      ],
      bookingLocator: 'EXERC1',
      passengerReference: 'EXERCISE0001',
      seats: ['14C'],
      otherReferences: [{ qualifier: 'YZY', value: '0001234567890C1' }],
      bags: { pieces: 2, weight: '31 KGM', tags: ['XX900001:2'] },
    })
    expect(message.travellers.slice(1)).toMatchObject([
      {
        name: { raw: "O'EXERCISE/ADA" },
        sex: { value: 'unspecified' },
        birthDate: { value: '1915-01-01', rule: 'four-digit-year' },
        nationalities: [{ kind: 'stateless', iso: null }],
        documents: [{ issuer: { iso: 'de' } }],
      },
      {
        role: 'passenger',
        transit: true,
        birthDate: { value: '2015-01-01', candidates: ['1915-01-01', '2015-01-01'], uncertain: true },
      },
      { role: 'crew', transit: false, documents: [{ kind: 'pilotLicence' }] },
    ])
    expect(items.flatMap((it) => it.findings.map((one) => one.code))).toEqual([])
  })

  it('finds a name wherever and however it is written', async () => {
    const written: [string, string, string[]][] = [
      ['NAD+FL+++EXERCISE:ADA', 'EXERCISE/ADA', []],
      ['NAD+FL+++EXERCISE:ADA:MARIA::::1', 'EXERCISE/ADA/MARIA', []],
      ['NAD+FL+++EXERCISE:ADA::MARIA:LOU', 'EXERCISE/ADA/MARIA/LOU', []],
      ['NAD+FL+++:ADA', '/ADA', ['missing-surname']],
      ['NAD+FL+++EXERCISE', 'EXERCISE', ['one-part-name']],
      ['NAD+FL+++ADA EXERCISE', 'ADA EXERCISE', ['one-part-name']],
      ['NAD+FL+++EXERCISE/ADA', 'EXERCISE/ADA', ['slash-name']],
      ['NAD+FL+++EXERCISE, ADA', 'EXERCISE/ADA', ['slash-name']],
      ['NAD+FL+++EXERCISE<TALIB<<ADA<LOU', 'EXERCISE TALIB/ADA LOU', ['slash-name']],
      ['NAD+FL+++EXERCISE+ADA', 'EXERCISE/ADA', ['misplaced-name']],
      ['NAD+FL++EXERCISE:ADA', 'EXERCISE/ADA', ['misplaced-name']],
      ['NAD+FL++++EXERCISE:ADA', 'EXERCISE/ADA', ['misplaced-name']],
      ['NAD+FL+EXERCISE:ADA', 'EXERCISE/ADA', ['misplaced-name']],
      ['NAD+FL:::EXERCISE:ADA', 'EXERCISE/ADA', ['misplaced-name']],
      ['NAD+EXERCISE:ADA', 'EXERCISE/ADA', ['misplaced-name', 'unlisted-party']],
      ['NAD++++EXERCISE:ADA', 'EXERCISE/ADA', ['unlisted-party']],
      ['NAD+BY+++EXERCISE:ADA', 'EXERCISE/ADA', ['unlisted-party']],
      ['NAD+fl+++EXERCISE:ADA', 'EXERCISE/ADA', []],
      ['NAD+FL+1234:8++EXERCISE:ADA:::1+1 STREET', 'EXERCISE/ADA', []],
      ['NAD+FL+++ΕΞ:АДА', 'ΕΞ/АДА', []],
      ['nad+FL+++EXERCISE:ADA', 'EXERCISE/ADA', ['lower-case-tag']],
      ['NADFL+++EXERCISE:ADA', 'EXERCISE/ADA', ['no-tag', 'damaged-person']],
      ['NA+FL+++EXERCISE:ADA', 'EXERCISE/ADA', ['no-tag', 'damaged-person']],
      ['+FL+++EXERCISE:ADA', 'EXERCISE/ADA', ['no-tag', 'damaged-person']],
      ["NAD+FL'+++EXERCISE:ADA", 'EXERCISE/ADA', ['no-name', 'no-tag', 'damaged-person']],
      ["NAD+FL+++'EXERCISE:ADA", 'EXERCISE/ADA', ['no-name', 'no-tag', 'damaged-person']],
      ['NA+D+FL+++EXERCISE:ADA', 'EXERCISE/ADA', ['no-tag', 'damaged-person']],
      ['NAX+FL+++EXERCISE:ADA', 'EXERCISE/ADA', ['damaged-person']],
    ]
    for (const [text, name, codes] of written) {
      expect(await namesOf(`${text}'`), text).toEqual([name])
      const found = (await codesOf(`${text}'`)).filter(
        (it) => it === 'missing-surname' || !/^missing|^wrong-segment-count/.test(it),
      )
      expect(found.sort(), text).toEqual(codes.sort())
    }
  })

  it('keeps a group without a name apart, with its documents', async () => {
    const message = await messageOf(around("NAD+FL+++'DOC+P+EX1'NAD+FL+++::'NAD+FL'"))
    expect(message.travellers).toEqual([])
    expect(message.unnamed.map((it) => it.documents.length)).toEqual([1, 0, 0])
    expect(message.findings.filter((it) => it.code === 'no-name')).toHaveLength(3)
  })

  it('keeps a further person where the same name stands twice in a row', async () => {
    expect(await namesOf("NAD+FL+++EX:ADA'NAD+FL+++EX:ADA'ATT+2++F'")).toEqual(['EX/ADA', 'EX/ADA'])
    expect(await codesOf("NAD+FL+++EX:ADA'NAD+FL+++EX:ADA'")).toContain('repeated-person')
  })

  it('keeps the first of two values, and says that they differ', async () => {
    const message = await messageOf(
      around("NAD+FL+++EX:ADA'DTM+329:720907'DTM+329:720907'DTM+329:720908'ATT+2++F'ATT+2++M'"),
    )
    expect(message.travellers[0]).toMatchObject({ birthDate: { value: '1972-09-07' }, sex: { value: 'female' } })
    expect(message.findings.filter((it) => it.code === 'contradiction').map((it) => it.text)).toEqual([
      'DTM+329:720908',
      'ATT+2++M',
    ])
  })

  it('keeps expiry and issuer of a document whose DOC was lost', async () => {
    const message = await messageOf(around("NAD+FL+++EX:ADA'DTM+36:300101'LOC+91+FRA'"))
    expect(message.travellers[0]?.documents).toMatchObject([
      { number: '', expiry: { value: '2030-01-01' }, issuer: { iso: 'fr' } },
    ])
    expect(message.findings.map((it) => it.code)).toContain('orphan-document-part')
  })

  it('reads places and times of every leg, those of LOC+92 in their order', async () => {
    const legs =
      "LOC+92+ATL'DTM+189:2702191540:201'LOC+92+ORD'DTM+232:20270219:1740:203'TDT+20+XX124+++XX'LOC+92+ORD'LOC+87+JFK'"
    expect((await messageOf(around(`${legs}NAD+FL+++EX:ADA'`))).legs).toMatchObject([
      {
        flight: 'XX900',
        departure: { place: 'ATL', time: { local: '2027-02-19T15:40' } },
        arrival: { place: 'ORD', time: { local: '2027-02-19T17:40' } },
      },
      { flight: 'XX124', departure: { place: null }, arrival: { place: 'JFK' }, via: ['ORD'] },
    ])
  })

  it('compares the counts of passengers and crew', async () => {
    const people = "NAD+FL+++EX:ADA'NAD+FL+++EX:LI'NAD+FM+++EX:PILOT'"
    const count = async (cnt: string) =>
      (await codesOf(people + cnt)).filter((it) => it.endsWith('-count') && it !== 'wrong-segment-count')
    expect(await count("CNT+42:2'CNT+41:1'")).toEqual([])
    expect(await count("CNT+42:3'")).toEqual([])
    expect(await count("CNT+42:7'")).toEqual(['wrong-count'])
    expect(await count('')).toEqual(['missing-count'])
  })

  it('keeps persons that stand outside of any message, and those in a message of another type', async () => {
    const items = await itemsOf("NAD+FL+++EX:ADA'UNH+1+CUSRES:D:05B'NAD+FL+++EX:LI'UNT+3+1'NAD+FL+++EX:NUR'")
    expect(items.flatMap((it) => (it.kind === 'message' ? it.travellers.map((one) => one.name?.given) : []))).toEqual([
      'ADA',
      'LI',
      'NUR',
    ])
  })

  it('gives the same wherever the bytes are cut, and never throws', async () => {
    const unit = fc.constantFrom(
      "NAD+FL+++EX:ADA'",
      'NAD+',
      "DOC+P+EX1'",
      "DTM+36:300101'",
      "LOC+91+FRA'",
      "ATT+2++F'",
      "'",
      '+',
      ':',
      '?',
      '\n',
      'FL',
      'É',
      "UNT+1+1'",
      "UNH+1+PAXLST'",
    )
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 40 }), pieceLengths, async (parts, lengths) => {
        const whole = utf8(parts.join(''))
        expect(await collect(readPaxlst(inPieces(whole, lengths), { today }))).toEqual(await itemsOf(whole))
      }),
      { numRuns: 300 },
    )
  })
})

describe('reportOnPaxlst', () => {
  it('tells the carrier what was kept, what was found where and what was expected', async () => {
    const items = await itemsOf(around("LOC+125+LHR'LOC+87+FRA'NAD+FL+++EX:ADA'DTM+329:991399'CNT+42:4'"))
    const text = renderCarrierReport(reportOnPaxlst(items, today))
    expect(text).toContain('Persons kept: 1.')
    expect(text).toContain('Flight XX900: LHR – FRA')
    expect(text).toContain('CNT+42: 4 stated, 1 read')
    expect(text).toMatch(
      /WARNING unreadable-date at byte \d+\n {4}found: {4}DTM\+329:991399\n {4}expected: A date of the calendar/,
    )
    expect(text).not.toMatch(/[{}]|undefined|null|NaN/)
  })
})
