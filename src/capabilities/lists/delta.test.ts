import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareListings, fieldsOf } from './delta.ts'
import type { Listing } from './record.ts'

const listing: Listing = {
  list: 'un-sc',
  ref: '900001',
  reference: 'QDi.901',
  schema: 'Person',
  names: [
    { value: 'Exercise Talib Nur', kind: 'name', quality: null },
    { value: 'Abu Tamrin', kind: 'alias', quality: 'Low' },
  ],
  properties: { birthDate: ['1971-03-04'] },
  held: [{ schema: 'Passport', properties: { number: ['EX123'], country: ['vn'] } }],
  programmes: ['Al-Qaida'],
  linkedTo: [],
  listedOn: '2015-07-01',
  updatedOn: null,
  remarks: null,
}

describe('compareListings', () => {
  it('names each field with what it had and what it has now', () => {
    const after: Listing = {
      ...listing,
      names: [...listing.names, { value: 'New Name', kind: 'alias', quality: 'Good' }],
      properties: { birthDate: ['1971-03-05'] },
      held: [],
      remarks: 'Reported deceased.',
    }
    expect(compareListings(listing, after)).toEqual([
      { field: 'alias', before: [], after: ['New Name (Good)'] },
      { field: 'birthDate', before: ['1971-03-04'], after: ['1971-03-05'] },
      { field: 'remarks', before: [], after: ['Reported deceased.'] },
      { field: 'Passport', before: ['EX123 · vn'], after: [] },
    ])
  })

  it('finds nothing between an entry and itself, and the same both ways around', () => {
    const values = fc.array(fc.string({ maxLength: 8 }), { maxLength: 4 })
    const entry = fc.record({ programmes: values, remarks: fc.option(fc.string()), linkedTo: values })
    fc.assert(
      fc.property(entry, entry, (one, two) => {
        const [a, b] = [
          { ...listing, ...one },
          { ...listing, ...two },
        ]
        expect(compareListings(a, a)).toEqual([])
        const back = compareListings(b, a).map((it) => ({ field: it.field, before: it.after, after: it.before }))
        expect(new Set(back.map((it) => JSON.stringify(it)))).toEqual(
          new Set(compareListings(a, b).map((it) => JSON.stringify(it))),
        )
      }),
    )
  })
})

describe('fieldsOf', () => {
  it('leaves out what an entry does not say', () => {
    expect([...fieldsOf(listing).keys()]).toEqual([
      'schema',
      'name',
      'alias',
      'birthDate',
      'Passport',
      'programmes',
      'reference',
      'listedOn',
    ])
  })
})
