import { describe, expect, it } from 'vitest'
import { header, type Office, office, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import type { Notice } from '#capabilities/notices/record'
import { fixedClock } from '#kernel/clock'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

async function draft(at: Office, body: Notice = redNotice(), handling = header(start)): Promise<string> {
  const reply = await at.call('POST', '/notices', { handling, body })
  expect(reply.body).toMatchObject({ place: 'draft' })
  return reply.body.id as string
}

const placeAt = (at: Office, id: string) => async () => (await at.call('GET', `/notices/${id}`)).body.place as string
const traveller = { properties: { name: ['Tarek Vasilenko'], birthDate: ['1984-02-11'] } }
const alertsAt = (scene: Scene, member: string) => scene.node(member).services.alerts.search(traveller)

async function review(scene: Scene, id: string, proposal: object) {
  const first = office(scene.node('secretariat'), 'legal', 'per_first')
  const second = office(scene.node('secretariat'), 'legal', 'per_second')
  await until(placeAt(first, id), (it) => it !== undefined)
  await first.call('POST', `/notices/${id}/review/take`)
  const proposed = await first.call('POST', `/notices/${id}/review/propose`, proposal)
  expect(proposed.status).toBe(200)
  expect((await first.call('POST', `/notices/${id}/review/confirm`)).body.code).toBe('notices/same-person')
  return second.call('POST', `/notices/${id}/review/confirm`)
}

/** On what was published: nobody takes it up, and two decide. */
async function decide(scene: Scene, id: string, proposal: object) {
  const [first, second] = ['per_first', 'per_second'].map((it) => office(scene.node('secretariat'), 'legal', it))
  const proposed = await first!.call('POST', `/notices/${id}/review/propose`, { findings: [], ...proposal })
  expect(proposed.status).toBe(200)
  expect((await second!.call('POST', `/notices/${id}/review/confirm`)).status).toBe(200)
}

describe('a red notice', () => {
  it('is stopped at the desk while a penalty is missing, reviewed by two, and in force at the others once published', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke', 'id'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const ke = office(scene.node('ke'))
    const { judicial, ...rest } = redNotice()
    const { maximumPenaltyMonths: _, ...withoutPenalty } = judicial!
    const id = await draft(fr, { ...rest, judicial: withoutPenalty })
    const refused = await fr.call('POST', `/notices/${id}/submit`)
    expect(refused.body).toMatchObject({ code: 'notices/incomplete', rule: 'RPD 83(2)(b)(iv)' })

    const amended = { handling: header(start), body: redNotice(), version: 1 }
    expect((await fr.call('PUT', `/notices/${id}`, amended)).body).toMatchObject({ version: 2, place: 'draft' })
    expect((await fr.call('POST', `/notices/${id}/submit`)).body).toMatchObject({ place: 'submitted' })
    expect((await office(scene.node('secretariat'), 'officer').call('GET', `/notices/${id}`)).status).toBe(404)
    expect((await ke.call('GET', `/notices/${id}`)).status).toBe(404)

    const incomplete = { outcome: 'published', note: 'Conditions are met.', findings: wholeTest.slice(1) }
    const reviewer = office(scene.node('secretariat'), 'legal', 'per_first')
    await until(placeAt(reviewer, id), (it) => it === 'submitted')
    await reviewer.call('POST', `/notices/${id}/review/take`)
    expect((await reviewer.call('POST', `/notices/${id}/review/propose`, incomplete)).body).toMatchObject({
      code: 'notices/findings-missing',
      rule: 'RPD 34(3)',
    })
    expect(alertsAt(scene, 'ke')).toEqual([])
    const decided = await review(scene, id, { outcome: 'published', note: 'Conditions are met.', findings: wholeTest })
    expect(decided.status).toBe(200)
    await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 1,
    )
    await until(
      async () => alertsAt(scene, 'id'),
      (it) => it.length === 1,
    )
    await until(placeAt(fr, id), (it) => it === 'published')
    const own = await until(
      async () => alertsAt(scene, 'fr'),
      (it) => it.length === 1,
    )
    expect(own).toMatchObject([{ id, owner: 'fr', asked: 'arrest' }])
    expect(alertsAt(scene, 'ke')).toMatchObject([{ id, permitted: 'arrest', loweredBy: null }])
    expect(alertsAt(scene, 'id')).toMatchObject([{ permitted: 'ask', loweredBy: expect.stringContaining('judicial') }])
    expect((await ke.call('GET', `/notices/${id}`)).body).toMatchObject({ place: 'published', inForce: true })

    const doubt = {
      outcome: 'suspended',
      reason: 'doubt',
      note: 'The issuer is asked about the warrant.',
      findings: [],
    }
    expect((await reviewer.call('POST', `/notices/${id}/review/propose`, doubt)).status).toBe(200)
    const second = office(scene.node('secretariat'), 'legal', 'per_second')
    expect((await second.call('POST', `/notices/${id}/review/confirm`)).status).toBe(200)
    await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 0,
    )
    await until(
      async () => alertsAt(scene, 'fr'),
      (it) => it.length === 0,
    )
    expect((await ke.call('GET', `/notices/${id}`)).status).toBe(404)

    const lift = { outcome: 'lifted', reason: null, note: 'The warrant was shown.', findings: [] }
    expect((await reviewer.call('POST', `/notices/${id}/review/propose`, lift)).status).toBe(200)
    expect((await second.call('POST', `/notices/${id}/review/confirm`)).status).toBe(200)
    await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 1,
    )

    const found = { what: 'executed', at: start.toISOString(), place: 'Mombasa', measures: 'Held under the warrant.' }
    expect((await ke.call('POST', `/notices/${id}/report`, found)).status).toBe(200)
    const reported = await until(
      async () => (await fr.call('GET', `/notices/${id}`)).body,
      (it) => it.dueRule !== null && it.events.some((one: { what: string }) => one.what === 'executed'),
    )
    expect(reported.dueRule).toBe('notices.wanted-extradition')
    const ended = await fr.call('POST', `/notices/${id}/end`, { how: 'executed', reason: 'Held in Mombasa.' })
    expect(ended.body.told.sort()).toEqual(['id', 'ke', 'secretariat'])
    await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 0,
    )
    await until(
      async () => (await ke.call('GET', `/notices/${id}`)).status,
      (it) => it === 404,
    )
  })

  it('that misuses the channel is refused by the review, and remembered at every state', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const id = await draft(fr)
    await fr.call('POST', `/notices/${id}/submit`)
    const decided = await review(scene, id, {
      outcome: 'refused',
      reason: 'neutrality',
      note: 'The acts are those of a political opponent.',
      findings: wholeTest,
    })
    expect(decided.status).toBe(200)
    await until(placeAt(fr, id), (it) => it === 'refused')
    expect((await office(scene.node('ke')).call('GET', `/notices/${id}`)).status).toBe(404)
    const remembered = async () => (await office(scene.node('ke')).call('GET', '/notice-refusals')).body.items
    const [mark] = await until(remembered, (it) => it.length === 1)
    expect(mark).toEqual({
      member: 'fr',
      type: 'red',
      channel: 'notice',
      reason: 'neutrality',
      at: start.toISOString(),
    })

    // The next one is published, and a person of each state looks at it first.
    const next = await draft(fr)
    await fr.call('POST', `/notices/${next}/submit`)
    await review(scene, next, { outcome: 'published', note: 'Conditions are met.', findings: wholeTest })
    const legal = office(scene.node('ke'), 'legal')
    const waiting = await until(
      async () => (await legal.call('GET', `/notices/${next}`)).body,
      (it) => it.place === 'published',
    )
    expect(waiting).toMatchObject({ local: 'review', flags: ['sender-refused-before'], inForce: false })
    expect((await office(scene.node('ke')).call('GET', `/notices/${next}`)).status).toBe(404)
    expect(alertsAt(scene, 'ke')).toEqual([])
    const limited = { answer: 'limited', action: 'discreet-check', note: 'Only observed here.' }
    expect((await legal.call('POST', `/notices/${next}/response`, limited)).status).toBe(200)
    const [alert] = await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 1,
    )
    expect(alert).toMatchObject({ asked: 'arrest', permitted: 'discreet-check', discreet: true })
  })
})

