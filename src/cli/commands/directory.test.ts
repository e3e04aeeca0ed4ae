import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runWith, temporaryFolder, testTerminal } from '#cli/terminal.fixture'
import { exerciseMembers } from '#node/exercise-members'
import { planFederation } from '#node/federation'

async function scene() {
  const folder = temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  const write = (name: string, value: unknown) => writeFileSync(at(name), JSON.stringify(value), { mode: 0o600 })
  const material = await planFederation({
    name: 'Test',
    exercise: true,
    members: exerciseMembers,
    groups: [],
    now: new Date(),
  })
  write('now.json', material.directory)
  write('trust.json', material.trust)
  material.directoryKeys.forEach((key, index) => void write(`key${index}.json`, key))
  const comity = async (...argv: string[]) => {
    const terminal = testTerminal({ env: { XDG_CONFIG_HOME: folder.path } })
    const code = await runWith(argv, { terminal })
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() }
  }
  return { at, comity, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

describe('directory', () => {
  it('is proposed, signed by two keepers, and then follows the one in force', async () => {
    using it = await scene()
    const change = JSON.stringify({ groups: [{ id: 'banks', name: 'Banks', members: ['horizon-bank'] }] })
    const [now, next, trust] = [it.at('now.json'), it.at('next.json'), it.at('trust.json')]
    expect(await it.comity('directory', 'propose', '--from', now, '--change', change, '--out', next)).toMatchObject({
      code: 0,
    })
    const verify = () => it.comity('directory', 'verify', next, '--trust', trust, '--from', now)
    expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('directory/too-few-signatures') })
    await it.comity('directory', 'sign', next, '--key', it.at('key0.json'))
    await it.comity('directory', 'sign', next, '--key', it.at('key0.json'))
    expect(await verify()).toMatchObject({ code: 1 })
    await it.comity('directory', 'sign', next, '--key', it.at('key1.json'))
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringMatching(/version +2/) })
    expect((await it.comity('directory', 'show', next)).stdout).toContain('banks')
    expect(await it.comity('directory', 'verify', now, '--trust', trust, '--from', next)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('directory/rollback'),
    })
  })

  it('refuses a change that is no part of a directory', async () => {
    using it = await scene()
    expect(
      await it.comity('directory', 'propose', '--from', it.at('now.json'), '--change', '{"memberz":[]}'),
    ).toMatchObject({ code: 2 })
  })
})

describe('keys', () => {
  it('are written for their owner alone and never printed', async () => {
    using it = await scene()
    const file = it.at('keys.json')
    const made = await it.comity('keys', 'generate', '--use', 'sign', '--out', file, '--json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await it.comity('keys', 'generate', '--use', 'seal', '--out', file)).toMatchObject({ code: 2 })
    await it.comity('keys', 'generate', '--use', 'seal', '--out', file, '--append')
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { d: string }[] }
    const listed = await it.comity('keys', 'list', '--file', file, '--json')
    const { items } = JSON.parse(listed.stdout) as { items: { use: string; kid: string }[] }
    expect(items.map((one) => one.use)).toEqual(['sign', 'seal'])
    expect(items[0]).toEqual(JSON.parse(made.stdout).items[0])
    for (const { d } of keys) expect(made.stdout + listed.stdout).not.toContain(d)
  })
})
