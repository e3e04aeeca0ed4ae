import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openScene } from '../../../test/kit.ts'
import { act, commitActs, fetcher, forgetCheckpoints, rewriteLedger, sizeOf } from './audit.fixture.ts'
import { verifyRemoteTrail } from './verify-trail.ts'

describe('verifyRemoteTrail', () => {
  it('finds an untouched trail intact, in as many pages as it takes, and goes on while the ledger grows', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    await commitActs(fr, 2_300)
    const progress: number[] = []
    const fetchJson = fetcher(fr)
    const report = await verifyRemoteTrail({ fetchJson, onProgress: (it) => progress.push(it.done) })
    expect(report).toMatchObject({ intact: true, rootMatches: true, tampered: [], erased: 0 })
    expect(report.covered).toBeGreaterThanOrEqual(2_300)
    // Each page that was asked for is an act of its own.
    expect(await sizeOf(fr)).toBe(report.covered + 3)
    expect(progress).toHaveLength(3)
    expect(report.latest).toContain(`comity/comity-test/fr\n${report.covered}\n`)
  })

  it('names the entry that was altered in the database', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    await commitActs(fr, 1_500)
    const { store } = fr.services
    await sql`update ledger_leaves set entry = jsonb_set(entry, '{actor,person}', '"per_nobody"') where index = 1234`.execute(
      store.db,
    )
    const report = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    expect(report.intact).toBe(false)
    expect(report.tampered).toEqual([{ index: 1_234, until: 1_235, why: 'altered' }])
  })

  it('names the entry that was replaced together with its commitment, and the one that was removed', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    await commitActs(fr, 40)
    const { store } = fr.services
    await fetcher(fr)('/api/v1/audit/checkpoint')
    await sql`update ledger_leaves as it set (commitment, salt, entry) = (select commitment, salt, entry from ledger_leaves where index = 20) where it.index = 7`.execute(
      store.db,
    )
    await sql`delete from ledger_leaves where index = 30`.execute(store.db)
    const report = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    expect(report.intact).toBe(false)
    expect(report.tampered).toContainEqual({ index: 7, until: 8, why: 'replaced' })
    expect(report.tampered).toContainEqual({ index: 30, until: 31, why: 'missing' })
  })

  it('finds a ledger that was rewritten as a whole by a note that was kept', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    await commitActs(fr, 10)
    const { latest } = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    await rewriteLedger(fr.services.store, (entry, index) =>
      index === 4 ? { ...entry, reason: 'nothing to see' } : entry,
    )
    await forgetCheckpoints(fr.services.store)
    const alone = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    expect(alone.intact).toBe(true)
    const held = await verifyRemoteTrail({ fetchJson: fetcher(fr), earlier: [latest] })
    expect(held).toMatchObject({ intact: false, tampered: [{ why: 'forked', index: 0 }] })
  })

  it('holds the node to a note that was kept even when the node no longer names the key that signed it', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    await commitActs(fr, 10)
    const { latest } = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    await rewriteLedger(fr.services.store, (entry) => entry)
    await forgetCheckpoints(fr.services.store)
    const honest = fetcher(fr)
    const fetchJson = async (path: string) => {
      const answer = (await honest(path)) as Record<string, unknown>
      return path.endsWith('/keys') ? { ...answer, items: [] } : answer
    }
    const report = await verifyRemoteTrail({ fetchJson, earlier: [latest] })
    expect(report).toMatchObject({ intact: false, tampered: [{ index: 0, why: 'rewritten' }] })
    expect(await verifyRemoteTrail({ fetchJson: honest, earlier: ['not a note'] })).toMatchObject({ intact: false })
  })

  it('takes the word of keys known from elsewhere over that of the node', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    await commitActs(fr, 5)
    const { items } = (await fetcher(ke)('/api/v1/audit/keys')) as { items: { member: string; key: string }[] }
    const keysOf = (member: string) => items.filter((it) => it.member === member).map((it) => it.key)
    expect(await verifyRemoteTrail({ fetchJson: fetcher(fr), keys: keysOf('fr') })).toMatchObject({ intact: true })
    expect(await verifyRemoteTrail({ fetchJson: fetcher(fr), keys: keysOf('ke') })).toMatchObject({ intact: false })
  })

  it('gives up on a node whose pages do not end or have another form', async () => {
    const code = expect.objectContaining({ code: 'audit/bad-answer' })
    const keys = { origin: 'comity/x/fr', items: [] }
    const checkpoint = { size: 0, note: '', notes: [], next: null }
    const node = (answers: Record<string, unknown>) => async (path: string) =>
      answers[path.split('/').at(-1)!.split('?')[0]!]
    const ask = (answers: Record<string, unknown>) => verifyRemoteTrail({ fetchJson: node(answers) })
    await expect(ask({ keys: {} })).rejects.toEqual(code)
    await expect(ask({ keys, checkpoint: { ...checkpoint, next: -1 } })).rejects.toEqual(code)
    await expect(ask({ keys, checkpoint, leaves: { leaves: [], next: 0 } })).rejects.toEqual(code)
    await expect(ask({ keys, checkpoint, leaves: { leaves: [{ ...act(1) }], next: null } })).rejects.toEqual(code)
  })
})
