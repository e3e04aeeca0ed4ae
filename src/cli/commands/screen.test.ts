import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Answer, type Asked, runWith, startServer, temporaryFolder, testTerminal } from '#cli/terminal.fixture'

type Queries = Record<string, { properties: { name: string[] } }>

/** Finds everybody whose name begins with a letter of the first half. */
function answer({ body }: Asked): Answer {
  const { queries } = JSON.parse(body) as { queries: Queries }
  const entries = Object.entries(queries)
  if (entries.some(([, it]) => it.properties.name[0] === 'Bad'))
    return { status: 422, body: { code: 'http/malformed', title: 'A bad row.' } }
  const responses = entries.map(([key, { properties }]) => {
    const [name = ''] = properties.name
    const results =
      name < 'N'
        ? [
            {
              id: `rec_${name}`,
              caption: `=${name}`,
              schema: 'Person',
              score: 0.91234,
              match: name < 'G',
              datasets: ['un-sc'],
              explanations: { name: { description: 'same, name' } },
            },
          ]
        : []
    return [key, { results }]
  })
  return { body: { responses: Object.fromEntries(responses), datasets: [{ name: 'un-sc', version: 4 }] } }
}

async function scene(names: readonly string[], reply: (asked: Asked) => Answer = answer) {
  const cleanup = new AsyncDisposableStack()
  const folder = cleanup.use(temporaryFolder())
  const server = cleanup.use(await startServer(reply))
  const file = join(folder.path, 'people.csv')
  const out = join(folder.path, 'results.csv')
  writeFileSync(file, `Ref,Name\n${names.map((it, at) => `${at},${it}\n`).join('')}`)
  const screen = async (...argv: string[]) => {
    const env = { XDG_CONFIG_HOME: folder.path, COMITY_URL: server.url, COMITY_TOKEN: 't' }
    const terminal = testTerminal({ env })
    const code = await runWith(['screen', file, '--batch', '2', ...argv], { terminal })
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() }
  }
  return { server, file, out, screen, [Symbol.asyncDispose]: () => cleanup.disposeAsync() }
}

describe('screen', () => {
  it('gives every row a line, in the order of the file', async () => {
    await using it = await scene(['Zoë', 'Amina', 'Hugo', '', 'Wu'])
    const { code, stdout } = await it.screen('--out', it.out, '--json', '--purpose', 'oversight', '--reference', 'K-1')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 5, match: 1, possible: 1, clear: 2, unread: 1, out: it.out })
    expect(readFileSync(it.out, 'utf8').split('\r\n')).toEqual([
      'line,reference,name,status,score,id,caption,schema,datasets,list version,why,notes',
      '2,0,Zoë,clear,,,,,,,,',
      `3,1,Amina,match,0.912,rec_Amina,'=Amina,Person,un-sc,4,"same, name",`,
      `4,2,Hugo,possible,0.912,rec_Hugo,'=Hugo,Person,un-sc,4,"same, name",`,
      '5,,,unread,,,,,,,,The row has no name.',
      '6,4,Wu,clear,,,,,,,,',
      '',
    ])
    expect(statSync(it.out).mode & 0o777).toBe(0o600)
    expect(existsSync(`${it.out}.state.json`)).toBe(false)
    expect(it.server.asked[0]).toMatchObject({
      method: 'POST',
      url: '/match/default',
      headers: { 'comity-purpose': 'oversight' },
    })
  })

  it('writes JSON lines on standard output', async () => {
    await using it = await scene(['Amina', 'Wu'])
    const { stdout } = await it.screen('--json', '--dataset', 'un-sc', '--limit', '3')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { line: 2, status: 'match', results: [{ id: 'rec_Amina' }] },
      { line: 3, status: 'clear' },
    ])
    expect(it.server.asked[0]?.url).toBe('/match/un-sc?limit=3')
  })

  it('reads JSON lines of any members and of entities, and says how it reads them', async () => {
    await using it = await scene([])
    writeFileSync(it.file, '{"customer id":7,"name":"Amina","shoe":41}\n{"name":""}\nnone\n{"name":["Wu","Bo"]}\n')
    const objects = await it.screen('--json')
    expect(objects.stderr).toContain('Columns: customer id = reference, name = name; left out: shoe.')
    const lines = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    expect(lines(objects.stdout)).toMatchObject([
      { line: 1, reference: '7', status: 'match', results: [{ id: 'rec_Amina', listVersions: [4] }] },
      { line: 2, status: 'unread', reason: 'The row has no name.' },
      { line: 3, status: 'unread', reason: 'The line is no JSON.' },
      { line: 4, properties: { name: ['Wu', 'Bo'] }, status: 'clear' },
    ])
    writeFileSync(it.file, '{"id":"c-1","schema":"Person","properties":{"name":["Hugo"]}}\n')
    const entities = await it.screen('--json')
    expect(lines(entities.stdout)).toMatchObject([{ reference: 'c-1', status: 'possible' }])
    writeFileSync(it.file, '{"shoe":41}\n')
    expect(await it.screen()).toMatchObject({ stderr: expect.stringContaining('which column is the name') })
  })

  it('keeps the neighbours of a row that the node refuses', async () => {
    await using it = await scene(['Amina', 'Bad', 'Wu'])
    const { code, stdout } = await it.screen()
    expect(code).toBe(0)
    expect(stdout.split('\r\n').map((line) => line.split(',')[3])).toEqual([
      'status',
      'match',
      'unread',
      'clear',
      undefined,
    ])
    expect(stdout).toContain('A bad row.')
  })

  it('goes on where it was cut short, and ends with the same file', async () => {
    const names = Array.from({ length: 11 }, (_, at) => `${'ABCHIJXYZWV'[at]}name`)
    let calls = 0
    const failing = (asked: Asked): Answer =>
      ++calls === 3 ? { status: 403, body: { code: 'http/scope', title: 'No more.' } } : answer(asked)
    await using it = await scene(names, failing)
    const cut = await it.screen('--out', it.out, '--parallel', '1')
    expect(cut).toMatchObject({ code: 1, stderr: expect.stringContaining('4 rows are in') })
    const wrong = await it.screen('--out', it.out, '--resume', '--threshold', '0.9')
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('are not those of the run') })
    writeFileSync(it.out, 'half a li', { flag: 'a' })
    expect((await it.screen('--out', it.out, '--resume')).code).toBe(0)
    await using whole = await scene(names)
    await whole.screen('--out', whole.out)
    expect(readFileSync(it.out, 'utf8')).toBe(readFileSync(whole.out, 'utf8'))
  })

  it('writes over nothing', async () => {
    await using it = await scene(['Amina'])
    writeFileSync(it.out, 'mine')
    expect(await it.screen('--out', it.out)).toMatchObject({ code: 2 })
    expect(await it.screen('--out', it.out, '--resume')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is complete'),
    })
    expect(readFileSync(it.out, 'utf8')).toBe('mine')
  })
})
