import { availableParallelism } from 'node:os'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { engineOf } from '#capabilities/screening/engine'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'
import limits from './batch-limits.json' with { type: 'json' }

const alone = { members: [], groups: [], sectors: [] }
const wanted = ['Poolia Exercise-Brannigan', 'Threadwell Exercise-Oldcastle', 'Corey Exercise-Quibell']
const hidden = 'Redolf Exercise-Poolman'
const late = 'Lateline Exercise-Voss'

const { pooledComparisons } = limits
let stage: Stage
beforeAll(async () => {
  Object.assign(limits, { pooledComparisons: 0 }) // what is held here is small
  stage = await openStage({ running: ['fr'] })
  for (const name of wanted) await record(name)
  await record(hidden, { tlp: 'RED' }, 'supervisor')
}, 120_000)
afterAll(async () => {
  Object.assign(limits, { pooledComparisons })
  await stage?.[Symbol.asyncDispose]()
})

const officer: ReturnType<typeof asPerson> = (path, options) => asPerson(stage, 'fr', 'officer')(path, options)
const services = () => stage.node('fr').services

async function record(name: string, change: object = {}, by = 'officer'): Promise<void> {
  const before = engineOf(services()).size
  const body = { handling: header({ audience: alone, ...change }), body: subjectBody(name), marks: {} }
  expect((await asPerson(stage, 'fr', by)('/api/v1/subjects', { body })).status).toBe(201)
  await until(
    async () => engineOf(services()).size,
    (it) => it === before + 1,
  )
}

async function begun(rows: readonly string[]): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream' }
  const { json } = await officer('/api/v1/batches', { method: 'POST', raw: `name\n${rows.join('\n')}\n`, headers })
  await officer(`/api/v1/batches/${json.batch.id}/begin`, { body: { columns: { name: 'name' } } })
  return json.batch.id
}

async function ended(id: string): Promise<void> {
  const { json } = await until(
    () => officer(`/api/v1/batches/${id}`),
    (it) => it.json.batch.state === 'done',
    60_000,
  )
  expect(json.batch.state).toBe('done')
}

async function resultsOf(id: string): Promise<{ name: string; band: string; found: number; matches: unknown }[]> {
  const { rows } = await sql<{ name: string; band: string; found: number; matches: unknown }>`
    select it.name, it.band, it.found, (select jsonb_agg(jsonb_build_array(record, version, score, explanation) order by record)
      from screening_matches as met where met.batch = it.batch and met.at = it.at) as matches
    from screening_rows as it where it.batch = ${id} order by it.at`.execute(services().store.db)
  return rows
}

/** Every tenth row is somebody known, somebody hidden or somebody like them. */
const people = [...wanted, hidden, 'Poolia Brannigan', 'Threadwel Exercise Oldcastel']
const rows = Array.from({ length: limits.pooledRows }, (_, at) =>
  at % 10 === 0 ? people[(at / 10) % people.length]! : `Nobody Number${at}`,
)

describe.skipIf(availableParallelism() < 2)('the screening of a large file', () => {
  it('finds with threads what one thread finds, row by row, with the same reasons', async () => {
    const select = vi.spyOn(engineOf(services()), 'select')
    const half = rows.length / 2
    const small = [await begun(rows.slice(0, half)), await begun(rows.slice(half))]
    for (const id of small) await ended(id)
    expect(select).not.toHaveBeenCalled()
    const large = await begun(rows)
    await ended(large)
    expect(select).toHaveBeenCalled()
    const one = [...(await resultsOf(small[0]!)), ...(await resultsOf(small[1]!))]
    const many = await resultsOf(large)
    expect(many).toEqual(one)
    expect(many.filter((it) => it.band === 'alert').length).toBeGreaterThan(half / 10)
    expect(many.filter((it) => it.name === hidden).every((it) => it.found === 0)).toBe(true)
  }, 120_000)

  it('pauses, goes on where it was, and meets a record that came meanwhile', async () => {
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const lock = services()
      .store.db.transaction()
      .execute(async (transaction) => {
        await sql`lock table screening_rows in share mode`.execute(transaction)
        locked.resolve()
        await held.promise
      })
    await locked.promise
    const id = await begun([...rows, late])
    const pausing = officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'paused' } })
    held.resolve()
    await lock
    expect((await pausing).json.state).toBe('paused')
    const { done } = (await officer(`/api/v1/batches/${id}`)).json.batch
    expect(done).toBeLessThan(rows.length)
    await record(late)
    await officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'running' } })
    await ended(id)
    const results = await resultsOf(id)
    expect(results.map((it) => it.name)).toEqual([...rows, late])
    expect(results.at(-1)).toMatchObject({ band: 'alert', found: 1 })
    expect(stage.errors).toEqual([])
  }, 120_000)
})
