import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connectionOf, nodeUrl } from '#cli/connection'
import { changeProfiles, profileFile, profileFolder, readProfiles } from '#cli/profile'
import { runWith, startServer, temporaryFolder, testTerminal } from '#cli/terminal.fixture'

const me = {
  username: 'amina',
  name: 'Amina',
  roles: ['officer'],
  scopes: ['read'],
  member: { id: 'fr', name: 'France' },
}

function terminalIn(path: string, env: Record<string, string> = {}, input = '') {
  return testTerminal({ env: { XDG_CONFIG_HOME: path, ...env }, input })
}

function withProfile(path: string) {
  const terminal = terminalIn(path)
  changeProfiles(terminal, () => ({
    current: 'work',
    profiles: { work: { url: 'http://localhost:1', token: 'w' }, home: { url: 'http://localhost:2', token: 'h' } },
  }))
  return terminal
}

describe('sign-in', () => {
  it('checks the token and keeps it in a file that only its owner can read', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(() => ({ body: me }), { description: 'EXERCISE. Test.' })
    const terminal = terminalIn(folder.path, {}, 'comity_secret\n')
    expect(await runWith(['sign-in', server.url, '--token', '-'], { terminal })).toBe(0)
    expect(statSync(profileFile(terminal)).mode & 0o777).toBe(0o600)
    expect(statSync(profileFolder(terminal)).mode & 0o777).toBe(0o700)
    expect(readProfiles(terminal).profiles.default).toEqual({ url: server.url, token: 'comity_secret' })
    expect(server.asked[0]?.headers.authorization).toBe('Bearer comity_secret')
    expect(terminal.stdout() + terminal.stderr()).not.toContain('comity_secret')
  })

  it('keeps nothing when the node does not take the token', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(() => ({ status: 401, body: { code: 'http/not-signed-in', title: 'No.' } }))
    const terminal = terminalIn(folder.path)
    expect(await runWith(['sign-in', server.url, '--token', 'comity_wrong'], { terminal })).toBe(3)
    expect(existsSync(profileFile(terminal))).toBe(false)
  })

  it('asks nobody where nobody sits', async () => {
    using folder = temporaryFolder()
    const terminal = terminalIn(folder.path)
    expect(await runWith(['sign-in', 'http://localhost:1'], { terminal })).toBe(2)
    expect(terminal.stderr()).toContain('Nobody is there to be asked')
  })
})

describe('profiles', () => {
  it('closes a file that others could read, and says so', () => {
    using folder = temporaryFolder()
    const terminal = withProfile(folder.path)
    chmodSync(profileFile(terminal), 0o644)
    readProfiles(terminal)
    expect(statSync(profileFile(terminal)).mode & 0o777).toBe(0o600)
    expect(terminal.stderr()).toContain('could be read by others')
  })

  it('refuses a damaged file instead of overwriting it', () => {
    using folder = temporaryFolder()
    const terminal = withProfile(folder.path)
    writeFileSync(profileFile(terminal), '{', { mode: 0o600 })
    expect(() => changeProfiles(terminal, (it) => it)).toThrow('is damaged')
    expect(readFileSync(profileFile(terminal), 'utf8')).toBe('{')
  })

  it('are chosen by flag, by environment, by the last sign-in', () => {
    using folder = temporaryFolder()
    withProfile(folder.path)
    expect(connectionOf(terminalIn(folder.path), undefined)).toMatchObject({ token: 'w' })
    expect(connectionOf(terminalIn(folder.path, { COMITY_PROFILE: 'home' }), undefined)).toMatchObject({ token: 'h' })
    expect(connectionOf(terminalIn(folder.path, { COMITY_PROFILE: 'home' }), 'work')).toMatchObject({ token: 'w' })
    expect(() => connectionOf(terminalIn(folder.path), 'nowhere')).toThrow('Known: work, home')
  })

  it('give their token to their own node alone', () => {
    using folder = temporaryFolder()
    withProfile(folder.path)
    const other = terminalIn(folder.path, { COMITY_URL: 'http://localhost:9' })
    expect(connectionOf(other, undefined)).toMatchObject({ url: 'http://localhost:9', token: undefined })
    const own = terminalIn(folder.path, { COMITY_URL: 'http://localhost:1/' })
    expect(connectionOf(own, undefined)).toMatchObject({ url: 'http://localhost:1', token: 'w' })
  })
})

describe('nodeUrl', () => {
  it.each([
    ['https://ncb.example/api/', 'https://ncb.example'],
    ['ncb.example', 'https://ncb.example'],
    ['localhost:7001', 'http://localhost:7001'],
    ['127.0.0.1:7001', 'http://127.0.0.1:7001'],
  ])('reads %s', (text, url) => {
    expect(nodeUrl(text)).toBe(url)
  })

  it.each(['ftp://ncb.example', 'https://user:password@ncb.example', 'http://', ''])('refuses %j', (text) => {
    expect(() => nodeUrl(text)).toThrow('not the address of a node')
  })
})
