import { describe, expect, it } from 'vitest'
import { header, type Office, office, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import { fixedClock } from '#kernel/clock'
import { firstVersion } from '#protocol/draft'
import { until } from '../../../test/desk-kit.ts'
import { openScene, type Scene } from '../../../test/kit.ts'

const start = new Date('2026-11-22T12:00:00.000Z')

async function published(scene: Scene, change: Parameters<typeof redNotice>[0]): Promise<string> {
  const fr = office(scene.node('fr'))
  const { body } = await fr.call('POST', '/notices', { handling: header(start), body: redNotice(change) })
  await fr.call('POST', `/notices/${body.id}/submit`)
  const [first, second] = ['a', 'b'].map((it) => office(scene.node('secretariat'), 'legal', `per_${it}`)) as [
    Office,
    Office,
  ]
  await until(
    async () => (await first.call('GET', `/notices/${body.id}`)).status,
    (it) => it === 200,
  )
  await first.call('POST', `/notices/${body.id}/review/take`)
  const proposal = { outcome: 'published', note: 'Conditions are met.', findings: wholeTest }
  await first.call('POST', `/notices/${body.id}/review/propose`, proposal)
  expect((await second.call('POST', `/notices/${body.id}/review/confirm`)).status).toBe(200)
  await until(
    async () => (await fr.call('GET', `/notices/${body.id}`)).body.place,
    (it) => it === 'published',
  )
  return body.id
}

// biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
const ask = async (scene: Scene, path: string): Promise<{ status: number; body: any }> => {
  const response = await fetch(`${scene.node('secretariat').url}${path}`)
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, body: type.includes('json') ? await response.json() : await response.text() }
}

describe('the public extract', () => {
  it('shows what its owner consents to, in the shape that readers know, and nothing else', async () => {
    await using scene = await openScene(['secretariat', 'fr', 'ke'], { clock: fixedClock(start) })
    await published(scene, {})
    const id = await published(scene, { publicExtract: true, reference: 'EXERCISE 2026/115' })
    const list = (await ask(scene, '/public/notices/v1/red?resultPerPage=1&nationality=FR&ageMin=30')).body
    expect(list).toMatchObject({
      total: 1,
      query: { page: 1, resultPerPage: 1, nationality: 'FR', ageMin: 30 },
      _embedded: {
        notices: [
          {
            name: 'Vasilenko',
            forename: 'Tarek',
            date_of_birth: '1984/02/11',
            nationalities: ['FR'],
            status: 'in-force',
            version: 1,
          },
        ],
      },
    })
    const [{ entity_id, _links }] = list._embedded.notices
    expect(entity_id).toBe(`2026/${id.slice(-12)}`)
    const one = await ask(scene, _links.self.href)
    expect(one.body).toMatchObject({
      sex_id: 'M',
      arrest_warrants: [{ issuing_country_id: 'FR', charge: 'Financing of terrorism' }],
      issuing_authority: 'fr',
    })
    expect(JSON.stringify(one.body)).not.toContain('XE4410287')
    expect((await ask(scene, '/public/notices/v1/red?freeText=nobody')).body.total).toBe(0)
    const page = await ask(scene, `/public/notices/red/${entity_id.replace('/', '-')}?lang=ar`)
    expect(page.body).toContain('dir="rtl"')
    expect(page.body).toContain('Vasilenko')
    expect(page.body).not.toContain('XE4410287')

    const fr = office(scene.node('fr'))
    const ended = await fr.call('POST', `/notices/${id}/end`, { how: 'withdrawn', reason: 'No longer sought.' })
    expect(ended.body.told).toContain('secretariat')
    await until(
      async () => (await ask(scene, '/public/notices/v1/red')).body.total,
      (it) => it === 0,
    )
    expect((await ask(scene, _links.self.href)).status).toBe(404)
  })
})

describe('special notices', () => {
  it('follow the list of the Security Council, one person bringing its decision in and another confirming', async () => {
    await using scene = await openScene(['secretariat', 'ke'], { clock: fixedClock(start) })
    const { store } = scene.node('secretariat').services
    const [first, second] = ['a', 'b'].map((it) => office(scene.node('secretariat'), 'legal', `per_${it}`)) as [
      Office,
      Office,
    ]
    const listing = (reference: string, name: string) =>
      firstVersion({
        kind: { type: 'listing', schema: 1 },
        owner: 'secretariat',
        now: start,
        handling: header(start, { tlp: 'CLEAR', category: 'listed' }),
        body: {
          list: 'un-sc',
          ref: reference,
          reference,
          schema: 'Person',
          names: [{ value: name, kind: 'name', quality: null }],
          properties: { birthDate: ['1970'], nationality: ['ke'] },
          held: [],
          programmes: ['Al-Qaida'],
          linkedTo: [],
          listedOn: null,
          updatedOn: null,
          remarks: null,
        },
      })
    const drafts = [listing('QDi.901', 'Idris Nabulwa'), listing('QDi.902', 'Ramazan Tilek')]
    await store.commit({ records: drafts.map((record) => ({ record, caption: 'x' })), audit: [] })
    expect((await first.call('POST', '/notices/council/prepare', {})).body).toEqual({
      listed: 2,
      drafted: 2,
      changed: 0,
      cancelled: 0,
    })
    expect((await first.call('POST', '/notices/council/confirm', {})).body.code).toBe('notices/same-person')
    expect((await second.call('POST', '/notices/council/confirm', {})).body).toEqual({ confirmed: 2, remaining: 0 })
    expect((await first.call('POST', '/notices/council/prepare', {})).body).toMatchObject({
      drafted: 0,
      changed: 0,
      cancelled: 0,
    })
    const met = () =>
      scene.node('ke').services.alerts.search({ properties: { name: ['Idris Nabulwa'], birthDate: ['1970-03-03'] } })
    const [alert] = await until(
      async () => met(),
      (it) => it.length === 1,
    )
    expect(alert).toMatchObject({ type: 'unsc-special', owner: 'secretariat', asked: 'inquiry-check' })
    expect((await ask(scene, '/public/notices/v1/un')).body).toMatchObject({ total: 2 })

    await store.commit({ states: [{ id: drafts[0]!.id, state: 'withdrawn' }], audit: [] })
    expect((await first.call('POST', '/notices/council/prepare', {})).body).toMatchObject({ listed: 1, cancelled: 1 })
    expect((await second.call('POST', '/notices/council/confirm', {})).body).toEqual({ confirmed: 1, remaining: 0 })
    await until(
      async () => met(),
      (it) => it.length === 0,
    )
  })
})
