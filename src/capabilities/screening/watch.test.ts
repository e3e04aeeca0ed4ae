import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { populationOf } from '#capabilities/screening/population'
import { addTime } from '#kernel/clock'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const columns = { columns: { name: 'name', ref: 'reference' } }
const day = (days: number) => addTime(new Date(), days, 'days')
/** Other words for every test, so that each waits for its own. */
const names = [
  'Watchia Exercise-Brannigan',
  'Gaptown Exercise-Oldcastle',
  'Latecomer Exercise-Quibell',
  'Endless Exercise-Voss',
]

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  await importNow([])
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

const as = (username: string) => asPerson(stage, 'fr', username)
const officer: ReturnType<typeof asPerson> = (path, options) =>
  as('officer')(path, { purpose: 'sanctions-implementation', ...options })
const services = () => stage.node('fr').services

/** Imports the sample with entries of these names. */
async function importNow(listed: readonly string[]): Promise<number> {
  const entries = listed.map((name) => {
    const [first, second] = name.split(' ')
    const id = 990_000 + names.indexOf(name)
    return `<INDIVIDUAL><DATAID>${id}</DATAID><FIRST_NAME>${first}</FIRST_NAME><SECOND_NAME>${second}</SECOND_NAME></INDIVIDUAL>`
  })
  const raw = sample.replace('</INDIVIDUALS>', `${entries.join('')}</INDIVIDUALS>`)
  const headers = { 'content-type': 'application/octet-stream' }
  await officer('/api/v1/lists/un-sc/parts/xml', { method: 'PUT', raw, headers })
  const begun = await officer('/api/v1/lists/un-sc/imports', { body: {} })
  const { json } = await until(
    () => officer(`/api/v1/lists/un-sc/imports/${begun.json.id}`),
    (it) => it.json.state !== 'running',
  )
  expect(json.state).toBe('done')
  await until(
    () => officer('/api/v1/screening/completions?list=un-sc'),
    (it) => it.json.items[0]?.version === json.version,
  )
  return json.version
}

async function screened(rows: readonly string[]): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream' }
  const raw = `ref,name\n${rows.map((it, at) => `r${at},${it}\n`).join('')}`
  const { json } = await officer('/api/v1/batches?name=people.csv', { method: 'POST', raw, headers })
  await officer(`/api/v1/batches/${json.batch.id}/begin`, { body: columns })
  await until(
    () => officer(`/api/v1/batches/${json.batch.id}`),
    (it) => it.json.batch.state === 'done',
  )
  return json.batch.id
}

const keep = (id: string, end = day(7), by = officer) =>
  by(`/api/v1/batches/${id}/watch`, { method: 'PUT', body: { until: end } })
const batchOf = async (id: string) => (await officer(`/api/v1/batches/${id}`)).json.batch
const rowsOf = async (id: string) => (await officer(`/api/v1/batches/${id}/rows`)).json.items
const found = (id: string, unseen = 1) =>
  until(
    () => batchOf(id),
    (it) => it.watch?.unseen === unseen,
  )

