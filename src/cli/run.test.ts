import { describe, expect, it } from 'vitest'
import { shapes } from '#cli/operations.fixture'
import { type Answer, type Asked, runWith, startServer, temporaryFolder, testTerminal } from '#cli/terminal.fixture'

const problem = { type: 'urn:comity:problem:http/role', title: 'This is for the role auditor.', code: 'http/role' }

/** One command line against a server in the place of a node. */
async function against(
  answer: (asked: Asked) => Answer | undefined,
  argv: readonly string[],
  {
    env = {},
    input = '',
    description = '',
  }: { env?: Record<string, string>; input?: string; description?: string } = {},
) {
  using folder = temporaryFolder()
  await using server = await startServer(answer, { description })
  const config = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 'comity_test' }
  const terminal = testTerminal({ env: { ...config, ...env }, input })
  const code = await runWith(argv, { terminal, shapes })
  return { code, out: terminal.stdout(), err: terminal.stderr(), asked: server.asked }
}

describe('run', () => {
  it('prints the columns of a list as a table, and where it goes on', async () => {
    const items = [
      { id: 'thg_1', caption: 'Ünïted', handling: { tlp: 'RED' } },
      { id: 'thg_22', caption: null, handling: {} },
    ]
    const { code, out, err } = await against(() => ({ body: { items, next: 'thg_22' } }), ['things', 'list'])
    expect(code).toBe(0)
    expect(out).toBe('ID      CAPTION  HANDLING TLP\nthg_1   Ünïted   RED\nthg_22  –        –\n')
    expect(err).toContain('--after thg_22')
  })

  it('prints the reply exactly with --json, wherever the flag stands', async () => {
    const text = '{"items": [],\n "next":null}'
    for (const argv of [
      ['things', 'list', '--json'],
      ['--json', 'things', 'list'],
    ]) {
      expect((await against(() => ({ text }), argv)).out).toBe(`${text}\n`)
    }
  })

  it('sends the token, and a key of its own with each write', async () => {
    const answer = () => ({ body: { id: 'thg_1' } })
    const argv = ['things', 'make', 'paris', '--name', 'x', '--to', 'ke', '--to', 'fr']
    const [first, second] = [await against(answer, argv), await against(answer, argv)]
    expect(first.asked[0]).toMatchObject({ method: 'POST', url: '/api/v1/places/paris/things' })
    expect(first.asked[0]?.headers.authorization).toBe('Bearer comity_test')
    expect(JSON.parse(first.asked[0]?.body ?? '')).toEqual({ name: 'x', to: ['ke', 'fr'] })
    const keys = [first, second].map((it) => it.asked[0]?.headers['idempotency-key'])
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[0]).not.toBe(keys[1])
    const chosen = await against(answer, [...argv, '--idempotency-key', 'mine'])
    expect(chosen.asked[0]?.headers['idempotency-key']).toBe('mine')
  })

  it('repeats a write under the same key when the connection breaks off', async () => {
    using folder = temporaryFolder()
    let calls = 0
    await using server = await startServer((_asked, response) => {
      if (++calls > 1) return { body: { id: 'thg_1' } }
      response.destroy()
      return undefined
    })
    const env = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 't' }
    const terminal = testTerminal({ env })
    expect(await runWith(['things', 'make', 'p', '--name', 'x', '--to', 'ke'], { terminal, shapes })).toBe(0)
    expect(new Set(server.asked.map((it) => it.headers['idempotency-key'])).size).toBe(1)
    expect(server.asked).toHaveLength(2)
  })

  it('tells a refusal in four parts and ends with 1', async () => {
    const body = { ...problem, status: 403, rule: 'role', correlation: 'c-1' }
    const { code, err, out } = await against(() => ({ status: 403, body }), ['things', 'show', 'thg_1'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('This is for the role auditor.')
    expect(err).toMatch(/Rule +role/)
    expect(err).toMatch(/Next +Ask a colleague/)
    expect(err).toMatch(/Correlation +c-1/)
  })

  it('lists what is wrong with a request', async () => {
    const details = { issues: [{ at: '/name', message: 'too short\u001b[31m' }] }
    const body = { ...problem, code: 'http/malformed', status: 422, details, correlation: 'c' }
    const { err } = await against(() => ({ status: 422, body }), ['things', 'list'])
    expect(err).toContain('/name  too short\\u001b[31m')
  })

  it('prints the problem itself with --json', async () => {
    const text = '{"code":"http/role", "title":"No."}'
    const { code, out } = await against(() => ({ status: 403, text }), ['things', 'list', '--json'])
    expect({ code, out }).toEqual({ code: 1, out: `${text}\n` })
  })

  it('ends with 2 for a command line that is wrong', async () => {
    for (const argv of [
      ['things', 'show'],
      ['things', 'show', 'a', 'b'],
      ['things', 'list', '--state', 'ajar'],
      ['things', 'list', '--nonsense'],
      ['things', 'list', '--state', 'open', '--state', 'closed'],
      ['thigns', 'list'],
    ]) {
      const { code, asked } = await against(() => ({}), argv)
      expect({ argv, code, asked: asked.length }).toEqual({ argv, code: 2, asked: 0 })
    }
  })

  it('names the nearest command', async () => {
    const { err } = await against(() => ({}), ['thigns', 'lst'])
    expect(err).toBe('There is no command thigns lst. Did you mean: comity things list\n')
  })

  it('ends with 3 when nobody is signed in', async () => {
    using folder = temporaryFolder()
    const terminal = testTerminal({ env: { XDG_CONFIG_HOME: folder.path } })
    expect(await runWith(['things', 'list'], { terminal, shapes })).toBe(3)
    expect(terminal.stderr()).toMatch(/Next +comity sign-in/)
    const body = { ...problem, code: 'http/not-signed-in', status: 401 }
    expect((await against(() => ({ status: 401, body }), ['things', 'list'])).code).toBe(3)
  })

  it('ends with 4 when the node cannot be reached', async () => {
    const { url } = await (async () => {
      await using gone = await startServer(() => ({}))
      return gone
    })()
    const { code, out, err } = await against(() => ({}), ['things', 'list', '--json'], { env: { COMITY_URL: url } })
    expect(code).toBe(4)
    expect(JSON.parse(out)).toMatchObject({ code: 'cli/unreachable' })
    expect(err).toContain('nothing listens there')
  })

  it('says what a page that is no problem means', async () => {
    const { code, err } = await against(() => ({ status: 502, text: '<html>' }), ['things', 'list'])
    expect(code).toBe(1)
    expect(err).toContain('status 502')
  })

  it('follows no redirect, which would carry the token along', async () => {
    const answer = (asked: Asked): Answer =>
      asked.url === '/elsewhere' ? {} : { status: 302, headers: { location: '/elsewhere' } }
    const { code, asked } = await against(answer, ['things', 'list'])
    expect({ code, asked: asked.length }).toEqual({ code: 4, asked: 1 })
  })

  it('shows EXERCISE on standard error when the node says so', async () => {
    const { out, err } = await against(() => ({ body: { items: [], next: null } }), ['things', 'list', '--json'], {
      description: 'EXERCISE. The API of a test.',
    })
    expect(err).toMatch(/^EXERCISE/)
    expect(out).not.toContain('EXERCISE')
  })

  it('sends no token in clear over a network', async () => {
    const { code, err } = await against(() => ({}), ['things', 'list'], { env: { COMITY_URL: 'http://192.0.2.1' } })
    expect(code).toBe(1)
    expect(err).toContain('has no TLS')
  })

  it('explains itself and every command with an example', async () => {
    const { code, out } = await against(() => ({}), ['--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/things … +list, make, show, take/)
    const share = await against(() => ({}), ['share', '--help'])
    expect(share.out).toContain('--with <member>')
    expect(share.out).toContain('Example:\n  comity share')
    expect((await against(() => ({}), ['things'])).out).toContain('Usage: comity things <command>')
  })
})
