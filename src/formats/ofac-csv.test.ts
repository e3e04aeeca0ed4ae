import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import type { ListEntry } from '#formats/list-entry'
import { type OfacFiles, readOfacList } from '#formats/ofac-csv'

const read = (name: string) => readFileSync(new URL(`./samples/ofac/${name}.csv`, import.meta.url))
const bytes = { sdn: read('sdn'), alt: read('alt'), add: read('add'), comments: read('sdn_comments') }

function files(lengths: readonly number[] = []): OfacFiles {
  return {
    sdn: inPieces(bytes.sdn, lengths),
    alt: inPieces(bytes.alt, lengths),
    add: inPieces(bytes.add, lengths),
    comments: inPieces(bytes.comments, lengths),
  }
}

async function entry(ref: string): Promise<ListEntry> {
  for await (const it of readOfacList(files())) if (it.kind === 'entry' && it.entry.ref === ref) return it.entry
  throw new Error(`no entry ${ref}`)
}

async function codeOf(sdn: string | Uint8Array, options = {}): Promise<string | null> {
  return (await collectUntilFault(readOfacList({ sdn: inPieces(sdn, []) }, options))).code
}

describe('readOfacList', () => {
  it('rejects bad rows and rows of nobody while their neighbours are kept', async () => {
    const items = await collect(readOfacList(files(), { endMark: 'required' }))
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'header',
      ['alt line 5', 'formats/wrong-columns'],
      'entry',
      'entry',
      'entry',
      'entry',
      ['sdn line 5', 'formats/wrong-columns'],
      ['9006', 'formats/unknown-type'],
      ['sdn line 7', 'formats/duplicate-ref'],
      ['alt line 4', 'formats/orphan'],
      ['add line 4', 'formats/orphan'],
    ])
  })

  it('reads a person with remarks that go on in the comments file', async () => {
    const person = await entry('9001')
    expect(person.schema).toBe('Person')
    expect(person.names.map((it) => [it.value, it.kind, it.quality])).toEqual([
      ['Tran EXERCISE Jr.', 'name', null],
      ['Chan EXERCISE', 'alias', 'aka'],
      ['Tranh EXERCISE', 'weakAlias', 'fka'],
      ['THE EXERCISE', 'weakAlias', 'a.k.a.'],
      ['Exercise OLD', 'previousName', 'f.k.a.'],
    ])
    expect(person.properties).toEqual({
      lastName: ['EXERCISE'],
      firstName: ['Tran'],
      nameSuffix: ['Jr.'],
      title: ['Haji'],
      position: ['Invented Treasurer'],
      birthDate: ['1971-03-04', '1970', '1972-01-01/1974-12-31', '1980/1982'],
      birthPlace: ['Exercise Town, Korea, North'],
      birthCountry: ['kp'],
      nationality: ['kp'],
      citizenship: ['vn'],
      gender: ['male'],
      taxNumber: ['99887766'],
      email: ['exercise@example.org'],
      phone: ['84 000 000'],
      notes: ["Alias 'Tranh EXERCISE': weak, used once", 'Date of birth 1970: approximate (circa)'],
    })
    expect(person.programmes).toEqual(['SDGT', 'DPRK3'])
    expect(person.linkedTo).toEqual(['EXERCISE TRADING S.A.'])
    expect(person.remarks).toBe(
      'alt. nationality possibly Exercisian; Secondary sanctions risk: exercise rules, section 1; wife of an exercise; Aircraft of nobody',
    )
  })

  it('holds addresses, documents and wallets', async () => {
    const { held } = await entry('9001')
    expect(held).toEqual([
      {
        schema: 'Address',
        properties: {
          full: ['1 Invented Road, Exercise Town EX1 1EX, Vietnam'],
          street: ['1 Invented Road'],
          city: ['Exercise Town'],
          postalCode: ['EX1 1EX'],
          country: ['vn'],
          summary: ['former'],
        },
      },
      {
        schema: 'Passport',
        properties: {
          type: ['Passport'],
          number: ['EX123456'],
          country: ['vn'],
          startDate: ['2010-02-01'],
          endDate: ['2020-01-31'],
        },
      },
      { schema: 'Passport', properties: { type: ['Passport'], number: ['EX 654321'] } },
      {
        schema: 'Identification',
        properties: {
          type: ['National ID No.'],
          number: ['12.345'],
          country: ['vn'],
          summary: ['Exercise Province'],
        },
      },
      { schema: 'Identification', properties: { type: ['Tax ID No.'], number: ['99887766'], country: ['vn'] } },
      { schema: 'CryptoWallet', properties: { publicKey: ['1EXERCISEexerciseEXERCISEexercise'], currency: ['XBT'] } },
    ])
  })

  it('reads an organisation, a vessel and an aircraft', async () => {
    const company = await entry('9002')
    expect(company.names.map((it) => [it.value, it.kind])).toEqual([
      ['EXERCISE TRADING "S.A."', 'name'],
      ['EXERCISE HOLDING', 'alias'],
      ['ETSA', 'weakAlias'],
    ])
    expect(company.properties).toEqual({
      country: ['ir'],
      incorporationDate: ['2016-12-17'],
      registrationNumber: ['123-X', 'IMO 5055293'],
    })
    expect(company.remarks).toBe('all offices worldwide')
    expect((await entry('9003')).properties).toEqual({
      callSign: ['EXR01'],
      type: ['Crude Oil Tanker'],
      tonnage: ['318000'],
      grossRegisteredTonnage: ['163660'],
      notes: ['Flag: None Identified'],
      owner: ['Exercise Shipping'],
      imoNumber: ['9000001'],
      mmsi: ['572469210'],
    })
    expect((await entry('9003')).remarks).toBe('Former Vessel Flag Malta')
    expect((await entry('9004')).properties).toEqual({
      model: ['A340'],
      buildDate: ['1991-09'],
      operator: ['Exercise Air'],
      serialNumber: ['20'],
      registrationNumber: ['EX-ERC'],
    })
  })

  it('gives the same items whatever the chunks', async () => {
    const expected = await collect(readOfacList(files()))
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readOfacList(files(lengths)))).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('refuses what is not the list or is cut off', async () => {
    expect(await codeOf('<!DOCTYPE html>\n<html>\n</html>\n')).toBe('formats/not-ofac-list')
    expect(await codeOf('')).toBe('formats/not-ofac-list')
    expect(await codeOf('a,b,c,d,e,f,g,h,i,j,k,l\n')).toBe('formats/not-ofac-list')
    const lines = bytes.sdn.toString('utf8').split('\r\n')
    expect(await codeOf(`${lines[1]}\r\n${lines[2]!.slice(0, 40)}`)).toBe('formats/truncated')
    expect(await codeOf(`${lines[1]}\r\n${lines[2]!.slice(0, 12)}`)).toBe('formats/truncated')
    expect(await codeOf(`${lines[1]}\r\n`, { endMark: 'required' })).toBe('formats/truncated')
    expect(await codeOf(`${lines[1]}\r\n`)).toBeNull()
  })
})
