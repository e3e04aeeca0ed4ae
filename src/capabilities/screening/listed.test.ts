import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bandFrom } from '#capabilities/screening/bands'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'

/** EXERCISE: nobody named here exists. */

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const person = (id: number, first: string, second: string) =>
  `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>${first}</FIRST_NAME><SECOND_NAME>${second}</SECOND_NAME></INDIVIDUAL>`
const passport =
  '<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>EX7654321</NUMBER></INDIVIDUAL_DOCUMENT>'
const entries = [
  person(999990, 'ORLANDO', 'EXERCISE-FEATHERSTONE').replace('</INDIVIDUAL>', `${passport}</INDIVIDUAL>`),
  person(999991, 'COMPLETIA', 'EXERCISE-BRANNIGAN'),
  person(999992, 'COMPLETIA MAGNOLIA', 'EXERCISE-BRANNIGAN'),
  person(999993, 'EL', 'M'),
]
const list = sample.replace('</INDIVIDUALS>', `${entries.join('')}</INDIVIDUALS>`)
const known = 'Completia Exercise-Brannigan'

let stage: Stage
let officer: ReturnType<typeof asPerson>
let version: number
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  officer = asPerson(stage, 'fr', 'officer')
  const handling = header({
    audience: { members: [], groups: [], sectors: [] },
    purposes: ['sanctions-implementation', 'counter-terrorism'],
  })
  const made = await officer('/api/v1/subjects', { body: { handling, body: subjectBody(known), marks: {} } })
  expect(made.status, made.text).toBe(201)
  const headers = { 'content-type': 'application/octet-stream' }
  await officer('/api/v1/lists/un-sc/parts/xml', { method: 'PUT', raw: list, headers })
  const begun = await officer('/api/v1/lists/un-sc/imports', { body: {} })
  const ended = await until(
    () => officer(`/api/v1/lists/un-sc/imports/${begun.json.id}`),
    (it) => it.json.state !== 'running',
  )
  version = ended.json.version
  await until(
    () => officer('/api/v1/screening/completions?list=un-sc'),
    (it) => it.json.items[0]?.state === 'done',
  )
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

const stated = () => ({ id: 'un-sc', version, generatedAt: expect.any(String) })

describe('possible matches with a list', () => {
  it('name the list and its version, and come with the likest first, page by page', async () => {
    const { json } = await officer('/api/v1/candidates?order=likest')
    const { items } = json
    expect(items.map((it: { theirs: { caption: string } }) => it.theirs.caption)).toEqual([
      'COMPLETIA EXERCISE-BRANNIGAN',
      'COMPLETIA MAGNOLIA EXERCISE-BRANNIGAN',
    ])
    expect(items[0].score).toBeGreaterThan(items[1].score)
    for (const it of items) expect(it).toMatchObject({ band: 'alert', theirs: { list: stated() } })
    const first = await officer('/api/v1/candidates?order=likest&limit=1')
    const second = await officer(`/api/v1/candidates?order=likest&limit=1&after=${first.json.next}`)
    expect([first, second].map((it) => it.json.items[0].id)).toEqual(items.map((it: { id: string }) => it.id))
    expect((await officer(`/api/v1/candidates/${items[0].id}`)).json.theirs.list).toEqual(stated())
  })
})

describe('an answer to a client of yente', () => {
  it.each(['default', 'lists', 'sanctions', 'un-sc', 'un_sc', 'un_sc_sanctions'])(
    'names the version of each list, by whatever name the dataset is asked for: %s',
    async (dataset) => {
      const found = await officer(`/search/${dataset}?q=brannigan`)
      const queries = { q: { schema: 'Person', properties: { name: [known] } } }
      const matched = await officer(`/match/${dataset}`, { body: { queries } })
      for (const { json } of [found, matched]) expect(json.datasets).toMatchObject([{ name: 'un-sc', version }])
    },
  )
})

describe('the catalogue', () => {
  it('calls a list by its title', async () => {
    const { json } = await officer('/catalog')
    const titles = Object.fromEntries(json.datasets.map((it: { name: string; title: string }) => [it.name, it.title]))
    expect(titles).toMatchObject({
      lists: 'Published lists',
      'un-sc': 'United Nations Security Council Consolidated List',
    })
  })
})

describe('a search by hand', () => {
  const search = async (text: string) => (await officer('/api/v1/search', { body: { text } })).json.results

  it('names the list and its version, and what the record states and nobody typed', async () => {
    const listed = (await search(known)).filter((it: { group: string }) => it.group === 'lists')
    expect(listed).toMatchObject([{ list: stated() }, { list: stated() }])
    const [own] = (await search(known)).filter((it: { group: string }) => it.group === 'own')
    expect(own.list).toBeNull()
  })

  it('shows who is called exactly so, although the name is too short for a score that shows it', async () => {
    const [found] = await search('El M')
    expect(found).toMatchObject({ caption: 'EL M', band: 'weak' })
    expect(found.score).toBeLessThan(bandFrom.weak)
    expect(await search('El U')).toEqual([])
    const yente = async (more: string) => (await officer(`/search/lists?q=el%20m${more}`)).json.results
    expect(await yente('')).toMatchObject([{ caption: 'EL M' }])
    expect(await yente('&threshold=0.25')).toEqual([])
  })

  it('takes a year beside the name of a person for the year of birth', async () => {
    const { json } = await officer('/api/v1/search', { body: { text: `${known} 1961` } })
    const best = json.results.find((it: { group: string }) => it.group === 'own')
    expect(best.band).toBe('alert')
    expect(json.readings.map((it: { as: string }) => it.as)).toEqual(['name', 'date'])
    expect(best.lines.map((it: { attribute: string; verdict: string }) => [it.attribute, it.verdict])).toContainEqual([
      'birthDate',
      'missing',
    ])
  })
})

describe('the results of a file', () => {
  it('name the version of the list that was in force, in the rows and in the table', async () => {
    const headers = { 'content-type': 'application/octet-stream' }
    const handed = await officer('/api/v1/batches?name=x', {
      method: 'POST',
      raw: `name,passport\n${known},\n,EX7654321\n`,
      headers,
    })
    const { id } = handed.json.batch
    await officer(`/api/v1/batches/${id}/begin`, { body: { columns: { name: 'name', passport: 'passportNumber' } } })
    await until(
      () => officer(`/api/v1/batches/${id}`),
      (it) => it.json.batch.state === 'done',
    )
    const { items } = (await officer(`/api/v1/batches/${id}/rows`)).json
    const lists = items[0].matches.filter((it: { group: string }) => it.group === 'lists')
    expect(lists[0].list).toEqual(stated())
    expect(items[1]).toMatchObject({ band: 'alert', matches: [{ caption: 'ORLANDO EXERCISE-FEATHERSTONE' }] })
    const { text } = (await officer(`/api/v1/batches/${id}/csv?language=fr`)).json
    expect(text.split('\r\n')[0]).toContain('liste,version de la liste,version')
    expect(text).toContain(`,un-sc,${version},1,`)
    expect(stage.errors).toEqual([])
  })
})
