import { describe, expect, it } from 'vitest'
import { signWith, succeed } from '#node/federation'
import { type Directory, signDirectory } from '#protocol/directory'
import { generateJwk, openOwnKey, type PrivateJwk } from '#protocol/keys'
import { openScene, type Scene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { askAs, until } from './api.fixture.ts'

const reason = 'Asked for by the secretariat.'
const suspendKe = { edits: [{ kind: 'suspend', member: 'ke', suspended: true }], reason }

const signatureOf = async (text: string, key: PrivateJwk) =>
  signDirectory(JSON.parse(text) as Directory, await openOwnKey(key))

async function proposed(scene: Scene, body: object = suspendKe) {
  const administrator = askAs(['administrator'], scene.node('fr'))
  const { status, body: made } = await administrator('POST', '/directory/proposals', body)
  expect(status).toBe(201)
  const path = `/directory/proposals/${made.hash as string}`
  const shown = async () => (await administrator('GET', path)).body as never as Shown
  const sign = async (key: PrivateJwk) =>
    administrator('POST', `${path}/signatures`, { signature: await signatureOf((await shown()).signing.text, key) })
  return { administrator, path, shown, sign, adopt: () => administrator('POST', `${path}/adopt`, {}) }
}

interface Shown {
  readonly state: string
  readonly lines: readonly { kind: string; id: string }[]
  readonly keys: readonly { signed: object | null }[]
  readonly signing: { text: string; current: Directory; signatures: string[] }
}

const versionAt = (scene: Scene, member: string) => scene.node(member).services.directories.current().version

describe('a proposal', () => {
  it('goes into force when enough keys have signed, not before, and reaches the peers', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'])
    const keys = scene.material.directoryKeys
    const { shown, sign, adopt } = await proposed(scene)
    expect(await shown()).toMatchObject({ state: 'open', lines: [{ kind: 'member-suspended', id: 'ke' }] })
    expect((await adopt()).body.code).toBe('directory/too-few-signatures')
    expect((await sign(keys[0]!)).status).toBe(200)
    expect((await sign(keys[0]!)).status).toBe(200)
    expect((await adopt()).body.code).toBe('directory/too-few-signatures')
    expect(versionAt(scene, 'fr')).toBe(1)
    expect((await sign(keys[2]!)).status).toBe(200)
    expect((await shown()).keys.map((it) => it.signed !== null)).toEqual([true, false, true])
    expect(await adopt()).toMatchObject({ status: 200, body: { version: 2, before: 1 } })
    await until(
      () => versionAt(scene, 'id'),
      (it) => it === 2,
    )
    expect(versionAt(scene, 'id')).toBe(2)
    expect((await shown()).state).toBe('in-force')
    expect((await adopt()).body.code).toBe('proposals/closed')
    const state = await askAs(['officer'], scene.node('fr'))('GET', '/directory/state')
    expect(state.body).toMatchObject({ version: 2, threshold: 2 })
    expect((state.body.keys as unknown as { signed: boolean }[]).map((it) => it.signed)).toEqual([true, false, true])
    const trail = await readTrail(scene.node('fr').services.store)
    const about = trail.filter((it) => it.object?.type === 'directory-proposal')
    expect(about.map((it) => it.details.act)).toEqual(['propose', 'sign', 'sign', 'adopt'])
  })

  it('takes no signature of a key that is not pinned, nor one over another text', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { administrator, path, shown, sign } = await proposed(scene)
    expect(await sign(generateJwk('sign'))).toMatchObject({ status: 403, body: { code: 'proposals/foreign-key' } })
    const other = await signatureOf(JSON.stringify(scene.material.directory.document), scene.material.directoryKeys[0]!)
    expect((await administrator('POST', `${path}/signatures`, { signature: other })).body.code).toBe(
      'proposals/foreign-key',
    )
    for (const signature of ['', '..', 'e30..e30', '<img src=x onerror=alert(1)>'])
      expect((await administrator('POST', `${path}/signatures`, { signature })).status).toBe(403)
    expect((await shown()).keys.every((it) => it.signed === null)).toBe(true)
  })

  it('is overtaken when another directory of its version comes into force', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { sign, adopt, shown, administrator } = await proposed(scene)
    for (const key of scene.material.directoryKeys) await sign(key)
    const other = await signWith(
      succeed(scene.material.directory.document, { groups: [] }, new Date()),
      scene.material.directoryKeys.slice(0, 2),
    )
    expect((await administrator('POST', '/directory', other)).status).toBe(200)
    expect((await shown()).state).toBe('overtaken')
    expect((await adopt()).body.code).toBe('proposals/closed')
  })

  it('comes as a file too, with the signatures that it has, and gathers those of a second file', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const administrator = askAs(['administrator'], scene.node('fr'))
    const handIn = (signed: object) => administrator('POST', '/directory/proposals/files', { signed, reason })
    const [one, two] = scene.material.directoryKeys
    const first = scene.material.directory
    const next = succeed(first.document, { groups: [{ id: 'jit', name: '<b>x</b>', members: ['fr'] }] }, new Date())
    expect((await handIn(first)).body.code).toBe('proposals/not-newer')
    expect((await handIn(await signWith({ ...next, previous: '0'.repeat(64) }, [one!]))).body.code).toBe(
      'directory/rollback',
    )
    expect((await handIn(await signWith({ ...next, federation: 'Elsewhere' }, [one!]))).body.code).toBe(
      'directory/wrong-federation',
    )
    expect((await handIn(await signWith(next, [generateJwk('sign')]))).body.code).toBe('proposals/foreign-key')
    expect(
      (await handIn(await signWith({ ...next, groups: [{ ...next.groups[0]!, members: ['xx'] }] }, [one!]))).body,
    ).toMatchObject({ code: 'directory/inconsistent' })
    const made = await handIn(await signWith(next, [one!]))
    expect(made).toMatchObject({ status: 201, body: { signatures: 1, version: 2 } })
    expect(await handIn(await signWith(next, [two!]))).toMatchObject({ body: { hash: made.body.hash, signatures: 1 } })
    const adopt = `/directory/proposals/${made.body.hash as string}/adopt`
    expect(await administrator('POST', adopt, {})).toMatchObject({ status: 200, body: { version: 2 } })
  })

  it('is for administrators to make and put in force, for a supervisor to see without the groups of others', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { path, administrator } = await proposed(scene, {
      edits: [
        { kind: 'group', group: { id: 'theirs', name: 'Theirs', members: ['ke'] } },
        { kind: 'group', group: { id: 'ours', name: 'Ours', members: ['fr'] } },
      ],
      reason,
    })
    const supervisor = askAs(['supervisor'], scene.node('fr'))
    const seen = (await supervisor('GET', path)).body as never as Shown
    expect(new Set(seen.lines.map((it) => it.id))).toEqual(new Set(['ours']))
    expect(seen.signing).toBeNull()
    for (const [role, status] of [
      ['officer', 403],
      ['legal', 403],
      ['auditor', 200],
    ] as const)
      expect((await askAs([role], scene.node('fr'))('GET', path)).status).toBe(status)
    expect((await supervisor('POST', '/directory/proposals', suspendKe)).status).toBe(403)
    expect((await supervisor('POST', `${path}/adopt`, {})).status).toBe(403)
    expect((await supervisor('POST', `${path}/withdraw`, { reason })).status).toBe(403)
    expect((await administrator('POST', `${path}/withdraw`, { reason })).status).toBe(200)
    expect((await administrator('POST', `${path}/withdraw`, { reason })).body.code).toBe('proposals/closed')
  })
})

