import type { PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installAlerts, presentedOf, removeAlerts, setAlerts, setDocuments } from '#capabilities/border/alerts.fixture'
import { lookUp } from '#capabilities/border/look-up'
import { messageTables } from '#capabilities/border/message-store'
import { paxlst, pnrgov } from '#capabilities/border/messages.fixture'
import { handIn, type Office, office, recordAlert } from '#capabilities/border/office.fixture'
import { purgeBorder } from '#capabilities/border/purge'
import { tables } from '#capabilities/border/store'
import { writeMrz } from '#formats/travel/mrz-write'
import { fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { partyOf } from '#protocol/directory'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'
import answers from './carrier-answers.json' with { type: 'json' }

beforeAll(installAlerts)
afterAll(removeAlerts)

const clock = fixedClock('2026-11-27T10:00:00.000Z')
let scene: Scene
let fr: Office
let alert: RecordId

const zoneOf = (number: string, primary = 'OKELLO', birthDate = '840703') =>
  writeMrz('TD3', {
    documentCode: 'P',
    issuer: 'KEN',
    documentNumber: number,
    nationality: 'KEN',
    birthDate,
    sex: 'M',
    expiryDate: '300101',
    primary,
    secondary: 'IDRIS',
  }).join('\n')
const desk = { desk: 'fr-cdg-2e' }
const check = (as: Office['counter'], mrz: string) => as('POST', '/border/checks', { ...desk, mrz })
const candidates = async (query = '') => (await fr.officer('GET', `/border/candidates${query}`)).body.items
/** Until the follower has worked through what was committed. */
const candidatesOf = (source: string, count: number) =>
  until(
    async () => (await candidates('?limit=200')).filter((it: { sourceId: string }) => it.sourceId === source),
    (it) => it.length >= count,
  )

beforeAll(async () => {
  scene = await openScene(['fr', 'ke'], { clock })
  fr = office(scene.node('fr'))
  alert = await recordAlert(fr)
}, 120_000)
afterAll(() => scene?.[Symbol.asyncDispose]())
beforeEach(() => {
  setAlerts('fr', [])
  setDocuments('fr', () => [])
})

describe('a check at the counter', () => {
  it('tells that nothing was found, with the verdict of every field, and asks for no purpose', async () => {
    const { status, body } = await check(fr.counter, zoneOf('AK0123456'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'nothing', alerts: [], zone: { checksAgree: true, format: 'TD3' } })
    const row = await tables(fr.node.services.store)
      .selectFrom('border_checks')
      .selectAll()
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ person: 'per_border', place: { code: 'FRCDG', direction: 'entry' } })
  })

  it('has the owner of a declared document asked', async () => {
    setDocuments('fr', ({ number }) =>
      number === 'AK0123456'
        ? [{ issuer: 'ke', number, kind: 'passport', status: 'stolen', owner: 'ke', declaredAt: '2026-01-01' }]
        : [],
    )
    const { body } = await check(fr.counter, zoneOf('AK0123456'))
    expect(body).toMatchObject({ state: 'document', documents: [{ declared: [{ status: 'stolen', owner: 'ke' }] }] })
  })

  it('takes what is typed as well, and refuses what says nothing', async () => {
    const typed = await fr.counter('POST', '/border/checks', {
      ...desk,
      fields: { name: 'Idris Okello', number: 'AK 012-3456' },
    })
    expect(typed.body).toMatchObject({ state: 'nothing', zone: null })
    expect((await fr.counter('POST', '/border/checks', { ...desk, fields: {} })).body.code).toBe('border/nothing-given')
    expect((await check(fr.counter, 'no zone')).body.code).toBe('border/unreadable')
    expect((await fr.counter('POST', '/border/checks', { desk: 'ke-malaba', mrz: zoneOf('A1') })).body.code).toBe(
      'border/unknown-desk',
    )
  })

  it('answers for a discreet alert as for none, while the second line sees it', async () => {
    setAlerts('fr', [
      {
        alert: { id: alert, discreet: true, asked: 'discreet-check', permitted: 'discreet-check' },
        surname: 'okello',
        birthDate: '1984-07-03',
      },
    ])
    const [met, none] = [await check(fr.counter, zoneOf('AK0123456')), await check(fr.counter, zoneOf('AK0123456'))]
    setAlerts('fr', [])
    const plain = await check(fr.counter, zoneOf('AK0123456'))
    const told = ({ id: _, at: __, ...rest }: Record<string, unknown>) => JSON.stringify(rest)
    expect(told(met.body)).toBe(told(plain.body))
    expect(told(none.body)).toBe(told(plain.body))
    setAlerts('fr', [{ alert: { id: alert, discreet: true }, surname: 'okello' }])
    const second = await check(fr.officer, zoneOf('AK0123456'))
    expect(second.body).toMatchObject({ state: 'alert', alerts: [{ alert, discreet: true }] })
  })

  it('reads from the database as often for a traveller whom a discreet alert fits as for any other', async () => {
    const { services } = fr.node
    let statements = 0
    const counting = {
      transformQuery: ({ node }: PluginTransformQueryArgs) => {
        statements++
        return node
      },
      transformResult: async ({ result }: PluginTransformResultArgs) => result,
    }
    const store = { ...services.store, db: services.store.db.withPlugin(counting) }
    const actor = {
      member: partyOf(services.directories.current(), 'fr'),
      person: { id: 'per_1', roles: ['border'] as const },
    }
    const count = async () => {
      statements = 0
      const caller = { actor, via: 'session' as const, purpose: 'border-security' as const }
      const { alerts, documents } = services
      const [looked] = await lookUp([presentedOf()], { caller, services: { store, alerts, documents } })
      return { met: looked!.met.length, statements }
    }
    const plain = await count()
    expect(plain.met).toBe(0)
    expect(plain.statements).toBeGreaterThan(0)
    setAlerts('fr', [{ alert: { id: alert, discreet: true }, surname: 'okello' }])
    expect(await count()).toEqual({ met: 1, statements: plain.statements })
  })

  it('says that a traveller may be the subject, and asks for nothing on a name alone', async () => {
    setAlerts('fr', [{ alert: { id: alert, asked: 'arrest', permitted: 'arrest' }, surname: 'okello' }])
    const { body } = await check(fr.counter, zoneOf('AK0123456'))
    expect(body.alerts).toMatchObject([{ strength: 'name', now: 'second-line', permitted: null, candidate: null }])
    expect(await candidatesOf(body.id, 1)).toMatchObject([{ state: 'open', strength: 'name', hit: null }])
  })

  it('does not use an alert that is kept for another purpose', async () => {
    setAlerts('fr', [{ alert: { id: alert, purposes: ['terrorist-financing'] }, surname: 'okello' }])
    expect((await check(fr.officer, zoneOf('AK0123456'))).body.alerts).toEqual([])
  })

  it('shows nobody an alert that they may not read', async () => {
    const red = await recordAlert(fr, { tlp: 'RED' })
    setAlerts('fr', [{ alert: { id: red }, surname: 'okello' }])
    expect((await check(fr.counter, zoneOf('AK0123456'))).body).toMatchObject({ state: 'nothing', alerts: [] })
  })

  it('keeps what the person says that they did, of their own travellers alone', async () => {
    const { body } = await check(fr.counter, zoneOf('AK0123456'))
    const path = `/border/checks/${body.id}/outcome`
    expect((await fr.counter('POST', path, { did: 'passed' })).status).toBe(200)
    const officers = await check(fr.officer, zoneOf('AK0123456'))
    const theirs = await fr.counter('POST', `/border/checks/${officers.body.id}/outcome`, { did: 'passed' })
    expect(theirs.body.code).toBe('border/unknown-check')
  })
})

