import { describe, expect, it } from 'vitest'
import { changeState, shareRecord } from '#capabilities/records/rules'
import type { Subject } from '#capabilities/subjects/record'
import { recordSubject } from '#capabilities/subjects/rules'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import { readHoldings } from '#store/holdings'
import { type Caller, openReader } from '#store/reader'
import { openScene } from './kit.ts'

const handling = (now: Date): Handling => ({
  audience: { members: [], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [{ code: 'H2' }],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'assessment',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
  reviewAt: addTime(now, 1, 'years'),
  expiresAt: addTime(now, 3, 'years'),
})

const body: Subject = {
  schema: 'Person',
  statements: { a1: { property: 'name', value: 'Yusuf Harun al-Mansouri' } },
  holds: {},
  relations: {
    r1: {
      schema: 'Associate',
      other: { schema: 'Person', statements: { n: { property: 'name', value: 'Idris Okello' } } },
      statements: {},
    },
  },
  action: 'report',
  discreet: false,
}

function officer(node: RunningNode): Caller {
  return {
    actor: {
      member: partyOf(node.services.directories.current(), node.services.identity.me),
      person: { id: 'per_1', roles: ['officer'] },
    },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'test',
  }
}

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 100) return value
    await new Promise((resume) => setTimeout(resume, 50))
  }
}

describe('sharing', () => {
  it('brings a record to its recipients, keeps a marked field from one, and takes it back from both', async () => {
    await using scene = await openScene(['fr', 'ke', 'horizon-bank'])
    const fr = scene.node('fr')
    const now = new Date()
    const caller = officer(fr)
    const { change, id } = recordSubject({ handling: handling(now), body, marks: {} }, { caller, now })
    await fr.services.store.commit(change)
    const directory = fr.services.directories.current()
    const record = await openReader(fr.services.store, caller).record(id)
    const whole = await openReader(fr.services.store, caller).whole(id, 'disclose')
    const marks = { '/body/relations/r1': { audience: { members: ['ke'], groups: [], sectors: [] } } }
    const share = shareRecord(
      record!,
      { with: { members: ['ke', 'horizon-bank'], groups: [], sectors: [] }, marks },
      { caller, now, directory, holdings: [], grants: [], whole: whole! },
    )
    await fr.services.store.commit(share.change)

    const holdings = () => readHoldings(fr.services.store, id as RecordId)
    const held = await until(holdings, (it) => it.length === 2 && it.every((one) => one.state === 'held'))
    expect(held).toMatchObject([
      { member: 'horizon-bank', state: 'held', version: 2 },
      { member: 'ke', state: 'held', version: 2 },
    ])

    const atKe = await openReader(scene.node('ke').services.store, officer(scene.node('ke'))).record<Subject>(id)
    const atBank = await openReader(
      scene.node('horizon-bank').services.store,
      officer(scene.node('horizon-bank')),
    ).record<Subject>(id)
    expect(atKe?.body.relations).toHaveProperty('r1')
    expect(atBank?.body.relations).toEqual({})
    expect(atBank?.handling.audience).toBeUndefined()

    await scene.stop('ke')
    const current = await openReader(fr.services.store, caller).record(id)
    await fr.services.store.commit(
      changeState(
        current!,
        { state: 'withdrawn', reason: 'exercise' },
        { caller, now, directory, holdings: await holdings() },
      ),
    )
    const half = await until(holdings, (it) => it.some((one) => one.state === 'erased'))
    expect(half).toMatchObject([
      { member: 'horizon-bank', state: 'erased', open: null },
      { member: 'ke', state: 'recalling', open: { kind: 'recall' } },
    ])
    await scene.start('ke')
    const all = await until(holdings, (it) => it.every((one) => one.state === 'erased'))
    expect(all.map((it) => it.state)).toEqual(['erased', 'erased'])
    expect(await openReader(scene.node('ke').services.store, officer(scene.node('ke'))).record(id)).toBeUndefined()
  })
})
