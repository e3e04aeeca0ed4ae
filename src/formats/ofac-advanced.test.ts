import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import type { ListEntry } from '#formats/list-entry'
import { readOfacAdvanced } from '#formats/ofac-advanced'

const text = readFileSync(new URL('./samples/ofac-advanced-exercise.xml', import.meta.url), 'utf8')
const items = await collect(readOfacAdvanced(sample('ofac-advanced-exercise.xml')))
const entry = (ref: string): ListEntry => {
  const found = items.find((it) => it.kind === 'entry' && it.entry.ref === ref)
  if (found?.kind !== 'entry') throw new Error(`no entry ${ref}`)
  return found.entry
}

describe('readOfacAdvanced', () => {
  it('gives each profile, and says of what is wrong why, while the rest is kept', () => {
    expect(items[0]).toEqual({ kind: 'header', source: 'ofac-advanced', generatedAt: '2026-11-20' })
    expect(items.slice(1).map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'entry',
      'entry',
      'entry',
      'entry',
      ['7006', 'formats/no-name'],
      ['7001', 'formats/orphan'],
      ['7005', 'formats/unknown-type'],
      ['line 80', 'formats/duplicate-ref'],
      ['relationship 2', 'formats/orphan'],
      ['404', 'formats/orphan'],
      ['document 4', 'formats/orphan'],
    ])
  })

  it('reads every name of a person in each script, with weak ones apart', () => {
    expect(entry('7001').names.map((it) => [it.value, it.kind, it.quality, it.script])).toEqual([
      ['Tran EXERCISE', 'name', null, 'Latn'],
      ['تمرين تران', 'name', null, 'Arab'],
      ['The Exercise', 'weakAlias', 'A.K.A., weak', 'Latn'],
      ['Exercise OLD', 'previousName', 'F.K.A.', 'Latn'],
    ])
  })

  it('reads dates with their precision, places, countries, documents, wallets and designations', () => {
    const { properties, held, programmes, listedOn, remarks } = entry('7001')
    expect(properties).toEqual({
      lastName: ['EXERCISE'],
      firstName: ['Tran'],
      birthDate: ['1971', '1972-03-04'],
      birthPlace: ['Exercise Town, Korea, North'],
      birthCountry: ['kp'],
      nationality: ['kp'],
      citizenship: ['vn'],
      gender: ['male'],
      title: ['Haji'],
      position: ['Invented Treasurer'],
      notes: ['Date of birth 1971: approximate (circa)', 'List: SDN List', 'Block', 'Legal basis: Exercise Order 1'],
    })
    expect(held).toEqual([
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
      {
        schema: 'Address',
        properties: {
          full: ['1 Invented Road, Exercise Town, EX1, Vietnam'],
          street: ['1 Invented Road'],
          city: ['Exercise Town'],
          postalCode: ['EX1'],
          country: ['vn'],
        },
      },
      { schema: 'CryptoWallet', properties: { publicKey: ['1ExerciseWalletAddress0000000'], currency: ['XBT'] } },
    ])
    expect([programmes, listedOn, remarks]).toEqual([
      ['SDGT'],
      '2019-05-06',
      'Secondary sanctions risk: exercise rules, section 1',
    ])
  })

  it('reads organisations, vessels and aircraft with their numbers', () => {
    expect(entry('7002').properties).toMatchObject({ swiftBic: ['EXERPAPA'], taxNumber: ['99887766'] })
    expect(entry('7003')).toMatchObject({ schema: 'Vessel', linkedTo: ['EXERCISE TRADING S.A.'] })
    expect(entry('7003').properties).toMatchObject({
      imoNumber: ['9999993'],
      mmsi: ['351000001'],
      callSign: ['EX9C'],
      flag: ['pa'],
      type: ['Tug'],
    })
    expect(entry('7004')).toMatchObject({
      schema: 'Airplane',
      properties: { model: ['EX-72'], registrationNumber: ['EP-EXC'] },
    })
  })

  it('drops a protected characteristic', () => {
    expect(text).toContain('never to be kept')
    expect(JSON.stringify(items)).not.toContain('never to be kept')
  })

  it('reads the same whatever the chunks, and refuses the file cut anywhere', async () => {
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readOfacAdvanced(inPieces(bytes, lengths)))).toEqual(items)
      }),
      { numRuns: 5 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.trimEnd().length - 1 }), async (at) => {
        const { code } = await collectUntilFault(readOfacAdvanced(inPieces(text.slice(0, at), [])))
        expect(['formats/not-ofac-list', 'formats/truncated', 'formats/malformed-xml']).toContain(code)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses another file', async () => {
    for (const other of ['<html></html>', '<!doctype html><p>', '<sdnList></sdnList>', '{"error":1}', '']) {
      expect((await collectUntilFault(readOfacAdvanced(inPieces(other, [])))).code).toBe('formats/not-ofac-list')
    }
  })
})
