import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths, sample } from '#formats/chunks.arbitrary'
import { readCsvMapping } from '#formats/csv-mapping'
import { readMappedCsv } from '#formats/mapped-csv'

const read = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8')
const mapping = readCsvMapping(read('mapping-exercise.json'))
const text = read('mapped-exercise.csv')
const items = await collect(readMappedCsv(sample('mapped-exercise.csv'), mapping))

describe('readMappedCsv', () => {
  it('reads rows by the mapping, and says of bad ones why, while the rest is kept', () => {
    expect(items.map((it) => (it.kind === 'rejected' ? [it.where, it.code] : it.kind))).toEqual([
      'header',
      'entry',
      'entry',
      'entry',
      ['line 4', 'formats/unknown-type'],
      ['line 5', 'formats/duplicate-ref'],
      ['line 6', 'formats/no-name'],
      ['line 7', 'formats/wrong-columns'],
    ])
    expect(items.flatMap((it) => (it.kind === 'entry' ? [it.entry] : []))).toMatchObject([
      {
        ref: 'EX-1',
        schema: 'Person',
        names: [
          { value: 'Talib EXERCISE', kind: 'name' },
          { value: 'Talib Tamrin', kind: 'alias' },
          { value: 'طالب تمرين', kind: 'alias', script: 'Arab' },
          { value: 'Abu Tamrin', kind: 'weakAlias' },
        ],
        properties: { birthDate: ['1971-03-04'], nationality: ['af'], notes: ['comment: invented'] },
        held: [
          { schema: 'Passport', properties: { number: ['EX123456'], country: ['vn'] } },
          { schema: 'CryptoWallet', properties: { currency: ['XBT'] } },
          { schema: 'Address', properties: { full: ['1 Invented Road'] } },
        ],
        listedOn: '2015-07-01',
      },
      { ref: 'EX-2', schema: 'Organization' },
      {
        ref: 'EX-6',
        properties: {
          birthDate: ['1980'],
          notes: ['Date of birth 1980: approximate (circa)', 'nationality: Atlantis'],
        },
      },
    ])
  })

  it('drops a protected characteristic', () => {
    expect(text).toContain('never to be kept')
    expect(JSON.stringify(items)).not.toContain('never to be kept')
  })

  it('joins rows where the mapping says so, and knows a row without a ref by what it says', async () => {
    const joining = readCsvMapping('{"columns":{"id":"ref","n":"name","a":"alias"},"joinRows":true}')
    const joined = await collect(readMappedCsv(inPieces('id,n,a\n1,EXERCISE,One\n1,EXERCISE,Two\n', []), joining))
    expect(joined).toHaveLength(2)
    expect(joined[1]).toMatchObject({ entry: { names: [{}, { value: 'One' }, { value: 'Two' }] } })
    const plain = readCsvMapping('{"columns":{"n":"name"}}')
    const refs = async (file: string) =>
      (await collect(readMappedCsv(inPieces(file, []), plain))).flatMap((it) =>
        it.kind === 'entry' ? it.entry.ref : [],
      )
    expect(await refs('n\nEXERCISE A\nEXERCISE B\n')).toEqual((await refs('n\nEXERCISE B\nEXERCISE A\n')).reverse())
  })

  it('reads the same whatever the chunks, and refuses another file', async () => {
    const bytes = new TextEncoder().encode(text)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readMappedCsv(inPieces(bytes, lengths), mapping))).toEqual(items)
      }),
      { numRuns: 10 },
    )
    for (const other of ['<!doctype html><p>', 'a;b;c', ''])
      expect((await collectUntilFault(readMappedCsv(inPieces(other, []), mapping))).code).toBe('formats/unknown-column')
  })
})

describe('readCsvMapping', () => {
  it('refuses what is no mapping, names no name or would keep a protected characteristic', () => {
    for (const wrong of [
      '',
      '[]',
      '{"columns":{}}',
      '{"columns":{"n":"name","x":"religion"}}',
      '{"columns":{"n":"name","Ethnic group":"note"}}',
      '{"columns":{"n":"name"},"more":1}',
    ])
      expect(() => readCsvMapping(wrong), wrong).toThrow(expect.objectContaining({ code: 'formats/wrong-mapping' }))
  })
})
