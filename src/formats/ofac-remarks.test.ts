import { describe, expect, it } from 'vitest'
import { newEntry } from '#formats/list-entry'
import { addOfacRemarks, joinRemarks } from '#formats/ofac-remarks'

function documentOf(remark: string) {
  const entry = newEntry('1', 'Person')
  addOfacRemarks(entry, `${remark}.`)
  const properties = entry.held[0]?.properties ?? {}
  return [
    entry.held[0]?.schema,
    ...['type', 'number', 'country', 'startDate', 'endDate', 'summary'].map((it) => properties[it]?.[0]),
  ]
}

describe('addOfacRemarks', () => {
  it.each([
    ['Passport #H0044232 (Iraq)', ['Passport', 'Passport', 'H0044232', 'iq']],
    ['Passport C234897(0) (United Kingdom)', ['Passport', 'Passport', 'C234897(0)', 'gb']],
    ['alt. Passport Booklet: A8235074 (Pakistan)', ['Passport', 'Passport Booklet', 'A8235074', 'pk']],
    ['Diplomatic Passport 008827 (Iran) issued 1999', ['Passport', 'Diplomatic Passport', '008827', 'ir', '1999']],
    ['Passport V487440 (Thailand) expires May 2007', ['Passport', 'Passport', 'V487440', 'th', undefined, '2007-05']],
    ['SSN 000-00-0000 (United States)', ['Identification', 'SSN', '000-00-0000', 'us']],
    ['NIT # 900101150-5 (Colombia)', ['Identification', 'NIT', '900101150-5', 'co']],
    ['R.F.C. # EXE931014 (Mexico)', ['Identification', 'R.F.C.', 'EXE931014', 'mx']],
    ['V.A.T. Number BG 204061981 (Bulgaria)', ['Identification', 'V.A.T. Number', 'BG 204061981', 'bg']],
    [
      "Driver's License No. 1-1 (Guatemala) expires 2010",
      ['Identification', "Driver's License No.", '1-1', 'gt', undefined, '2010'],
    ],
    ['National ID No. 1372584, Kenya', ['Identification', 'National ID No.', '1372584', 'ke']],
    ['Identification Number ISIN: RU1', ['Identification', 'Identification Number (ISIN)', 'RU1']],
    ["Citizen's Card Number 2 (China)", ['Identification', "Citizen's Card Number", '2', 'cn']],
  ])('reads %s', (remark, expected) => {
    expect(documentOf(remark).filter((it, index) => it !== undefined || index < expected.length)).toEqual(expected)
  })

  it.each([
    'Passport issued in Sarajevo, Bosnia-Herzegovina',
    'Passport issued 21 Jun 1992 in Amman, Jordan',
    'Holder of an Exercise passport',
    'NIT # Provisional (Colombia)',
    'arrested 23 Apr 2002',
    'Fax No. 263-4-487014',
    'Previous Aircraft Tail Number EX-OLD',
    'DOB unknown',
    'Gender Unknown',
    'nationality possibly Exercisian',
  ])('leaves %s in the remarks', (remark) => {
    const entry = newEntry('1', 'Person')
    addOfacRemarks(entry, `${remark}.`)
    expect(entry.remarks).toBe(remark)
    expect(entry.held).toEqual([])
    expect(entry.properties).toEqual({})
  })

  it('takes hostile text in linear time', () => {
    for (const piece of ['(', ' (', 'No. ', 'A ', '. ', 'issued 2000 ', '1']) {
      const before = process.threadCpuUsage()
      addOfacRemarks(newEntry('1', 'Person'), piece.repeat(60_000))
      addOfacRemarks(newEntry('1', 'Person'), `${piece.repeat(60)};`.repeat(1_000))
      const { user, system } = process.threadCpuUsage(before)
      expect(user + system).toBeLessThan(1_000_000)
    }
  })
})

describe('joinRemarks', () => {
  it('goes on in the middle of a word', () => {
    expect(joinRemarks('Linked To: PROMO RAI', ['Z S.A.S.'])).toBe('Linked To: PROMO RAIZ S.A.S.')
    expect(joinRemarks('DOB 1971.', ['POB Exercise.'])).toBe('DOB 1971. ; POB Exercise.')
    expect(joinRemarks(null, ['POB Exercise.'])).toBe('POB Exercise.')
    expect(joinRemarks(null, [])).toBeNull()
  })
})
