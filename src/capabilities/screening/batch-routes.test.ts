import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchFile } from '#capabilities/screening/batch-file'
import { purgeBatches } from '#capabilities/screening/batch-runner'
import { readBatch } from '#capabilities/screening/batch-store'
import { type Ask, asPerson, type Reply } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'

const alone = { members: [], groups: [], sectors: [] }
const wanted = 'Batcha Exercise-Quenneville'
const hidden = 'Redolf Exercise-Zimbalist'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ running: ['fr'], played: ['third'] })
  const record = (username: string, name: string, change: object = {}) =>
    asPerson(
      stage,
      'fr',
      username,
    )('/api/v1/subjects', {
      body: { handling: header({ audience: alone, ...change }), body: subjectBody(name), marks: {} },
    })
  expect((await record('officer', wanted)).status).toBe(201)
  // For the eyes of its author alone.
  expect((await record('supervisor', hidden, { tlp: 'RED' })).status).toBe(201)
  await until(
    () => officer('/api/v1/search', { body: { text: wanted } }),
    (it) => it.json.results.length === 1,
  )
}, 120_000)
afterAll(() => stage[Symbol.asyncDispose]())

const officer = (path: string, options?: Ask) => asPerson(stage, 'fr', 'officer')(path, options)
const as = (username: string) => (path: string, options?: Ask) => asPerson(stage, 'fr', username)(path, options)
const services = () => stage.node('fr').services

const columns = { columns: { name: 'name', ref: 'reference' } }

async function handIn(content: string | Uint8Array, by = officer): Promise<Reply> {
  const headers = { 'content-type': 'application/octet-stream' }
  return by('/api/v1/batches?name=people.csv', { method: 'POST', raw: content, headers })
}

async function begun(rows: readonly string[]): Promise<string> {
  const { json, status, text } = await handIn(`ref,name\n${rows.map((it, at) => `r${at},${it}\n`).join('')}`)
  expect(status, text).toBe(201)
  const { id } = json.batch
  const reply = await officer(`/api/v1/batches/${id}/begin`, { body: columns })
  expect(reply.status, reply.text).toBe(202)
  return id
}

const ends = (id: string, state = 'done') =>
  until(
    () => officer(`/api/v1/batches/${id}`),
    (it) => it.json.batch.state === state,
  )

async function audits(id: string) {
  return (await readTrail(services().store)).filter((it) => it.object?.id === id)
}

/** Holds the runner at its next write until it is let go, so that a test does not race with it. */
async function holdWrites(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const done = services()
    .store.db.transaction()
    .execute(async (transaction) => {
      await sql`lock table screening_rows in share mode`.execute(transaction)
      locked.resolve()
      await held.promise
    })
  await locked.promise
  return async () => {
    held.resolve()
    await done
  }
}

/** Resolves when the runner waits at the lock: its first rows are screened, and nothing is asked of the person before they are written. */
async function heldRunner(): Promise<void> {
  const waiting = await until(
    () =>
      sql`select 1 from pg_locks where not granted and relation = 'screening_rows'::regclass
        and database = (select oid from pg_database where datname = current_database())`.execute(services().store.db),
    (it) => it.rows.length > 0,
  )
  expect(waiting.rows).not.toEqual([])
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `Nobody Number${at}`)

