import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createEngine, engineOf } from '#capabilities/screening/engine'
import { readKeptIndex } from '#capabilities/screening/index-file'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'

const names = ['Segmenta Exercise-Brannigan', 'Keptwell Exercise-Oldcastle', 'Changeling Exercise-Quibell']

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  for (const name of names) {
    const handling = header({ audience: { members: [], groups: [], sectors: [] } })
    const made = await officer('/api/v1/subjects', { body: { handling, body: subjectBody(name), marks: {} } })
    expect(made.status).toBe(201)
  }
  await until(
    async () => engineOf(services()).size,
    (it) => it === names.length,
  )
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

const officer: ReturnType<typeof asPerson> = (path, options) => asPerson(stage, 'fr', 'officer')(path, options)
const services = () => stage.node('fr').services
const file = () => join(services().settings.dataDirectory, 'screening', 'index.segment')

async function search(text: string) {
  const { json } = await officer('/api/v1/search', { body: { text } })
  return json.results.map((it: { id: string; caption: string; score: number }) => ({ ...it }))
}
const captions = async (text: string) => (await search(text)).map((it: { caption: string }) => it.caption)

async function restart(between: () => void | Promise<void> = () => undefined): Promise<void> {
  const path = file()
  await stage.stop('fr')
  expect(existsSync(path)).toBe(true)
  await between()
  await stage.start('fr')
}

describe('the kept index', () => {
  it('is written at the end and gives the same answers at the next start', async () => {
    const before = await search(names[0]!)
    expect(before).toHaveLength(1)
    await restart()
    expect((await readKeptIndex(services(), {}))?.digests.size).toBe(names.length)
    expect(engineOf(services()).size).toBe(names.length)
    expect(await search(names[0]!)).toEqual(before)
  })

  it('spares what is in it as the store has it, and takes again what was removed meanwhile', async () => {
    const { index, digests } = (await readKeptIndex(services(), {}))!
    const put = vi.spyOn(index, 'put')
    const engine = createEngine(services().kinds, 'fr', { kept: { index, digests } })
    const rows = await services().store.db.selectFrom('records').selectAll().where('type', '=', 'subject').execute()
    for (const row of rows) engine.put(row)
    expect(put).not.toHaveBeenCalled()
    engine.remove(rows[0]!.id)
    expect(engine.size).toBe(rows.length - 1)
    engine.put(rows[0]!)
    expect(put).toHaveBeenCalledTimes(1)
    expect(engine.size).toBe(rows.length)
  })

  it('gives way to the store: what changed or went since it was written is indexed anew or gone', async () => {
    const { db } = services().store
    const { json } = await officer('/api/v1/subjects')
    const idOf = (name: string) => json.items.find((it: { caption: string }) => it.caption === name).id
    const old = readFileSync(file())
    await officer(`/api/v1/records/${idOf(names[1]!)}/recall`, { body: { reason: 'Recorded by mistake.' } })
    await sql`update records set body = replace(body::text, ${names[2]}, 'Renamed Exercise-Zimbalist')::jsonb
      where id = ${idOf(names[2]!)}`.execute(db)
    const path = file()
    await restart(() => writeFileSync(path, old))
    expect(engineOf(services()).size).toBe(names.length - 1)
    expect(await captions(names[1]!)).toEqual([])
    expect(await search(names[2]!)).toEqual([])
    expect(await search('Renamed Exercise-Zimbalist')).toHaveLength(1)
    expect(await captions(names[0]!)).toEqual([names[0]])
  })

  it('is left aside when it is damaged, and everything is indexed anew', async () => {
    const path = file()
    await restart(() => {
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1]! ^= 0xff
      writeFileSync(path, bytes)
    })
    expect(engineOf(services()).size).toBe(names.length - 1)
    expect(await captions(names[0]!)).toEqual([names[0]])
    expect(stage.errors).toEqual([])
  })
})
