import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, ask, asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'

/** Requests as a client of OpenSanctions sends them. EXERCISE: nobody named here exists. */

const name = 'Kestutis Exercise-Wroblewicz'
const alone = { members: [], groups: [], sectors: [] }
const protectedValues = ['EXERCISE-RELIGION', 'EXERCISE-ETHNICITY', 'EXERCISE-POLITICAL']

let stage: Stage
let id: string
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  const plain = subjectBody(name)
  const statement = (property: string, value: string) => ({ property, value })
  const body = {
    ...plain,
    statements: {
      ...plain.statements,
      b1: statement('birthDate', '1971-03-04'),
      b2: statement('nationality', 'ke'),
    },
    holds: { p1: { schema: 'Passport', statements: { n1: statement('number', 'K12345678') } } },
  }
  const made = await officer('/api/v1/subjects', {
    body: { handling: header({ audience: alone }), body, marks: {} },
  })
  expect(made.status, made.text).toBe(201)
  id = made.json.id
  await until(
    () => officer(`/search/default?q=${encodeURIComponent(name)}`),
    (it) => it.json.results?.length === 1,
  )
}, 120_000)
afterAll(() => stage[Symbol.asyncDispose]())

const officer = (path: string, options?: Ask) => asPerson(stage, 'fr', 'officer')(path, options)
const example = (properties: object = {}) => ({ schema: 'Person', properties: { name: [name], ...properties } })
const match = (query: string, one: object = example(), more: object = {}) =>
  officer(`/match/default${query}`, { body: { queries: { q: one }, ...more } })
const scores = async (...given: Parameters<typeof match>) =>
  ((await match(...given)).json.responses.q.results as { id: string; score: number }[]).map((it) => it.score)

describe('POST /match/{dataset}', () => {
  it('answers in the shape of yente', async () => {
    const { status, json, text } = await match('?algorithm=logic-v2&limit=5', example({ birthDate: ['1971-03-04'] }))
    expect(status, text).toBe(200)
    expect(json.limit).toBe(5)
    expect(json.matcher.name_match).toMatchObject({ description: expect.any(String), coefficient: 1 })
    const { q } = json.responses
    expect(q).toMatchObject({ status: 200, total: { value: 1, relation: 'eq' }, query: { schema: 'Person' } })
    expect(q.results[0]).toMatchObject({ id, schema: 'Person', datasets: ['subjects'], referents: [], match: true })
    expect(q.results[0].features).toMatchObject({ name_match: 1, dob_matches: 1 })
    expect(q.results[0].explanations.dob_matches.score).toBe(1)
  })

  it.each([
    ['?exclude_schema=Person', 0],
    ['?exclude_schema=Vessel&exclude_schema=Company', 1],
    ['?exclude_schema=Vessel&exclude_schema=Person', 0],
    ['?exclude_dataset=subjects', 0],
    ['?include_dataset=subjects', 1],
    ['?include_dataset=un_sc_sanctions', 0],
    ['?topics=sanction', 0],
    ['?changed_since=2001-01-01', 1],
    ['?changed_since=2999-01-01', 0],
    ['?threshold=0.99&cutoff=0.99', 0],
    ['?fuzzy=false', 1],
  ])('%s finds %i', async (query, count) => {
    expect(await scores(query)).toHaveLength(count)
  })

  it('leaves out entities that the client has decided on', async () => {
    expect(await scores(`?exclude_entity_ids=${id}&exclude_entity_ids=rec_${'0'.repeat(32)}`)).toEqual([])
  })

  it('lets weights take features out or make them count more', async () => {
    const one = example({ birthDate: ['1999-09-19'] })
    const [plain] = await scores('?cutoff=0', one)
    const [without] = await scores('?cutoff=0', one, { weights: { dob_year_disjoint: 0 } })
    expect(without).toBeGreaterThan(plain!)
  })

  it('takes weights and settings of other algorithms, which change nothing', async () => {
    const more = { weights: { name_literal: 0.1 }, config: { nm_number_mismatch: 0.4 } }
    expect(await scores('', example(), more)).toEqual(await scores(''))
  })

  it('refuses an algorithm and a dataset that it does not have', async () => {
    expect((await match('?algorithm=astrology')).json.code).toBe('screening/no-algorithm')
    const mistyped = await officer('/match/defualt', { body: { queries: { q: example() } } })
    expect([mistyped.status, mistyped.json.code]).toEqual([404, 'screening/no-dataset'])
  })

  it('answers every query, however long a name among them is', async () => {
    const long = {
      schema: 'Person',
      properties: { name: [Array.from({ length: 500 }, (_, at) => `Word${at}`).join(' ')] },
    }
    const { status, json, text } = await officer('/match/default', { body: { queries: { long, q: example() } } })
    expect(status, text).toBe(200)
    expect(json.responses.long.results).toEqual([])
    expect(json.responses.long.query.properties.name[0]).toHaveLength(1_024)
    expect(json.responses.q.results[0]).toMatchObject({ id })
  })

  it('takes single values, numbers and nothing as properties', async () => {
    const one = { schema: 'Person', properties: { name, birthDate: 1971, nationality: [null, 'ke'] } }
    const { responses } = (await match('', one)).json
    expect(responses.q.results).toHaveLength(1)
    expect(responses.q.query.properties).toEqual({ name: [name], birthDate: ['1971'], nationality: ['ke'] })
  })
})

