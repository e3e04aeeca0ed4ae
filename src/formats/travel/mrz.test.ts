import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MrzReading, readMrz } from '#formats/travel/mrz'
import { characterValue, checkDigit } from '#formats/travel/mrz-check'
import { type MrzFormat, mrzLayouts } from '#formats/travel/mrz-layout'
import { type MrzContent, writeMrz } from '#formats/travel/mrz-write'

const today = '2026-11-27'
const vectorsFile = join(process.env.COMITY_DATA ?? '../shared/data', 'travel/mrz/vectors.json')
interface Vector {
  fmt: MrzFormat
  lines: string[]
  checks_ok: boolean
  documentNumber?: string
}
const vectors: Vector[] = existsSync(vectorsFile) ? JSON.parse(readFileSync(vectorsFile, 'utf8')).vectors : []

function read(text: string): MrzReading {
  const reading = readMrz(text, { today })
  if (reading.kind === 'unreadable') throw new Error(`unreadable: ${text}`)
  return reading
}

const verdicts = (it: MrzReading) => ({
  number: it.documentNumber.check?.verdict,
  birth: it.birthDate.check?.verdict,
  expiry: it.expiryDate.check?.verdict,
  optional: it.optional.check?.verdict ?? null,
  composite: it.composite?.verdict ?? null,
})

/** An invented person, exercise data. */
const person: MrzContent = {
  documentCode: 'P',
  issuer: 'UTO',
  documentNumber: 'EX1234567',
  nationality: 'UTO',
  birthDate: '740812',
  sex: 'F',
  expiryDate: '320415',
  primary: 'Exercise-Talib',
  secondary: "Nur d'Exemple",
  optional: 'ZE184226B',
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 })
const date = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
const content: fc.Arbitrary<MrzContent> = fc.record({
  documentCode: fc.constantFrom('P', 'I', 'AC'),
  issuer: fc.constantFrom('UTO', 'D', 'FRA', 'XXA', 'GBN'),
  documentNumber: fc.string({ unit: fc.constantFrom(...letters, ...'0123456789'), minLength: 1, maxLength: 9 }),
  nationality: fc.constantFrom('UTO', 'D', 'FRA', 'XXC', 'RKS'),
  birthDate: date.map((it) => it.map((part) => String(part).padStart(2, '0')).join('')),
  sex: fc.constantFrom('M', 'F', '<'),
  expiryDate: date.map((it) => it.map((part) => String(part).padStart(2, '0')).join('')),
  primary: word,
  secondary: fc.array(word, { maxLength: 2 }).map((it) => it.join(' ')),
})
const formats: MrzFormat[] = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B']
const codeOf = (format: MrzFormat, code: string) =>
  format.startsWith('MRV') ? 'V' : format === 'TD3' ? 'P' : code === 'P' ? 'I' : code

