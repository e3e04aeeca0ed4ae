import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { signWith, succeed } from '#node/federation'
import type { Directory, SignedDirectory } from '#protocol/directory'
import { type MemberProof, signProof } from '#protocol/proof'
import { proofHeader } from '#wire/carrier'
import { openScene, type Scene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { askAs, until } from './api.fixture.ts'
import { startCourier } from './courier.ts'
import { readConfirmed } from './store.ts'

const signed = (scene: Scene, current: Directory, change: Partial<Directory> = {}, signatures = 2) =>
  signWith(succeed(current, change, new Date()), scene.material.directoryKeys.slice(0, signatures))

const versionAt = (scene: Scene, member: string) => scene.node(member).services.directories.current().version

const eager = { retry: { firstMilliseconds: 50, longestMilliseconds: 200 } }

describe('directory', () => {
  it('reaches the peers that are there, and one that was off when it starts', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'])
    await scene.stop('id')
    const administrator = askAs(['administrator'], scene.node('fr'))
    const current = scene.material.directory.document
    const next = await signed(scene, current, {
      groups: [{ id: 'jit-one', name: 'Joint team', members: ['fr', 'ke'] }],
    })

    expect(await administrator('POST', '/directory', next)).toMatchObject({
      status: 200,
      body: { version: 2, before: 1 },
    })
    await until(
      () => versionAt(scene, 'ke'),
      (it) => it === 2,
    )
    expect(versionAt(scene, 'ke')).toBe(2)

    await scene.start('id')
    await until(
      () => versionAt(scene, 'id'),
      (it) => it === 2,
    )
    expect(versionAt(scene, 'id')).toBe(2)
    expect((await askAs(['officer'], scene.node('id'))('GET', '/members')).body).toMatchObject({
      version: 2,
      groups: [],
    })
    expect((await askAs(['officer'], scene.node('ke'))('GET', '/members')).body.groups).toHaveLength(1)

    const peers = () => administrator('GET', '/peers').then((it) => it.body.items as { directoryVersion: number }[])
    expect(await until(peers, (it) => it.every((one) => one.directoryVersion === 2))).toMatchObject([
      { member: 'ke', directoryVersion: 2 },
      { member: 'id', directoryVersion: 2 },
    ])
  })

  it('is pushed again until a peer that failed confirms it', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { services } = scene.node('fr')
    await scene.stop('ke')
    let asked = 0
    const taken: SignedDirectory[] = []
    await using _ke = await standIn(scene, 'ke', (body) => {
      if (++asked < 3) return 503
      if (body !== undefined) taken.push(JSON.parse(body))
      return scene.material.directory
    })
    const next = await signed(scene, services.directories.current())
    await askAs(['administrator'], scene.node('fr'))('POST', '/directory', next)
    await using _courier = startCourier(services, eager)
    await until(
      () => taken.length,
      (it) => it > 0,
    )
    expect(taken[0]).toEqual(next)
    const confirmed = () => readConfirmed(services.store).then((it) => it.get('ke'))
    expect(await until(confirmed, (it) => it === 2)).toBe(2)
  })

  it('is not taken from a peer that shows a newer one without enough signatures', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { services } = scene.node('fr')
    await scene.stop('ke')
    const second = await signed(scene, scene.material.directory.document)
    const forged = await signed(scene, second.document, {}, 1)
    let asked = 0
    await using _ke = await standIn(scene, 'ke', () => {
      asked++
      return forged
    })
    await askAs(['administrator'], scene.node('fr'))('POST', '/directory', second)
    await using _courier = startCourier(services, eager)
    await until(
      () => asked,
      (it) => it > 2,
    )
    expect(asked).toBeGreaterThan(2)
    expect(services.directories.current().version).toBe(2)
    expect((await readConfirmed(services.store)).get('ke')).not.toBe(3)
  })

  it('refuses a rollback, too few signatures and another federation, and keeps the one in force', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { services } = scene.node('fr')
    const administrator = askAs(['administrator'], scene.node('fr'))
    const first = scene.material.directory
    const second = await signed(scene, first.document)
    const third = await signed(scene, second.document)
    await administrator('POST', '/directory', third)

    const code = async (input: unknown) => (await administrator('POST', '/directory', input)).body.code
    expect(await code(first)).toBe('directory/rollback')
    expect(await code(second)).toBe('directory/rollback')
    expect(await code(await signed(scene, second.document, { exercise: false }))).toBe('directory/rollback')
    expect(await code(await signed(scene, third.document, {}, 1))).toBe('directory/too-few-signatures')
    expect(await code(await signed(scene, third.document, { federation: 'Elsewhere' }))).toBe(
      'directory/wrong-federation',
    )
    expect(services.directories.current().version).toBe(3)

    const { rows } = await refusals(scene)
    expect(rows.map((it) => it.reason?.split(':')[0])).toEqual(
      expect.arrayContaining(['directory/rollback', 'directory.adopt']),
    )
  })

  it('refuses over the wire what it would refuse by hand', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const push = (body: unknown) =>
      fetch(`${scene.node('ke').url}/wire/v1/directory`, { method: 'POST', body: JSON.stringify(body) })
    const next = await signed(scene, scene.material.directory.document)
    expect((await push({ ...next, signatures: next.signatures.slice(0, 1) })).status).toBe(403)
    expect((await push({ ...next, signatures: [next.signatures[0], next.signatures[0]] })).status).toBe(403)
    expect((await push(next)).status).toBe(200)
    expect((await push(scene.material.directory)).status).toBe(403)
    expect(versionAt(scene, 'ke')).toBe(2)
  })

  it('is shown over the wire to whoever proves to be a member, for one peer, one question and now', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { identity } = scene.node('fr').services
    const path = '/wire/v1/directory'
    const show = async (proof?: Partial<MemberProof>) => {
      const made = { member: 'fr', to: 'ke', ask: path, at: new Date().toISOString(), ...proof }
      const headers = proof === undefined ? {} : { [proofHeader]: signProof(made, identity.signingKey()) }
      const response = await fetch(scene.node('ke').url + path, { headers })
      return { status: response.status, body: (await response.json()) as object }
    }
    const unproven = { status: 403, body: { code: 'wire/unproven' } }
    expect(await show({})).toEqual({ status: 200, body: scene.material.directory })
    expect(await show()).toEqual(unproven)
    expect(await show({ to: 'fr' })).toEqual(unproven)
    expect(await show({ member: 'ke' })).toEqual(unproven)
    expect(await show({ member: 'atlantis' })).toEqual(unproven)
    expect(await show({ ask: '/wire/v1/envelopes' })).toEqual(unproven)
    expect(await show({ at: new Date(Date.now() - 3_600_000).toISOString() })).toEqual(unproven)
  })

  it('comes with a new member to a peer whose directory does not name it yet', async () => {
    await using scene = await openScene(['ke', 'id'])
    const first = scene.material.directory.document
    const without = await signed(scene, first, { members: first.members.filter((it) => it.id !== 'id') })
    expect((await askAs(['administrator'], scene.node('ke'))('POST', '/directory', without)).status).toBe(200)
    const joining = await signed(scene, without.document, { members: first.members })
    expect((await askAs(['administrator'], scene.node('id'))('POST', '/directory', joining)).status).toBe(200)
    expect(
      await until(
        () => versionAt(scene, 'ke'),
        (it) => it === 3,
      ),
    ).toBe(3)
  })

  it('is for the administrator, and its groups for those who may know them', async () => {
    await using scene = await openScene(['fr'])
    const status = async (role: 'officer' | 'auditor' | 'administrator', method: 'GET' | 'POST', path: string) =>
      (await askAs([role], scene.node('fr'))(method, path, method === 'POST' ? scene.material.directory : undefined))
        .status
    expect(await status('officer', 'GET', '/directory')).toBe(403)
    expect(await status('auditor', 'GET', '/directory')).toBe(200)
    expect(await status('auditor', 'POST', '/directory')).toBe(403)
    expect(await status('officer', 'GET', '/members')).toBe(200)
    expect(await status('officer', 'GET', '/peers')).toBe(403)
  })
})

/** Another server at the address of a node that is off. */
async function standIn(
  scene: Scene,
  member: string,
  answer: (body: string | undefined) => 503 | SignedDirectory,
): Promise<AsyncDisposable> {
  const { endpoint } = scene.material.directory.document.members.find((it) => it.id === member)!
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const given = answer(request.method === 'POST' ? Buffer.concat(chunks).toString() : undefined)
      response.writeHead(given === 503 ? 503 : 200).end(given === 503 ? '' : JSON.stringify(given))
    })
  })
  await new Promise<void>((listening) => server.listen(Number(new URL(endpoint.url).port), '127.0.0.1', listening))
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function refusals(scene: Scene) {
  const trail = await readTrail(scene.node('fr').services.store)
  return { rows: trail.filter((it) => it.outcome === 'refused') }
}
