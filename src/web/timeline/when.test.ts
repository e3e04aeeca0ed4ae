import { describe, expect, it } from 'vitest'
import { lanesOf } from './rows'
import { ticksOf } from './ticks'
import { extentOf, gapsOf, type Occurrence, placed, spanOf } from './when'

const day = 86_400_000
const year = (from: string, id = from, more: Partial<Occurrence> = {}): Occurrence => ({
  id,
  label: id,
  from,
  kind: 'k',
  ...more,
})

describe('spanOf', () => {
  it.each([
    ['1987', '1987-01-01', '1988-01-01'],
    ['1987-03', '1987-03-01', '1987-04-01'],
    ['1987-12', '1987-12-01', '1988-01-01'],
    ['1988-02-29', '1988-02-29', '1988-03-01'],
    ['0087', '0087-01-01', '0088-01-01'],
  ])('takes %s as the whole time that it may be', (text, start, end) => {
    const at = (it: string) => new Date(`${it}T00:00:00Z`).getTime()
    expect(spanOf(text)).toEqual({ start: at(start), end: at(end) })
  })

  it('takes an instant as one, in its own zone', () => {
    expect(spanOf('2026-03-02T09:30:00+03:00')).toEqual({
      start: Date.UTC(2026, 2, 2, 6, 30),
      end: Date.UTC(2026, 2, 2, 6, 30),
    })
  })

  it.each(['', 'unknown', '1987-13', '1987-00', '1987-02-30', '87', '1987-3'])('does not believe %j', (text) => {
    expect(spanOf(text)).toBeUndefined()
  })
})

describe('placed', () => {
  it('orders by time, leaves out what has no date, and says what is vague', () => {
    const found = placed([year('2020-05-05'), year('1987'), year('unknown')])
    expect(found.map((it) => [it.item.id, it.vague])).toEqual([
      ['1987', true],
      ['2020-05-05', false],
    ])
  })

  it('does not believe an end before its beginning', () => {
    const [found] = placed([year('2020', 'a', { until: '2019' })])
    expect(found!.end).toBe(spanOf('2020')!.end)
  })
})

describe('gapsOf', () => {
  it('finds long silences between, also after something long that began before', () => {
    const spans = [
      { start: 0, end: 50 },
      { start: 10, end: 20 },
      { start: 55, end: 56 },
      { start: 90, end: 91 },
    ]
    expect(gapsOf(spans, 30)).toEqual([{ start: 56, end: 90 }])
    expect(gapsOf(spans, 5)).toEqual([
      { start: 50, end: 55 },
      { start: 56, end: 90 },
    ])
    expect(gapsOf([], 1)).toEqual([])
  })
})

describe('lanesOf', () => {
  const items = placed([
    year('2020-01-01', 'a long label'),
    year('2020-01-02', 'another label'),
    year('2024', 'late'),
    year('2021', 'other', { kind: 'z' }),
  ])
  const drawing = { view: extentOf(items), width: 800, measure: (it: string) => it.length * 7, mostRows: 8 }

  it('has a lane for each kind, and puts what would overlap into rows', () => {
    const lanes = lanesOf(items, drawing)
    expect(lanes.map((it) => [it.kind, it.rows])).toEqual([
      ['k', 2],
      ['z', 1],
    ])
  })

  it('says how many find no row', () => {
    expect(lanesOf(items, { ...drawing, mostRows: 1 })[0]).toMatchObject({ rows: 1, left: 1 })
  })

  it('leaves out what is not in view', () => {
    const view = { start: Date.UTC(2023, 0), end: Date.UTC(2026, 0) }
    expect(lanesOf(items, { ...drawing, view })[0]!.bars.map((it) => it.of.item.id)).toEqual(['late'])
  })
})

describe('ticksOf', () => {
  it.each([
    [40 * 365 * day, 'year'],
    [400 * day, 'month'],
    [10 * day, 'day'],
    [day / 2, 'hour'],
  ] as const)('are round and not too many in %d ms', (length, unit) => {
    const start = Date.UTC(1987, 2, 9, 5, 17)
    const ticks = ticksOf({ start, end: start + length }, 12)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThanOrEqual(13)
    for (const it of ticks) {
      expect(it.unit).toBe(unit)
      expect(it.at % (unit === 'hour' ? 3_600_000 : day)).toBe(0)
      if (unit === 'year') expect(new Date(it.at).getUTCMonth()).toBe(0)
    }
  })
})