describe('readMrz', () => {
  it.skipIf(vectors.length === 0)('gives the verdict of every check digit of the published specimens', () => {
    for (const vector of vectors) {
      const reading = read(vector.lines.join('\n'))
      expect(reading.format).toBe(vector.fmt)
      expect(reading.lines).toEqual(vector.lines)
      expect(reading.checksAgree, vector.lines.join(' ')).toBe(vector.checks_ok)
      if (vector.documentNumber !== undefined) expect(reading.documentNumber.value).toBe(vector.documentNumber)
      if (vector.checks_ok) {
        expect(verdicts(reading)).toMatchObject({ number: 'ok', birth: 'ok', expiry: 'ok', composite: 'ok' })
        expect(reading.suggestions).toEqual([])
      }
    }
    const damaged = vectors.filter((it) => !it.checks_ok).map((it) => verdicts(read(it.lines.join('\n'))))
    expect(damaged).toEqual([
      { number: 'ok', birth: 'wrong', expiry: 'ok', optional: null, composite: 'wrong' },
      { number: 'ok', birth: 'wrong', expiry: 'wrong', optional: null, composite: 'wrong' },
      { number: 'ok', birth: 'wrong', expiry: 'wrong', optional: 'ok', composite: 'wrong' },
    ])
  })

  it.skipIf(vectors.length === 0)('offers what a damaged field may be, and never what a name may be', () => {
    const damaged = vectors.filter((it) => !it.checks_ok).map((it) => read(it.lines.join('\n')))
    const offered = damaged.map((it) =>
      it.suggestions.map((one) => [one.field, one.repairs.map((r) => r.value + r.digit)]),
    )
    expect(offered).toEqual([
      [['birthDate', ['7510256']]],
      [
        ['birthDate', ['7408122']],
        ['expiryDate', ['1204159']],
        ['composite', ['6']],
      ],
      [
        ['birthDate', ['7408122']],
        ['expiryDate', ['1204159']],
        ['composite', ['0']],
      ],
    ])
    expect(damaged.map((it) => it.names.value.primary)).toEqual(['5M1TH', 'ERIK55ON', 'ERIK55ON'])
    expect(damaged.every((it) => it.birthDate.raw.includes('Z') && it.birthDate.value.value === null)).toBe(true)
    expect(damaged[0]!.names.value.hasDigits).toBe(true)
  })

  it('knows specimens, and their check digits agree all the same', () => {
    const reading = read(writeMrz('TD3', person).join('\n'))
    expect(reading).toMatchObject({
      isSpecimen: true,
      checksAgree: true,
      names: { value: { primary: 'EXERCISE TALIB', secondary: 'NUR DEXEMPLE', possiblyTruncated: false } },
      issuer: { value: { code: 'UTO', kind: 'specimen', iso: null } },
      sex: { value: { value: 'female' } },
      birthDate: { value: { value: '1974-08-12', rule: 'birth-not-in-future', candidates: ['1974-08-12'] } },
      expiryDate: {
        value: { value: '2032-04-15', rule: 'expiry-nearest-today', candidates: ['1932-04-15', '2032-04-15'] },
      },
    })
  })

  it('maps states to ISO 3166-1 and says what other codes are', () => {
    const nationalities = ['D', 'FRA', 'GBN', 'XXA', 'XXB', 'XPO', 'RKS', 'QQQ'].map((nationality) => {
      const { value } = read(writeMrz('TD3', { ...person, nationality }).join('\n')).nationality
      return [value?.kind, value?.iso]
    })
    expect(nationalities).toEqual([
      ['state', 'de'],
      ['state', 'fr'],
      ['british', 'gb'],
      ['stateless', null],
      ['refugee', null],
      ['organisation', null],
      ['state', 'xk'],
      ['unknown', null],
    ])
  })

  it('keeps both centuries of a birth that can be in either, and chooses the one of a younger person', () => {
    const birth = (birthDate: string) => read(writeMrz('TD3', { ...person, birthDate }).join('\n')).birthDate.value
    expect(birth('150101')).toMatchObject({
      candidates: ['1915-01-01', '2015-01-01'],
      value: '2015-01-01',
      rule: 'birth-youngest',
      uncertain: true,
    })
    expect(birth('261128')).toMatchObject({ candidates: ['1926-11-28'], value: '1926-11-28', uncertain: false })
    expect(birth('740230')).toMatchObject({ value: null, candidates: [], rule: 'none' })
    expect(birth('74<<<<')).toMatchObject({ value: '1974', candidates: ['1974'] })
  })

  it('reads a number of more than nine characters across the optional data', () => {
    for (const format of ['TD1', 'TD2'] as const) {
      const long = {
        ...person,
        documentCode: 'I',
        documentNumber: 'EX12345678901',
        optional: format === 'TD1' ? 'XYZ' : '',
      }
      const reading = read(writeMrz(format, long).join('\n'))
      expect(reading.documentNumber).toMatchObject({
        value: 'EX12345678901',
        continued: true,
        check: { verdict: 'ok' },
      })
      expect(reading.optional.value).toBe(format === 'TD1' ? 'XYZ' : '')
      expect(reading.checksAgree).toBe(true)
    }
  })

  it('reads lower case, blanks, any separation and missing fillers, and says so', () => {
    const lines = writeMrz('TD3', { ...person, optional: '' })
    const expected = read(lines.join('\n'))
    const same = (text: string) => {
      const reading = read(text)
      expect({ ...reading, notes: [] }).toEqual({ ...expected, notes: [] })
      return reading.notes
    }
    expect(expected.notes).toEqual([])
    expect(same(lines.join('\r\n'))).toEqual([])
    expect(same(lines.join(' '))).toEqual([])
    expect(same(lines.join(''))).toEqual(['one-line'])
    expect(same(lines.join('\n').toLowerCase())).toEqual(['lower-case'])
    expect(same(lines.map((it) => it.replace(/(.{11})/g, '$1 ')).join('\n'))).toEqual(['spaces-removed'])
    expect(same([lines[0]!.replace(/<+$/, ''), lines[1]].join('\n'))).toEqual(['fillers-added-at-end'])
    expect(same([lines[0], lines[1]!.replace(/<<<<<<(?=.{2}$)/, '<')].join('\n'))).toEqual([
      'fillers-added-before-check-digit',
    ])
    expect(same([`${lines[0]}<<`, lines[1]].join('\n'))).toEqual(['fillers-removed-at-end'])
    expect(same(`Scanned at gate 4\n${lines.join('\n')}\nend`)).toEqual(['other-text-around'])
    expect(same(lines.join('\n').replaceAll('<<', '«'))).toEqual(['other-fillers'])
  })

  it('says when a name fills its field', () => {
    const lines = writeMrz('TD1', { ...person, documentCode: 'I', primary: 'E'.repeat(20), secondary: 'X'.repeat(20) })
    expect(read(lines.join('\n')).names.value).toMatchObject({ possiblyTruncated: true, secondary: 'X'.repeat(8) })
  })

  it('gives back what was written, in every format', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), content, (format, given) => {
        const documentCode = codeOf(format, given.documentCode)
        const reading = read(writeMrz(format, { ...given, documentCode }).join('\n'))
        expect(reading).toMatchObject({ format, checksAgree: true, notes: [], suggestions: [] })
        expect(reading.documentNumber.value).toBe(given.documentNumber)
        expect([reading.issuer.value?.code, reading.nationality.value?.code]).toEqual([given.issuer, given.nationality])
        expect([reading.birthDate.raw, reading.expiryDate.raw]).toEqual([given.birthDate, given.expiryDate])
        expect([reading.names.value.primary, reading.names.value.secondary]).toEqual([given.primary, given.secondary])
      }),
    )
  })

  it('sees every change of a checked character whose value does not differ by a multiple of ten, and no other', () => {
    const lines = writeMrz('TD3', person)
    const { fields, checks } = mrzLayouts.TD3
    const spans = [fields.documentNumber, fields.birthDate, fields.expiryDate, fields.optional]
    let unseen = 0
    for (const [line, from, to] of spans.map((it) => it!)) {
      for (let at = from; at < to; at++) {
        for (const other of `<0123456789${letters}`) {
          const changed = lines.with(line, lines[line]!.slice(0, at) + other + lines[line]!.slice(at + 1))
          const differs = (characterValue(other)! - characterValue(lines[line]![at]!)!) % 10 !== 0
          const reading = read(changed.join('\n'))
          expect(reading.checksAgree, `${at} ${other}`).toBe(!differs)
          expect(reading.composite?.verdict).toBe(differs ? 'wrong' : 'ok')
          if (!differs && other !== lines[line]![at]) unseen++
        }
      }
    }
    expect(unseen).toBeGreaterThan(0)
    for (const [line, at] of Object.values(checks)) {
      const digit = String((Number(lines[line]![at]) + 1) % 10)
      const changed = lines.with(line, lines[line]!.slice(0, at) + digit + lines[line]!.slice(at + 1))
      expect(read(changed.join('\n')).checksAgree).toBe(false)
    }
  })

  it('never throws, whatever the text', () => {
    const unit = fc.constantFrom('<', 'P', 'I', 'V', '0', '9', ' ', '\n', 'é', '«', '\u0000', '|')
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit, maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 120 })),
        (text) => {
          expect(['read', 'unreadable']).toContain(readMrz(text, { today }).kind)
        },
      ),
    )
  })
})

describe('writeMrz', () => {
  it('refuses what the zone can not hold', () => {
    expect(() => writeMrz('TD3', { ...person, primary: 'Éxercise' })).toThrow('primary')
    expect(() => writeMrz('TD3', { ...person, documentNumber: 'EX12345678' })).toThrow('documentNumber')
  })
})

describe('checkDigit', () => {
  it('counts as ICAO Doc 9303 part 3 section 4.9 does', () => {
    expect(checkDigit('520727')).toBe('3')
    expect(checkDigit('D23145890734')).toBe('9')
    expect(checkDigit('é')).toBeNull()
  })
})
