import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeCompanions } from '#capabilities/sightings/purge'
import type { Sighting } from '#capabilities/sightings/record'
import { header, type Office, office, sighting } from '#capabilities/sightings/sighting.fixture'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import type { Handling } from '#protocol/handling'
import { readHoldings } from '#store/holdings'
import { openReader } from '#store/reader'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

/** An office that watches for somebody, one that meets him, and one that has nothing to do with it. */

let scene: Awaited<ReturnType<typeof openScene>>
let fr: Office
let ke: Office
let id: Office
let time = new Date()
const clock = { now: () => time }

beforeAll(async () => {
  scene = await openScene(['fr', 'ke', 'id'], { clock })
  ;[fr, ke, id] = ['fr', 'ke', 'id'].map((it) => office(scene.node(it))) as [Office, Office, Office]
}, 120_000)
afterAll(() => scene?.[Symbol.asyncDispose]())

const statements = { n: { property: 'name', value: 'Idris Okello EXERCISE' } }

/** A subject of Kenya, held by France too. */
async function subject({ discreet = false, handling = {} }: { discreet?: boolean; handling?: Partial<Handling> } = {}) {
  const body = { schema: 'Person', statements, discreet }
  const made = await ke.call('POST', '/subjects', { handling: header(handling), body })
  expect(made.status).toBe(201)
  const about = made.body.id as RecordId
  expect((await ke.call('POST', `/records/${about}/share`, { with: { members: ['fr'] } })).status).toBe(202)
  await until(at(fr, about), (it) => it !== undefined)
  return about
}

const at = (there: Office, record: RecordId) => () =>
  openReader(there.node.services.store, there.caller).record<Sighting>(record)

async function record(
  there: Office,
  about: RecordId,
  { change = {}, ...rest }: { change?: Partial<Sighting>; with?: string[] } = {},
) {
  return there.call('POST', '/sightings', { handling: header(), body: sighting(about, change), ...rest })
}

const movement = async (there: Office, about: RecordId) => (await there.call('GET', `/movements/${about}`)).body

