import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatchEntity } from '#matching/entity'
import { createMatchingIndex, type MatchingIndex } from '#matching/name-index'
import { readListed } from '../bench/matching/listed.ts'
import { type Answer, answerAll, ofSet, recallAbove, recallAtOne, thresholdAt } from '../bench/matching/quality.ts'
import { makeSets, type SetName, type Sets } from '../bench/matching/sets.ts'

/** What the engine must hold on the sets of bench/matching, on the part that it is developed with. */

const folder = mkdtempSync(join(tmpdir(), 'matching-'))
afterAll(() => rmSync(folder, { recursive: true }))

let sets: Sets
let index: MatchingIndex
let isReal = false
beforeAll(async () => {
  const { entities, what } = await readListed(folder)
  isReal = what.startsWith('the published')
  sets = makeSets(entities)
  index = createMatchingIndex()
  for (const entity of sets.entities) index.put(entity)
})

const nameOf = (name: string, schema: MatchEntity['schema'] = 'Person'): MatchEntity => ({
  id: 'query',
  schema,
  properties: { name: [name] },
})

describe('the engine on the sets', () => {
  it('finds the right entity first and misses few at one false alarm in a hundred', async () => {
    const search = (query: MatchEntity) => index.search(query, { limit: 10, threshold: 0 })
    const answers = await answerAll(sets, 'development', search)
    const people = (...names: SetName[]) =>
      ofSet(answers, ...names).filter(({ query }: Answer) => query.schema === 'Person')
    const threshold = thresholdAt(ofSet(answers, 'person'), 0.01)
    expect(recallAtOne(people('spelling'))).toBeGreaterThan(0.95)
    expect(recallAbove(people('spelling'), threshold)).toBeGreaterThan(0.9)
    if (!isReal) return
    expect(recallAtOne(ofSet(answers, 'alias'))).toBeGreaterThan(0.7)
    expect(recallAtOne(ofSet(answers, 'arabic'))).toBeGreaterThan(0.94)
    expect(thresholdAt(ofSet(answers, 'person'), 0.005)).toBeLessThan(0.7)
  })

  it('loses next to nothing by not comparing every name', () => {
    const queries = sets.queries.filter(({ of, part }) => of !== '' && part === 'development')
    const step = Math.ceil(queries.length / 40)
    const lost: string[] = []
    for (let at = 0; at < queries.length; at += step) {
      const query = nameOf(queries[at]!.name, queries[at]!.schema)
      const [best] = index.search(query, { limit: 1, threshold: 0.5, exhaustive: true })
      if (best === undefined) continue
      const found = index.search(query, { limit: 20, threshold: 0 })
      if (!found.some(({ score }) => score >= best.score)) lost.push(queries[at]!.name)
    }
    expect(lost.length).toBeLessThanOrEqual(1)
  })

  const words = ['mohammed', 'ali', 'ahmed', 'hassan', 'ibrahim', 'trading', 'company', 'bank', 'al', 'bin', 'a', '7']
  const many = Array.from({ length: 500 }, (_, at) => `${words[at % words.length]}${at % 3 === 0 ? at : ''}`).join(' ')
  it.each([
    ['one letter', nameOf('a'), 0.5],
    ['one letter of another script', nameOf('م'), 0.5],
    ['a lone given name that thousands bear', nameOf('Muhammad'), 0.7],
    ['a form of company alone', nameOf('CORP', 'Company'), 0.5],
    ['forms of company', nameOf('Limited Liability Company LLC', 'Company'), 0.5],
    ['digits alone', nameOf('1234567890'), 0.5],
    ['five hundred words', nameOf(many), 0.7],
    ['one endless word', nameOf('x'.repeat(100_000)), 0.5],
    ['marks without letters', nameOf('\u0301'.repeat(5_000)), 0.5],
    ['lone surrogates', nameOf('\ud800\udc00\ud800'.repeat(300)), 0.5],
    ['zero-width and directional signs', nameOf('\u200b\u202e\u2066'.repeat(1_000)), 0.5],
    ['a pattern', nameOf('(.*)*\\x00%_[a-z]{9999}'), 0.5],
  ])('raises no alarm at %s and is not slowed down by it', (_, query, least) => {
    index.search(query, { threshold: 0 })
    const before = process.threadCpuUsage()
    const found = index.search(query, { threshold: 0, limit: 5 })
    const { user, system } = process.threadCpuUsage(before)
    expect(found.filter(({ score }) => score >= least)).toEqual([])
    expect((user + system) / 1_000).toBeLessThan(30)
  })
})