describe('the screening of a file', () => {
  it('explains each row, keeps the bad ones, and tells the audit once at its beginning and once at its end', async () => {
    const id = await begun([wanted, 'Nobody Atall', '', '=cmd|calc'])
    expect((await ends(id)).json.batch).toMatchObject({
      rows: 4,
      done: 4,
      counts: { alert: 1, none: 2, unread: 1, review: 0 },
      purpose: 'counter-terrorism',
    })
    const { json } = await officer(`/api/v1/batches/${id}/rows`)
    expect(json.items).toMatchObject([
      { reference: 'r0', band: 'alert', matches: [{ caption: wanted, group: 'own', lines: [{ attribute: 'name' }] }] },
      { band: 'none' },
      { band: 'unread', rejected: 'formats/no-name' },
      { band: 'none', name: '=cmd|calc' },
    ])
    const filtered = await officer(`/api/v1/batches/${id}/rows?band=alert`)
    expect(filtered.json.items).toHaveLength(1)
    const csv = await officer(`/api/v1/batches/${id}/csv?language=ar`)
    expect(csv.json.text).toContain("'=cmd|calc")
    expect(csv.json.text.split('\r\n')[1]).toMatch(/^EXERCISE,2,r0/)
    const entries = await audits(id)
    expect(entries.map((it) => [it.act, it.details.stage ?? null])).toEqual([
      ['search', 'begin'],
      ['search', 'end'],
      ['export', null],
    ])
    expect(entries[1]!.details).toMatchObject({ rows: 4, done: 4, alert: 1, unread: 1 })
    expect(JSON.stringify(entries)).not.toContain('Batcha')
    expect(existsSync(batchFile(services(), id))).toBe(false)
  })

  it('compares nothing that the person may not know of', async () => {
    const id = await begun([hidden])
    await ends(id)
    const { json } = await officer(`/api/v1/batches/${id}/rows`)
    expect(json.items).toMatchObject([{ band: 'none', matches: [], gone: 0 }])
    const supervisors = await handIn(`ref,name\nr,${hidden}\n`, as('supervisor'))
    await as('supervisor')(`/api/v1/batches/${supervisors.json.batch.id}/begin`, { body: columns })
    const found = await until(
      () => as('supervisor')(`/api/v1/batches/${supervisors.json.batch.id}/rows`),
      (it) => it.json.items.length === 1,
    )
    expect(found.json.items[0]).toMatchObject({ band: 'alert', matches: [{ caption: hidden }] })
  })

  it.each([
    ['leaves', { disabled_at: new Date() }, 'batches/person-gone'],
    ['loses the role', { roles: JSON.stringify(['administrator']) }, 'batches/role-lost'],
  ] as const)('stops with the reason when the person who began it %s', async (_, change, problem) => {
    const letGo = await holdWrites()
    const id = await begun(names(120))
    await heldRunner()
    const { person } = (await readBatch(services().store, id))!
    const people = services().store.db.withTables<{ people: Record<string, unknown> & { id: string } }>()
    const write = (values: Record<string, unknown>) =>
      people.updateTable('people').set(values).where('id', '=', person).execute()
    await write(change)
    await letGo()
    const ended = await until(
      () => readBatch(services().store, id),
      (it) => it?.state === 'failed',
    )
    await write({ disabled_at: null, roles: JSON.stringify(['officer']) })
    expect(ended).toMatchObject({ state: 'failed', problem, done: 50 })
    expect((await audits(id)).at(-1)).toMatchObject({ outcome: 'failed', details: { done: 50 } })
    expect(existsSync(batchFile(services(), id))).toBe(false)
  })

  it('is known to who handed it in and to supervisors, who may not screen in that name', async () => {
    const { json } = await handIn('ref,name\nr,Nobody\n')
    const path = `/api/v1/batches/${json.batch.id}`
    for (const [tail, options] of [
      ['', {}],
      ['/rows', {}],
      ['/csv', {}],
      ['/begin', { body: columns }],
      ['/state', { method: 'PUT', body: { to: 'cancelled' } }],
      ['', { method: 'DELETE' }],
    ] as const)
      expect(await as('legal')(`${path}${tail}`, options), tail).toMatchObject({ status: 404 })
    expect((await as('legal')('/api/v1/batches')).text).not.toContain(json.batch.id)
    expect((await as('auditor')('/api/v1/batches')).status).toBe(403)
    expect((await as('supervisor')(path)).json.batch).toMatchObject({ mine: false })
    expect((await as('supervisor')(`${path}/begin`, { body: columns })).status).toBe(404)
    await as('supervisor')(`${path}/rows`)
    expect((await audits(json.batch.id)).map((it) => it.act)).toEqual(['view'])
    expect((await as('supervisor')(path, { method: 'DELETE' })).status).toBe(200)
    expect((await officer(path)).status).toBe(404)
  })

  it('pauses, goes on where it was, and is not done twice', async () => {
    const release = await holdWrites()
    const id = await begun(names(200))
    const pausing = officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'paused' } })
    await release()
    expect((await pausing).json).toMatchObject({ state: 'paused' })
    const paused = (await officer(`/api/v1/batches/${id}`)).json.batch
    expect(paused.state).toBe('paused')
    expect(paused.done).toBeLessThan(200)
    expect(await officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'paused' } })).toMatchObject({
      status: 409,
      json: { code: 'batches/state' },
    })
    await officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'running' } })
    expect((await ends(id)).json.batch).toMatchObject({ done: 200, counts: { none: 200 } })
    const { rows } = await sql`select 1 from screening_rows where batch = ${id}`.execute(services().store.db)
    expect(rows).toHaveLength(200)
  })

  it('goes on after a restart of the node with the rows that were done kept', async () => {
    const release = await holdWrites()
    const id = await begun(names(200))
    const stopping = stage.stop('fr')
    await release()
    await stopping
    await stage.start('fr')
    expect((await ends(id)).json.batch).toMatchObject({ done: 200, counts: { none: 200 } })
    const lines = await sql<{ line: number }>`select line from screening_rows where batch = ${id} order by at`.execute(
      services().store.db,
    )
    expect(lines.rows.map((it) => it.line)).toEqual(Array.from({ length: 200 }, (_, at) => at + 2))
  })

  it('is cancelled with what was done kept, and does not go on', async () => {
    const release = await holdWrites()
    const id = await begun(names(200))
    const cancelling = officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'cancelled' } })
    await release()
    expect((await cancelling).json.state).toBe('cancelled')
    expect(existsSync(batchFile(services(), id))).toBe(false)
    expect(await officer(`/api/v1/batches/${id}/state`, { method: 'PUT', body: { to: 'running' } })).toMatchObject({
      status: 409,
    })
    expect((await audits(id)).at(-1)?.details).toMatchObject({ stage: 'end', state: 'cancelled' })
  })

  it('loses what its owner took back', async () => {
    const name = 'Ephemera Exercise-Vanishing'
    const body = { handling: header({ audience: alone }), body: subjectBody(name), marks: {} }
    const made = await officer('/api/v1/subjects', { body })
    await until(
      () => officer('/api/v1/search', { body: { text: name } }),
      (it) => it.json.results.length === 1,
    )
    const id = await begun([name])
    await ends(id)
    expect((await officer(`/api/v1/batches/${id}/rows`)).json.items[0].matches).toHaveLength(1)
    await officer(`/api/v1/records/${made.json.id}/recall`, { body: { reason: 'Recorded by mistake.' } })
    const { json } = await officer(`/api/v1/batches/${id}/rows`)
    expect(json.items[0]).toMatchObject({ matches: [], gone: 1 })
  })

  it('is purged when its clock has run out, file and rows', async () => {
    const id = await begun(['Nobody Purged'])
    await ends(id)
    const waiting = (await handIn('ref,name\nr,Nobody\n')).json.batch.id
    const { db } = services().store
    await purgeBatches(services())
    expect((await officer(`/api/v1/batches/${id}`)).status).toBe(200)
    await sql`update screening_batches set kept_until = now() - interval '1 second' where id in (${id}, ${waiting})`.execute(
      db,
    )
    await purgeBatches(services())
    for (const one of [id, waiting]) {
      expect((await officer(`/api/v1/batches/${one}`)).status).toBe(404)
      expect(existsSync(batchFile(services(), one))).toBe(false)
      expect((await audits(one)).at(-1)).toMatchObject({ act: 'erase', actor: { via: 'clock' } })
    }
    expect((await sql`select 1 from screening_rows where batch = ${id}`.execute(db)).rows).toEqual([])
  })

  it('is refused for what is no table, and leaves no file behind', async () => {
    const before = (await officer('/api/v1/batches')).json.items.length
    expect(await handIn(Buffer.from('PK\x03\x04\x00\x00'))).toMatchObject({
      status: 422,
      json: { code: 'batches/unreadable' },
    })
    expect(await handIn('name\n"no end\n')).toMatchObject({ status: 422, json: { code: 'formats/truncated' } })
    const large = { 'content-type': 'application/octet-stream', 'content-length': String(80_000_000) }
    expect(await officer('/api/v1/batches', { method: 'POST', raw: 'x', headers: large })).toMatchObject({
      status: 413,
    })
    expect((await officer('/api/v1/batches')).json.items).toHaveLength(before)
    expect(await officer('/api/v1/batches', { method: 'POST', raw: 'name\nx\n', purpose: null })).toMatchObject({
      status: 422,
      json: { code: 'http/purpose-missing' },
    })
  })

  it('leaves the node without a failure', () => {
    expect(stage.errors).toEqual([])
  })
})

