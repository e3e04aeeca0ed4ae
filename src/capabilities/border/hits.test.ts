import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installAlerts, removeAlerts, setAlerts } from '#capabilities/border/alerts.fixture'
import { type Office, office, recordAlert } from '#capabilities/border/office.fixture'
import { purgeBorder } from '#capabilities/border/purge'
import { receiveAlertHit } from '#capabilities/border/receive'
import { writeMrz } from '#formats/travel/mrz-write'
import { fixedClock } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { partyOf } from '#protocol/directory'
import { type Caller, openReader } from '#store/reader'
import type { ReceivingRecord } from '#wire/receiver'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'

beforeAll(installAlerts)
afterAll(removeAlerts)

const start = '2026-11-27T10:00:00.000Z'
const mrz = writeMrz('TD3', {
  documentCode: 'P',
  issuer: 'KEN',
  documentNumber: 'AK0123456',
  nationality: 'KEN',
  birthDate: '840703',
  sex: 'M',
  expiryDate: '300101',
  primary: 'OKELLO',
  secondary: 'IDRIS',
}).join('\n')

const hits = async (at: Office) => (await at.officer('GET', '/border/hits')).body.items
const hitOf = async (at: Office, id: string) => (await at.officer('GET', `/border/hits/${id}`)).body
const reaches = (at: Office, id: string, state: string) =>
  until(
    () => hitOf(at, id),
    (it) => it.state === state,
  )
const check = (as: Office['counter'], desk: string) => as('POST', '/border/checks', { desk, mrz })

/** Kenya has an alert that France and Indonesia hold. */
async function shared(scene: Scene) {
  const [ke, fr, id] = ['ke', 'fr', 'id'].map((it) => office(scene.node(it))) as [Office, Office, Office]
  const alert = await recordAlert(ke, { with: ['fr', 'id'] })
  for (const at of [fr, id])
    await until(
      () => at.officer('GET', `/records/${alert}`),
      (it) => it.status === 200,
    )
  const set = (change: object, met: object = {}) => {
    for (const member of ['fr', 'id', 'ke'])
      setAlerts(member, [{ alert: { id: alert, owner: 'ke', ...change }, surname: 'okello', ...met }])
  }
  return { ke, fr, id, alert, set }
}

async function open(
  alert: RecordId,
  { fr, set }: Pick<Awaited<ReturnType<typeof shared>>, 'fr' | 'set'>,
): Promise<string> {
  set({}, { number: 'AK0123456', birthDate: '1984-07-03' })
  await check(fr.counter, 'fr-cdg-2e')
  const [hit] = await until(
    () => hits(fr),
    (it) => it.some((one: { about: string; state: string }) => one.about === alert && one.state === 'reported'),
  )
  return hit.id
}

