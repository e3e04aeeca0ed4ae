import { afterAll, describe, expect, it } from 'vitest'
import { header, type Office, office } from '#capabilities/documents/office.fixture'
import { declarationKind } from '#capabilities/documents/record'
import { addTime, fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { firstVersion } from '#protocol/draft'
import { readHoldings } from '#store/holdings'
import { until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

const lookUp = async (at: Office, number: string, more: object = {}) =>
  (await at.call('POST', '/documents/look-up', { number, ...more })).body

const found = (at: Office, number: string) => async () => (await lookUp(at, number)).found

const passport = (number: string, status = 'stolen', change: object = {}) => ({
  number,
  kind: 'passport',
  status,
  ...change,
})

async function declare(at: Office, documents: object[], members: string[] = [], more: object = {}) {
  const { status, body } = await at.call('POST', '/documents', { handling: header(start, members), documents, ...more })
  expect(body).toMatchObject({ declared: expect.any(Number) })
  expect(status).toBe(201)
  return body.id as RecordId
}

describe('documents', () => {
  it('that their state declares are found by those who were given the declaration, until it says otherwise', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'horizon-bank'], { clock })
    const [fr, ke, bank] = ['fr', 'ke', 'horizon-bank'].map((it) => office(scene.node(it))) as [Office, Office, Office]
    const id = await declare(fr, [passport('12ab-34567'), passport('O0 11', 'lost')], ['ke'], {
      ranges: [{ from: 'BL000100', to: 'BL000199', kind: 'passport' }],
    })
    const [hit] = await until(found(ke, '12 AB 34567'), (it) => it.length > 0)
    expect(hit).toEqual({
      issuer: 'fr',
      number: '12AB34567',
      kind: 'passport',
      status: 'stolen',
      stop: true,
      declaredAt: '2026-11-22',
      owner: 'fr',
      ours: false,
      record: id,
    })
    expect(await found(ke, 'BL000150')()).toMatchObject([{ status: 'blank-stolen' }])
    expect(await found(ke, 'BL000200')()).toEqual([])
    expect(await lookUp(ke, '0O11')).toMatchObject({ found: [], near: [{ number: 'O011', status: 'lost' }] })
    expect((await lookUp(ke, '12AB34567', { issuer: 'FRA', kind: 'passport' })).found).toHaveLength(1)
    expect((await lookUp(ke, '12AB34567', { issuer: 'KEN' })).found).toEqual([])
    expect((await lookUp(ke, '12AB34567', { kind: 'visa' })).found).toEqual([])
    expect(await found(bank, '12AB34567')()).toEqual([])
    expect((await ke.call('POST', '/documents/look-up', { number: 'Ж1' })).body.code).toBe('documents/number')
    for (const role of ['border', 'legal', 'supervisor'] as const) {
      const { body } = await office(scene.node('ke'), role).call('POST', '/documents/look-up', { number: '12AB34567' })
      expect(body.found).toHaveLength(1)
    }
    expect((await office(scene.node('ke'), 'auditor').call('POST', '/documents/look-up', { number: '1' })).status).toBe(
      403,
    )
    expect(
      (await ke.call('POST', '/documents/look-up', { number: '12AB34567' }, 'terrorist-financing')).body.found,
    ).toEqual([])
    const port = scene.node('ke').services.documents
    expect(port.lookUp({ number: '١٢AB34567', issuer: 'FRA' })).toEqual([
      { issuer: 'fr', number: '12AB34567', kind: 'passport', status: 'stolen', owner: 'fr', declaredAt: '2026-11-22' },
    ])

    clock.advance(1_000)
    const recovered = { documents: [{ number: '12AB34567', kind: 'passport' }] }
    expect((await ke.call('POST', '/documents/recovered', recovered)).body.code).toBe('documents/not-declared')
    expect((await fr.call('POST', '/documents/recovered', recovered)).body).toMatchObject({ ended: 1 })
    expect((await fr.call('POST', '/documents/recovered', recovered)).body.code).toBe('documents/not-declared')
    const [free] = await until(found(ke, '12AB34567'), (it) => it[0]?.stop === false)
    expect(free).toMatchObject({ status: 'recovered', stop: false })
    expect(port.lookUp({ number: '12AB34567' })).toEqual([])

    const own = (await fr.call('GET', '/documents')).body
    expect(own).toMatchObject({
      issuer: 'fr',
      declarations: 2,
      totals: { stolen: 1, lost: 1, 'blank-stolen': 100, recovered: 1 },
    })
    expect(own.items[1]).toMatchObject({ id, counts: { stolen: 1 }, holders: [{ member: 'ke', state: 'held' }] })
    expect((await ke.call('GET', '/documents')).body).toMatchObject({ issuer: 'ke', declarations: 0, items: [] })

    await fr.call('POST', `/records/${id}/recall`, { state: 'suspended', reason: 'in doubt' })
    expect(await until(found(ke, 'O011'), (it) => it.length === 0)).toEqual([])
    await fr.call('POST', `/records/${id}/recall`, { state: 'active', reason: 'sure again' })
    expect(await until(found(ke, 'O011'), (it) => it.length > 0)).toHaveLength(1)
    await fr.call('POST', `/records/${id}/recall`, { reason: 'exercise' })
    expect(await until(found(ke, 'O011'), (it) => it.length === 0)).toEqual([])
    expect(await until(found(fr, 'O011'), (it) => it.length === 0)).toEqual([])
  })

  it('are there again after a start, and answer no more after their expiry', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr'], { clock })
    const handling = header(start, [], { reviewAt: addTime(start, 1, 'weeks'), expiresAt: addTime(start, 1, 'months') })
    await declare(office(scene.node('fr')), [passport('A1')], [], { handling })
    await scene.stop('fr')
    const fr = office(await scene.start('fr'))
    expect(await found(fr, 'A1')()).toHaveLength(1)
    clock.advance(40 * 86_400_000)
    expect(await found(fr, 'A1')()).toEqual([])
  })

  it('are declared by their own state only, however a declaration is made', async () => {
    await using scene = await openScene(['fr', 'ke', 'horizon-bank'])
    const [ke, bank] = [office(scene.node('ke')), office(scene.node('horizon-bank'))]
    const asked = { handling: header(start), documents: [passport('A1')] }
    expect((await bank.call('POST', '/documents', asked)).body).toMatchObject({
      code: 'documents/not-a-state',
      rule: 'INTERPOL RPD, SLTD: only the issuing country',
    })
    const { store } = scene.node('ke').services
    const now = new Date()
    const group = { kind: 'passport', status: 'lost', declaredAt: '2026-01-01', numbers: 'A1' }
    const draft = firstVersion({
      kind: declarationKind,
      owner: 'ke',
      now,
      handling: header(now, ['fr']),
      body: { issuer: 'fr', groups: [group], ranges: [] },
    })
    await store.commit({
      records: [{ record: draft, caption: '' }],
      send: [{ to: 'fr', purpose: 'border-security', content: { kind: 'record', id: draft.id, version: 1 } }],
      audit: [],
    })
    const held = await until(
      () => readHoldings(store, draft.id),
      (it) => it[0]?.state === 'rejected',
    )
    expect(held).toMatchObject([{ state: 'rejected', refusal: { code: 'documents/not-issuer' } }])
    expect(await found(ke, 'A1')()).toEqual([])
  })

  it.each([
    ['for another purpose', { handling: header(start, [], { purposes: ['counter-terrorism'] }) }, 'documents/purpose'],
    ['about a person', { handling: header(start, [], { category: 'suspect' }) }, 'documents/personal'],
    ['twice in one declaration', { documents: [passport('A1'), passport('a-1', 'lost')] }, 'documents/twice'],
    ['with a number that is none', { documents: [passport('Ж1')] }, 'documents/number'],
    [
      'on a day that lies ahead',
      { documents: [passport('A1', 'lost', { declaredAt: '2026-11-23' })] },
      'documents/dates',
    ],
    ['with nothing in it', { documents: [] }, 'documents/number'],
    ['as a row that counts down', { ranges: [{ from: 'B9', to: 'B1', kind: 'visa' }] }, 'documents/number'],
    [
      'to a whole sector, without a second person',
      { handling: header(start, [], { audience: { members: [], groups: [], sectors: ['financial'] } }) },
      'documents/second-person',
    ],
  ])('are not declared %s', async (_, change, code) => {
    scene ??= await openScene(['fr', 'horizon-bank'], { clock: fixedClock(start) })
    const body = { handling: header(start), documents: [passport('A1')], ...change }
    expect((await office(scene.node('fr')).call('POST', '/documents', body)).body.code).toBe(code)
  })

  let scene: Awaited<ReturnType<typeof openScene>> | undefined
  afterAll(() => scene?.[Symbol.asyncDispose]())
})
