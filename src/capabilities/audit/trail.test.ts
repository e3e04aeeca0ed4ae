import { describe, expect, it } from 'vitest'
import { verifyTrailHere } from '#web/trail/trail'
import { openScene } from '../../../test/kit.ts'
import { act, commitActs, fetcher, rewriteLedger, sizeOf } from './audit.fixture.ts'

const check = (ask: (path: string) => Promise<unknown>, done: number[] = []) =>
  verifyTrailHere({ ask: ask as never, onProgress: (it) => void done.push(it.done) })

describe('a trail verified where it is shown', () => {
  it('is intact up to the newest signature, with its witnesses, as long as nobody touched it', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const fr = scene.node('fr')
    const ask = fetcher(fr)
    await commitActs(fr, 40)
    await ask('/api/v1/audit/checkpoint')
    await commitActs(fr, 1_030)
    const done: number[] = []
    const verdict = await check(ask, done)
    expect(verdict).toMatchObject({ findings: [], signatures: 'hold', erased: 0 })
    expect(verdict.fitting).toBe(verdict.checkpoints)
    expect(verdict.fitting).toBeGreaterThanOrEqual(2)
    expect(verdict.covered).toBeGreaterThanOrEqual(1_070)
    expect(done.length).toBeGreaterThanOrEqual(2)
  })

  it('names an entry that was altered, and the stretch that was rewritten since it was signed', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const ask = fetcher(fr)
    await commitActs(fr, 20)
    await ask('/api/v1/audit/checkpoint')
    const signed = await ask('/api/v1/audit/checkpoint?all=true&after=-1')
    const at = (await sizeOf(fr)) - 5
    await fr.services.store.db
      .updateTable('ledger_leaves')
      .set({ entry: JSON.stringify({ at: '2026-01-01T00:00:00.000Z', ...act(666) }) as never })
      .where('index', '=', at)
      .execute()
    expect((await check(ask)).findings).toEqual([{ index: at, until: at + 1, why: 'altered' }])
    await rewriteLedger(fr.services.store, (entry, index) => (index === at ? { ...entry, act: 'view' } : entry))
    // The node notices by itself and signs nothing more; what it signed before gives the rewriting away.
    expect(await ask('/api/v1/audit/checkpoint')).toMatchObject({ code: 'audit/rewritten' })
    const remembering = async (path: string) => (path.includes('/checkpoint') ? signed : ask(path))
    expect((await check(remembering)).findings.map((it) => it.why)).toContain('rewritten')
  })

  it('that is signed under no key of the node rests on nothing', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const ask = fetcher(fr)
    await commitActs(fr, 5)
    const other = async (path: string) => {
      const answer = (await ask(path)) as { items?: object[] }
      return path.endsWith('/keys') ? { ...answer, items: [] } : answer
    }
    expect(await check(other)).toMatchObject({ signatures: 'fail', covered: 0, fitting: 0 })
  })

  it('that is short, or of which an entry was replaced with its commitment, is found out; an erased entry is none', async () => {
    await using scene = await openScene(['fr'])
    const fr = scene.node('fr')
    const ask = fetcher(fr)
    await commitActs(fr, 20)
    await ask('/api/v1/audit/checkpoint')
    const signed = (await sizeOf(fr)) - 1
    type Leaf = { index: number; commitment: string; leafHash: string | null; salt: string | null; entry: unknown }
    const showing = (change: (leaves: Leaf[]) => Leaf[]) => async (path: string) => {
      const answer = (await ask(path)) as { leaves: Leaf[] }
      return path.includes('/leaves') ? { ...answer, leaves: change(answer.leaves) } : answer
    }
    const short = await check(showing((leaves) => leaves.slice(0, 10)))
    expect(short.findings.map((it) => it.why)).toContain('missing')
    const replaced = { commitment: '00'.repeat(32), leafHash: null, salt: null, entry: null }
    const other = await check(showing((leaves) => leaves.map((it) => (it.index === 3 ? { ...it, ...replaced } : it))))
    expect(other.findings.map((it) => it.why)).toContain('rewritten')
    const erased = await check(
      showing((leaves) => leaves.map((it) => (it.index === 5 ? { ...it, salt: null, entry: null } : it))),
    )
    expect(erased).toMatchObject({ findings: [], erased: 1 })
    expect(signed).toBeGreaterThan(10)
  })
})
