import { describe, expect, it } from 'vitest'
import { type Threat, threatKind } from '#capabilities/threats/record'
import { header, type Office, office, warning } from '#capabilities/threats/warning.fixture'
import { addTime, fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import type { Mark } from '#protocol/handling'
import { readHoldings } from '#store/holdings'
import { openReader } from '#store/reader'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

const titles = async (at: Office, query = ''): Promise<string[]> =>
  (await at.call('GET', `/threats${query}`)).body.items.map((it: { caption: string }) => it.caption)

async function record(at: Office, change: Parameters<typeof warning>[1] = {}, marks: Record<string, Mark> = {}) {
  const now = at.node.services.store.clock.now()
  const { status, body } = await at.call('POST', '/threats', {
    handling: header(start),
    body: warning(now, change),
    marks,
  })
  expect(status).toBe(201)
  return body.id as RecordId
}

async function share(at: Office, id: RecordId, members: string[]) {
  expect((await at.call('POST', `/records/${id}/share`, { with: { members } })).status).toBe(202)
}

const at = (office: Office, id: RecordId) => () =>
  openReader(office.node.services.store, office.caller).record<Threat>(id)

describe('threats', () => {
  it('reach those with whom they are shared, in every version, and are closed for all of them', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'horizon-bank'], { clock })
    const [fr, ke, bank] = ['fr', 'ke', 'horizon-bank'].map((it) => office(scene.node(it))) as [Office, Office, Office]
    const person = {
      handling: header(start, { category: 'suspect' }),
      body: { schema: 'Person', statements: { n: { property: 'name', value: 'Idris Okello' } } },
    }
    const subject = (await fr.call('POST', '/subjects', person)).body as { id: RecordId }
    const id = await record(
      fr,
      { linked: [subject.id] },
      {
        '/body/basisForAssessment': { audience: { members: ['ke'], groups: [], sectors: [] } },
      },
    )
    await share(fr, id, ['ke', 'horizon-bank'])
    const [there, atBank] = [
      await until(at(ke, id), (it) => it !== undefined),
      await until(at(bank, id), (it) => it !== undefined),
    ]
    expect(there?.body).toMatchObject({ linked: [subject.id], basisForAssessment: expect.any(String) })
    expect(atBank?.body).not.toHaveProperty('basisForAssessment')
    expect(await titles(bank)).toEqual(['Attack on a fuel depot'])
    expect(await openReader(ke.node.services.store, ke.caller).record(subject.id)).toBeUndefined()

    const view = (await at(fr, id)())!
    const sooner = {
      handling: view.handling,
      marks: view.marks,
      body: warning(start, { imminence: 'imminent', linked: [subject.id] }),
      version: view.version,
    }
    const theirs = { ...sooner, body: warning(start) }
    expect((await ke.call('PUT', `/threats/${id}`, theirs)).body).toMatchObject({
      code: 'threats/refused',
      rule: 'owner-only',
    })
    expect((await fr.call('PUT', `/threats/${id}`, sooner)).body).toEqual({ id, version: 3 })
    expect((await fr.call('PUT', `/threats/${id}`, sooner)).body.code).toBe('threats/stale')
    const amended = await until(at(ke, id), (it) => it?.version === 3)
    expect(amended?.body.imminence).toBe('imminent')

    // A change under a purpose that is not the record's would otherwise be a recall from everybody.
    const other = await fr.call('POST', `/threats/${id}/close`, { reason: 'Cell arrested.' }, 'oversight')
    expect(other).toMatchObject({ status: 403, body: { code: 'threats/refused', rule: 'purpose' } })
    expect((await fr.call('POST', `/threats/${id}/close`, { reason: 'Cell arrested.' })).body).toEqual({
      id,
      version: 4,
    })
    expect((await fr.call('POST', `/threats/${id}/close`, { reason: 'Cell arrested.' })).status).toBe(409)
    const closed = await until(at(bank, id), (it) => it?.version === 4)
    expect(closed?.body.closed).toEqual({ at: start.toISOString(), reason: 'Cell arrested.' })
    expect(closed?.body).not.toHaveProperty('basisForAssessment')
    expect(await titles(bank)).toEqual([])
    expect((await bank.call('GET', '/threats?show=all')).body.items).toMatchObject([{ id, standing: 'closed' }])

    expect((await fr.call('POST', `/records/${id}/recall`, { reason: 'exercise' })).status).toBe(202)
    expect(await until(at(ke, id), (it) => it === undefined)).toBeUndefined()
  })

  it('list what is in force, the most imminent first, page by page', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr'], { clock })
    const fr = office(scene.node('fr'))
    for (const imminence of ['unknown', 'imminent', 'weeks', 'hours'] as const) {
      clock.advance(1_000)
      await record(fr, { title: `first ${imminence}`, imminence })
    }
    clock.advance(1_000)
    const suspended = await record(fr, { title: 'suspended', imminence: 'imminent' })
    clock.advance(1_000)
    await record(fr, { title: 'second imminent', imminence: 'imminent' })
    await record(fr, { title: 'short', imminence: 'imminent', validUntil: addTime(clock.now(), 1, 'hours') })
    await fr.call('POST', `/records/${suspended}/recall`, { state: 'suspended', reason: 'in doubt' })
    clock.advance(2 * 3_600_000)

    const current = ['second imminent', 'first imminent', 'first hours', 'first weeks', 'first unknown', 'suspended']
    expect(await titles(fr)).toEqual(current)
    expect(await titles(fr, '?show=all')).toEqual([...current, 'short'])
    expect(await titles(fr, '?owner=ke')).toEqual([])
    expect(await titles(fr, '?imminence=hours')).toEqual(['first hours'])
    expect(await titles(fr, '?show=all&imminence=imminent')).toHaveLength(4)
    const pages: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const { body } = await fr.call('GET', `/threats?show=all&limit=2${after === '' ? '' : `&after=${after}`}`)
      pages.push(...body.items.map((it: { caption: string }) => it.caption))
      after = body.next
    }
    expect(pages).toEqual([...current, 'short'])
    expect((await fr.call('GET', '/threats', undefined, 'border-security')).body.items).toEqual([])
    expect((await fr.call('GET', '/threats', undefined, 'curiosity')).body.code).toBe('http/purpose-missing')
    expect((await office(scene.node('fr'), 'legal').call('GET', '/threats')).body.items).toHaveLength(6)
    expect((await office(scene.node('fr'), 'auditor').call('GET', '/threats')).status).toBe(403)
  })

  it('keep what is for named readers when somebody else changes them', async () => {
    await using scene = await openScene(['fr'])
    const fr = office(scene.node('fr'))
    const now = new Date()
    const marks = { '/body/basisForAssessment': { tlp: 'RED' as const } }
    const sent = await fr.call('POST', '/threats', { handling: header(now), body: warning(now), marks })
    const id = sent.body.id as RecordId
    const other = office(scene.node('fr'), 'officer', 'per_9')
    const seen = await at(other, id)()
    expect(seen?.body).not.toHaveProperty('basisForAssessment')
    expect((await other.call('POST', `/threats/${id}/close`, { reason: 'Over.' })).status).toBe(200)
    const closed = await at(fr, id)()
    expect(closed?.body).toMatchObject({ closed: { reason: 'Over.' }, basisForAssessment: expect.any(String) })
  })

  it('are refused from a peer when they would be in force for longer than they may be kept', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { store } = scene.node('fr').services
    const now = new Date()
    const handling = header(now, { audience: { members: ['ke'], groups: [], sectors: [] } })
    const body = warning(now, { validUntil: addTime(now, 2, 'years') })
    const draft = firstVersion({ kind: threatKind, owner: 'fr', now, handling, body })
    await store.commit({
      records: [{ record: draft, caption: body.title }],
      send: [{ to: 'ke', purpose: 'counter-terrorism', content: { kind: 'record', id: draft.id, version: 1 } }],
      audit: [],
    })
    const held = await until(
      () => readHoldings(store, draft.id),
      (it) => it[0]?.state === 'rejected',
    )
    expect(held).toMatchObject([{ state: 'rejected', refusal: { code: 'threats/valid-beyond-expiry' } }])
  })
})
