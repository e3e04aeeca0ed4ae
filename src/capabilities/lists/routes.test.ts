import { readFileSync, rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partFile } from '#capabilities/lists/uploads'
import { isSignedWith } from '#protocol/jws'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const sdn = readFileSync(new URL('../../formats/samples/ofac/sdn.csv', import.meta.url), 'utf8')
const alt = readFileSync(new URL('../../formats/samples/ofac/alt.csv', import.meta.url), 'utf8')
const hostile = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'

let stage: Stage
let officer: ReturnType<typeof asPerson>

beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
  officer = asPerson(stage, 'fr', 'officer')
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

const handIn = (list: string, part: string, raw: string | Uint8Array) =>
  officer(`/api/v1/lists/${list}/parts/${part}`, {
    method: 'PUT',
    raw,
    headers: { 'content-type': 'application/octet-stream' },
  })

const importOf = (list: string, id: string) => officer(`/api/v1/lists/${list}/imports/${id}`).then((it) => it.json)

async function importNow(list: string, body: object = {}, by = officer) {
  const begun = await by(`/api/v1/lists/${list}/imports`, { body })
  expect(begun.status, begun.text).toBe(202)
  const ended = await until(
    () => importOf(list, begun.json.id),
    (it) => it.state !== 'running',
  )
  return ended
}

const listOf = async (id: string) =>
  (await officer('/api/v1/lists')).json.items.find((it: { id: string }) => it.id === id)

