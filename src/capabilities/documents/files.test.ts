import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentFile } from '#capabilities/documents/file-runner'
import { header } from '#capabilities/documents/office.fixture'
import { exerciseDocuments } from '#node/exercise-documents'
import { type Ask, asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    running: ['fr', 'ke'],
    seeds: (member) => (member === 'ke' ? exerciseDocuments(new Date()).ke! : {}),
  })
}, 120_000)
afterAll(() => stage[Symbol.asyncDispose]())

const at =
  (member: string) =>
  (path: string, options: Ask = {}) =>
    asPerson(stage, member, 'officer')(`/api/v1/documents${path}`, { purpose: 'border-security', ...options })

const handIn = (raw: string) =>
  at('fr')('/files?name=passports.csv', {
    method: 'POST',
    raw,
    headers: { 'content-type': 'application/octet-stream' },
  })

const begin = (id: string, members: readonly string[] = ['ke']) =>
  at('fr')(`/files/${id}/begin`, { body: { handling: header(new Date(), members), kind: 'passport' } })

const ends = async (id: string) =>
  (
    await until(
      () => at('fr')(`/files/${id}`),
      (it) => it.json.state === 'done' || it.json.state === 'failed',
      60_000,
    )
  ).json

const row = (number: number) => `FX${String(number).padStart(7, '0')},lost,2026-01-02\n`
const rows = (count: number, from = 0) => Array.from({ length: count }, (_, at) => row(from + at)).join('')
const table = (lines: string) => `number,status,date\n${lines}`

const statusAt = (member: string, number: string) => async () =>
  (await at(member)('/look-up', { body: { number } })).json.found?.[0]?.status

describe('the documents of the exercise', () => {
  it('are declared at the first start of a node, and found by the others', async () => {
    expect(await until(statusAt('fr', 'exke 00001'), (it) => it === 'stolen')).toBe('stolen')
    expect(await statusAt('fr', 'EXKE90050')()).toBe('blank-stolen')
  })
})

describe('a file of documents', () => {
  it('is declared in few records, across a stop of the node and without one document twice or missing', async () => {
    const { json, status } = await handIn(table(rows(45_000)))
    expect(status).toBe(201)
    expect(json).toMatchObject({ state: 'handed-in', rows: 45_000, columns: { number: 0, status: 1, declaredAt: 2 } })
    expect((await begin(json.id)).status).toBe(202)
    expect((await begin(json.id)).json.code).toBe('documents/file-state')
    await until(
      () => at('fr')(`/files/${json.id}`),
      (it) => it.json.done > 0,
    )
    await stage.stop('fr')
    await stage.start('fr')
    const ended = await ends(json.id)
    expect(ended).toMatchObject({ state: 'done', done: 45_000, declared: 45_000, unchanged: 0, refused: {} })
    expect(ended.records).toBe(5)
    const { services } = stage.node('fr')
    expect(existsSync(documentFile(services, json.id))).toBe(false)
    const own = (await at('fr')('')).json
    expect(own).toMatchObject({ declarations: 5, totals: { lost: 45_000 } })
    for (const number of ['FX0000000', 'FX0009999', 'FX0010000', 'FX0044999'])
      expect(await until(statusAt('ke', number), (it) => it === 'lost')).toBe('lost')
    expect(await statusAt('ke', 'FX0045000')()).toBeUndefined()
    await until(
      async () => stage.node('ke').services.documents.size,
      (it) => it >= 45_000,
    )
    expect((await handIn(table(rows(45_000)))).json).toMatchObject({
      code: 'documents/file-known',
      details: { file: json.id },
    })
  }, 120_000)

  it('that repeats what is declared declares the rest, and says which rows it could not read', async () => {
    const bad = 'FX1,lost,2026-13-01\n,lost,2026-01-02\nFX3,mislaid,2026-01-02\n'
    const found = 'FX0000007,recovered,2026-02-01\n'
    const { json } = await handIn(table(rows(1_010, 44_000) + bad + found))
    await begin(json.id)
    expect(await ends(json.id)).toMatchObject({
      state: 'done',
      rows: 1_014,
      declared: 11,
      unchanged: 1_000,
      records: 1,
      refused: { date: 1, number: 1, status: 1 },
      problems: [
        { line: 1_012, problem: 'date' },
        { line: 1_013, problem: 'number' },
        { line: 1_014, problem: 'status' },
      ],
    })
    expect(await until(statusAt('ke', 'FX0000007'), (it) => it === 'recovered')).toBe('recovered')
  }, 120_000)

  it('can be stopped, and goes on where it was', async () => {
    const { json } = await handIn(table(rows(30_000, 1_000_000)))
    await begin(json.id, [])
    const stopped = await at('fr')(`/files/${json.id}/stop`, { body: {} })
    if (stopped.status === 202) {
      expect(stopped.json.state).toBe('stopped')
      expect((await begin(json.id, [])).status).toBe(202)
    }
    expect(await ends(json.id)).toMatchObject({ state: 'done', declared: 30_000 })
    expect(await statusAt('ke', 'FX1000000')()).toBeUndefined()
  }, 120_000)

  it.each([
    ['has no column of numbers', 'name,date\nx,2026-01-01\n', 'documents/file-columns'],
    ['has no rows', 'number,date\n', 'documents/file-unreadable'],
    ['is no text', Buffer.from([0x6e, 0xff, 0xfe, 0x0a]).toString('latin1'), undefined],
  ])('that %s is refused', async (_, raw, code) => {
    const reply = await at('fr')('/files?name=x', {
      method: 'POST',
      raw: Buffer.from(raw, 'latin1'),
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
    if (code !== undefined) expect(reply.json.code).toBe(code)
  })

  it('fails, and says why, when its header lets it go nowhere', async () => {
    const { json } = await handIn(table(rows(3, 2_000_000)))
    const handling = header(new Date(), [], { audience: { members: [], groups: [], sectors: ['financial'] } })
    await at('fr')(`/files/${json.id}/begin`, { body: { handling, kind: 'passport' } })
    expect((await ends(json.id)).state).toBe('done') // nobody of the sector is a member here: it goes to nobody
    const other = (await handIn(table(rows(3, 3_000_000)))).json
    const red = header(new Date(), ['ke'], { tlp: 'RED' })
    await at('fr')(`/files/${other.id}/begin`, { body: { handling: red, kind: 'passport' } })
    expect(await ends(other.id)).toMatchObject({ state: 'failed', problem: 'documents/second-person', declared: 0 })
  })
})
