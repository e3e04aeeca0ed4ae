import { describe, expect, it } from 'vitest'
import type { RunningNode } from '#node/open-node'
import { openScene, type Scene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { askAs, until } from './api.fixture.ts'

/** Something for a peer, of which it does not matter that it is refused there: it uses up a sequence. */
const sendSomething = ({ services }: RunningNode, to: string, version: number) =>
  services.store.commit({
    send: [{ to, purpose: 'oversight', content: { kind: 'read', id: `rec_${'0'.repeat(32)}`, version } }],
    audit: [],
  })

const queueOf = async (node: RunningNode) =>
  node.services.store.db.selectFrom('outbox').select('id').where('state', 'in', ['waiting', 'sealed']).execute()

/** As if the node had been restored from a copy made before its last envelope. */
async function restoreOlderCopy(scene: Scene): Promise<void> {
  await scene
    .node('fr')
    .services.store.db.updateTable('peers')
    .set({ out_sequence: 0, out_hash: null })
    .where('member', '=', 'ke')
    .execute()
}

describe('peers', () => {
  it('shows what waits for a peer that is off and since when it fails', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'])
    await scene.stop('ke')
    await sendSomething(scene.node('fr'), 'ke', 1)
    const supervisor = askAs(['supervisor'], scene.node('fr'))
    const peers = () => supervisor('GET', '/peers').then((it) => it.body.items as { problem: string | null }[])
    const [ke, id] = await until(peers, (it) => it[0]!.problem !== null)
    expect(ke).toMatchObject({ member: 'ke', waiting: 1, problem: 'wire/no-answer', suspended: null })
    expect(ke).toMatchObject({ failingSince: expect.any(String), oldestWaiting: expect.any(String) })
    expect(id).toMatchObject({ member: 'id', waiting: 0, problem: null, oldestWaiting: null })
  })

  it('are suspended by a fork and go on with their own chain once an administrator says so', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    await sendSomething(fr, 'ke', 1)
    await until(
      () => queueOf(fr),
      (it) => it.length === 0,
    )
    await restoreOlderCopy(scene)
    await sendSomething(fr, 'ke', 2)

    const administrator = askAs(['administrator'], ke)
    const peers = () => administrator('GET', '/peers').then((it) => it.body.items as { suspended: string | null }[])
    const [suspended] = await until(peers, (it) => it[0]!.suspended !== null)
    expect(suspended).toMatchObject({ suspended: 'Two different envelopes claim sequence 1.', taken: 1 })

    const ask = { chain: 'theirs', reason: 'Restored from the copy of Monday.' }
    expect((await askAs(['supervisor'], ke)('POST', '/peers/fr/reinstate', ask)).status).toBe(403)
    expect((await administrator('POST', '/peers/fr/reinstate', { chain: 'theirs', reason: '' })).status).toBe(422)
    expect((await administrator('POST', '/peers/xx/reinstate', ask)).status).toBe(404)
    expect((await administrator('POST', '/peers/fr/reinstate', ask)).status).toBe(200)
    expect((await administrator('POST', '/peers/fr/reinstate', ask)).body.code).toBe('members/not-suspended')

    expect(
      await until(
        () => queueOf(fr),
        (it) => it.length === 0,
      ),
    ).toEqual([])
    expect(await peers()).toMatchObject([{ suspended: null, taken: 1 }])
    const aside = await ke.services.store.db.selectFrom('inbox').select('sender').execute()
    expect(aside.map((it) => it.sender.split(' ')[0])).toEqual(['fr', 'fr'])
  })

  it('list what was refused, and give the evidence to the auditor alone, who is audited', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    for (const version of [1, 2, 3]) await sendSomething(fr, 'ke', version)
    await until(
      () => queueOf(fr),
      (it) => it.length === 0,
    )

    const administrator = askAs(['administrator'], ke)
    const list = () => administrator('GET', '/quarantine?limit=2')
    const { body } = await until(list, (it) => it.body.items.length === 2)
    const [newest, older] = body.items as { id: string }[]
    expect(newest).toMatchObject({ sender: 'fr', code: 'record/not-held', evidenceBytes: expect.any(Number) })
    expect(newest).not.toHaveProperty('evidence')
    expect(body.next).toBe(older!.id)
    expect((await administrator('GET', `/quarantine?after=${older!.id}`)).body.items).toHaveLength(1)

    expect((await administrator('GET', `/quarantine/${newest!.id}`)).status).toBe(403)
    const shown = await askAs(['auditor'], ke)('GET', `/quarantine/${newest!.id}`)
    expect(shown.body.evidence).toMatch(/^ey/)
    expect((await askAs(['auditor'], ke)('GET', '/quarantine/999')).status).toBe(404)
    expect(await readTrail(ke.services.store)).toContainEqual(
      expect.objectContaining({ act: 'view', object: { type: 'quarantine', id: newest!.id } }),
    )
  })
})