describe('an import', () => {
  let first: string

  it('runs at the node, and its history says who, when, which files and what came of it', async () => {
    await handIn('un-sc', 'xml', sample)
    expect((await listOf('un-sc')).handedIn).toMatchObject([{ part: 'xml', bytes: Buffer.byteLength(sample) }])
    const ended = await importNow('un-sc')
    first = ended.id
    expect(ended).toMatchObject({
      state: 'done',
      problem: null,
      progress: null,
      by: { name: expect.stringContaining('officer') },
      files: [{ part: 'xml', bytes: Buffer.byteLength(sample), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    })
    expect(ended.report.added).toBe(ended.report.entries)
    const list = await listOf('un-sc')
    expect(list).toMatchObject({ handedIn: [], last: { id: first, report: { added: ended.report.added } } })
  })

  it('counts as findable what a search can find, and that is every entry once it is worked through', async () => {
    const list = await until(
      () => listOf('un-sc'),
      (it) => it.findable === it.entries,
    )
    expect(list.findable).toBe(list.entries)
    expect(list.entries).toBeGreaterThan(1)
  })

  it('tells field by field what a later one changed, and names what was added and removed', async () => {
    const before = (await listOf('un-sc')).entries
    const next = sample
      .replace('Invented judge', hostile)
      .replace(/<ENTITY>[\s\S]*?<\/ENTITY>/, '')
      .replace(
        '</INDIVIDUALS>',
        '<INDIVIDUAL><DATAID>999999</DATAID><FIRST_NAME>NEW</FIRST_NAME><SECOND_NAME>EXERCISE</SECOND_NAME></INDIVIDUAL></INDIVIDUALS>',
      )
    await handIn('un-sc', 'xml', next)
    const ended = await importNow('un-sc')
    expect(ended.report).toMatchObject({ added: 1, changed: 1, removed: 1, entries: before })
    const { json } = await officer(`/api/v1/lists/un-sc/imports/${ended.id}/changes`)
    const byKind = Object.groupBy(json.items as { change: string }[], (it) => it.change)
    expect(byKind.added).toMatchObject([{ ref: '999999', fields: [] }])
    expect(byKind.removed).toHaveLength(1)
    expect(byKind.changed).toMatchObject([
      {
        fields: [{ field: 'position', before: ['Invented judge'], after: ['<img src=x onerror="alert(1)">'] }],
      },
    ])
    const only = await officer(`/api/v1/lists/un-sc/imports/${ended.id}/changes?change=added&q=exercise%25`)
    expect(only.json.items).toEqual([])
    const named = await officer(`/api/v1/lists/un-sc/imports/${ended.id}/changes?change=added&q=exercise`)
    expect(named.json.items).toHaveLength(1)
    const shown = await officer(`/api/v1/records/${named.json.items[0].record}`)
    expect(shown.json).toMatchObject({ type: 'listing', body: { ref: '999999' } })
    expect((await officer('/api/v1/lists/un-sc/imports')).json.items.map((it: { id: string }) => it.id)).toEqual([
      ended.id,
      first,
    ])
  })

  it('keeps who may not read records out of what it changed', async () => {
    const path = `/api/v1/lists/un-sc/imports/${first}/changes`
    for (const role of ['auditor', 'admin']) expect((await asPerson(stage, 'fr', role)(path)).status).toBe(403)
    expect((await asPerson(stage, 'fr', 'auditor')('/api/v1/lists/un-sc/imports')).status).toBe(200)
    expect((await asPerson(stage, 'fr', 'auditor')('/api/v1/lists/un-sc/imports', { body: {} })).status).toBe(403)
    expect((await officer('/api/v1/lists/un-sc/entries', { purpose: null })).json.code).toBe('http/purpose-missing')
  })

  it('refuses a file of another kind, a collapsed one and none at all, and says why in its history', async () => {
    expect((await officer('/api/v1/lists/un-sc/imports', { body: {} })).json.code).toBe('lists/part-missing')
    await handIn('un-sc', 'xml', '<!doctype html><title>Not found</title>')
    expect(await importNow('un-sc')).toMatchObject({ state: 'failed', problem: { code: 'lists/web-page' } })
    await handIn('un-sc', 'xml', sample.replaceAll(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g, ''))
    const collapsed = await importNow('un-sc')
    expect(collapsed).toMatchObject({ state: 'failed', problem: { code: 'lists/collapsed' }, report: null })
    await handIn('un-sc', 'xml', sample.replaceAll(/<(INDIVIDUAL|ENTITY)_ALIAS>[\s\S]*?<\/\1_ALIAS>/g, ''))
    expect(await importNow('un-sc')).toMatchObject({ state: 'failed', problem: { code: 'lists/collapsed' } })
    const wrong = '<INDIVIDUAL><DATAID>1</DATAID></INDIVIDUAL>'.replace('1', '7')
    const many = Array.from({ length: 40 }, (_, at) => wrong.replace('7', String(7_000 + at))).join('')
    await handIn('un-sc', 'xml', sample.replace('</INDIVIDUALS>', `${many}</INDIVIDUALS>`))
    expect(await importNow('un-sc')).toMatchObject({ state: 'failed', problem: { code: 'lists/too-many-rejected' } })
    await handIn('us-ofac-sdn', 'sdn', sample)
    // Without the file of the aliases, two names in three would be lost without a word.
    const alone = await officer('/api/v1/lists/us-ofac-sdn/imports', { body: {} })
    expect(alone.json).toMatchObject({ code: 'lists/part-missing', title: expect.stringContaining('alt') })
    await handIn('us-ofac-sdn', 'alt', alt)
    expect(await importNow('us-ofac-sdn')).toMatchObject({
      state: 'failed',
      problem: { code: 'formats/not-ofac-list' },
    })
    expect((await listOf('us-ofac-sdn')).handedIn).toHaveLength(2)
    await handIn('us-ofac-sdn', 'sdn', sdn)
    expect(await importNow('us-ofac-sdn')).toMatchObject({ state: 'done' })
  })
})

describe('a file that fails a check', () => {
  it('is imported all the same only by a supervisor who says why, and the history and the trail keep the reason', async () => {
    const supervisor = asPerson(stage, 'fr', 'supervisor')
    await handIn('un-sc', 'xml', sample.replaceAll(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g, ''))
    const ask = (by: typeof officer, body: object) => by('/api/v1/lists/un-sc/imports', { body })
    const reason = 'The committee removed them all in this exercise.'
    expect((await ask(officer, { force: true, reason })).json.code).toBe('lists/force-refused')
    expect((await ask(supervisor, { force: true })).json.code).toBe('lists/force-refused')
    expect((await ask(supervisor, { force: true, reason: 'no' })).json.code).toBe('lists/force-refused')
    const ended = await importNow('un-sc', { force: true, reason }, supervisor)
    expect(ended).toMatchObject({ state: 'done', forced: reason })
    const trail = await asPerson(stage, 'fr', 'auditor')('/api/v1/audit/entries?act=import&limit=5')
    expect(JSON.stringify(trail.json)).toContain(reason)
    await handIn('un-sc', 'xml', sample)
    expect(await importNow('un-sc')).toMatchObject({ state: 'done', forced: null })
  })
})

describe('versions', () => {
  it('are numbered, signed and told by what the entries say, whatever the order of the file', async () => {
    const { services } = stage.node('fr')
    const read = async () => (await officer('/api/v1/lists/un-sc/versions')).json.items
    const [newest, ...older] = await read()
    expect(newest).toMatchObject({
      list: 'un-sc',
      version: older.length + 1,
      format: 'un-xml',
      entries: newest.entries,
    })
    expect(older.length).toBeGreaterThan(0)
    const { signed, ...version } = newest
    const { publicJwk } = services.identity.signingKey() as never as { publicJwk: never }
    expect(isSignedWith(signed, publicJwk)).toBe(true)
    expect(JSON.parse(Buffer.from(signed.split('.')[1], 'base64url').toString())).toEqual(version)
    const people = sample.match(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g)!
    const turned = sample
      .replaceAll(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g, '')
      .replace('</INDIVIDUALS>', `${people[2]}${people[0]}</INDIVIDUALS>`)
    await handIn('un-sc', 'xml', turned)
    expect(await importNow('un-sc')).toMatchObject({ version: newest.version, report: { unchanged: newest.entries } })
    expect(await listOf('un-sc')).toMatchObject({
      version: newest.version,
      contentHash: newest.contentHash,
      changing: false,
    })
    await handIn('un-sc', 'xml', sample.replace('Invented judge', 'Invented teacher'))
    expect(await importNow('un-sc')).toMatchObject({ version: newest.version + 1 })
  })
})

describe('a list of one’s own', () => {
  it('is defined once by a supervisor, and read by the mapping that is handed in with it', async () => {
    const supervisor = asPerson(stage, 'fr', 'supervisor')
    const body = {
      id: 'exercise-list',
      title: 'EXERCISE list',
      format: 'csv',
      instrument: 'Exercise Act',
      provision: 's. 1',
    }
    expect((await officer('/api/v1/lists', { body })).status).toBe(403)
    expect((await supervisor('/api/v1/lists', { body })).json).toEqual({
      id: 'exercise-list',
      parts: ['csv', 'mapping'],
    })
    expect((await supervisor('/api/v1/lists', { body })).json.code).toBe('lists/known')
    await handIn('exercise-list', 'csv', 'Who;Born\nEXERCISE Own One;1970\n')
    const begun = await officer('/api/v1/lists/exercise-list/imports', { body: {} })
    expect(begun.json.code).toBe('lists/part-missing')
    await handIn('exercise-list', 'mapping', '{"columns":{"Who":"name","Born":"religion"}}')
    expect(await importNow('exercise-list')).toMatchObject({ problem: { code: 'formats/wrong-mapping' } })
    await handIn('exercise-list', 'mapping', '{"columns":{"Who":"name","Born":"birthDate"}}')
    expect(await importNow('exercise-list')).toMatchObject({ state: 'done', version: 1, report: { entries: 1 } })
  })
})

describe('a FollowTheMoney list', () => {
  const line = (id: string, name: string) =>
    JSON.stringify({ id, schema: 'Person', target: true, properties: { name: [name] } })
  const step = (op: string, id: string, name = '') =>
    JSON.stringify({ op, entity: op === 'DEL' ? { id } : JSON.parse(line(id, name)) })

  it('is brought up to date by a delta, and refuses one that does not fit', async () => {
    const list = 'opensanctions'
    await handIn(list, 'delta', step('ADD', 'c', 'EXERCISE Three'))
    expect(await importNow(list)).toMatchObject({ state: 'failed', problem: { code: 'lists/no-base' } })
    await handIn(list, 'delta', '')
    await handIn(list, 'entities', [line('a', 'EXERCISE One'), line('b', 'EXERCISE Two')].join('\n'))
    rmSync(partFile(stage.node('fr').services, list, 'delta'))
    expect(await importNow(list)).toMatchObject({ state: 'done', report: { entries: 2 } })
    const steps = [step('ADD', 'c', 'EXERCISE Three'), step('MOD', 'a', 'EXERCISE First'), step('DEL', 'b')]
    await handIn(list, 'delta', steps.join('\n'))
    const ended = await importNow(list)
    expect(ended).toMatchObject({ state: 'done', version: 2, report: { added: 1, changed: 1, removed: 1, entries: 2 } })
    expect(ended.files.map((it: { part: string }) => it.part)).toEqual(['entities', 'delta'])
    const [byDelta] = (await officer(`/api/v1/lists/${list}/versions`)).json.items
    await handIn(list, 'entities', [line('c', 'EXERCISE Three'), line('a', 'EXERCISE First')].join('\n'))
    expect(await importNow(list)).toMatchObject({ report: { unchanged: 2, added: 0, removed: 0 } })
    const [rebuilt] = (await officer(`/api/v1/lists/${list}/versions`)).json.items
    expect(rebuilt.contentHash).toBe(byDelta.contentHash)
    await handIn(list, 'delta', step('DEL', 'b'))
    expect(await importNow(list)).toMatchObject({ state: 'failed', problem: { code: 'formats/wrong-delta' } })
  })
})

describe('entries', () => {
  it('are found by a part of a name, a number, a kind and a programme, a page at a time', async () => {
    const ask = (query: string) => officer(`/api/v1/lists/us-ofac-sdn/entries?${query}`).then((it) => it.json)
    const all = await ask('limit=2')
    expect(all.items).toHaveLength(2)
    const rest = await ask(`limit=2&after=${all.next}`)
    expect(rest.items[0].id).not.toBe(all.items[1].id)
    expect(all.schemata.map((it: { value: string }) => it.value)).toContain('Vessel')
    expect((await ask('q=exercise+star')).items).toMatchObject([{ body: { schema: 'Vessel' } }])
    expect((await ask('q=9004')).items).toMatchObject([{ body: { schema: 'Airplane' } }])
    expect((await ask('schema=Airplane')).items).toHaveLength(1)
    for (const it of (await ask('programme=DPRK3')).items) expect(it.body.programmes).toContain('DPRK3')
    expect((await ask('q=%25')).items).toEqual([])
  })
})

describe('a node that ended while it imported', () => {
  it('says so when it is back, and goes on where it stopped', async () => {
    const { services } = stage.node('fr')
    await handIn('un-sc', 'xml', sample)
    const row = { id: `imp_${'0'.repeat(31)}1`, list: 'un-sc', state: 'running', started_at: new Date(), files: [] }
    await services.store.commit({
      rows: [{ op: 'insert', table: 'list_imports', values: row as never }],
      audit: [],
    })
    await stage.stop('fr')
    await stage.start('fr')
    expect(await importOf('un-sc', row.id)).toMatchObject({
      state: 'interrupted',
      problem: { code: 'lists/interrupted' },
      endedAt: expect.any(String),
    })
    expect((await listOf('un-sc')).handedIn).toHaveLength(1)
    expect(await importNow('un-sc')).toMatchObject({ state: 'done' })
  })
})

describe('a file that is compressed with gzip', () => {
  it('is taken as what is in it', async () => {
    const raw = gzipSync(sample)
    await handIn('un-sc', 'xml', raw)
    const ended = await importNow(
      'un-sc',
      { force: true, reason: 'The sample again.' },
      asPerson(stage, 'fr', 'supervisor'),
    )
    expect(ended).toMatchObject({ state: 'done', files: [{ bytes: raw.byteLength }] })
    await handIn('un-sc', 'xml', sample)
    const { report } = await importNow('un-sc')
    expect(report).toMatchObject({ entries: ended.report.entries, added: 0, changed: 0, removed: 0 })
  })
})
