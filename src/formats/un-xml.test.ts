import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectUntilFault, inPieces, pieceLengths } from '#formats/chunks.arbitrary'
import type { ListEntry } from '#formats/list-entry'
import { readUnList } from '#formats/un-xml'

const bytes = readFileSync(new URL('./samples/un-exercise.xml', import.meta.url))

async function entries(): Promise<ListEntry[]> {
  const items = await collect(readUnList(inPieces(bytes, [])))
  return items.flatMap((it) => (it.kind === 'entry' ? [it.entry] : []))
}

async function codeOf(text: string): Promise<string | null> {
  return (await collectUntilFault(readUnList(inPieces(text, [1_000])))).code
}

const list = (inside: string) => `<CONSOLIDATED_LIST><INDIVIDUALS>${inside}</INDIVIDUALS></CONSOLIDATED_LIST>`

describe('readUnList', () => {
  it('begins with the header and rejects bad entries while their neighbours are kept', async () => {
    const items = await collect(readUnList(inPieces(bytes, [])))
    expect(items.map((it) => (it.kind === 'rejected' ? it.code : it.kind))).toEqual([
      'header',
      'entry',
      'formats/no-ref',
      'formats/no-name',
      'formats/duplicate-ref',
      'entry',
    ])
    expect(items[0]).toEqual({ kind: 'header', source: 'un-sc', generatedAt: '2026-01-02T00:00:00.000Z' })
    expect(items[2]).toMatchObject({ where: 'line 42' })
  })

  it('reads what an individual is', async () => {
    const [person] = await entries()
    expect(person).toMatchObject({
      ref: '900001',
      reference: 'QDi.901',
      schema: 'Person',
      programmes: ['Al-Qaida'],
      listedOn: '2015-07-01',
      updatedOn: '2019-05-01',
    })
    expect(person!.properties).toMatchObject({
      firstName: ['EXERCISE'],
      secondName: ['TALIB'],
      middleName: ['NUR'],
      title: ['Maulavi'],
      position: ['Invented treasurer', 'Invented judge'],
      nationality: ['vn'],
      gender: ['male'],
      birthPlace: ['Haiphong, Viet Nam'],
      birthCountry: ['vn'],
    })
  })

  it('tells names by kind, quality and script', async () => {
    const [person] = await entries()
    const names = person!.names.map((it) => [it.value, it.kind, it.quality, it.script])
    expect(names).toEqual([
      ['EXERCISE TALIB NUR', 'name', null, 'Latn'],
      ['تمرين طالب نور', 'name', null, 'Arab'],
      ['Exercise Taleb', 'alias', 'Good', 'Latn'],
      ['Exercise Thalib', 'alias', 'Good', 'Latn'],
      ['E. Talib', 'alias', 'Good', 'Latn'],
      ['Abu Tamrin', 'weakAlias', 'Low', 'Latn'],
      ['Абу Тамрин', 'weakAlias', 'Low', 'Cyrl'],
      ['أبو تمرين', 'alias', 'Good', 'Arab'],
      ['Abu Tamreen', 'alias', 'Good', 'Latn'],
      ['Abu Tamrene', 'alias', 'Good', 'Latn'],
      ['Exercise Nuri', 'alias', 'Good', 'Latn'],
    ])
  })

  it('reads every way in which a date of birth is written', async () => {
    const [person] = await entries()
    expect(person!.properties.birthDate).toEqual([
      '1958-02-22',
      '1960-03-04',
      '1961',
      '1962/1965',
      '1966-11',
      '1967-09',
    ])
  })

  it('keeps in notes what has no property', async () => {
    const [person] = await entries()
    expect(person!.properties.notes).toEqual([
      'EXERCISE only. Gender: Male. Second line & more.',
      'Nationality: former Soviet Union',
      'Amended on 2016-01-02, 2019-05-01',
      "Alias 'Abu Tamrin': born 1958-02-22; born in Haiphong, Viet Nam; original script: Абу Тамрин",
      "Alias 'Exercise Nuri': previously listed as",
      'Date of birth 1961: approximate (circa)',
      'Date of birth 1962/1965: approximate (circa)',
      'Date of birth: 24/06/1402 (Hijri Calendar)',
      'FAVOURITE_COLOUR: exercise green',
    ])
  })

  it('holds addresses and documents', async () => {
    const [person] = await entries()
    expect(person!.held).toEqual([
      {
        schema: 'Address',
        properties: {
          full: ['1 Invented Road, Haiphong, 180000, Viet Nam'],
          street: ['1 Invented Road'],
          city: ['Haiphong'],
          postalCode: ['180000'],
          country: ['vn'],
          summary: ['previous'],
        },
      },
      {
        schema: 'Passport',
        properties: {
          type: ['Passport'],
          number: ['EX 012820'],
          country: ['vn'],
          startDate: ['2012-06-27'],
          endDate: ['2022-06-27'],
          summary: ['Exercise passport number EX 012820; Issued in Hanoi; expires on 27 Jun. 2022'],
        },
      },
      {
        schema: 'Identification',
        properties: {
          type: ['National Identification Number: Ration card number:'],
          number: ['W334061'],
          startDate: ['2011-03-09'],
          summary: ['Exercise identity number W334061 issued on 9 Mar. 2011'],
        },
      },
    ])
  })

  it('reads an entity, with its acronym as a weak alias and its address as its country', async () => {
    const entity = (await entries())[1]!
    expect(entity.schema).toBe('Organization')
    expect(entity.names.map((it) => [it.value, it.kind])).toEqual([
      ['EXERCISE TRADING AND METAL COMPANY (ETMC)', 'name'],
      ['EXERCISE TRADING AND METAL COMPANY', 'name'],
      ['ETMC', 'weakAlias'],
      ['Exercise Metal', 'previousName'],
      ['Exercise Metal Works', 'alias'],
    ])
    expect(entity.properties.country).toEqual(['kp'])
    expect(entity.properties.notes).toEqual(["Alias 'Exercise Metal': Pyongyang"])
  })

  it('gives the same items whatever the chunks', async () => {
    const expected = await collect(readUnList(inPieces(bytes, [])))
    await fc.assert(
      fc.asyncProperty(pieceLengths, async (lengths) => {
        expect(await collect(readUnList(inPieces(bytes, lengths)))).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same items and the same fault wherever the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 400, max: bytes.length - 25 }), pieceLengths, async (end, lengths) => {
        const whole = await collectUntilFault(readUnList(inPieces(bytes.subarray(0, end), [])))
        expect(whole.code).toBe('formats/truncated')
        expect(await collectUntilFault(readUnList(inPieces(bytes.subarray(0, end), lengths)))).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  it('refuses what is not the list', async () => {
    expect(await codeOf('<!DOCTYPE html><html><body>Not found</body></html>')).toBe('formats/not-un-list')
    expect(await codeOf('<html></html>')).toBe('formats/not-un-list')
    expect(await codeOf('{"a": 1}')).toBe('formats/not-un-list')
    expect(await codeOf('')).toBe('formats/not-un-list')
  })

  it('refuses document types and entities', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>'
    expect(await codeOf(bomb)).toBe('formats/doctype-refused')
    expect(await codeOf(list('<INDIVIDUAL>&exercise;</INDIVIDUAL>'))).toBe('formats/doctype-refused')
  })

  it('refuses what is too deep, too large or not well formed', async () => {
    expect(await codeOf(list('<INDIVIDUAL>'.repeat(70)))).toBe('formats/too-deep')
    expect(await codeOf(list('<A>'.repeat(70)))).toBe('formats/too-deep')
    const long = 'x'.repeat(2_000_000)
    expect(await codeOf(list(`<INDIVIDUAL><COMMENTS1>${long}</COMMENTS1></INDIVIDUAL>`))).toBe('formats/too-large')
    expect(await codeOf(list(`<INDIVIDUAL>${'<A/>'.repeat(500_000)}</INDIVIDUAL>`))).toBe('formats/too-large')
    expect(await codeOf(list(`<A b="${long}"/>`))).toBe('formats/too-large')
    expect(await codeOf(`<CONSOLIDATED_LIST><!--${long}--></CONSOLIDATED_LIST>`)).toBe('formats/too-large')
    expect(await codeOf(`<!DOCTYPE x [${long}]>`)).toBe('formats/too-large')
    expect(await codeOf(list('<INDIVIDUAL></ENTITY>'))).toBe('formats/malformed-xml')
  })

  it('rejects an entry with more names than an entity may carry', async () => {
    const alias = (at: number) => `<INDIVIDUAL_ALIAS><ALIAS_NAME>E ${at}</ALIAS_NAME></INDIVIDUAL_ALIAS>`
    const many = Array.from({ length: 5_000 }, (_, at) => alias(at)).join('')
    const text = list(`<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>EXERCISE</FIRST_NAME>${many}</INDIVIDUAL>`)
    const items = await collect(readUnList(inPieces(text, [])))
    expect(items[1]).toMatchObject({ kind: 'rejected', where: '1', code: 'formats/too-many-values' })
  })
})
