import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDocumentIndex } from '#capabilities/documents/document-index'
import type { DeclaringRecord, Found } from '#capabilities/documents/index-shape'
import { createLongNumbers } from '#capabilities/documents/long-numbers'
import { type Packed, packLong, packShort } from '#capabilities/documents/packing'
import { rangeOf } from '#capabilities/documents/range'
import { allStatuses, type Declaration, documentKinds } from '#capabilities/documents/record'
import type { RecordId } from '#kernel/ids'

interface Record extends DeclaringRecord {
  readonly quiet?: boolean
}

const kinds = documentKinds.slice(0, 2)
const numbers = [
  'A1',
  'A01',
  'AO1',
  'B0005',
  'B0007',
  '12345678901',
  '1234567890123456',
  'ABCDEFGHIJKL',
  'ABCDEFGHIJKM',
]
const said = {
  kind: fc.constantFrom(...kinds),
  status: fc.constantFrom(...allStatuses),
  declaredAt: fc.constantFrom('2024-05-01', '2025-01-01', '2026-11-27'),
}
const declaration: fc.Arbitrary<Pick<Declaration, 'issuer' | 'groups' | 'ranges'>> = fc.record({
  issuer: fc.constantFrom('fr', 'ke'),
  groups: fc.array(
    fc.record({
      ...said,
      numbers: fc.subarray(numbers, { minLength: 1 }).map((it) => it.join(' ')),
    }),
    { maxLength: 3 },
  ),
  ranges: fc.array(
    fc.record({ ...said, from: fc.constantFrom('B0001', 'B0005'), to: fc.constantFrom('B0006', 'B0009') }),
    {
      maxLength: 2,
    },
  ),
})
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('put' as const), id: fc.nat(5), declaration, quiet: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('remove' as const), id: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('renew' as const), id: fc.nat(5), quiet: fc.boolean() }) },
)

const idOf = (at: number) => `rec_${String(at).padStart(32, '0')}` as RecordId
const recordOf = (id: number, quiet: boolean): Record => ({ id: idOf(id), version: 1, owner: 'fr', quiet })
const answers = (it: Record) => it.quiet !== true

interface Held {
  record: Record
  readonly declaration: Pick<Declaration, 'issuer' | 'groups' | 'ranges'>
}

/** The same by going through everything. */
function findPlainly(held: Iterable<Held>, number: string): Found<Record>[] {
  const all = [...held].flatMap(({ record, declaration: { issuer, groups, ranges } }) => {
    if (!answers(record)) return []
    const rows = ranges.filter((it) => isWithin(number, it.from, it.to))
    const named = groups.filter((it) => it.numbers.split(' ').includes(number))
    return [...named, ...rows].map(({ kind, status, declaredAt }) => ({
      issuer,
      number,
      kind,
      status,
      declaredAt,
      record,
    }))
  })
  const order = (it: Found<Record>) => `${it.declaredAt} ${it.record.id} ${allStatuses.indexOf(it.status)}`
  const best = Map.groupBy(all, (it) => `${it.issuer} ${it.kind}`)
  return [...best.values()].map((it) => it.reduce((a, b) => (order(b) > order(a) ? b : a)))
}

function isWithin(number: string, from: string, to: string): boolean {
  const range = rangeOf(from, to)
  const at = rangeOf(number, number)
  return (
    range !== null &&
    at !== null &&
    at.prefix === range.prefix &&
    at.length === range.length &&
    range.low <= at.low &&
    at.low <= range.high
  )
}

const sorted = (all: readonly Found<Record>[]) =>
  [...all].sort((a, b) => (`${a.issuer} ${a.kind}` < `${b.issuer} ${b.kind}` ? -1 : 1))

