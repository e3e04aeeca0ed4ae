import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asPerson } from '../../../test/api-kit.ts'
import { openStage, type Stage, until } from '../../../test/stage-kit.ts'
import { fetchPart, isStated, type PartRequest } from './download-part.ts'
import { listSources } from './rules.ts'

const sample = readFileSync(new URL('../../formats/samples/un-exercise.xml', import.meta.url), 'utf8')
const page = '<!doctype html><html><title>Service unavailable</title></html>'

/** A source on this machine that answers as it is told. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answer: Answer
const asked: IncomingMessage['headers'][] = []
const server = createServer((request, response) => {
  asked.push(request.headers)
  answer(request, response)
})
let origin: string

const send =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/xml', ...headers }).end(text)
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end()

beforeAll(async () => {
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.length = 0
})

describe('fetchPart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-download-'))
  const file = join(folder, 'part')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const get = (more: Partial<PartRequest> = {}) =>
    fetchPart({
      url: `${origin}/list.xml`,
      format: 'un-xml',
      file,
      types: ['application/xml', 'text/xml'],
      mayAsk: (url) => url.origin === origin,
      now: new Date(),
      ...more,
    })
  const whyOf = async (more?: Partial<PartRequest>) => {
    rmSync(file, { force: true })
    const why = await get(more).then(
      () => 'taken',
      (cause) => cause.details?.why ?? cause,
    )
    expect(existsSync(`${file}.new`)).toBe(false)
    if (why !== 'taken') expect(existsSync(file)).toBe(false)
    return why
  }

  it('takes a file, and asks the next time with what the source said of it', async () => {
    answer = send(sample, { etag: '"v1"', 'last-modified': 'Fri, 20 Nov 2026 10:00:00 GMT' })
    const first = await get()
    expect(first).toMatchObject({ kind: 'file', bytes: Buffer.byteLength(sample), etag: '"v1"' })
    expect(readFileSync(file, 'utf8')).toBe(sample)
    answer = status(304)
    expect(await get({ validators: { etag: '"v1"', lastModified: 'Fri, 20 Nov 2026 10:00:00 GMT' } })).toEqual({
      kind: 'same',
    })
    expect(asked.at(-1)).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Fri, 20 Nov 2026 10:00:00 GMT',
    })
  })

  it('refuses a page, an archive, nothing, another type, an error and too much', async () => {
    answer = send(page)
    expect(await whyOf()).toBe('html')
    answer = send(page, { 'content-type': 'text/html' })
    expect(await whyOf()).toBe('type')
    answer = send('PK\u0003\u0004')
    expect(await whyOf()).toBe('packed')
    answer = send('')
    expect(await whyOf()).toBe('empty')
    answer = send('{"error":"no"}')
    expect(await whyOf()).toBe('other')
    answer = status(503, { 'retry-after': '120' })
    expect(await whyOf()).toBe('status')
    await expect(get()).rejects.toMatchObject({ details: { status: 503, retryAfterSeconds: 120 } })
    answer = send(sample)
    expect(await whyOf({ bytes: 100 })).toBe('size')
  })

  it('refuses a file that breaks off, and a source that does not end', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': String(sample.length * 2) })
      response.write(sample, () => response.destroy())
    }
    expect(await whyOf()).toBe('network')
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.write(sample)
    }
    expect(await whyOf({ seconds: 0.3 })).toBe('time')
  })

  it('follows redirects to where the source states, and nowhere else', async () => {
    answer = (request, response) =>
      request.url === '/list.xml'
        ? status(302, { location: '/moved.xml' })(request, response)
        : send(sample)(request, response)
    expect(await whyOf()).toBe('taken')
    answer = status(302, { location: 'http://169.254.169.254/latest/' })
    expect(await whyOf()).toBe('address')
    answer = status(302, { location: '/list.xml' })
    expect(await whyOf()).toBe('redirect')
    expect(await whyOf({ mayAsk: () => false })).toBe('address')
  })
})

describe('isStated', () => {
  it('is an address by https at a stated host, without a port or credentials', () => {
    const hosts = ['lists.example.org']
    expect(isStated(new URL('https://lists.example.org/a'), hosts)).toBe(true)
    for (const other of [
      'http://lists.example.org/a',
      'https://lists.example.org:8443/a',
      'https://user@lists.example.org/a',
      'https://example.org/a',
      'https://lists.example.org.evil.example/a',
      'file:///etc/passwd',
    ])
      expect(isStated(new URL(other), hosts), other).toBe(false)
  })

  it('holds for every address that the node knows', () => {
    for (const { download } of listSources)
      for (const url of Object.values(download!.parts)) expect(isStated(new URL(url), download!.hosts), url).toBe(true)
  })
})

describe('a source that the node asks by its clock', () => {
  let stage: Stage
  let supervisor: ReturnType<typeof asPerson>

  beforeAll(async () => {
    answer = send(sample, { etag: '"v1"' })
    const lists = { download: 'scheduled' as const, addresses: { 'un-sc': { xml: `${origin}/list.xml` } } }
    stage = await openStage({ running: ['fr', 'ke'], config: (member) => (member === 'fr' ? { lists } : {}) })
    supervisor = asPerson(stage, 'fr', 'supervisor')
  }, 120_000)
  afterAll(() => stage?.[Symbol.asyncDispose]())

  const listOf = async (id = 'un-sc', by = supervisor) =>
    (await by('/api/v1/lists')).json.items.find((it: { id: string }) => it.id === id)
  const ask = async () => (await supervisor('/api/v1/lists/un-sc/download', { body: {} })).json

  it('is asked at the start and imported, and says when it will be asked again', async () => {
    const list = await until(listOf, (it) => it.download.outcome === 'imported')
    expect(list).toMatchObject({ version: 1, download: { failures: 0, problem: null } })
    expect(Date.parse(list.download.nextAt)).toBeGreaterThan(Date.parse(list.download.askedAt) + 5 * 3_600_000)
    expect(list.last).toMatchObject({ state: 'done', by: null })
  })

  it('costs nothing when nothing is new', async () => {
    answer = status(304)
    expect(await ask()).toMatchObject({ outcome: 'same', problem: null, failures: 0 })
    expect(asked.at(-1)).toMatchObject({ 'if-none-match': '"v1"' })
  })

  it('leaves the list as it is when it fails, sends a page, a cut or a collapsed file, and waits longer each time', async () => {
    const before = await listOf()
    const bad: [Answer, object][] = [
      [status(503, { 'retry-after': '7200' }), { outcome: 'failed', failures: 1 }],
      [send(page), { outcome: 'refused', failures: 2, problem: { code: 'lists/download-refused' } }],
      [send(sample.slice(0, 2_000)), { outcome: 'refused', failures: 3, problem: { code: 'formats/truncated' } }],
      [
        send(sample.replaceAll(/<INDIVIDUAL>[\s\S]*?<\/INDIVIDUAL>/g, '')),
        { outcome: 'refused', failures: 4, problem: { code: 'lists/collapsed' } },
      ],
      // The collapsed file still lies there, and is none that a person handed in.
      [status(503), { outcome: 'failed', failures: 5 }],
    ]
    for (const [next, expected] of bad) {
      answer = next
      const state = await ask()
      expect(state).toMatchObject(expected)
      expect(Date.parse(state.nextAt)).toBeGreaterThan(Date.parse(state.askedAt) + 140_000)
    }
    const after = await listOf()
    expect(after).toMatchObject({ version: before.version, contentHash: before.contentHash, entries: before.entries })
    expect(after.download.changedAt).toBe(before.download.changedAt)
  })

  it('is taken again when it is whole, and not asked while files of a person wait', async () => {
    answer = send(sample.replace('Invented judge', 'Invented teacher'), { etag: '"v2"' })
    expect(await ask()).toMatchObject({ outcome: 'imported', failures: 0, problem: null })
    expect(await listOf()).toMatchObject({ version: 2 })
    await supervisor('/api/v1/lists/un-sc/parts/xml', {
      method: 'PUT',
      raw: sample,
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(await ask()).toMatchObject({ outcome: 'waiting' })
    expect((await listOf()).handedIn).toHaveLength(1)
  })

  it('is not asked by a node whose configuration does not say so', async () => {
    const other = asPerson(stage, 'ke', 'supervisor')
    expect((await listOf('un-sc', other)).download).toBeNull()
    expect((await other('/api/v1/lists/un-sc/download', { body: {} })).json.code).toBe('lists/no-download')
    // Nor does an exercise ask anybody outside its machine, whatever its configuration says.
    expect((await listOf('eu-fsf')).download).toBeNull()
  })
})