describe('sightings', () => {
  it('go to the owner of the record at once, and make a way with everything else that is seen of it', async () => {
    const about = await subject()
    const first = await record(fr, about)
    expect(first).toMatchObject({ status: 201, body: { sent: ['ke'], waits: [] } })
    const there = await until(at(ke, first.body.id), (it) => it !== undefined)
    expect(there?.body).toMatchObject({ about, aboutOwner: 'ke', place: 'Lyon, railway station', sure: 'probable' })
    const nairobi = { latitude: -1.286, longitude: 36.817 }
    const time = '2026-11-20T10:00:00.000Z'
    await record(ke, about, { change: { place: 'Nairobi', country: 'ke', point: nairobi, from: time, to: time } })

    const seen = await movement(ke, about)
    expect(seen).toMatchObject({
      about: { id: about, owner: 'ke', discreet: false },
      countries: [{ country: 'fr' }, { country: 'ke' }],
      legs: [{ marks: ['impossible'], from: { owner: 'fr', sure: 'probable' }, to: { owner: 'ke' } }],
    })
    expect(seen.legs[0].why[0]).toContain('faster than the fastest ordinary travel')
    // What Kenya saw itself was shared with nobody.
    expect(await movement(fr, about)).toMatchObject({ sightings: [{ place: 'Lyon, railway station' }], legs: [] })
    expect((await fr.call('GET', `/sightings?about=${about}`)).body.items).toMatchObject([{ id: first.body.id }])
    expect((await id.call('GET', `/movements/${about}`)).status).toBe(404)
    expect((await fr.call('GET', `/movements/${about}`, undefined, 'oversight')).status).toBe(404)
    expect((await fr.call('GET', `/movements/${first.body.id}`)).body.code).toBe('sightings/not-a-subject')
    expect((await office(scene.node('fr'), 'border').call('GET', `/movements/${about}`)).status).toBe(403)
    const { rows } = await sql<{ details: object }>`
      select entry -> 'details' as details from ledger_leaves
      where entry ->> 'act' = 'search' and entry -> 'object' ->> 'id' = ${about}`.execute(ke.node.services.store.db)
    expect(rows.map((it) => it.details)).toContainEqual({ what: 'movement', found: 2 })
  })

  it('are corrected for all who hold them, and taken back', async () => {
    const about = await subject()
    const sent = (await record(fr, about)).body.id as RecordId
    await until(at(ke, sent), (it) => it !== undefined)
    const body = sighting(about, { sure: 'possible', place: 'Lyon, bus station' })
    const change = { handling: header(), body, version: 1 }
    expect((await ke.call('PUT', `/sightings/${sent}`, change)).body).toMatchObject({ rule: 'owner-only' })
    expect((await fr.call('PUT', `/sightings/${sent}`, change)).body).toEqual({ id: sent, version: 2 })
    expect((await fr.call('PUT', `/sightings/${sent}`, change)).body.code).toBe('sightings/stale')
    const corrected = await until(at(ke, sent), (it) => it?.version === 2)
    expect(corrected?.body).toMatchObject({ sure: 'possible', place: 'Lyon, bus station' })
    const moved = { ...change, version: 2, body: sighting(await subject()) }
    expect((await fr.call('PUT', `/sightings/${sent}`, moved)).body.code).toBe('sightings/of-another')
    expect((await fr.call('POST', `/records/${sent}/recall`, { reason: 'Not he.' })).status).toBe(202)
    await until(at(ke, sent), (it) => it === undefined)
    expect((await movement(ke, about)).sightings).toEqual([])
  })

  it('obey the record that they are of: no wider, and told to nobody who may not know of it', async () => {
    const about = await subject({
      handling: { tlp: 'AMBER+STRICT', purposes: ['counter-terrorism'], codes: [{ code: 'H2' }], onward: 'no' },
    })
    const wide = header({ tlp: 'GREEN', onward: 'audience' })
    const sent = await fr.call('POST', '/sightings', { handling: wide, body: sighting(about) })
    expect((await at(fr, sent.body.id)())?.handling).toMatchObject({
      tlp: 'AMBER+STRICT',
      codes: [{ code: 'H2' }],
      purposes: ['counter-terrorism'],
      onward: 'no',
      audience: { members: ['ke'] },
    })
    expect((await record(fr, about, { with: ['id'] })).body).toMatchObject({ code: 'sightings/recipient', rule: 'H2' })
    const discreet = await subject({ discreet: true })
    expect((await record(ke, discreet, { with: ['fr'] })).body).toMatchObject({ rule: 'discreet' })
    const quiet = (await record(fr, discreet)).body.id
    expect((await until(at(ke, quiet), (it) => it !== undefined))?.body.discreet).toBe(true)
    const red = await fr.call('POST', '/sightings', { handling: header({ tlp: 'RED' }), body: sighting(about) })
    expect(red.body).toMatchObject({ sent: [], waits: ['tlp-red'] })
    expect(
      (await record(fr, about, { change: { from: addTime(time, 1, 'days'), to: addTime(time, 2, 'days') } })).body.code,
    ).toBe('sightings/dates')
    const threat = (await at(fr, sent.body.id)())!.id
    expect((await record(fr, threat)).body.code).toBe('sightings/not-a-subject')
  })

  it('leave out of the way what the owner found to be somebody else, and what is suspended', async () => {
    const about = await subject()
    const hit = {
      about,
      aboutVersion: 1,
      agreeing: ['name'],
      contradicting: [],
      score: 0.9,
      engine: 'test',
      disclosed: {},
      where: { country: 'id', place: 'Jakarta' },
      seenAt: '2026-11-21T10:00:00.000Z',
      note: 'Seen at the border.',
      action: { requested: 'report', permitted: 'report', because: 'As asked.', instruction: 'Report.' },
      dueAt: null,
      dueRule: null,
    }
    const { store } = ke.node.services
    const put = async (type: string, body: object) => {
      const draft = firstVersion({ kind: { type, schema: 1 }, owner: 'ke', now: time, handling: header(), body })
      await store.commit({ records: [{ record: draft, caption: type }], audit: [] })
      return draft.id
    }
    const [met, other] = [await put('hit', hit), await put('hit', { ...hit, where: { country: 'fr', place: null } })]
    const doubtful = (await record(ke, about)).body.id
    const leftOut = { refuted: 0, suspended: 0, unread: 1 }
    expect(await movement(ke, about)).toMatchObject({
      leftOut,
      sightings: [{ id: doubtful }, { id: met, type: 'hit', place: 'Jakarta', country: 'id', sure: null }],
    })
    const answer = { about, note: 'Not the same man.', action: 'report', discreet: false, late: false }
    await put('confirmation', { ...answer, hit: met, outcome: 'not-confirmed' })
    await put('confirmation', { ...answer, hit: other, outcome: 'confirmed' })
    await ke.call('POST', `/records/${doubtful}/recall`, { state: 'suspended', reason: 'in doubt' })
    expect(await movement(ke, about)).toMatchObject({
      sightings: [],
      leftOut: { refuted: 1, suspended: 1, unread: 1 },
    })
  })

  it('are refused by the owner from one to whom the record never went, as for a record that there is not', async () => {
    const about = await subject()
    const { store } = id.node.services
    const invented = `rec_${'0'.repeat(32)}` as RecordId
    for (const it of [about, invented]) {
      const body = { ...sighting(it), aboutOwner: 'ke', discreet: false }
      const handling = header({ audience: { members: ['ke'], groups: [], sectors: [] } })
      const kind = { type: 'sighting', schema: 1 }
      const draft = firstVersion({ kind, owner: 'id', now: time, handling, body })
      await store.commit({
        records: [{ record: draft, caption: 'x' }],
        send: [{ to: 'ke', purpose: 'counter-terrorism', content: { kind: 'record', id: draft.id, version: 1 } }],
        audit: [],
      })
      const held = await until(
        () => readHoldings(store, draft.id),
        (one) => one[0]?.state === 'rejected',
      )
      expect(held).toMatchObject([{ state: 'rejected', refusal: { code: 'sightings/unknown-record' } }])
    }
  })

  it('tell of companions to named readers alone, and forget them everywhere after their own clock', async () => {
    const about = await subject()
    const companions = { count: 2, description: 'Two men of about thirty.' }
    const sent = (await record(fr, about, { change: { companions } })).body.id as RecordId
    const mine = await at(fr, sent)()
    expect(mine?.body.companions).toEqual(companions)
    expect(mine?.marks['/body/companions']).toMatchObject({
      tlp: 'RED',
      expiresAt: addTime(mine!.issuedAt, 30, 'days'),
    })
    expect((await at(office(scene.node('fr'), 'officer', 'per_9'), sent)())?.body).not.toHaveProperty('companions')
    await until(at(ke, sent), (it) => it !== undefined)
    expect((await at(ke, sent)())?.body).not.toHaveProperty('companions')
    const chief = office(scene.node('ke'), 'supervisor')
    expect((await at(chief, sent)())?.body.companions).toEqual(companions)

    // A colleague who does not see them changes the rest; the clock does not begin anew.
    time = new Date(time.getTime() + 20 * 86_400_000)
    const other = office(scene.node('fr'), 'officer', 'per_9')
    const change = { handling: header({ expiresAt: addTime(time, 1, 'years') }), body: sighting(about), version: 1 }
    expect((await other.call('PUT', `/sightings/${sent}`, change)).status).toBe(200)
    await until(at(ke, sent), (it) => it?.version === 2)
    expect((await at(chief, sent)())?.body.companions).toEqual(companions)
    const offices = [fr, ke]
    for (const it of offices) expect(await purgeCompanions(it.node.services)).toBe(0)

    time = new Date(time.getTime() + 11 * 86_400_000)
    for (const it of offices) {
      await purgeCompanions(it.node.services)
      const { rows } = await sql<{ text: string }>`
        select disclosures as text from record_versions where record_id = ${sent}
        union all select body::text || marks::text from records where id = ${sent}`.execute(it.node.services.store.db)
      expect(rows).toHaveLength(3)
      expect(rows.map((one) => one.text).join()).not.toMatch(/companions|thirty/)
    }
    const { version, body } = (await at(fr, sent)())!
    expect({ version, place: body.place }).toEqual({ version: 2, place: 'Lyon, railway station' })
    const again = { handling: header({ expiresAt: addTime(time, 1, 'years') }), body: sighting(about), version: 2 }
    expect((await fr.call('PUT', `/sightings/${sent}`, again)).status).toBe(200)
    expect(await until(at(ke, sent), (it) => it?.version === 3)).toMatchObject({ version: 3 })
  })
})
