import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { MatchEntity } from '#matching/entity'
import { NameClassesBuilder } from '#matching/name-classes-builder'
import { createMatchingIndex, type IndexSettings } from '#matching/name-index'
import { createSearchPool } from '#matching/search-pool'
import { readSegment, writeSegment } from '#matching/segment'

const given = ['Yusuf', 'Harun', 'Tariq', 'Nadia', 'Petros', 'Olena', 'Ngozi', 'Wei', 'Linh', 'Kwame']
const family = ['Mansouri', 'Jindawi', 'Kalanides', 'Tkachuk', 'Okafor', 'Zarmalwal', 'Varelo', 'Ostrowska']

/** EXERCISE: invented people. */
function person(at: number): MatchEntity {
  const name = `${given[at % 10]} ${given[(at >> 3) % 10]} ${family[at % 8]}${String.fromCharCode(97 + (at % 26))}`
  return { id: `p${at}`, schema: 'Person', properties: { name: [name], birthDate: [`19${50 + (at % 50)}-01-02`] } }
}

const people = Array.from({ length: 400 }, (_, at) => person(at))
function filled() {
  const index = createMatchingIndex()
  for (const one of people) index.put(one)
  return index
}
const queryOf = (name: string): MatchEntity[] => [{ id: 'q', schema: 'Person', properties: { name: [name] } }]
const queries = people.map(({ properties }, at): MatchEntity => ({ id: `q${at}`, schema: 'Person', properties }))
const folder = mkdtempSync(join(tmpdir(), 'segment-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('createSearchPool', () => {
  it('answers as the index does, query by query', async () => {
    const index = filled()
    const pool = createSearchPool(index, { threads: 2 })
    const options = { threshold: 0.4, limit: 3 }
    expect(await pool.search(queries, options)).toEqual(queries.map((query) => index.search(query, options)))
    await pool.close()
  })

  it('sees what is put and removed between searches, however much the index grows', async () => {
    const index = createMatchingIndex()
    const pool = createSearchPool(index, { threads: 2 })
    const find = async (query: MatchEntity) => (await pool.search([query], { threshold: 0.3 }))[0]!.map(({ id }) => id)
    expect(await find(queries[7]!)).toEqual([])
    const searches = people.map(async (one, at) => {
      index.put(one)
      const found = await find(queries[at]!)
      expect(found).toContain(one.id)
    })
    await Promise.all(searches)
    index.remove('p7')
    expect(await find(queries[7]!)).not.toContain('p7')
    await pool.close()
  })

  it('finds among the chosen alone, and refuses a choice that rows no longer fit', async () => {
    const index = filled()
    const pool = createSearchPool(index, { threads: 1 })
    const among = index.select((id) => id === 'p3')
    const found = await pool.search(queries.slice(0, 40), { among, threshold: 0 })
    expect(new Set(found.flat().map(({ id }) => id))).toEqual(new Set(['p3']))
    for (let round = 0; round < 4; round++) for (const one of people) index.put(one)
    await expect(pool.search([queries[3]!], { among })).rejects.toMatchObject({ code: 'matching/stale-selection' })
    await pool.close()
  })

  it('weighs an imported pack of names in every thread', async () => {
    const builder = new NameClassesBuilder()
    builder.add('wuzzle, фыркало => Q1')
    const [query] = queryOf('Фыркало Mansouri')
    const listed: MatchEntity = { id: 'w', schema: 'Person', properties: { name: ['Wuzzle Mansouri'] } }
    const find = async (settings: IndexSettings) => {
      const index = createMatchingIndex(settings)
      index.put(listed)
      const pool = createSearchPool(index, { threads: 1 })
      const [found] = await pool.search([query!], { threshold: 0 })
      await pool.close()
      return found![0]!
    }
    const [without, packed] = [await find({}), await find({ pack: builder.build() })]
    expect(packed.score).toBeGreaterThan(without.score)
    expect(packed.evidence.tokens.map(({ rule }) => rule)).toContain('pack')
  })

  it('refuses when it is closed', async () => {
    const pool = createSearchPool(filled(), { threads: 1 })
    await pool.close()
    await expect(pool.search([queries[0]!])).rejects.toMatchObject({ code: 'matching/pool-closed' })
  })
})

describe('readSegment', () => {
  it('loads the index that was written, which goes on taking entities', async () => {
    const index = filled()
    index.remove('p9')
    const path = join(folder, 'people.segment')
    const written = await writeSegment(index, path, { list: 'exercise', version: 3 })
    const { index: loaded, info } = await readSegment(path)
    expect(info).toEqual(written)
    expect(readFileSync(path).includes(JSON.stringify(people[9]!.properties))).toBe(false)
    expect(readFileSync(path).includes(JSON.stringify(people[8]!.properties))).toBe(true)
    expect(loaded.size).toBe(399)
    for (const query of queries)
      expect(loaded.search(query, { threshold: 0.3 })).toEqual(index.search(query, { threshold: 0.3 }))
    loaded.put({ id: 'new', schema: 'Person', properties: { name: ['Zubaydah Quraishimov'] } })
    const [found] = loaded.search(
      { id: 'q', schema: 'Person', properties: { name: ['Zubayda Quraishimov'] } },
      { threshold: 0.3 },
    )
    expect(found?.id).toBe('new')
  })

  it('holds no word of a removed name, and what is left is found as before, in every thread', async () => {
    const index = createMatchingIndex()
    const gone = 'Bezgrovnak Quilthembo'
    const [kept] = queryOf('Tarvunder Oshkelmi')
    index.put({ id: 'gone', schema: 'Person', properties: { name: [gone], alias: ['Zarnuvex'] } })
    index.put({ ...kept!, id: 'kept' })
    const pool = createSearchPool(index, { threads: 1 })
    const options = { threshold: 0.3 }
    const [before] = await pool.search([kept!], options)
    expect(before!.map(({ id }) => id)).toEqual(['kept'])
    const path = join(folder, 'removed.segment')
    const written = async () => {
      await writeSegment(index, path)
      return readFileSync(path).toString('latin1').toLowerCase()
    }
    expect(await written()).toContain('bezgrovnak')
    index.remove('gone')
    const text = await written()
    // The sounds of a word are kept beside its letters.
    for (const part of ['bezgrov', 'quilthem', 'embo', 'zarnuv', 'rovnak']) expect(text).not.toContain(part)
    for (const part of ['tarvunder', 'oshkelmi']) expect(text).toContain(part)
    expect(await pool.search([kept!], options)).toEqual([before])
    expect(await pool.search(queryOf(gone), options)).toEqual([[]])
    await pool.close()
    const { index: loaded } = await readSegment(path)
    expect(loaded.search(kept!, options)).toEqual(before)
    loaded.put({ id: 'back', schema: 'Person', properties: { name: [gone] } })
    expect(loaded.search(queryOf(gone)[0]!, options).map(({ id }) => id)).toEqual(['back'])
  })

  it('refuses what is damaged, cut, or no segment', async () => {
    const path = join(folder, 'damaged.segment')
    await writeSegment(filled(), path)
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1
    writeFileSync(path, bytes)
    await expect(readSegment(path)).rejects.toMatchObject({ code: 'column-file/damaged' })
    writeFileSync(path, bytes.subarray(0, 100))
    await expect(readSegment(path)).rejects.toMatchObject({ code: 'column-file/damaged' })
    writeFileSync(path, 'hello')
    await expect(readSegment(path)).rejects.toMatchObject({ code: 'column-file/damaged' })
  })
})
