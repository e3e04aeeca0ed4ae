import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { header, subjectBody } from '../../../test/wire-kit.ts'

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const known = 'Completia Exercise-Brannigan'
const entry = `<INDIVIDUAL><DATAID>999999</DATAID><FIRST_NAME>COMPLETIA</FIRST_NAME><SECOND_NAME>EXERCISE-BRANNIGAN</SECOND_NAME></INDIVIDUAL>`
const next = sample.replace('</INDIVIDUALS>', `${entry}</INDIVIDUALS>`)

let stage: Stage
let officer: ReturnType<typeof asPerson>
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  officer = asPerson(stage, 'fr', 'officer')
  const handling = header({
    audience: { members: [], groups: [], sectors: [] },
    purposes: ['sanctions-implementation'],
  })
  const made = await officer('/api/v1/subjects', { body: { handling, body: subjectBody(known), marks: {} } })
  expect(made.status, made.text).toBe(201)
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

async function importNow(raw: string): Promise<{ version: number }> {
  const headers = { 'content-type': 'application/octet-stream' }
  await officer('/api/v1/lists/un-sc/parts/xml', { method: 'PUT', raw, headers })
  const begun = await officer('/api/v1/lists/un-sc/imports', { body: {} })
  expect(begun.status, begun.text).toBe(202)
  const ended = await until(
    () => officer(`/api/v1/lists/un-sc/imports/${begun.json.id}`),
    (it) => it.json.state !== 'running',
  )
  expect(ended.json.state).toBe('done')
  return ended.json
}

const completionOf = async (version: number) => {
  const { json } = await until(
    () => officer('/api/v1/screening/completions?list=un-sc'),
    (it) => it.json.items[0]?.version === version,
  )
  return json.items[0]
}

describe('the completion of a version of a list', () => {
  it('says that the people known were compared with all of it, and what came of it', async () => {
    const first = await importNow(sample)
    const whole = await completionOf(first.version)
    expect(whole).toMatchObject({ state: 'done', version: first.version, people: 1, candidates: 0, waiting: 0 })
    expect(whole.entries).toBeGreaterThan(1)
    expect(Date.parse(whole.doneAt)).toBeGreaterThanOrEqual(Date.parse(whole.begunAt))
  })

  it('counts the entries that changed and the candidate that one of them made, once over restarts', async () => {
    const second = await importNow(next)
    const delta = await completionOf(second.version)
    expect(delta).toMatchObject({ state: 'done', entries: 1, people: 1, candidates: 1 })
    const { json } = await officer('/api/v1/lists')
    expect(delta.contentHash).toBe(json.items.find((it: { id: string }) => it.id === 'un-sc').contentHash)
    await stage.stop('fr')
    await stage.start('fr')
    const after = (await officer('/api/v1/screening/completions?list=un-sc')).json.items
    expect(after.map((it: { version: number }) => it.version)).toEqual([second.version, second.version - 1])
    expect(after[0]).toEqual(delta)
  })

  it('counts what left the list, and makes no line for an import that changes nothing', async () => {
    const other = next.replace('999999', '999998').replace('COMPLETIA', 'ZEBEDEE').replace('BRANNIGAN', 'QUILTER')
    const third = await importNow(other)
    expect(await completionOf(third.version)).toMatchObject({ entries: 2, candidates: 0 })
    const same = await importNow(other)
    expect(same.version).toBe(third.version)
    const { json } = await officer('/api/v1/screening/completions?list=un-sc')
    expect(json.items).toHaveLength(3)
  })

  it('is in the audit once for each version', async () => {
    const trail = await readTrail(stage.node('fr').services.store)
    const ends = trail.filter((it) => it.object?.type === 'list' && it.act === 'match')
    expect(ends.map((it) => it.details.candidates)).toEqual([0, 1, 0])
    expect(stage.errors).toEqual([])
  })
})
