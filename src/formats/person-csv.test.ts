import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import { recogniseColumn } from '#formats/person-columns'
import { type PersonCsvOptions, readPersonCsv } from '#formats/person-csv'

const bytes = readFileSync(new URL('./samples/persons-exercise.csv', import.meta.url))

async function read(text: string | Uint8Array, options: PersonCsvOptions = {}) {
  return collect(readPersonCsv(inPieces(text, []), options))
}

describe('readPersonCsv', () => {
  it('recognises columns and rejects rows it cannot screen', async () => {
    const items = await read(bytes)
    expect(items).toEqual([
      {
        kind: 'query',
        line: 2,
        reference: 'C1',
        schema: 'Person',
        properties: {
          name: ['Exercise Talib'],
          birthDate: ['1971-03-04', '1971-04-03'],
          nationality: ['vn'],
          passportNumber: ['EX123'],
        },
        warnings: ["The date '04/03/1971' can be 1971-03-04 or 1971-04-03."],
        doubts: [{ code: 'two-dates', property: 'birthDate', value: '04/03/1971' }],
      },
      {
        kind: 'query',
        line: 3,
        reference: 'C2',
        schema: 'Company',
        properties: { name: ['Exercise; Works'], country: ['pa'] },
        warnings: [],
        doubts: [],
      },
      expect.objectContaining({ kind: 'rejected', where: 'line 4', code: 'formats/no-name' }),
      {
        kind: 'query',
        line: 5,
        reference: 'C4',
        schema: 'Person',
        properties: { name: ['Exercise Nur'], birthDate: ['1960/1965'], nationality: ['fr'] },
        warnings: ["nationality 'Exercisia' is not a known country."],
        doubts: [{ code: 'unknown-country', property: 'nationality', value: 'FRA|Exercisia' }],
      },
      expect.objectContaining({ kind: 'rejected', where: 'line 6', code: 'formats/unknown-type' }),
      expect.objectContaining({ kind: 'rejected', where: 'line 7', code: 'formats/wrong-columns' }),
    ])
  })

  it('joins name parts and keeps as a note what it cannot read', async () => {
    const [query] = await read('first_name,Last Name,dob,sex\nExercise,Talib,sometime,X\n')
    expect(query).toMatchObject({
      properties: {
        name: ['Exercise Talib'],
        firstName: ['Exercise'],
        lastName: ['Talib'],
        notes: ['birthDate: sometime', 'gender: X'],
      },
      warnings: ["The date 'sometime' cannot be read.", "Gender 'X' is not known."],
    })
  })

  it('goes by an explicit mapping over what it would recognise', async () => {
    const [query] = await read('Beneficiary,Name,Born\nExercise Talib,a branch,04/03/1971\n', {
      columns: { beneficiary: 'name', NAME: null, Born: 'birthDate' },
      dateOrder: 'dmy',
      schema: 'LegalEntity',
    })
    expect(query).toMatchObject({
      schema: 'LegalEntity',
      properties: { name: ['Exercise Talib'] },
      warnings: ['birthDate does not apply to LegalEntity and is left out.'],
    })
  })

  it('refuses a file without a name column, and a mapping of a column that is not there', async () => {
    const codeOf = async (text: string, options = {}) =>
      (await collectUntilFault(readPersonCsv(inPieces(text, []), options))).code
    expect(await codeOf('colour,dob\ngreen,1971\n')).toBe('formats/no-name-column')
    expect(await codeOf('')).toBe('formats/no-name-column')
    expect(await codeOf('name\nx\n', { columns: { Born: 'birthDate' } })).toBe('formats/unknown-column')
  })

  it('gives the same items whatever the chunks', async () => {
    const expected = await read(bytes)
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readPersonCsv(inPieces(bytes, lengths)))).toEqual(expected)
      }),
    )
  })
})

describe('recogniseColumn', () => {
  it.each([
    ['Date_of_Birth', 'birthDate'],
    ['DOB', 'birthDate'],
    ['lastName', 'lastName'],
    ['PASSPORT NO.', 'passportNumber'],
    ['Nationalité', 'nationality'],
    ['ID', 'idNumber'],
    ['Prénom', 'firstName'],
    ['colour', null],
  ])('recognises %s', (header, meaning) => {
    expect(recogniseColumn(header)).toBe(meaning)
  })
})
