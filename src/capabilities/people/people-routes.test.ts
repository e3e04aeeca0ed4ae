import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '#capabilities/people/client.fixture'
import { minute, openPeopleScene, type PeopleScene, password } from '#capabilities/people/scene.fixture'
import { tables } from '#capabilities/people/store'

let scene: PeopleScene
let clock: PeopleScene['clock']
let services: PeopleScene['services']
let url: PeopleScene['url']
let signedIn: PeopleScene['signedIn']
let idOf: PeopleScene['idOf']
let audits: PeopleScene['audits']

beforeAll(async () => {
  scene = await openPeopleScene()
  ;({ clock, services, url, signedIn, idOf, audits } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())
beforeEach(() => clock.advance(16 * minute))

describe('administering people', () => {
  it('hands over a one-time password that serves once and for a day', async () => {
    const ada = await signedIn('ada')
    const { status, body } = await ada.post('/people', { username: 'Nina', name: 'Nina N.', roles: ['legal'] })
    expect(status).toBe(201)
    const browser = client(url)
    const needed = await browser.signIn('nina', body.oneTimePassword)
    expect(needed).toMatchObject({ status: 403, body: { code: 'people/password-change-needed' } })
    expect(browser.setCookie()).toBeNull()
    expect((await browser.signIn('nina', body.oneTimePassword, body.oneTimePassword)).status).toBe(422)
    expect((await browser.signIn('nina', body.oneTimePassword, password)).status).toBe(200)
    expect((await browser.get('/me')).body).toMatchObject({ username: 'nina', roles: ['legal'] })
    expect((await client(url).signIn('nina', body.oneTimePassword)).status).toBe(401)

    const reset = await ada.post(`/people/${body.id}/password-reset`)
    expect((await browser.get('/me')).status).toBe(401)
    clock.advance(24 * 60 * minute)
    expect((await client(url).signIn('nina', reset.body.oneTimePassword, 'a heron waits still')).status).toBe(401)
    expect(JSON.stringify(await audits('administer'))).not.toContain(reset.body.oneTimePassword)
  })

  it('refuses a name that is taken', async () => {
    const answer = await (await signedIn('ada')).post('/people', { username: 'OLGA', name: 'x', roles: ['officer'] })
    expect(answer).toMatchObject({ status: 409, body: { code: 'people/username-taken' } })
  })

  it('is for administrators', async () => {
    for (const username of ['olga', 'otto', 'audra']) {
      const browser = await signedIn(username)
      expect((await browser.post('/people', { username: 'mate', name: 'x', roles: ['officer'] })).status).toBe(403)
      expect((await browser.put(`/people/${await idOf('ada')}`, { disabled: true })).status).toBe(403)
    }
    expect((await (await signedIn('olga')).get('/people')).status).toBe(403)
    expect((await client(url).get('/people')).status).toBe(401)
    const listed = await (await signedIn('audra')).get('/people?limit=2')
    expect(listed.body.items).toHaveLength(2)
    expect(listed.text).not.toContain('argon2')
  })

  it('keeps duties apart', async () => {
    const ada = await signedIn('ada')
    const olga = await idOf('olga')
    for (const roles of [
      ['officer', 'auditor'],
      ['administrator', 'supervisor'],
      ['administrator', 'auditor'],
    ]) {
      const answer = await ada.put(`/people/${olga}`, { roles })
      expect(answer).toMatchObject({ status: 403, body: { code: 'people/separation-of-duties' } })
    }
    expect((await audits('refuse'))[0]).toMatchObject({ rule: 'separation of duties' })
    const own = await ada.put(`/people/${await idOf('ada')}`, { roles: ['officer'] })
    expect(own).toMatchObject({ status: 403, body: { code: 'people/own-account' } })
  })

  it('keeps the last administrator, even when two put each other out at once', async () => {
    const ada = await signedIn('ada')
    const alone = await ada.put(`/people/${await idOf('ada')}`, { disabled: true })
    expect(alone).toMatchObject({ status: 409, body: { code: 'people/last-administrator' } })
    const { body } = await ada.post('/people', { username: 'alan', name: 'Alan', roles: ['administrator'] })
    const alan = client(url)
    await alan.signIn('alan', body.oneTimePassword, password)
    const answers = await Promise.all([
      ada.put(`/people/${body.id}`, { roles: ['officer'] }),
      alan.put(`/people/${await idOf('ada')}`, { roles: ['officer'] }),
    ])
    expect(answers.map((it) => it.status).sort()).not.toEqual([200, 200])
    const left = await tables(services.store).selectFrom('people').select(['username', 'roles']).execute()
    expect(left.filter((it) => it.roles.includes('administrator'))).toHaveLength(1)
    // Ada administers again for what follows.
    if (!left.some((it) => it.username === 'ada' && it.roles.includes('administrator')))
      await alan.put(`/people/${await idOf('ada')}`, { roles: ['administrator'] })
  })

  it('makes somebody who is disabled nobody, at once and with all tokens', async () => {
    const ada = await signedIn('ada')
    const otto = await signedIn('otto')
    const { body } = await otto.post('/tokens', { name: 'desk', scopes: ['read'] })
    const path = `/people/${await idOf('otto')}`
    expect((await ada.put(path, { disabled: true })).body.disabledAt).toBe(clock.now().toISOString())
    expect((await otto.get('/me')).status).toBe(401)
    expect((await client(url, body.token).get('/me')).status).toBe(401)
    expect((await client(url).signIn('otto', password)).body).toMatchObject({ code: 'people/sign-in-refused' })
    expect((await ada.put(path, { disabled: false })).body.disabledAt).toBeNull()
    expect((await client(url, body.token).get('/me')).status).toBe(401)
    await signedIn('otto')
  })

  it('takes effect at the next request', async () => {
    const [ada, audra] = [await signedIn('ada'), await signedIn('audra')]
    const path = `/people/${await idOf('audra')}`
    const token = (await audra.post('/tokens', { name: 'x', scopes: ['read', 'audit'] })).body.token
    await ada.put(path, { roles: ['legal'] })
    expect((await audra.get('/me')).body.roles).toEqual(['legal'])
    expect((await client(url, token).get('/me')).body.scopes).toEqual(['read'])
    await ada.put(path, { roles: ['auditor'] })
  })

  it('finds people by name, role, state and last sign-in, page by page', async () => {
    const ada = await signedIn('ada')
    const names = async (query: string) =>
      ((await ada.get(`/people?${query}`)).body.items as { username: string }[]).map((it) => it.username)
    expect(await names('text=OLG')).toEqual(['olga'])
    for (const it of ['%25', '_', '%5C', "' or 1=1 --"])
      expect(await names(`text=${encodeURIComponent(it)}`)).toEqual([])
    expect(await names('role=supervisor')).toEqual(['otto'])
    expect(await names('state=disabled')).toEqual([])
    clock.advance(minute)
    await signedIn('olga')
    clock.advance(minute)
    await signedIn('audra')
    const seen: string[] = []
    let after = ''
    for (;;) {
      const { items, next } = (await ada.get(`/people?order=signed-in&limit=2${after}`)).body
      seen.push(...items.map((it: { username: string }) => it.username))
      if (next === null) break
      after = `&after=${encodeURIComponent(next)}`
    }
    expect(seen.slice(0, 2)).toEqual(['audra', 'olga'])
    expect(new Set(seen).size).toBe(seen.length)
    expect(new Set(seen)).toEqual(new Set(await names('limit=200')))
    expect((await ada.get('/people?after=%27~x')).status).toBe(200)
  })
})
