import { describe, expect, it } from 'vitest'
import { header, office, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import { decisionKind, type NoticeDecision, type NoticeReport, reportKind } from '#capabilities/notices/record'
import { tables } from '#capabilities/notices/store'
import { fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { RunningNode } from '#node/open-node'
import { firstVersion } from '#protocol/draft'
import { followerPositions } from '#store/follow'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

/** Sends a record of a node's own to another, as a node would that keeps to no rule of this capability. */
async function sendForged(node: RunningNode, to: string, kind: { type: string; schema: number }, body: object) {
  const handling = header(start, { audience: { members: [to], groups: [], sectors: [] } })
  const record = firstVersion({ kind, owner: node.services.store.me, now: start, handling, body })
  await node.services.store.commit({
    records: [{ record, caption: 'forged' }],
    send: [{ to, purpose: 'counter-terrorism', content: { kind: 'record', id: record.id, version: 1 } }],
    audit: [],
  })
  return record.id
}

const receipt = (node: RunningNode, id: RecordId) => async () =>
  (
    await node.services.store.db
      .selectFrom('outbox')
      .select(['receipt_status', 'receipt_code'])
      .where('record_id', '=', id)
      .executeTakeFirst()
  )?.receipt_status ?? null

describe('a member that keeps to no rule', () => {
  it('publishes nothing without the review, whatever it signs itself', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    const desk = office(fr)
    const { body } = await desk.call('POST', '/notices', { handling: header(start), body: redNotice() })
    const known = {
      n: { property: 'name', value: 'Tarek Vasilenko' },
      b: { property: 'birthDate', value: '1984-02-11' },
    }
    await office(ke).call('POST', '/subjects', {
      handling: header(start, { category: 'person-of-interest' }),
      body: { schema: 'Person', statements: known },
    })
    expect((await desk.call('POST', `/records/${body.id}/share`, { with: { members: ['ke'] } })).status).toBe(202)
    const there = () =>
      tables(ke.services.store).selectFrom('notices').selectAll().where('id', '=', body.id).executeTakeFirst()
    const row = await until(there, (it) => it !== undefined)
    const { hash } = (await fr.services.store.reads.record.load(body.id))!
    const decision: NoticeDecision = {
      about: body.id,
      version: row!.version,
      hash,
      originator: 'fr',
      step: 1,
      outcome: 'published',
      reason: null,
      note: 'Published by its issuer.',
      rules: 'x',
      findings: wholeTest,
      persons: ['per_a', 'per_b'],
    }
    const forged = await sendForged(fr, 'ke', decisionKind, decision)
    expect(await until(receipt(fr, forged), (it) => it !== null)).toBe('rejected')
    const before = await sendForged(fr, 'ke', decisionKind, { ...decision, about: `rec_${'1'.repeat(32)}` })
    await until(receipt(fr, before), (it) => it !== null)
    expect(await there()).toMatchObject({ place: 'in-review' })
    expect(ke.services.alerts.find(body.id)).toBeUndefined()
    expect((await office(ke).call('GET', `/notices/${body.id}`)).status).toBe(404)
    expect((await office(ke).call('GET', `/records/${body.id}`)).status).toBe(404)
    // Nor does it meet the subject of Kenya that has its name and date of birth.
    const last = await ke.services.store.db
      .selectFrom('changes')
      .select('sequence')
      .orderBy('sequence', 'desc')
      .executeTakeFirst()
    await until(
      async () => followerPositions(ke.services.store).get('screening') ?? 0,
      (it) => it >= last!.sequence,
    )
    const candidates = async () => (await office(ke).call('GET', '/candidates?state=open')).body.items as unknown[]
    expect(await candidates()).toEqual([])
    // It is the gate alone that kept the two apart.
    await ke.services.store.commit({ held: [{ id: body.id, held: false }], audit: [] })
    expect(await until(candidates, (it) => it.length > 0)).toHaveLength(1)
  })

  it('answers and reports on nothing that was not meant for it', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'], { clock: fixedClock(start) })
    const fr = scene.node('fr')
    const to = { members: ['ke'], groups: [], sectors: [] }
    const { body } = await office(fr).call('POST', '/notices', {
      handling: header(start),
      body: redNotice({ channel: 'diffusion', to }),
    })
    const report: NoticeReport = {
      about: body.id,
      what: 'executed',
      at: start.toISOString(),
      place: 'Nowhere',
      measures: 'None.',
    }
    const forged = await sendForged(scene.node('id'), 'fr', reportKind, report)
    expect(await until(receipt(scene.node('id'), forged), (it) => it !== null)).toBe('rejected')
    const { events } = (await office(fr).call('GET', `/notices/${body.id}`)).body
    expect(events.map((it: { what: string }) => it.what)).toEqual(['draft'])
  })
})