describe('a file under watch', () => {
  it('is told of the entry that a new version brings, with that version, and the completion counts it', async () => {
    const id = await screened(['Nobody Atall', names[0]!])
    const other = await screened([names[0]!])
    expect((await batchOf(id)).watch).toBeNull()
    expect((await keep(id)).status).toBe(200)
    const version = await importNow(names.slice(0, 1))
    expect((await found(id)).watch).toMatchObject({ mine: true, unseen: 1, purpose: 'sanctions-implementation' })
    const rows = await rowsOf(id)
    expect(rows).toMatchObject([
      { band: 'none', matches: [] },
      { band: 'alert', gone: 0, matches: [{ group: 'lists', dataset: 'un-sc', later: { version } }] },
    ])
    expect((await batchOf(id)).counts).toMatchObject({ alert: 1, none: 1 })
    expect((await rowsOf(other))[0].matches).toEqual([])
    const { json } = await officer('/api/v1/screening/completions?list=un-sc')
    expect(json.items[0]).toMatchObject({ version, watched: 2, matches: 1 })
  })

  it('scores the match as the screening of the file would', async () => {
    const id = await screened([names[0]!])
    const [again] = await rowsOf(id)
    const { rows } = await sql<{ score: number }>`
      select score from screening_matches where found_at is not null`.execute(services().store.db)
    expect(rows).toEqual([{ score: again.matches[0].score }])
  })

  it('learns of what changed between its screening and its watch', async () => {
    const id = await screened([names[1]!])
    const version = await importNow(names.slice(0, 2))
    expect((await rowsOf(id))[0].matches).toEqual([])
    await keep(id)
    await found(id)
    expect((await rowsOf(id))[0]).toMatchObject({ band: 'alert', matches: [{ later: { version } }] })
    await officer(`/api/v1/batches/${id}/watch/seen`, { body: {} })
    expect((await batchOf(id)).watch.unseen).toBe(0)
  })

  it('is still watched after a restart', async () => {
    const id = await screened([names[2]!])
    await keep(id)
    await stage.stop('fr')
    await stage.start('fr')
    expect(populationOf(services()).batches.get(id)).toEqual([1])
    await importNow(names.slice(0, 3))
    expect((await found(id)).watch.unseen).toBe(1)
  })

  it('is kept by nobody who may not know of it, not twice, not for long and not before it is screened', async () => {
    const id = await screened(['Nobody Else'])
    const headers = { 'content-type': 'application/octet-stream' }
    const waiting = await officer('/api/v1/batches', { method: 'POST', raw: 'ref,name\nr,Nobody\n', headers })
    expect(await keep(waiting.json.batch.id)).toMatchObject({ status: 409, json: { code: 'batches/state' } })
    expect((await keep(id, day(7), as('legal'))).status).toBe(404)
    for (const end of [day(-1), day(40)])
      expect(await keep(id, end)).toMatchObject({ status: 422, json: { code: 'batches/watch-end' } })
    expect((await keep(id, day(7), as('supervisor'))).status).toBe(200)
    expect(await keep(id)).toMatchObject({ status: 409, json: { code: 'batches/watched' } })
    expect((await batchOf(id)).watch.mine).toBe(false)
    expect((await officer(`/api/v1/batches/${id}/watch/seen`, { body: {} })).status).toBe(404)
  })

  it('ends by a person, by its day, with its file, and when its keeper may no longer screen', async () => {
    const [stopped, over, deleted, left] = [
      await screened([names[3]!]),
      await screened([names[3]!]),
      await screened([names[3]!]),
      await screened([names[3]!]),
    ]
    for (const id of [stopped, over, deleted]) await keep(id)
    await keep(left, day(7), as('supervisor'))
    await officer(`/api/v1/batches/${stopped}/watch`, { method: 'DELETE' })
    const { db } = services().store
    await sql`update screening_watches set until = now() - interval '1 second' where batch = ${over}`.execute(db)
    await officer(`/api/v1/batches/${deleted}`, { method: 'DELETE' })
    const people = db.withTables<{ people: Record<string, unknown> & { id: string } }>()
    const { by } = (await batchOf(left)).watch
    const write = (roles: string[]) =>
      people
        .updateTable('people')
        .set({ roles: JSON.stringify(roles) })
        .where('id', '=', by)
        .execute()
    await write(['administrator'])
    await importNow(names)
    await write(['supervisor'])
    expect((await batchOf(left)).watch).toMatchObject({ problem: 'batches/role-lost', unseen: 0 })
    for (const id of [stopped, over, left]) expect((await rowsOf(id))[0].matches).toEqual([])
    const { batches } = populationOf(services())
    for (const id of [stopped, over, deleted]) expect(batches.has(id)).toBe(false)
    expect(stage.errors).toEqual([])
  })
})
