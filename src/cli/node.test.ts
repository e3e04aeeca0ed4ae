import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadCatalogue } from '#cli/catalogue-cache'
import { commandOf } from '#cli/generated'
import { runWith, temporaryFolder, testTerminal } from '#cli/terminal.fixture'
import { readJson, writeJson } from '#node/config'
import { makeAccounts, peopleSeed } from '#node/exercise-accounts'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation, writeFederation } from '#node/federation'
import { freePort, freshDatabase } from '../../test/kit.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

const subject = {
  handling: {
    audience: {},
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism'],
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'suspect',
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
    reviewAt: '2097-01-01T00:00:00.000Z',
    expiresAt: '2098-01-01T00:00:00.000Z',
  },
  body: { schema: 'Person', statements: { a1: { property: 'name', value: 'Yusuf Harun al-Mansouri' } } },
}

/** One node as a process of its own, started by `comity serve`, and a command line that speaks to it. */
async function openScene() {
  const cleanup = new AsyncDisposableStack()
  const folder = cleanup.use(temporaryFolder())
  const database = cleanup.use(await freshDatabase({ empty: true }))
  const members = exerciseMembers.filter((it) => it.id === 'fr').map((it) => ({ ...it, port: 0 }))
  members[0]!.port = await freePort()
  const material = await planFederation({ name: 'Test', exercise: true, members, groups: [], now: new Date() })
  const config = writeFederation(folder.path, material, () => database.url).get('fr')!
  const accounts = makeAccounts(members)
  writeJson(join(folder.path, 'fr', 'seed.json'), { people: peopleSeed(accounts, 'fr') }, 0o600)
  writeJson(config, { ...readJson(config, z.record(z.string(), z.unknown())), seedFile: 'seed.json' }, 0o600)

  const env = { XDG_CONFIG_HOME: join(folder.path, 'config'), XDG_CACHE_HOME: join(folder.path, 'cache') }
  const node = fork(main, ['serve', '--config', config, '--json'], { env: { ...process.env, ...env }, stdio: 'pipe' })
  cleanup.defer(() => void node.kill('SIGKILL'))
  let said = ''
  node.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const [ready] = (await once(node, 'message')) as [{ url: string; exercise: boolean }]
  const shapes = (await loadCatalogue(testTerminal({ env }))).map(commandOf)
  const comity = async (argv: readonly string[], { input = '' } = {}) => {
    const terminal = testTerminal({ env, input })
    const code = await runWith(argv, { terminal, shapes })
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() }
  }
  const signIn = (username: string) => {
    const { token } = accounts.find((it) => it.username === username)!
    return comity(['sign-in', ready.url, '--token', '-', '--profile', username], { input: `${token}\n` })
  }
  return {
    node,
    said: () => said,
    ready,
    config,
    folder,
    database,
    comity,
    signIn,
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  }
}

async function ended(node: ChildProcess): Promise<number | null> {
  return node.exitCode ?? (await once(node, 'exit'))[0]
}

describe('comity', () => {
  it('serves a node, records, reads and verifies at it, and ends with the process that started it', async () => {
    await using scene = await openScene()
    const { comity, signIn, ready } = scene
    expect(ready).toMatchObject({ ready: true, member: 'fr', exercise: true })

    const signedIn = await signIn('officer')
    expect(signedIn).toMatchObject({ code: 0, stdout: expect.stringContaining('Signed in as Duty officer') })
    expect(signedIn.stderr).toMatch(/^EXERCISE/)
    expect((await comity(['whoami'])).stdout).toMatch(/username +officer/)

    const file = join(scene.folder.path, 'subject.json')
    writeFileSync(file, JSON.stringify(subject))
    const recorded = await comity(['record', '--file', file, '--json'])
    expect(recorded.code).toBe(0)
    const { id } = JSON.parse(recorded.stdout) as { id: string }
    expect(await comity(['subjects', 'list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--purpose') })
    const why = ['--purpose', 'counter-terrorism', '--reference', 'CASE-7']
    expect((await comity(['subjects', 'list', ...why])).stdout).toContain('Yusuf Harun al-Mansouri')
    expect(await comity(['share', id, '--with', 'nobody', ...why])).toMatchObject({ code: 1 })
    expect((await comity(['recall', id, '--reason', 'a test'])).stdout).toMatch(/state +withdrawn/)

    expect((await comity(['audit', 'verify'])).code).toBe(1)
    await signIn('auditor')
    const first = await comity(['audit', 'verify'])
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^INTACT/) })
    expect((await comity(['audit', 'verify'])).stdout).toContain('1 checkpoint, compared')

    const doctor = await comity(['doctor', '--config', scene.config, '--json'])
    const { findings } = JSON.parse(doctor.stdout) as { findings: { what: string; state: string; found: string }[] }
    expect(findings.filter((it) => it.state === 'fail')).toEqual([])
    expect(findings.map((it) => it.what)).toEqual(
      expect.arrayContaining(['Node', 'data folder', 'clock', 'token', 'directory']),
    )

    scene.node.disconnect()
    expect({ code: await ended(scene.node), said: scene.said() }).toEqual({ code: 0, said: '' })
    expect((await comity(['whoami'])).code).toBe(4)
  })

  it('names the entry of the audit trail that somebody changed in the database', async () => {
    await using scene = await openScene()
    await scene.signIn('auditor')
    expect((await scene.comity(['audit', 'verify'])).code).toBe(0)
    const client = new pg.Client({ connectionString: scene.database.url })
    await client.connect()
    await client.query(`update ledger_leaves set entry = jsonb_set(entry, '{reason}', '"nothing"') where index = 1`)
    await client.end()
    const verdict = await scene.comity(['audit', 'verify', '--json'])
    expect(verdict.code).toBe(1)
    expect(JSON.parse(verdict.stdout)).toMatchObject({ intact: false, tampered: [{ index: 1, why: 'altered' }] })
    expect((await scene.comity(['audit', 'verify'])).stdout).toMatch(/^NOT INTACT[\s\S]*\n1 +altered/)
  })
})

describe('serve', () => {
  it('says why it cannot start, and ends although its parent waits', async () => {
    using folder = temporaryFolder()
    const env = { ...process.env, XDG_CONFIG_HOME: folder.path, XDG_CACHE_HOME: folder.path }
    const node = fork(main, ['serve', '--config', join(folder.path, 'none.json'), '--json'], { env, stdio: 'pipe' })
    let err = ''
    node.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString('utf8')
    })
    expect(await ended(node)).toBe(1)
    expect(err).toContain('none.json cannot be read')
  })
})
