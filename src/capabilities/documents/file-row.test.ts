import { describe, expect, it } from 'vitest'
import { columnsOf, readRow } from '#capabilities/documents/file-row'

const headers = ['Document Number', 'until', 'Type', 'Reason', 'Date of loss', 'Issuing State', 'Remarks']
const reading = { columns: columnsOf(headers), defaults: {}, issuer: 'fr', today: '2026-11-27' }

describe('columnsOf', () => {
  it('knows columns by their headers in four languages', () => {
    expect(reading.columns).toEqual({ number: 0, to: 1, kind: 2, status: 3, declaredAt: 4, issuer: 5 })
    expect(columnsOf(['Numéro', 'Motif', 'Pays'])).toEqual({ number: 0, status: 1, issuer: 2 })
    expect(columnsOf(['Número de documento', 'Tipo', 'Fecha'])).toEqual({ number: 0, kind: 1, declaredAt: 2 })
    expect(columnsOf(['رقم الوثيقة', 'الحالة'])).toEqual({ number: 0, status: 1 })
  })
})

describe('readRow', () => {
  it.each([
    [
      ['12 ab 345', '', 'P', 'Stolen', '2026-01-02', 'FRA'],
      { number: '12AB345', kind: 'passport', status: 'stolen', declaredAt: '2026-01-02' },
    ],
    [
      ['A1', '', 'identity card', 'perdu', '20260102', ''],
      { number: 'A1', kind: 'identity-card', status: 'lost', declaredAt: '2026-01-02' },
    ],
    [
      ['A1', '', 'I<', 'blank-stolen', '2026-01-02T10:00:00Z', 'fr'],
      { number: 'A1', kind: 'identity-card', status: 'blank-stolen', declaredAt: '2026-01-02' },
    ],
  ])('reads %j', (fields, entry) => {
    expect(readRow(fields, reading)).toEqual({ entry })
  })

  it('reads a row of numbers, and what is said for all rows', () => {
    const defaults = { kind: 'passport', status: 'blank-stolen', declaredAt: '2026-01-01' } as const
    expect(readRow(['B001', 'B009', '', '', '', ''], { ...reading, defaults })).toEqual({
      range: { kind: 'passport', status: 'blank-stolen', declaredAt: '2026-01-01', from: 'B001', to: 'B009' },
    })
  })

  it.each([
    ['number', ['', '', 'P', 'lost', '2026-01-02', '']],
    ['range', ['B9', 'B1', 'P', 'lost', '2026-01-02', '']],
    ['kind', ['B9', '', 'library card', 'lost', '2026-01-02', '']],
    ['status', ['B9', '', 'P', 'mislaid', '2026-01-02', '']],
    ['date', ['B9', '', 'P', 'lost', '2026-02-30', '']],
    ['date', ['B9', '', 'P', 'lost', '02/01/2026', '']],
    ['date', ['B9', '', 'P', 'lost', '2026-11-28', '']],
    ['issuer', ['B9', '', 'P', 'lost', '2026-01-02', 'KEN']],
  ])('refuses a row for its %s', (problem, fields) => {
    expect(readRow(fields, reading)).toEqual({ problem })
  })
})