describe('a diffusion', () => {
  it('leaves once a second person agreed, and waits for the gate of whoever receives it', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const id = await draft(fr, redNotice({ channel: 'diffusion', to: { members: ['ke'], groups: [], sectors: [] } }))
    expect((await fr.call('POST', `/notices/${id}/submit`)).status).toBe(200)
    const [first, second] = ['one', 'two'].map((it) => office(scene.node('fr'), 'legal', `per_${it}`)) as [
      Office,
      Office,
    ]
    await first.call('POST', `/notices/${id}/review/take`)
    const published = { outcome: 'published', note: 'Conditions are met.', findings: wholeTest }
    await first.call('POST', `/notices/${id}/review/propose`, published)
    expect((await first.call('POST', `/notices/${id}/review/confirm`)).status).toBe(403)
    expect((await second.call('POST', `/notices/${id}/review/confirm`)).status).toBe(200)

    const legal = office(scene.node('ke'), 'legal')
    const there = await until(
      async () => (await legal.call('GET', `/notices/${id}`)).body,
      (it) => it.place === 'published',
    )
    expect(there).toMatchObject({ place: 'published', local: 'review', flags: ['diffusion'] })
    expect((await office(scene.node('ke')).call('GET', `/notices/${id}`)).status).toBe(404)
    const accepted = await legal.call('POST', `/notices/${id}/response`, { answer: 'accepted', note: 'Looked at.' })
    expect(accepted.status).toBe(200)
    await until(
      async () => alertsAt(scene, 'ke'),
      (it) => it.length === 1,
    )
  })

  it('about a person whom the receiving state protects is refused there, and nobody abroad learns why', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const legal = office(scene.node('ke'), 'legal')
    const shield = {
      kind: 'protection',
      country: 'fr',
      properties: { name: ['Tarek Vasilenko'], birthDate: ['1984-02-11'] },
      note: 'Decision of 2025 (EXERCISE)',
    }
    expect((await legal.call('POST', '/notice-shields', shield)).status).toBe(201)
    expect((await office(scene.node('ke')).call('GET', '/notice-shields')).status).toBe(403)
    const id = await draft(fr)
    await fr.call('POST', `/notices/${id}/submit`)
    await review(scene, id, { outcome: 'published', note: 'Conditions are met.', findings: wholeTest })
    const there = await until(
      async () => (await legal.call('GET', `/notices/${id}`)).body,
      (it) => it.place === 'published',
    )
    expect(there).toMatchObject({ place: 'published', local: 'review', flags: ['protection'] })
    const refused = { answer: 'refused', note: 'National law does not allow it.', ground: 'protection' }
    expect((await legal.call('POST', `/notices/${id}/response`, refused)).status).toBe(200)
    const answered = (at: Office) =>
      until(
        async () => (await at.call('GET', `/notices/${id}`)).body.events as { what: string; details: object }[],
        (it) => it.some((one) => one.what === 'answer-refused'),
      )
    const atIssuer = (await answered(fr)).find((it) => it.what === 'answer-refused')
    expect(atIssuer).toMatchObject({ note: 'National law does not allow it.', details: { ground: null } })
    const atSecretariat = await answered(office(scene.node('secretariat'), 'legal'))
    expect(atSecretariat.find((it) => it.what === 'answer-refused')).toMatchObject({
      details: { ground: 'protection' },
    })
    expect(alertsAt(scene, 'ke')).toEqual([])

    // Taken after all, the officers there have it, and read nothing of why a person looked first.
    const limited = { answer: 'limited', action: 'ask', note: 'Only after a judge was asked.', ground: 'protection' }
    expect((await legal.call('POST', `/notices/${id}/response`, limited)).status).toBe(200)
    const read = (await office(scene.node('ke')).call('GET', `/notices/${id}`)).body
    expect(read).toMatchObject({ local: 'limited', flags: [] })
    expect(JSON.stringify(read)).not.toContain('protection')
  })
})

