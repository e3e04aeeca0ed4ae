import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import { readEuList } from '#formats/eu-xml'
import type { ListEntry } from '#formats/list-entry'

const text = readFileSync(new URL('./samples/eu-exercise.xml', import.meta.url), 'utf8')
const items = await collect(readEuList(sample('eu-exercise.xml')))
const entry = (ref: string): ListEntry => {
  const found = items.find((it) => it.kind === 'entry' && it.entry.ref === ref)
  if (found?.kind !== 'entry') throw new Error(`no entry ${ref}`)
  return found.entry
}

describe('readEuList', () => {
  it('gives each entity, and says of bad ones why, while the rest is kept', () => {
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'header',
      'entry',
      'entry',
      ['line 26', 'formats/no-ref'],
      ['9004', 'formats/no-name'],
      ['line 28', 'formats/duplicate-ref'],
    ])
    expect(items[0]).toMatchObject({ generatedAt: '2026-11-20T10:00:00.000+01:00' })
  })

  it('takes the first strong name for the name, those that are not strong for weak ones, and a lone weak one for the name', () => {
    expect(entry('9001').names).toEqual([
      { value: 'Abu Tamrin', kind: 'weakAlias', quality: 'low quality', script: 'Latn' },
      { value: 'Talib EXERCISE', kind: 'name', quality: null, lang: 'en', script: 'Latn' },
      { value: 'طالب تمرين', kind: 'alias', quality: null, lang: 'ar', script: 'Arab' },
    ])
    expect(entry('9002').names).toEqual([
      { value: 'Exercise Works', kind: 'name', quality: 'not strong', script: 'Latn' },
    ])
  })

  it('reads dates with their precision, places, documents, contacts and regulations', () => {
    const found = entry('9001')
    expect(found).toMatchObject({
      reference: 'EU.9001.1',
      listedOn: '2015-07-01',
      updatedOn: '2016-01-02',
      programmes: ['TAQA'],
      remarks: 'Invented for the exercise.',
    })
    expect(found.properties).toEqual({
      firstName: ['Talib'],
      lastName: ['EXERCISE'],
      title: ['Mullah', 'Haji'],
      position: ['Invented judge', 'Invented teacher'],
      gender: ['male'],
      nationality: ['af'],
      birthDate: ['1971', '1972-03-04', '1975/1977'],
      birthPlace: ['Exercise Town, AFGHANISTAN'],
      birthCountry: ['af'],
      email: ['exercise@example.org'],
      sourceUrl: ['https://example.org/oj'],
      notes: [
        'UN reference: EXi.001',
        'Regulation: 2016/1 (OJ L1), 2016-01-02',
        'Date of birth 1971: approximate (circa)',
        'Date of birth: 1350 (HIJRI calendar)',
        'FAX: 000',
      ],
    })
    expect(found.held).toEqual([
      {
        schema: 'Passport',
        properties: {
          type: ['National passport'],
          number: ['EX123456'],
          country: ['af'],
          authority: ['Exercise Office'],
          startDate: ['2010-02-01'],
          endDate: ['2020-01-31'],
          summary: ['known to be expired; invented'],
        },
      },
      {
        schema: 'Address',
        properties: {
          full: ['1 Invented Road, P.O. Box 12, Exercise Town, Exercise Province, EX1, AFGHANISTAN'],
          street: ['1 Invented Road, P.O. Box 12'],
          city: ['Exercise Town'],
          state: ['Exercise Province'],
          postalCode: ['EX1'],
          country: ['af'],
          summary: ['former'],
        },
      },
    ])
    expect(entry('9002').properties).toEqual({
      registrationNumber: ['REG-77'],
      swiftBic: ['EXERPAPA'],
      notes: ['inner: kept as a note'],
    })
  })

  it('reads the same whatever the chunks, and refuses the file cut anywhere', async () => {
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readEuList(inPieces(bytes, lengths)))).toEqual(items)
      }),
      { numRuns: 10 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.trimEnd().length - 1 }), async (at) => {
        const { code } = await collectUntilFault(readEuList(inPieces(text.slice(0, at), [])))
        expect(['formats/not-eu-list', 'formats/truncated', 'formats/malformed-xml']).toContain(code)
      }),
      { numRuns: 100 },
    )
  })

  it('refuses another file', async () => {
    for (const other of ['<!doctype html><p>', '<CONSOLIDATED_LIST/>', '{"status":500}', ''])
      expect((await collectUntilFault(readEuList(inPieces(other, [])))).code).toBe('formats/not-eu-list')
  })
})
