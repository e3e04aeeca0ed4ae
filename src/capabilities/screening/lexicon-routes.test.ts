import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lexiconOf, lexiconState, loadLexicon } from '#capabilities/screening/lexicon'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage } from '../../../test/stage-kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'

/** EXERCISE: an invented pack; the numbers stand for nothing. */
const pack = 'yusuf, youssef, يوسف => Q101\nosmar, осмар => Q103\n'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ running: ['fr'] })
}, 120_000)
afterAll(() => stage[Symbol.asyncDispose]())

const as = (username: string) => asPerson(stage, 'fr', username)
const services = () => stage.node('fr').services
const handIn = (raw: string | Uint8Array, username = 'admin') =>
  as(username)('/api/v1/lexicon', { method: 'PUT', raw, headers: { 'content-type': 'application/octet-stream' } })

describe('the lexicon of a node', () => {
  it('is none until a pack is imported, and is then shown, kept and used', async () => {
    expect((await as('officer')('/api/v1/lexicon')).json).toMatchObject({ state: 'none', forms: 0, pack: null })
    const reply = await handIn(gzipSync(pack))
    expect(reply.status, reply.text).toBe(200)
    expect(reply.json).toMatchObject({ state: 'loaded', forms: 4, memberships: 4, pack: { lines: 2, rejected: 0 } })
    expect(reply.json.bytes).toBeGreaterThan(0)
    expect([...lexiconOf(services())!.table.classesOf('Юсуф')]).toEqual([101])
    expect([...lexiconOf(services())!.table.classesOf('يوسف')]).toEqual([101])
    expect((await as('officer')('/api/v1/lexicon')).json).toEqual(reply.json)
  })

  it('is read again at the next start, and is stale when its file is damaged', async () => {
    const again = { ...services() }
    loadLexicon(again)
    expect(lexiconState(again)).toBe('loaded')
    expect(lexiconOf(again)!.facts).toEqual(lexiconOf(services())!.facts)
    const file = join(services().settings.dataDirectory, 'lexicon', 'name-classes.bin')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, -2))
    const damaged = { ...services() }
    loadLexicon(damaged)
    expect(lexiconState(damaged)).toBe('stale')
    writeFileSync(file, bytes)
  })

  it('takes plain text too, and keeps the pack it has when a file is damaged or no pack', async () => {
    expect((await handIn(`${pack}a line of another kind\n`)).json.code).toBe('lexicon/no-pack')
    expect((await handIn(gzipSync(pack).subarray(0, 40))).json.code).toBe('lexicon/unreadable')
    expect((await handIn('')).json.code).toBe('lexicon/no-pack')
    expect((await handIn('<html>not found</html>\n')).json.code).toBe('lexicon/no-pack')
    expect((await as('officer')('/api/v1/lexicon')).json.state).toBe('loaded')
    expect((await handIn(`${pack}abel, авель => Q105\n`)).json.forms).toBe(6)
  })

  it('is for administrators to change, in the audit, and gone when removed', async () => {
    expect((await handIn(pack, 'officer')).status).toBe(403)
    expect((await as('officer')('/api/v1/lexicon', { method: 'DELETE' })).status).toBe(403)
    const gone = await as('admin')('/api/v1/lexicon', { method: 'DELETE' })
    expect(gone.status, gone.text).toBe(200)
    expect(gone.json.state).toBe('none')
    expect(existsSync(join(services().settings.dataDirectory, 'lexicon', 'name-classes.bin'))).toBe(false)
    const about = (await readTrail(services().store)).filter((it) => it.object?.type === 'lexicon')
    expect(about.map((it) => it.act)).toEqual(['import', 'import', 'administer'])
  })
})
