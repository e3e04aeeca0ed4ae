import { describe, expect, it } from 'vitest'
import { runWith, startServer, temporaryFolder, testTerminal } from '#cli/terminal.fixture'

describe('events', () => {
  it('goes on after the last event when the connection is lost', async () => {
    using folder = temporaryFolder()
    const interruption = new AbortController()
    let connection = 0
    await using server = await startServer((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const sequence = 10 + connection++
      const item = {
        sequence,
        what: 'record',
        type: 'subject',
        id: 'rec_1',
        version: 1,
        at: '2026-01-01T00:00:00.000Z',
      }
      response.write(`event: record\nid: ${sequence}\ndata: ${JSON.stringify(item)}\n\n`)
      if (connection === 1) setTimeout(() => response.destroy(), 300)
      else setTimeout(() => interruption.abort(), 300)
      return undefined
    })
    const env = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 't' }
    const terminal = testTerminal({ env, interrupted: interruption.signal })
    expect(await runWith(['events', '--after', '9'], { terminal })).toBe(0)
    expect(server.asked.map((it) => it.headers['last-event-id'])).toEqual(['9', '10'])
    expect(terminal.stdout()).toBe(
      '2026-01-01T00:00:00.000Z  10  record  subject  rec_1  v1\n2026-01-01T00:00:00.000Z  11  record  subject  rec_1  v1\n',
    )
  })

  it('ends when the node refuses', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(() => ({ status: 401, body: { code: 'http/not-signed-in', title: 'No.' } }))
    const env = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 't' }
    expect(await runWith(['events'], { terminal: testTerminal({ env }) })).toBe(3)
  })
})