describe('the search', () => {
  it('groups what it finds, tells why, and keeps the typed text out of the audit', async () => {
    const { json } = await officer('/api/v1/search', { body: { text: `${wanted} 1980-01-01` } })
    expect(json.readings.map((it: { as: string }) => it.as)).toEqual(['name', 'date'])
    expect(json.results).toMatchObject([{ caption: wanted, group: 'own', band: 'alert', owner: 'fr' }])
    const last = await services()
      .store.db.selectFrom('ledger_leaves')
      .select('entry')
      .orderBy('index', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(last.entry).toMatchObject({ act: 'search', details: { found: 1, readAs: 'name date' } })
    expect(JSON.stringify(last.entry)).not.toContain('Batcha')
  })

  it('keeps to its filters', async () => {
    const found = async (change: object) =>
      (await officer('/api/v1/search', { body: { text: wanted, ...change } })).json.results.length
    expect(await found({ within: 'own', schema: 'Person', band: 'alert' })).toBe(1)
    expect(await found({ within: 'lists' })).toBe(0)
    expect(await found({ dataset: 'un-sc' })).toBe(0)
    expect(await found({ schema: 'Vessel' })).toBe(0)
    expect(await found({ country: 'fr' })).toBe(0)
    expect(await found({ band: 'weak' })).toBe(0)
  })

  it('finds nothing that is for the eyes of others', async () => {
    expect((await officer('/api/v1/search', { body: { text: hidden } })).json.results).toEqual([])
    expect((await as('supervisor')('/api/v1/search', { body: { text: hidden } })).json.results).toHaveLength(1)
  })
})
