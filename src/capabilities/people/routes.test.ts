import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '#capabilities/people/client.fixture'
import { minute, openPeopleScene, type PeopleScene, password } from '#capabilities/people/scene.fixture'
import { tables } from '#capabilities/people/store'

let scene: PeopleScene
let clock: PeopleScene['clock']
let services: PeopleScene['services']
let url: PeopleScene['url']
let signedIn: PeopleScene['signedIn']
let audits: PeopleScene['audits']

beforeAll(async () => {
  scene = await openPeopleScene()
  ;({ clock, services, url, signedIn, audits } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())
beforeEach(() => clock.advance(16 * minute))

describe('signing in with a password', () => {
  it('opens a session under a cookie that scripts and other sites do not get', async () => {
    const browser = client(url)
    const { status, body } = await browser.signIn(' Olga ', password)
    expect(status).toBe(200)
    expect(body.person).toMatchObject({ username: 'olga', roles: ['officer'] })
    expect(browser.setCookie()).toMatch(/^comity-fr=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await browser.get('/me')).body).toMatchObject({
      username: 'olga',
      member: { id: 'fr' },
      exercise: true,
      scopes: ['read', 'write', 'screen', 'audit', 'administer'],
    })
    const [entry] = await audits('sign-in')
    expect(entry).toMatchObject({ outcome: 'permitted', actor: { person: body.person.id, role: 'officer' } })
  })

  it('answers alike for a wrong password, an unknown name and a hostile one', async () => {
    const attempts = [
      ['olga', 'not her password'],
      ['nobody', password],
      ["' or 1=1; drop table people; --", password],
      ['olga"; update people set password=null', password],
      ['%', password],
    ] as const
    const answers = []
    for (const [username, secret] of attempts) {
      const { status, body } = await client(url).signIn(username, secret)
      answers.push({ status, ...body, correlation: null })
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'people/sign-in-refused' })
    for (const it of answers) expect(it).toEqual(answers[0])
    const entries = await audits('sign-in')
    expect(entries.slice(0, 5).map((it) => [it.outcome, it.reason, it.object?.type ?? null])).toEqual([
      ...Array(4).fill(['refused', 'unknown', null]),
      ['refused', 'password', 'person'],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/otters|not her password|drop table/)
    await signedIn('olga')
  })

  it('stops after ten failures, known name or not, and goes on a quarter of an hour later', async () => {
    for (const username of ['otto', 'nobody-else']) {
      for (let attempt = 0; attempt < 10; attempt++)
        expect((await client(url).signIn(username, `guess ${attempt}`)).status).toBe(401)
      const answer = await client(url).signIn(username, password)
      expect(answer).toMatchObject({ status: 429, body: { code: 'people/too-many-attempts' } })
    }
    clock.advance(16 * minute)
    await signedIn('otto')
  })

  it('lets no more guesses through when they come at once', async () => {
    const guesses = Array.from({ length: 25 }, (_, index) => client(url).signIn('otto', `guess ${index}`))
    const statuses = (await Promise.all(guesses)).map((it) => it.status)
    expect(statuses.filter((it) => it === 401)).toHaveLength(10)
    expect(statuses.filter((it) => it === 429)).toHaveLength(15)
  })

  it('keeps neither secrets nor what they hash to in the replies for repeats', async () => {
    const response = await fetch(`${url}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body: JSON.stringify({ username: 'olga', password }),
    })
    expect(response.status).toBe(200)
    expect(await services.store.db.selectFrom('replies').selectAll().where('key', '=', 'k1').execute()).toEqual([])
  })
})

describe('sessions', () => {
  it('are kept as digests', async () => {
    const browser = await signedIn('olga')
    const secret = browser.cookie()!.slice('comity-fr='.length)
    const rows = await tables(services.store).selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('end one by one, and only by their own person', async () => {
    const [here, other] = [await signedIn('olga'), await signedIn('otto')]
    clock.advance(1)
    const there = await signedIn('olga')
    const { body } = await here.get('/sessions')
    const [current, second] = [body.items.find((it: { current: boolean }) => it.current), body.items[0]]
    expect(current).toMatchObject({ userAgent: 'test browser' })
    expect(second.current).toBe(false)
    expect((await other.delete(`/sessions/${second.id}`)).status).toBe(404)
    expect((await here.delete(`/sessions/${second.id}`)).status).toBe(200)
    expect((await there.get('/me')).status).toBe(401)
    expect((await here.post('/sign-out')).status).toBe(200)
    expect(here.setCookie()).toMatch(/^comity-fr=; Max-Age=0/)
    here.sendCookie(`comity-fr=${current.id}`)
    expect((await here.get('/me')).status).toBe(401)
    expect((await audits('sign-out'))[0]).toMatchObject({ object: { type: 'session', id: current.id } })
  })

  it('end everywhere at once', async () => {
    const browsers = await Promise.all([signedIn('olga'), signedIn('olga'), signedIn('olga')])
    const { body } = await browsers[0]!.post('/sign-out-everywhere')
    expect(body.ended).toBeGreaterThanOrEqual(3)
    for (const it of browsers) expect((await it.get('/me')).status).toBe(401)
  })

  it('end everywhere else, and this one goes on', async () => {
    const [here, there] = [await signedIn('olga'), await signedIn('olga')]
    const { body } = await here.post('/sessions/end-others')
    expect(body.ended).toBeGreaterThanOrEqual(1)
    expect((await here.get('/me')).status).toBe(200)
    expect((await there.get('/me')).status).toBe(401)
    expect((await audits('sign-out'))[0]).toMatchObject({ reason: 'everywhere else' })
    expect(
      (
        await client(url, (await here.post('/tokens', { name: 'x', scopes: ['write'] })).body.token).post(
          '/sessions/end-others',
        )
      ).status,
    ).toBe(403)
  })

  it('end after an hour of silence, and after twelve hours of work', async () => {
    const [idle, busy] = [await signedIn('olga'), await signedIn('olga')]
    for (let hour = 0; hour < 11; hour++) {
      clock.advance(59 * minute)
      expect((await busy.get('/me')).status).toBe(200)
    }
    expect((await idle.get('/me')).status).toBe(401)
    clock.advance(59 * minute)
    expect((await busy.get('/me')).status).toBe(200)
    clock.advance(13 * minute)
    expect((await busy.get('/me')).status).toBe(401)
    await signedIn('olga')
    const old = tables(services.store).selectFrom('sessions').select('id').where('expires_at', '<=', clock.now())
    expect(await old.execute()).toEqual([])
  })

  it('of a made-up cookie are none', async () => {
    const browser = client(url)
    for (const it of [
      'comity-fr=',
      'comity-fr=x',
      `comity-fr=${'a'.repeat(5_000)}`,
      "comity-fr=' or 1=1 --",
      'comity-fr=%00',
    ]) {
      browser.sendCookie(it)
      expect((await browser.get('/me')).status).toBe(401)
    }
  })
})

describe('changing the password', () => {
  it('asks for the present one, ends the other sessions and gives this one a new cookie', async () => {
    const [here, there] = [await signedIn('audra'), await signedIn('audra')]
    const next = 'a heron waits still'
    const wrong = await here.put('/me/password', { current: 'something else', next })
    expect(wrong).toMatchObject({ status: 403, body: { code: 'people/wrong-password' } })
    const weak = await here.put('/me/password', { current: password, next: 'too short' })
    expect(weak).toMatchObject({ status: 422, body: { code: 'people/weak-password' } })
    const before = here.cookie()
    expect((await here.put('/me/password', { current: password, next })).status).toBe(200)
    expect(here.cookie()).not.toBe(before)
    expect((await here.get('/me')).status).toBe(200)
    expect((await there.get('/me')).status).toBe(401)
    expect((await client(url).signIn('audra', password)).status).toBe(401)
    expect((await here.put('/me/password', { current: next, next: password })).status).toBe(200)
    expect(JSON.stringify(await audits('administer'))).not.toMatch(/heron|otters|argon2/)
  })

  it('is not for tokens', async () => {
    const made = await (await signedIn('olga')).post('/tokens', { name: 'desk', scopes: ['write'] })
    const program = client(url, made.body.token)
    const answer = await program.put('/me/password', { current: password, next: 'a heron waits still' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'people/session-needed' } })
    expect((await program.post('/passkeys/options')).status).toBe(403)
  })
})