describe('a hit', () => {
  it('reaches the owner at once by document and birth date, is confirmed against the clock, and returned', async () => {
    const clock = fixedClock(start)
    await using scene = await openScene(['fr', 'ke', 'id'], { clock })
    const { ke, fr, id: jakarta, alert, set } = await shared(scene)
    const id = await open(alert, { fr, set })
    const there = await reaches(ke, id, 'reported')
    expect(there).toMatchObject({
      role: 'owner',
      other: 'fr',
      dueRule: 'desk.confirmation-urgent',
      entries: [
        {
          kind: 'report',
          body: { compared: false, strength: 'document', companions: 0, document: { number: 'AK0123456' } },
        },
      ],
    })
    expect(JSON.stringify(there.entries)).not.toContain('EXERCISE Okello')
    expect(
      (await fr.officer('POST', `/border/hits/${id}/answer`, { outcome: 'confirmed', note: 'Ours.' })).body.code,
    ).toBe('border/not-owner')

    const asked = await ke.officer('POST', `/border/hits/${id}/answer`, {
      outcome: 'more-information',
      note: 'Which tattoo?',
    })
    expect(asked.status).toBe(200)
    await reaches(fr, id, 'more-information')
    expect(
      (await fr.officer('POST', `/border/hits/${id}/information`, { text: 'An anchor on the left arm.' })).status,
    ).toBe(200)
    await until(
      () => hitOf(ke, id),
      (it) => it.state === 'reported' && it.entries.length === 3,
    )
    clock.advance(13 * 3_600_000)
    expect(
      (await ke.officer('POST', `/border/hits/${id}/answer`, { outcome: 'confirmed', note: 'It is the man.' })).status,
    ).toBe(200)
    const confirmed = await reaches(fr, id, 'confirmed')
    expect(confirmed).toMatchObject({
      late: true,
      tasks: [
        { task: 'located', doneAt: null },
        { task: 'return', doneAt: null },
      ],
    })

    const form = {
      located: true,
      place: 'Terminal 2E',
      seenAt: clock.now().toISOString(),
      reason: 'Check on entry',
      executed: { what: 'arrest', at: clock.now().toISOString(), note: 'Handed to the court.' },
    }
    const companions = [{ name: 'EXERCISE Companion', relation: 'travelled together' }]
    expect((await fr.officer('POST', `/border/hits/${id}/return`, { form, companions })).status).toBe(200)
    expect((await hitOf(fr, id)).tasks.map((it: { doneAt: string | null }) => it.doneAt)).not.toContain(null)
    const kinds = ['report', 'answer', 'information', 'answer', 'return', 'companions']
    const told = await until(
      () => hitOf(ke, id),
      (it) => it.entries.length === kinds.length,
    )
    expect(told.entries.map((it: { kind: string }) => it.kind).sort()).toEqual(kinds.sort())
    expect(told.entries.find((it: { kind: string }) => it.kind === 'return').body).toMatchObject({
      companions: 1,
      confirmed: true,
    })

    // Companions are no subjects: their clock takes them from both offices, and the rest stays.
    clock.advance(73 * 3_600_000)
    for (const at of [fr, ke]) {
      await purgeBorder(at.node.services)
      const { entries } = await hitOf(at, id)
      expect(JSON.stringify(entries)).not.toContain('EXERCISE Companion')
      const { store } = at.node.services
      const left = await store.db
        .selectFrom('record_versions')
        .select('disclosures')
        .where('disclosures', 'like', '%EXERCISE Companion%')
        .execute()
      expect(left).toEqual([])
    }
    expect(await hits(jakarta)).toEqual([])
  })

  it('on a discreet alert goes to its owner while the counter sees nothing', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'], { clock: fixedClock(start) })
    const { ke, fr, set } = await shared(scene)
    set({ discreet: true, asked: 'discreet-check', permitted: 'discreet-check' }, { birthDate: '1984-07-03' })
    expect((await check(fr.counter, 'fr-cdg-2e')).body).toMatchObject({ state: 'nothing', alerts: [] })
    const [there] = await until(
      () => hits(ke),
      (it) => it.length > 0,
    )
    expect(there).toMatchObject({ discreet: true, state: 'reported', dueRule: 'desk.confirmation' })
  })

  it('waits for a person who compares, where more than a name and less than a document agrees', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'], { clock: fixedClock(start) })
    const { ke, fr, set } = await shared(scene)
    set({}, { birthDate: '1984-07-03' })
    const checked = await check(fr.officer, 'fr-cdg-2e')
    const path = `/border/candidates/${checked.body.alerts[0].candidate}`
    await until(
      () => fr.officer('GET', path),
      (it) => it.status === 200,
    )
    expect(await hits(ke)).toEqual([])
    const decided = await fr.officer('POST', `${path}/decision`, {
      decision: 'probably-same',
      note: 'By the photograph.',
    })
    expect((await reaches(ke, decided.body.hit, 'reported')).entries[0].body).toMatchObject({ compared: true })
  })

  it('that was wrong is false in every place, and the document raises no further alarm against the alert', async () => {
    await using scene = await openScene(['fr', 'ke', 'id'], { clock: fixedClock(start) })
    const { ke, fr, id: jakarta, alert, set } = await shared(scene)
    const id = await open(alert, { fr, set })
    await reaches(ke, id, 'reported')
    const declared = await fr.officer('POST', `/border/hits/${id}/redress`, { reason: 'The fingerprints differ.' })
    expect(declared.body.number).toMatch(/^RDR-2026-[0-9A-F]{12}$/)
    expect(await reaches(ke, id, 'false')).toMatchObject({ redress: declared.body.number, extended: false })
    expect((await check(fr.counter, 'fr-cdg-2e')).body).toMatchObject({ state: 'nothing', alerts: [] })
    const second = (await check(fr.officer, 'fr-cdg-2e')).body
    expect(second).toMatchObject({ alerts: [], setAside: [{ alert, number: declared.body.number }] })
    expect((await fr.officer('POST', `/border/hits/${id}/redress`, { reason: 'Once more.' })).body.code).toBe(
      'border/closed',
    )
    expect(
      (
        await fr.officer('POST', `/border/hits/${id}/return`, {
          form: { located: false, place: 'x', seenAt: start, reason: 'x' },
        })
      ).body.code,
    ).toBe('border/closed')

    // The owner tells all who hold the alert, under the same number.
    expect((await check(jakarta.counter, 'id-cgk-3')).body.state).toBe('alert')
    const extended = await ke.officer('POST', `/border/hits/${id}/redress`, { reason: 'We agree: not the man.' })
    expect(extended.body.number).toBe(declared.body.number)
    await until(
      () => check(jakarta.counter, 'id-cgk-3'),
      (it) => it.body.state === 'nothing',
    )
    expect((await check(jakarta.counter, 'id-cgk-3')).body.state).toBe('nothing')
    // Narrow: another document, or the same against another alert, is none of it.
    set({}, { birthDate: '1984-07-03' })
    const other = { name: 'Idris Okello', birthDate: '1984-07-03', number: 'ZZ999' }
    const again = await jakarta.counter('POST', '/border/checks', { desk: 'id-cgk-3', fields: other })
    expect(again.body.state).toBe('alert')
  })

  it('is refused from a member that was never given the alert, as if there were none', async () => {
    await using scene = await openScene(['fr', 'ke'], { clock: fixedClock(start) })
    const [ke, fr] = ['ke', 'fr'].map((it) => office(scene.node(it))) as [Office, Office]
    const [alert, mine] = [await recordAlert(ke), await recordAlert(fr)]
    const met = { surname: 'okello', number: 'AK0123456', birthDate: '1984-07-03' }
    setAlerts('fr', [{ alert: { id: mine, owner: 'fr' }, ...met }])
    await check(fr.counter, 'fr-cdg-2e')
    const [own] = await until(
      () => hits(fr),
      (it) => it.length > 0,
    )
    const hit = await openReader(fr.node.services.store, nodeOf(fr)).record(own.id)
    const receiving = { store: ke.node.services.store, identity: ke.node.services.identity } as ReceivingRecord
    for (const about of [alert, `rec_${'0'.repeat(32)}`]) {
      const claimed = { ...hit!, body: { ...hit!.body, about } }
      await expect(receiveAlertHit(claimed, receiving)).rejects.toThrow('gave that member no such alert')
    }
    // What France cannot read it does not report either.
    setAlerts('fr', [{ alert: { id: alert, owner: 'ke' }, ...met }])
    expect((await check(fr.officer, 'fr-cdg-2e')).body.alerts).toEqual([])
  })
})

function nodeOf({ node: { services } }: Office): Caller {
  const member = partyOf(services.directories.current(), services.identity.me)
  return { actor: { member }, via: 'system', purpose: 'border-security' }
}