describe('createDocumentIndex', () => {
  it('answers as a search through everything that is held does, whatever was put, changed and taken out before', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const index = createDocumentIndex<Record>({ seed: 7 })
        const held = new Map<number, Held>()
        for (const it of acts) {
          if (it.act === 'put') {
            const record = recordOf(it.id, it.quiet)
            index.put(record, it.declaration)
            held.set(it.id, { record, declaration: it.declaration })
          } else if (it.act === 'remove') {
            index.remove(idOf(it.id))
            held.delete(it.id)
          } else {
            const record = recordOf(it.id, it.quiet)
            index.renew(record)
            const known = held.get(it.id)
            if (known !== undefined) known.record = record
          }
        }
        for (const number of [...numbers, 'B0006', 'B0010', 'C1']) {
          expect(sorted(index.find({ number }, answers))).toEqual(sorted(findPlainly(held.values(), number)))
          for (const issuer of ['fr', 'ke', 'id'])
            expect(sorted(index.find({ number, issuer }, answers))).toEqual(
              sorted(findPlainly(held.values(), number)).filter((it) => it.issuer === issuer),
            )
        }
        const entries = [...held.values()].flatMap(({ declaration: { groups, ranges } }) => [
          ...groups.flatMap((it) => it.numbers.split(' ')),
          ...ranges,
        ])
        expect(index.size).toBe(entries.length)
      }),
      { numRuns: 300 },
    )
  })

  it('answers alike in whatever order the declarations came', () => {
    fc.assert(
      fc.property(
        fc
          .array(declaration, { minLength: 2, maxLength: 6 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length }))),
        ([all, order]) => {
          const [one, other] = [createDocumentIndex<Record>(), createDocumentIndex<Record>()]
          for (const [at, it] of all.entries()) one.put(recordOf(at, false), it)
          for (const at of order) other.put(recordOf(at, false), all[at]!)
          for (const number of numbers)
            expect(sorted(other.find({ number }, answers))).toEqual(sorted(one.find({ number }, answers)))
        },
      ),
    )
  })

  it('keeps hundreds of thousands of documents, grows and shrinks with them, and finds each', () => {
    const index = createDocumentIndex<Record>({ seed: 1 })
    const perRecord = 10_000
    const numberAt = (at: number) => (at % 3 === 0 ? `X${at}` : at % 3 === 1 ? `9000000000${at}` : `LONGNUMBER${at}`)
    for (let record = 0; record < 20; record++) {
      const all = Array.from({ length: perRecord }, (_, at) => numberAt(record * perRecord + at)).join(' ')
      const group = { kind: 'passport', status: 'lost' as const, declaredAt: '2026-01-02', numbers: all }
      index.put(recordOf(record, false), { issuer: 'fr', groups: [group], ranges: [] })
    }
    expect(index.size).toBe(200_000)
    for (let at = 0; at < 200_000; at += 97)
      expect(index.find({ number: numberAt(at) }, answers)).toMatchObject([
        { status: 'lost', declaredAt: '2026-01-02' },
      ])
    expect(index.find({ number: 'X1' }, answers)).toEqual([])
    const full = index.bytes
    for (let record = 1; record < 20; record++) index.remove(idOf(record))
    expect(index.size).toBe(perRecord)
    expect(index.bytes).toBeLessThan(full / 2)
    expect(index.find({ number: numberAt(3), issuer: 'fr', kind: 'passport' }, answers)).toHaveLength(1)
    expect(index.find({ number: numberAt(3), issuer: 'fr', kind: 'visa' }, answers)).toEqual([])
    expect(index.find({ number: numberAt(3 * perRecord) }, answers)).toEqual([])
  })
})

describe('packShort', () => {
  const number = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ABZ019'), minLength: 1, maxLength: 10 }),
    fc.string({ unit: fc.constantFrom(...'0159'), minLength: 11, maxLength: 15 }),
  )
  const packedOf = (issuer: number, it: string): Packed => {
    const packed = { high: 0, low: 0 }
    expect(packShort(issuer, it, packed)).toBe(true)
    return packed
  }

  it('packs two documents alike only when they are the same', () => {
    fc.assert(
      fc.property(number, number, fc.nat(675), fc.nat(675), (a, b, i, j) => {
        const same = a === b && i === j
        const [one, other] = [packedOf(i, a), packedOf(j, b)]
        expect(one.high === other.high && one.low === other.low).toBe(same)
        expect(one.high).toBeGreaterThanOrEqual(0x8000_0000)
      }),
      { numRuns: 2_000 },
    )
  })

  it('stays within its words at both ends, and apart from long numbers', () => {
    const last = packedOf(675, '9'.repeat(15))
    const long = { high: 0, low: 0 }
    packLong(675, 0xffff_ffff, long)
    expect(long.high).toBeGreaterThan(last.high)
    expect(long.high).toBeLessThanOrEqual(0xffff_ffff)
    expect(packedOf(0, 'ZZZZZZZZZZ')).not.toEqual(packedOf(0, '00000000000'))
    expect(packShort(0, 'ABCDEFGHIJK', long)).toBe(false)
    expect(packShort(0, '1234567890123456', long)).toBe(false)
  })
})

describe('createLongNumbers', () => {
  it('keeps each text once, and finds it where it is', () => {
    const kept = createLongNumbers(3)
    const texts = Array.from({ length: 5_000 }, (_, at) => `LONGNUMBER${at}`)
    const places = texts.map((it) => kept.keep(it))
    expect(new Set(places).size).toBe(texts.length)
    for (const [at, it] of texts.entries()) {
      expect(kept.keep(it)).toBe(places[at])
      expect(kept.find(it)).toBe(places[at])
    }
    expect(kept.find('LONGNUMBER')).toBeUndefined()
  })
})

describe('rangeOf', () => {
  it.each([
    ['B0001', 'B0009', { prefix: 'B', length: 5, low: 1, high: 9, count: 9 }],
    ['B0009', 'B0001', null],
    ['B0001', 'C0009', null],
    ['B001', 'B0009', null],
    ['AB', 'AC', null],
    ['B0000000', 'B9999999', null],
  ])('reads %s to %s', (from, to, expected) => {
    expect(rangeOf(from, to)).toEqual(expected)
  })
})