describe('what waits behind the counter', () => {
  it('is not for the counter', async () => {
    for (const path of ['/border/candidates', '/border/hits', '/border/messages'])
      expect((await fr.counter('GET', path)).status).toBe(403)
  })

  it('is decided by a person who compared: a name needs words, and a second decision is refused', async () => {
    setAlerts('fr', [{ alert: { id: alert }, surname: 'okello' }])
    const { body } = await check(fr.officer, zoneOf('AK0123456'))
    const [candidate] = await candidatesOf(body.id, 1)
    expect(candidate.id).toBe(body.alerts[0].candidate)
    const path = `/border/candidates/${candidate.id}/decision`
    expect((await fr.officer('POST', path, { decision: 'probably-same' })).body.code).toBe('border/name-only')
    const decided = await fr.officer('POST', path, {
      decision: 'probably-same',
      note: 'The scar of the photograph.',
      companions: 2,
    })
    expect(decided.body.hit).toMatch(/^rec_/)
    expect((await fr.officer('POST', path, { decision: 'different' })).body.code).toBe('border/candidate-closed')
    // Our own alert: nobody else has to confirm it.
    expect((await fr.officer('GET', `/border/hits/${decided.body.hit}`)).body).toMatchObject({
      state: 'recorded',
      dueAt: null,
      entries: [{ kind: 'report', body: { companions: 2, compared: true } }],
    })
  })
})

