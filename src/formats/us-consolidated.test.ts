import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import type { ListEntry } from '#formats/list-entry'
import { readUsConsolidated } from '#formats/us-consolidated'

const text = readFileSync(new URL('./samples/us-consolidated-exercise.csv', import.meta.url), 'utf8')
const items = await collect(readUsConsolidated(sample('us-consolidated-exercise.csv')))
const entry = (ref: string): ListEntry => {
  const found = items.find((it) => it.kind === 'entry' && it.entry.ref === ref)
  if (found?.kind !== 'entry') throw new Error(`no entry ${ref}`)
  return found.entry
}

describe('readUsConsolidated', () => {
  it('gives each entity once, and says of bad rows why, while the rest is kept', () => {
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'header',
      'entry',
      'entry',
      'entry',
      'entry',
      ['line 6', 'formats/no-ref'],
      ['line 7', 'formats/unknown-type'],
      ['line 8', 'formats/wrong-columns'],
    ])
  })

  it('joins the rows of one entity on several lists, with all their names and programmes', () => {
    const { names, programmes, linkedTo } = entry('9101')
    expect(names.map((it) => [it.value, it.kind])).toEqual([
      ['Tran EXERCISE', 'name'],
      ['Tranh EXERCISE', 'alias'],
      ['CHAN', 'alias'],
      ['Third EXERCISE', 'alias'],
    ])
    expect(programmes).toEqual(['SDGT', 'EXER', 'SDN', 'EXER2', 'SSI'])
    expect(linkedTo).toEqual(['EXERCISE TRADING (ET)-GROUP'])
  })

  it('reads dates with their precision, countries, documents and wallets', () => {
    const { properties, held, remarks } = entry('9101')
    expect(properties).toMatchObject({
      birthDate: ['1971', '1972/1974', '1970-01-02'],
      nationality: ['kp', 'vn'],
      citizenship: ['vn'],
      birthPlace: ['Exercise Town, Vietnam'],
      birthCountry: ['vn'],
      gender: ['male'],
      title: ['Haji'],
      taxNumber: ['99887766'],
    })
    expect(properties.notes).toContain('Date of birth 1971: approximate (circa)')
    expect(properties.notes).toContain('Secondary sanctions risk: exercise rules, section 1')
    expect(
      held.map((it) => [
        it.schema,
        it.properties.number?.[0] ?? it.properties.full?.[0] ?? '',
        it.properties.country?.[0],
      ]),
    ).toEqual([
      ['Address', '1 Invented Road, Exercise Town, VN', 'vn'],
      ['Address', 'KP', 'kp'],
      ['Passport', 'EX123456', 'vn'],
      ['Identification', '99887766', 'vn'],
      ['CryptoWallet', '', undefined],
    ])
    expect(held[2]!.properties).toMatchObject({ startDate: ['2010-02-01'], endDate: ['2020-01-31'] })
    expect(remarks).toBeNull()
  })

  it('reads what is no person, and takes an acronym for a weak alias', () => {
    expect(entry('exa1')).toMatchObject({ schema: 'LegalEntity', listedOn: '2014-06-05', programmes: ['EL'] })
    expect(entry('exa1').names.map((it) => [it.value, it.kind])).toEqual([
      ['Exercise Advanced Works (EAW)', 'name'],
      ['Exercise Advanced Works', 'name'],
      ['EAW', 'weakAlias'],
      ['Exercise Works', 'alias'],
      ['Exercise Works Two', 'alias'],
    ])
    expect(entry('9103').properties).toMatchObject({
      imoNumber: ['9999993'],
      mmsi: ['351000001'],
      callSign: ['EX9C'],
      flag: ['pa'],
      tonnage: ['1200'],
      owner: ['Invented Owner'],
    })
    expect(entry('9107')).toMatchObject({
      schema: 'Airplane',
      properties: { model: ['EX-72'], registrationNumber: ['EP-EXC'] },
    })
  })

  it('reads the same whatever the chunks', async () => {
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readUsConsolidated(inPieces(bytes, lengths)))).toEqual(items)
      }),
      { numRuns: 10 },
    )
  })

  it('refuses another file, and one that ends inside a row', async () => {
    const codeOf = async (it: string) => (await collectUntilFault(readUsConsolidated(inPieces(it, [])))).code
    for (const other of ['<!doctype html><p>', 'a,b,c\n1,2,3', ''])
      expect(await codeOf(other)).toBe('formats/not-us-list')
    expect(await codeOf(text.slice(0, -120))).toBe('formats/truncated')
    expect(await codeOf(text.slice(0, text.indexOf('EP-EXC') + 8))).toBe('formats/truncated')
  })
})