describe('decisions that come together', () => {
  it('have a line each at a holder, and the last says where the notice stands', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    const fr = office(scene.node('fr'))
    const id = await draft(fr)
    await fr.call('POST', `/notices/${id}/submit`)
    await review(scene, id, { outcome: 'published', note: 'Conditions are met.', findings: wholeTest })
    await until(placeAt(office(scene.node('ke')), id), (it) => it === 'published')
    await scene.stop('ke')
    for (const proposal of [
      { outcome: 'suspended', reason: 'doubt', note: 'A court is asked.' },
      { outcome: 'lifted', reason: null, note: 'It has answered.' },
      { outcome: 'suspended', reason: 'doubt', note: 'It is asked again.' },
    ])
      await decide(scene, id, proposal)
    await scene.start('ke')
    const legal = office(scene.node('ke'), 'legal')
    const there = await until(
      async () => (await legal.call('GET', `/notices/${id}`)).body,
      (it) => it.place === 'suspended' && it.decision?.note === 'It is asked again.',
    )
    expect(there.events.map((it: { what: string; note: string }) => [it.what, it.note])).toEqual([
      ['arrive', null],
      ['published', 'Conditions are met.'],
      ['suspended', 'A court is asked.'],
      ['lifted', 'It has answered.'],
      ['suspended', 'It is asked again.'],
    ])
  })
})