describe('a passenger message', () => {
  const okello = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }
  const other = { name: 'EXEMPEL:INGRID', birth: '700101', number: 'SE1', reference: 'P2' }

  it('is taken whole, and puts whom an alert fits before a person', async () => {
    setAlerts('fr', [{ alert: { id: alert }, surname: 'okello', birthDate: '1984-07-03' }])
    const { status, body } = await handIn(
      fr.node,
      'desk=fr-cdg-2e&name=list.edi',
      paxlst([okello, other, { number: 'Z9' }]),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({ counts: { read: 3, kept: 2, incomplete: 1, met: 1 }, cusres: null })
    expect(body.report).toContain('Persons kept: 2')
    const waiting = await candidatesOf(body.id, 1)
    expect(waiting).toMatchObject([{ passenger: 1, strength: 'identity', state: 'open', hit: null }])
    const shown = (await fr.officer('GET', `/border/messages/${body.id}`)).body
    expect(shown.passengers.map((it: { candidates: unknown[] }) => it.candidates.length)).toEqual([1, 0, 0])
    expect((await fr.officer('GET', '/border/messages')).body.items[0].id).toBe(body.id)
  })

  it('is answered passenger by passenger when it is interactive, and no answer tells of an alert', async () => {
    setDocuments('fr', ({ number }) =>
      number === 'SE1'
        ? [{ issuer: 'ke', number, kind: 'passport', status: 'lost', owner: 'ke', declaredAt: '2026-01-01' }]
        : [],
    )
    const ask = async () => (await handIn(fr.node, 'desk=fr-cdg-2e&answer=cusres', paxlst([okello, other]))).body.cusres
    const codes = (text: string) => [...text.matchAll(/ERC\+(\w+)/g)].map((it) => it[1])
    const plain = await ask()
    expect(codes(plain)).toEqual([answers.fit, answers.declaredDocument])
    setAlerts('fr', [{ alert: { id: alert }, surname: 'okello', number: 'AK0123456', birthDate: '1984-07-03' }])
    expect(codes(await ask())).toEqual(codes(plain))
  })

  it('is stored without what tells of faith or health', async () => {
    const { body } = await handIn(fr.node, 'desk=fr-cdg-2e', pnrgov)
    expect(body).toMatchObject({ kind: 'pnrgov', counts: { read: 1, kept: 1 } })
    const { store } = fr.node.services
    const row = await messageTables(store)
      .selectFrom('border_messages')
      .selectAll()
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toMatch(/VGML|WCHR/)
  })

  it('is refused when it is none', async () => {
    expect((await handIn(fr.node, 'desk=fr-cdg-2e', Buffer.from('hello'))).body.code).toBe('border/not-a-message')
  })

  it('loses the passengers for whom nothing waits when their clock has run out, and keeps the counts', async () => {
    setAlerts('fr', [{ alert: { id: alert }, surname: 'okello', birthDate: '1984-07-03' }])
    const { body } = await handIn(fr.node, 'desk=fr-cdg-2e', paxlst([okello, other]))
    const checked = await check(fr.counter, zoneOf('AK0123456', 'EXEMPEL', '700101'))
    await candidatesOf(body.id, 1)
    clock.advance(24 * 3_600_000)
    expect(await purgeBorder(fr.node.services)).toBeGreaterThanOrEqual(2)
    const shown = (await fr.officer('GET', `/border/messages/${body.id}`)).body
    expect(shown.counts.read).toBe(2)
    expect(shown.passengers.map((it: { place: number }) => it.place)).toEqual([1])
    expect(shown.purgedAt).not.toBeNull()
    expect((await fr.counter('POST', `/border/checks/${checked.body.id}/outcome`, { did: 'passed' })).body.code).toBe(
      'border/unknown-check',
    )
  })
})
