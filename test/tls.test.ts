import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { Member } from '#protocol/directory'
import { readHoldings } from '#store/holdings'
import { httpsCarrier } from '#wire/https-carrier'
import { isLoopback } from '#wire/peer-request'
import { adoptDirectory } from '#wire/routes'
import { asPerson } from './api-kit.ts'
import { openStage, type Stage, until } from './stage-kit.ts'
import { header, subjectBody } from './wire-kit.ts'

/** Nodes on different machines: TLS 1.3 with exactly the certificate that the directory names, and nothing else. */

interface Certified {
  readonly cert: string
  readonly private: string
}

interface Kind {
  readonly names?: readonly string[]
  readonly until?: Date
}

async function certify({
  names = [],
  until: notAfterDate = new Date(addTime(new Date(), 1, 'years')),
}: Kind = {}): Promise<Certified> {
  const altNames = [
    ...(names.length === 0 ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
    ...names.map((value) => ({ type: 2 as const, value })),
  ]
  return generate([{ name: 'commonName', value: names[0] ?? '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(addTime(new Date(), -2, 'days')),
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames },
    ],
  })
}

let stage: Stage
const certificates = new Map<string, Certified>()

beforeAll(async () => {
  for (const it of ['fr', 'ke', 'id']) certificates.set(it, await certify())
  stage = await openStage({
    running: ['fr', 'ke', 'id'],
    directory: (document) => ({
      ...document,
      members: document.members.map((it) => secured(it, certificates.get(it.id)!.cert)),
    }),
    config: (member, root) => {
      const { cert, private: key } = certificates.get(member)!
      writeFileSync(join(root, member, 'cert.pem'), cert)
      writeFileSync(join(root, member, 'key.pem'), key, { mode: 0o600 })
      return { tls: { certificateFile: 'cert.pem', keyFile: 'key.pem' } }
    },
  })
}, 120_000)

afterAll(() => stage[Symbol.asyncDispose]())

function secured(member: Member, certificate: string): Member {
  return { ...member, endpoint: { url: member.endpoint.url.replace('http:', 'https:'), certificate } }
}

const officer = (member: string) => {
  const asked = asPerson(stage, member, 'officer')
  return (path: string, options = {}) => asked(path, { ca: certificates.get(member)!.cert, ...options })
}

/** A new record of France, shared with a member. */
async function share(to: string): Promise<RecordId> {
  const handling = header({ audience: { members: [], groups: [], sectors: [] } })
  const made = await officer('fr')('/api/v1/subjects', { body: { handling, body: subjectBody() } })
  expect(made.status, made.text).toBe(201)
  const shared = await officer('fr')(`/api/v1/records/${made.json.id}/share`, { body: { with: { members: [to] } } })
  expect(shared.status, shared.text).toBe(202)
  return made.json.id
}

const holding = async (id: RecordId) => (await readHoldings(stage.node('fr').services.store, id))[0]

/** France adopts a directory in which the endpoint of a member is another. The others go on with the one they have. */
async function believe(member: string, endpoint: Member['endpoint']): Promise<void> {
  const { services } = stage.node('fr')
  const next = await stage.nextDirectory((document) => ({
    members: document.members.map((it) => (it.id === member ? { ...it, endpoint } : it)),
  }))
  const verified = await services.directories.verify(next)
  await adoptDirectory(verified, { store: services.store, me: 'fr', directories: services.directories })
  stage.node('fr').delivery.wake([member])
}

const endpointOf = (member: string, certificate?: string): Member['endpoint'] => ({
  url: `https://127.0.0.1:${stage.port(member)}`,
  ...(certificate === undefined ? {} : { certificate }),
})