describe('keys', () => {
  it('of this node are told with whether they are on this machine and in use', async () => {
    await using scene = await openScene(['fr'])
    const { body } = await askAs(['administrator'], scene.node('fr'))('GET', '/directory/own-keys')
    expect(body).toMatchObject({
      items: [
        { use: 'sign', state: 'valid', held: true, inUse: true },
        { use: 'seal', state: 'valid', held: true, inUse: true },
      ],
      ending: [],
    })
    expect((await askAs(['officer'], scene.node('fr'))('GET', '/directory/own-keys')).status).toBe(403)
  })
})

describe('health', () => {
  it('shows a peer that is off with what waits for it, and nothing to those who do not watch the node', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'])
    await scene.stop('ke')
    const { store } = scene.node('fr').services
    await store.commit({
      send: [{ to: 'ke', purpose: 'oversight', content: { kind: 'read', id: `rec_${'0'.repeat(32)}`, version: 1 } }],
      audit: [],
    })
    const supervisor = askAs(['supervisor'], scene.node('fr'))
    const peers = () =>
      supervisor('GET', '/health').then(
        (it) => it.body.peers as unknown as { member: string; problem: string | null }[],
      )
    const [ke, id] = await until(peers, (it) => it.find((one) => one.member === 'ke')?.problem != null)
    expect(ke).toMatchObject({ member: 'ke', standing: 'attention', problem: 'wire/no-answer', sealed: 1, missing: 0 })
    expect(id).toMatchObject({ member: 'id' })
    const { body } = await supervisor('GET', '/health')
    expect(body).toMatchObject({
      node: { version: expect.stringMatching(/^\d/) },
      database: { bytes: expect.any(Number) },
      directory: { version: 1, standing: 'good' },
      keys: { standing: 'good' },
      ledger: { size: expect.any(Number) },
    })
    expect((body.followers as unknown as { name: string }[]).map((it) => it.name)).toContain('screening')
    for (const role of ['officer', 'legal', 'auditor'] as const)
      expect((await askAs([role], scene.node('fr'))('GET', '/health')).status).toBe(403)
  })
})

describe('the standing of a member', () => {
  it('is numbers of what each holds of the other, never which', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { status, body } = await askAs(['auditor'], scene.node('fr'))('GET', '/members/ke/standing')
    expect({ status, body }).toMatchObject({ status: 200, body: { member: 'ke', ours: [], theirs: [], waiting: 0 } })
    expect((await askAs(['officer'], scene.node('fr'))('GET', '/members/ke/standing')).status).toBe(403)
    expect((await askAs(['auditor'], scene.node('fr'))('GET', '/members/xx/standing')).status).toBe(404)
  })
})
