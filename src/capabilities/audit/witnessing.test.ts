import { describe, expect, it } from 'vitest'
import { fixedClock } from '#kernel/clock'
import { signCheckpoint } from '#ledger/checkpoint'
import type { RunningNode } from '#node/open-node'
import { openScene } from '../../../test/kit.ts'
import { readTrail } from '../../../test/trail-kit.ts'
import { act, commitActs, fetcher, forgetCheckpoints, rewriteLedger, sizeOf, until } from './audit.fixture.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { round } from './clock.ts'
import { originOf } from './keys.ts'
import { readWitnessHead } from './store.ts'
import { verifyRemoteTrail } from './verify-trail.ts'

const minute = 60_000

const openAt = () => fixedClock(new Date())
const cosigners = async (node: RunningNode) =>
  ((await fetcher(node)('/api/v1/audit/checkpoint')) as { cosigners: { member: string }[] }).cosigners
const entriesOf = ({ services }: RunningNode) => readTrail(services.store)
const outboxOf = ({ services }: RunningNode) =>
  services.store.db.selectFrom('outbox').select(['recipient', 'state', 'receipt_code']).orderBy('id').execute()

describe('witnessing', () => {
  it('brings cosignatures of three peers to a checkpoint and from one to the next', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke', 'id', 'horizon-bank', 'secretariat'], { clock })
    const fr = scene.node('fr')
    for (const count of [3, 20]) {
      await commitActs(fr, count)
      await round(fr.services)
      expect(
        await until(
          () => cosigners(fr),
          (it) => it.length === 3,
        ),
      ).toHaveLength(3)
      clock.advance(minute)
    }
    const report = await verifyRemoteTrail({ fetchJson: fetcher(fr) })
    expect(report).toMatchObject({ intact: true })
    expect(report.cosigners).toHaveLength(3)
    expect(report.cosigners[0]!.size).toBeGreaterThanOrEqual(23)
  })

  it('leaves no entry and comes to rest', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke'], { clock })
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    await commitActs(fr, 3)
    const before = [await sizeOf(fr), await sizeOf(ke)]
    for (let times = 0; times < 4; times++) {
      await round(fr.services)
      await round(ke.services)
      await until(
        () => outboxOf(fr),
        (it) => it.every((one) => one.state === 'delivered'),
      )
      await until(
        () => outboxOf(ke),
        (it) => it.every((one) => one.state === 'delivered'),
      )
      clock.advance(minute)
    }
    expect([await sizeOf(fr), await sizeOf(ke)]).toEqual(before)
    const sent = [await outboxOf(fr), await outboxOf(ke)].flat()
    // A checkpoint each way at most, and its cosignature.
    expect(sent.length).toBeLessThanOrEqual(4)
    expect((await outboxOf(fr)).length).toBeGreaterThan(0)
  })

  it('waits for a witness that is off, and asks it about the newest checkpoint only', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke'], { clock })
    const fr = scene.node('fr')
    await scene.stop('ke')
    for (let times = 0; times < 3; times++) {
      await commitActs(fr, 2)
      await round(fr.services)
      clock.advance(minute)
    }
    expect(await outboxOf(fr)).toHaveLength(1)
    await scene.start('ke')
    await until(
      () => outboxOf(fr),
      (it) => it.every((one) => one.state === 'delivered'),
    )
    await until(
      async () => (await readWitnessHead(scene.node('ke').services.store, 'fr'))?.size,
      (it) => it !== undefined,
    )
    clock.advance(minute)
    await until(
      async () => {
        await round(fr.services)
        return cosigners(fr)
      },
      (it) => it.length === 1,
    )
    expect(await cosigners(fr)).toHaveLength(1)
  })

  it('refuses a ledger that was rewritten, keeps the evidence, and does not quarrel every minute', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke'], { clock })
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    await commitActs(fr, 6)
    await round(fr.services)
    await until(
      () => cosigners(fr),
      (it) => it.length === 1,
    )
    const head = await readWitnessHead(ke.services.store, 'fr')

    await rewriteLedger(fr.services.store, (entry, index) => (index === 2 ? { ...entry, outcome: 'refused' } : entry))
    await expect(makeCheckpoint(fr.services)).rejects.toMatchObject({ code: 'audit/rewritten' })
    await forgetCheckpoints(fr.services.store)
    for (let times = 0; times < 4; times++) {
      await commitActs(fr, 1)
      clock.advance(minute)
      await round(fr.services)
      await until(
        () => outboxOf(fr),
        (it) => it.every((one) => one.state === 'delivered'),
      )
    }

    expect((await outboxOf(fr)).filter((it) => it.receipt_code === 'witness/split-view')).toHaveLength(1)
    expect(await readWitnessHead(ke.services.store, 'fr')).toEqual(head)
    expect(await entriesOf(ke)).toContainEqual(
      expect.objectContaining({ act: 'refuse', reason: expect.stringContaining('witness/split-view') }),
    )
    const kept = await ke.services.store.db.selectFrom('quarantine').select(['sender', 'code']).execute()
    expect(kept).toEqual([{ sender: 'fr', code: 'witness/split-view' }])
    expect(await entriesOf(fr)).toContainEqual(expect.objectContaining({ act: 'refuse', reason: 'witness/split-view' }))

    // With what the witness cosigned anyone can show it.
    const { items } = (await fetcher(ke)('/api/v1/audit/witnessed')) as { items: { member: string; note: string }[] }
    const earlier = items.filter((it) => it.member === 'fr').map((it) => it.note)
    expect(await verifyRemoteTrail({ fetchJson: fetcher(fr), earlier })).toMatchObject({ intact: false })
  })

  it('cosigns one of two histories that arrive together', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke'], { clock })
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    const { store, identity } = fr.services
    const origin = originOf(identity.directory(), 'fr')
    const story = (letter: string) => {
      const root = Buffer.alloc(32, letter)
      const note = signCheckpoint({ origin, size: 9, root }, identity.signingKey().keyObject)
      return {
        to: 'ke',
        purpose: 'oversight' as const,
        content: { kind: 'checkpoint' as const, note, oldSize: 0, proof: [] },
      }
    }
    await store.commit({ send: [story('a'), story('b')], audit: [act(1)] })
    const sent = await until(
      () => outboxOf(fr),
      (it) => it.every((one) => one.state === 'delivered'),
    )
    expect(sent.map((it) => it.receipt_code)).toEqual([
      null,
      expect.stringMatching(/store\/conflict|witness\/split-view/),
    ])
    expect(await readWitnessHead(ke.services.store, 'fr')).toMatchObject({
      root: Buffer.alloc(32, 'a').toString('hex'),
    })
  })

  it('finds its way again after the origin lost what it knew of its witness', async () => {
    const clock = openAt()
    await using scene = await openScene(['fr', 'ke'], { clock })
    const fr = scene.node('fr')
    await commitActs(fr, 6)
    await round(fr.services)
    await until(
      () => cosigners(fr),
      (it) => it.length === 1,
    )
    await fr.services.store.db
      .withTables<{ audit_witnesses: { head: number } }>()
      .updateTable('audit_witnesses')
      .set({ head: 2 })
      .execute()
    for (let times = 0; times < 3 && (await cosigners(fr)).length === 1; times++) await commitActs(fr, 1)
    await until(
      async () => {
        clock.advance(minute)
        await round(fr.services)
        return cosigners(fr)
      },
      (it) => it.length === 1,
    )
    expect(await cosigners(fr)).toHaveLength(1)
  })
})
