import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyFtmDelta } from '#formats/ftm-delta'
import { readFtmList } from '#formats/ftm-list'
import { hashOf } from '#kernel/canonical'
import { createMatchingIndex } from '#matching/name-index'
import { flattenListing, type Listing, listingOf } from './record.ts'
import { surveyList } from './survey.ts'
import { contentHash } from './versions.ts'

interface Exercise {
  readonly id: string
  readonly schema: string
  readonly target: boolean
  readonly properties: Record<string, string[]>
}

const names = ['Ana EXERCISE', 'Boris EXERCISE', 'Chen Exercise-Li', 'Dina EXERCISE', 'دينا تمرين', 'Анна Упражнение']
const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const entity = fc
  .record({
    id: ids,
    some: fc.subarray(names, { minLength: 1 }),
    year: fc.constantFrom('1970', '1980-02', '1990-03-04'),
  })
  .map(
    ({ id, some, year }): Exercise => ({
      id,
      schema: 'Person',
      target: true,
      properties: { name: some.slice(0, 1), alias: some.slice(1), birthDate: [year] },
    }),
  )
const passport = fc.record({ id: ids, holder: ids, number: fc.constantFrom('EX12345', 'EX99999') }).map(
  ({ id, holder, number }): Exercise => ({
    id: `p-${id}`,
    schema: 'Passport',
    target: false,
    properties: { holder: [holder], number: [number] },
  }),
)
const version = fc.uniqueArray(fc.oneof(entity, passport), { selector: (it) => it.id, maxLength: 9 })

const always = {
  id: 'always',
  schema: 'Person',
  target: true,
  properties: { name: ['Always EXERCISE'] },
} satisfies Exercise
const linesOf = (values: readonly unknown[]) => values.map((it) => `${JSON.stringify(it)}\n`).join('')

function deltaOf(before: readonly Exercise[], after: readonly Exercise[]): string {
  const [had, has] = [new Map(before.map((it) => [it.id, it])), new Map(after.map((it) => [it.id, it]))]
  return linesOf([
    ...before.filter((it) => !has.has(it.id)).map(({ id }) => ({ op: 'DEL', entity: { id } })),
    ...after
      .filter((it) => JSON.stringify(had.get(it.id)) !== JSON.stringify(it))
      .map((it) => ({ op: had.has(it.id) ? 'MOD' : 'ADD', entity: it })),
  ])
}

async function* whole(text: string) {
  yield text
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const it of lines) text += it
  return text
}

async function listingsOf(file: string): Promise<Map<string, Listing>> {
  const found = new Map<string, Listing>()
  for await (const it of readFtmList(whole(file)))
    if (it.kind === 'entry') found.set(it.entry.ref, listingOf('exercise', it.entry))
  return found
}

describe('a list brought up to date by deltas', () => {
  it('has the same entries, the same content hash and gives the same answers as one that is built anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(version, { minLength: 2, maxLength: 4 }), async (versions) => {
        const all = versions.map((it) => [always, ...it])
        let file = linesOf(all[0]!)
        let held = await listingsOf(file)
        const grown = createMatchingIndex()
        for (const [ref, it] of held) grown.put(flattenListing(it, ref))
        for (const [at, after] of all.slice(1).entries()) {
          file = await textOf(applyFtmDelta(whole(file), whole(deltaOf(all[at]!, after))))
          const rows = [...held].map(
            ([ref, it]) => [ref, { list: 'exercise', ref, record: ref, digest: hashOf(it) }] as const,
          )
          const { plans, removed } = await surveyList(readFtmList(whole(file)), 'exercise', new Map(rows) as never)
          for (const { ref } of removed) grown.remove(ref)
          for (const { listing } of plans) grown.put(flattenListing(listing, listing.ref))
          held = await listingsOf(file)
        }
        const built = await listingsOf(linesOf(all.at(-1)!))
        expect(held).toEqual(built)
        const hash = (listings: Map<string, Listing>) =>
          contentHash(new Map([...listings].map(([ref, it]) => [ref, hashOf(it)])))
        expect(hash(held)).toBe(hash(built))
        const fresh = createMatchingIndex()
        for (const [ref, it] of built) fresh.put(flattenListing(it, ref))
        expect(grown.size).toBe(fresh.size)
        for (const name of names) {
          const query = { id: 'query', schema: 'Person', properties: { name: [name], birthDate: ['1980'] } } as const
          const options = { limit: 20, threshold: 0.01 }
          expect(grown.search(query, options)).toEqual(fresh.search(query, options))
        }
      }),
      { numRuns: 40 },
    )
  })
})