describe('GET /search/{dataset}', () => {
  const search = (query: string) => officer(`/search/default?q=${encodeURIComponent(name)}&${query}`)

  it('answers in the shape of yente, with facets', async () => {
    const { json, text, status } = await search('limit=1')
    expect(status, text).toBe(200)
    expect(json).toMatchObject({ total: { value: 1, relation: 'eq' }, limit: 1, offset: 0 })
    expect(json.facets.countries).toEqual({ label: 'Countries', values: [{ name: 'ke', label: 'Kenya', count: 1 }] })
    expect(Object.keys(json.facets).sort()).toEqual(['countries', 'datasets', 'topics'])
  })

  it.each([
    ['countries=ke', 1],
    ['countries=fr&countries=ke', 1],
    ['countries=fr&countries=ke&filter_op=AND', 0],
    ['countries=fr', 0],
    ['datasets=subjects', 1],
    ['datasets=lists', 0],
    ['schema=LegalEntity', 1],
    ['schema=Vessel', 0],
    ['filter=birthDate:1971', 1],
    ['filter=birthDate:1972', 0],
    ['offset=1', 0],
    ['simple=true&fuzzy=true&sort=caption:asc&target=true', 1],
  ])('%s gives %i', async (query, count) => {
    const { json, text } = await search(query)
    expect(json.results, text).toHaveLength(count)
  })

  it('finds by a number', async () => {
    expect((await officer('/search/default?q=K12345678')).json.results[0]?.id).toBe(id)
  })
})

describe('GET /entities/{id}', () => {
  it('gives what it holds in its place, unless asked not to', async () => {
    const { json, text } = await officer(`/entities/${id}`)
    expect(json.properties.identification, text).toMatchObject([
      { schema: 'Passport', properties: { number: ['K12345678'] } },
    ])
    expect((await officer(`/entities/${id}?nested=false`)).json.properties.identification).toBeUndefined()
  })

  it('has no entity of another service', async () => {
    for (const other of ['Q7747', 'NK-abc', `rec_${'0'.repeat(32)}`])
      for (const path of ['', '/adjacent', '/adjacent/sanctions'])
        expect((await officer(`/entities/${other}${path}`)).json).toMatchObject({ status: 404, code: 'record/unknown' })
  })

  it('gives it by property and by page', async () => {
    const { json } = await officer(`/entities/${id}/adjacent`)
    expect(json.entity.id).toBe(id)
    expect(json.adjacent.identification).toMatchObject({ total: { value: 1 }, limit: 20, offset: 0 })
    const page = await officer(`/entities/${id}/adjacent/identification?limit=0`)
    expect(page.json).toEqual({ results: [], total: { value: 1, relation: 'eq' }, limit: 0, offset: 0 })
    expect((await officer(`/entities/${id}/adjacent/constructor`)).json.results).toEqual([])
  })
})

describe('the service', () => {
  it('tells what it holds to whom may search it', async () => {
    const { json } = await officer('/catalog')
    expect(json.datasets.map((it: { name: string }) => it.name)).toEqual(['default', 'lists', 'subjects'])
    expect(json.datasets[2]).toMatchObject({ entity_count: 1, index_current: true, load: true })
    expect(json.index_stale).toBe(false)
    expect((await asPerson(stage, 'fr', 'admin')('/catalog')).status).toBe(403)
    expect((await officer('/catalog', { purpose: null })).status).not.toBe(200)
  })

  it('says how it matches and that it is ready to anybody', async () => {
    const port = stage.port('fr')
    expect((await ask(port, '/algorithms')).json).toMatchObject({ default: 'comity', best: 'comity' })
    expect((await ask(port, '/readyz')).json).toEqual({ status: 'ok' })
    expect((await ask(port, '/healthz')).json.status).toBe('ok')
  })
})

describe('protected characteristics', () => {
  const properties = {
    religion: [protectedValues[0]],
    ethnicity: [protectedValues[1]],
    political: [protectedValues[2]],
  }

  it('are dropped from a query: the answer is that of a query without them and does not repeat them', async () => {
    const [with_, without] = [await match('', example(properties)), await match('')]
    expect(with_.json).toEqual(without.json)
    for (const value of protectedValues) expect(with_.text).not.toContain(value)
  })

  it('cannot be filtered by or weighed', async () => {
    const found = await officer(`/search/default?q=${encodeURIComponent(name)}&filter=religion:EXERCISE-RELIGION`)
    expect(found.json.results).toEqual([])
    expect(await scores('', example(properties), { weights: { religion: 5, ethnicity: 5 } })).toEqual(await scores(''))
  })

  it('cannot be recorded, so that no route can give them', async () => {
    const body = subjectBody(name) as { statements: Record<string, object> }
    const statements = { ...body.statements, r1: { property: 'religion', value: protectedValues[0] } }
    const made = await officer('/api/v1/subjects', {
      body: { handling: header({ audience: alone }), body: { ...body, statements }, marks: {} },
    })
    expect(made.status).toBe(422)
    for (const path of [`/entities/${id}`, `/entities/${id}/adjacent`, `/search/default?q=${encodeURIComponent(name)}`])
      expect((await officer(path)).text).not.toMatch(/religion|ethnicity|political/)
  })
})
