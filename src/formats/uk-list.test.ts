import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import type { ListEntry, ListItem } from '#formats/list-entry'
import { readUkCsv } from '#formats/uk-csv'
import { ukDate } from '#formats/uk-fields'
import { readUkList } from '#formats/uk-xml'

const text = readFileSync(new URL('./samples/uk-exercise.xml', import.meta.url), 'utf8')
const table = readFileSync(new URL('./samples/uk-exercise.csv', import.meta.url), 'utf8')
const xml = await collect(readUkList(sample('uk-exercise.xml')))
const csv = await collect(readUkCsv(sample('uk-exercise.csv')))
const entryIn = (items: readonly ListItem[], ref: string): ListEntry => {
  const found = items.find((it) => it.kind === 'entry' && it.entry.ref === ref)
  if (found?.kind !== 'entry') throw new Error(`no entry ${ref}`)
  return found.entry
}
const kindsOf = (items: readonly ListItem[]) =>
  items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))

describe('readUkList', () => {
  it('gives each designation, and says of bad ones why, while the rest is kept', () => {
    expect(xml[0]).toEqual({ kind: 'header', source: 'uk-sanctions', generatedAt: '2026-11-20' })
    expect(kindsOf(xml).slice(1)).toEqual([
      'entry',
      'entry',
      'entry',
      ['EXR0004', 'formats/unknown-type'],
      ['line 33', 'formats/no-ref'],
      ['line 34', 'formats/duplicate-ref'],
    ])
  })

  it('reads every name with its strength, dates with their precision, documents and the rest', () => {
    const found = entryIn(xml, 'EXR0001')
    expect(found.names.map((it) => [it.value, it.kind, it.quality])).toEqual([
      ['Talib Nur EXERCISE', 'name', null],
      ['Talib Tamrin', 'alias', 'Alias, Good quality a.k.a'],
      ['Abu Tamrin', 'weakAlias', 'Alias, Low quality a.k.a'],
      ['EXERCISE Talib', 'alias', 'Primary Name Variation'],
      ['طالب تمرين', 'alias', null],
    ])
    expect(found).toMatchObject({ reference: 'EXR0001', listedOn: '2001-01-25', updatedOn: '2024-02-01' })
    expect(found.programmes).toEqual(['The Exercise (Sanctions) Regulations 2020'])
    expect(found.remarks).toBe('Invented for the exercise.')
    expect(found.properties).toMatchObject({
      firstName: ['Talib'],
      secondName: ['Nur'],
      lastName: ['EXERCISE'],
      birthDate: ['1971', '1972-03-04', '1973-03'],
      birthPlace: ['Exercise Town, Afghanistan'],
      birthCountry: ['af'],
      nationality: ['af'],
      gender: ['male'],
      email: ['a@example.org', 'b@example.org'],
    })
    expect(found.properties.notes).toEqual(
      expect.arrayContaining(['UN reference: EXi.001', 'Sanction: Asset freeze', 'Reasons: Invented reasons.']),
    )
    expect(found.held.map((it) => [it.schema, it.properties.number, it.properties.country])).toEqual([
      ['Address', undefined, ['af']],
      ['Passport', ['EX123456'], ['af']],
      ['Identification', ['77-88'], undefined],
    ])
  })

  it('reads ships and organisations, and keeps what it does not know as a note', () => {
    expect(entryIn(xml, 'EXR0002')).toMatchObject({
      schema: 'Vessel',
      properties: { imoNumber: ['9999993'], flag: ['pa'], owner: ['Invented Owner'], type: ['Tug'], tonnage: ['1200'] },
    })
    expect(entryIn(xml, 'EXR0003')).toMatchObject({
      names: [{ value: 'Exercise Works', kind: 'name' }],
      properties: {
        registrationNumber: ['REG-77'],
        notes: ['Parent company: Exercise Holding', 'NewThing: kept as a note'],
      },
    })
  })

  it('reads the same whatever the chunks, and refuses the file cut anywhere', async () => {
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readUkList(inPieces(bytes, lengths)))).toEqual(xml)
      }),
      { numRuns: 10 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.trimEnd().length - 1 }), async (at) => {
        const { code } = await collectUntilFault(readUkList(inPieces(text.slice(0, at), [])))
        expect(['formats/not-uk-list', 'formats/truncated', 'formats/malformed-xml']).toContain(code)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses another file', async () => {
    for (const other of [
      '<!doctype html><p>',
      '<ArrayOfFinancialSanctionsTarget/>',
      '<Designations></Designations>',
      '',
    ])
      expect((await collectUntilFault(readUkList(inPieces(other, [])))).code).toBe('formats/not-uk-list')
  })
})

describe('readUkCsv', () => {
  it('joins the rows of a designation into what the XML says of it', () => {
    expect(kindsOf(csv)).toEqual(['header', 'entry', 'entry', ['line 8', 'formats/no-ref']])
    expect(csv[0]).toEqual(xml[0])
    const [one, other] = [entryIn(csv, 'EXR0001'), entryIn(xml, 'EXR0001')]
    const sorted = (it: ListEntry) => ({
      ...it,
      names: it.names.toSorted((a, b) => (a.value < b.value ? -1 : 1)),
      held: it.held.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      properties: Object.fromEntries(Object.entries(it.properties).map(([key, values]) => [key, values.toSorted()])),
    })
    expect(sorted(one)).toEqual(sorted(other))
    expect(entryIn(csv, 'EXR0002').properties).toMatchObject({ imoNumber: ['9999993'], buildDate: ['1999'] })
  })

  it('refuses another file, and one that ends inside a row', async () => {
    const codeOf = async (it: string) => (await collectUntilFault(readUkCsv(inPieces(it, [])))).code
    for (const other of ['<!doctype html><p>', 'Last Updated,1\nName 6,Name 1\n', ''])
      expect(await codeOf(other)).toBe('formats/not-uk-list')
    expect(await codeOf(table.slice(0, -30))).toBe('formats/truncated')
  })
})

describe('ukDate', () => {
  it('keeps what is known of a date', () => {
    const dates = ['dd/mm/1950', '00/00/1950', 'dd/03/1950', '04/03/1950', '31/02/1950', '4 March 1950', 'x']
    expect(dates.map(ukDate)).toEqual(['1950', '1950', '1950-03', '1950-03-04', null, '1950-03-04', null])
  })
})