describe('two nodes over TLS', () => {
  it('deliver, answer and tell of the reading', async () => {
    const id = await share('ke')
    expect(
      await until(
        () => holding(id),
        (it) => it?.state === 'held' && it.open === null,
      ),
    ).toMatchObject({ member: 'ke', state: 'held', open: null })
    const read = await officer('ke')(`/api/v1/records/${id}`)
    expect(read).toMatchObject({ status: 200, json: { owner: 'fr', version: 2 } })
    expect(
      await until(
        () => holding(id),
        (it) => it?.readVersion === 2,
      ),
    ).toMatchObject({ readVersion: 2 })
  })

  it('speak TLS 1.3 and nothing before it, and no plain HTTP', async () => {
    const protocolOf = (options: object) =>
      new Promise((resolve, reject) => {
        const socket = connect({
          host: '127.0.0.1',
          port: stage.port('ke'),
          ca: certificates.get('ke')!.cert,
          ...options,
        })
        socket.once('secureConnect', () => {
          resolve(socket.getProtocol())
          socket.destroy()
        })
        socket.once('error', reject)
      })
    expect(await protocolOf({})).toBe('TLSv1.3')
    await expect(protocolOf({ maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version|alert/i)
    await expect(asPerson(stage, 'ke', 'officer')('/api/v1/me')).rejects.toThrow()
  })
})

describe('a node that shows another certificate than the directory names', () => {
  const wrong: readonly [name: string, endpoint: () => Promise<Member['endpoint']>][] = [
    ['another one', async () => endpointOf('ke', (await certify()).cert)],
    ['that of another member', async () => endpointOf('ke', certificates.get('id')!.cert)],
    ['none, where the authorities of the system do not know it', async () => endpointOf('ke')],
    ['no certificate at all', async () => endpointOf('ke', 'no certificate')],
    [
      'the right one for another name',
      async () => ({ url: `https://localhost:${stage.port('ke')}`, certificate: certificates.get('ke')!.cert }),
    ],
  ]
  it.each(wrong)('gets nothing: %s', async (_, endpoint) => {
    await believe('ke', await endpoint())
    const id = await share('ke')
    const open = await until(
      () => holding(id),
      (it) => it?.open?.problem === 'wire/no-answer',
    )
    expect(open).toMatchObject({ state: 'sent', open: { kind: 'record', problem: 'wire/no-answer' } })
    expect((await officer('ke')(`/api/v1/records/${id}`)).status).toBe(404)
    await believe('ke', endpointOf('ke', certificates.get('ke')!.cert))
    expect(
      await until(
        () => holding(id),
        (it) => it?.state === 'held' && it.open === null,
      ),
    ).toMatchObject({ state: 'held', open: null })
  })

  it.each<[name: string, kind: Kind]>([
    ['of another certificate', {}],
    ['of the certificate of another host', { names: ['ke.example'] }],
    ['of one that has run out', { until: new Date(addTime(new Date(), -1, 'days')) }],
  ])('in its place is not told anything: %s', async (name, kind) => {
    const own = await certify(kind)
    const heard: string[] = []
    await stage.stop('id')
    const server = createServer({ cert: own.cert, key: own.private }, (request, response) => {
      heard.push(`${request.method} ${request.url}`)
      response.end('{"answers":[]}')
    })
    await new Promise<void>((ready) => server.listen(stage.port('id'), '127.0.0.1', ready))
    try {
      // An impostor has another certificate; one whose certificate is named, but is not good, is no better.
      await believe('id', endpointOf('id', name === 'of another certificate' ? certificates.get('id')!.cert : own.cert))
      const id = await share('id')
      expect(
        await until(
          () => holding(id),
          (it) => it?.open?.problem === 'wire/no-answer',
        ),
      ).toMatchObject({ state: 'sent', open: { problem: 'wire/no-answer' } })
      await new Promise((resume) => setTimeout(resume, 300))
      expect(heard).toEqual([])
      await new Promise((done) => server.close(done))
      await stage.start('id')
      await believe('id', endpointOf('id', certificates.get('id')!.cert))
      expect(
        await until(
          () => holding(id),
          (it) => it?.state === 'held' && it.open === null,
        ),
      ).toMatchObject({ state: 'held' })
    } finally {
      server.close()
    }
  })
})

describe('plain HTTP', () => {
  it.each([
    'http://192.0.2.1:7001',
    'http://ke.example',
    'http://127.0.0.1.ke.example',
    'http://localhost.ke.example:80',
    'http://127.0.0.1@ke.example',
    'http://0.0.0.0:7001',
    'http://[::]:7001',
    'http://[2001:db8::1]',
    'http://10.0.0.1',
    'ftp://127.0.0.1',
    'ws://127.0.0.1',
  ])('to %s is refused before anything is sent', async (url) => {
    const carrier = httpsCarrier({ me: 'fr', timeoutMilliseconds: 500 })
    const to = { id: 'ke', endpoint: { url } } as Member
    await expect(carrier.send(to, [])).rejects.toMatchObject({ code: 'wire/insecure' })
    await expect(carrier.greet(to)).rejects.toMatchObject({ code: 'wire/insecure' })
    carrier.close()
  })

  it('to the loopback is what the exercise uses', () => {
    expect(['localhost', '127.0.0.1', '127.255.255.254', '[::1]'].every(isLoopback)).toBe(true)
    expect(['127.0.0.1.example', '128.0.0.1', '0.0.0.0', '', '127.1.1'].some(isLoopback)).toBe(false)
  })

  it('leaves the delivery open, with the reason, when the directory names it', async () => {
    await believe('ke', { url: 'http://192.0.2.1:7001' })
    const id = await share('ke')
    expect(
      await until(
        () => holding(id),
        (it) => it?.open?.problem === 'wire/insecure',
      ),
    ).toMatchObject({ state: 'sent', open: { kind: 'record', problem: 'wire/insecure' } })
    await believe('ke', endpointOf('ke', certificates.get('ke')!.cert))
    expect(
      await until(
        () => holding(id),
        (it) => it?.state === 'held' && it.open === null,
      ),
    ).toMatchObject({ state: 'held', open: null })
  })
})

it('no node failed at anything', () => {
  expect(stage.errors).toEqual([])
})
