import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '#capabilities/people/client.fixture'
import { minute, openPeopleScene, type PeopleScene, readToken } from '#capabilities/people/scene.fixture'
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

describe('tokens', () => {
  it('do what their scopes say and no more', async () => {
    const program = client(url, readToken)
    expect((await program.get('/me')).body).toMatchObject({ username: 'olga', scopes: ['read'], session: null })
    const refused = await program.post('/tokens', { name: 'more', scopes: ['read'] })
    expect(refused).toMatchObject({ status: 403, body: { code: 'http/scope' } })
    expect((await program.post('/subjects', {})).body).toMatchObject({ code: 'http/scope' })
    expect((await audits('refuse'))[0]).toMatchObject({ actor: { via: 'token' }, rule: 'scope' })
  })

  it('are shown once, listed without it, and revoked', async () => {
    const browser = await signedIn('olga')
    const beyond = await browser.post('/tokens', { name: 'x', scopes: ['administer'] })
    expect(beyond).toMatchObject({ status: 403, body: { code: 'people/scope-beyond-role' } })
    expect((await browser.post('/tokens', { name: 'x', scopes: ['read'], days: 366 })).status).toBe(422)
    const { status, body } = await browser.post('/tokens', { name: 'screening', scopes: ['read', 'screen'], days: 2 })
    expect(status).toBe(201)
    const program = client(url, body.token)
    expect((await program.get('/me')).status).toBe(200)
    const listed = await browser.get('/tokens')
    expect(listed.text).not.toContain(body.token)
    expect(listed.body.items.at(-1)).toMatchObject({ id: body.id, person: { name: 'OLGA' }, revokedAt: null })
    const stored = await tables(services.store).selectFrom('api_tokens').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(body.token)
    expect((await (await signedIn('otto')).delete(`/tokens/${body.id}`)).status).toBe(404)
    expect((await browser.delete(`/tokens/${body.id}`)).status).toBe(200)
    expect((await program.get('/me')).status).toBe(401)
  })

  it('run out, and take those along that were made with them', async () => {
    const browser = await signedIn('olga')
    const { body } = await browser.post('/tokens', { name: 'parent', scopes: ['read', 'write'], days: 1 })
    const child = await client(url, body.token).post('/tokens', { name: 'child', scopes: ['write'] })
    expect(child.body.expiresAt).toBe(body.expiresAt)
    const program = client(url, child.body.token)
    expect((await program.post('/tokens', { name: 'grandchild', scopes: ['write'] })).status).toBe(403)
    expect((await (await signedIn('ada')).delete(`/tokens/${body.id}`)).status).toBe(200)
    expect((await program.get('/me')).status).toBe(401)
    const other = await browser.post('/tokens', { name: 'short', scopes: ['read'], days: 1 })
    clock.advance(24 * 60 * minute)
    expect((await client(url, other.body.token).get('/me')).status).toBe(401)
  })

  it('that are wrong are not made good by a cookie', async () => {
    const cookie = (await signedIn('olga')).cookie()
    const program = client(url, 'comity_wrong')
    program.sendCookie(cookie)
    expect((await program.get('/me')).status).toBe(401)
  })

  it('of all are for administrators who come to administer', async () => {
    const ada = await signedIn('ada')
    const names = (items: { person: { name: string } }[]) => new Set(items.map((it) => it.person.name))
    expect(names((await ada.get('/tokens')).body.items)).toContain('OLGA')
    const { body } = await ada.post('/tokens', { name: 'watch', scopes: ['read'] })
    expect(names((await client(url, body.token).get('/tokens')).body.items)).toEqual(new Set(['ADA']))
  })

  it('are filtered by whose and whether they are valid, and revoked for a reason', async () => {
    const ada = await signedIn('ada')
    const made = await ada.post('/tokens', { name: 'gone', scopes: ['read'], purpose: 'oversight', reference: 'EX-1' })
    const why = encodeURIComponent('The program is no more.')
    expect((await ada.delete(`/tokens/${made.body.id}?reason=x`)).status).toBe(422)
    expect((await ada.delete(`/tokens/${made.body.id}?reason=${why}`)).status).toBe(200)
    expect((await audits('administer'))[0]).toMatchObject({
      reason: 'token revoked',
      details: { why: 'The program is no more.' },
    })
    const ended = (await ada.get('/tokens?whose=mine&state=ended')).body.items
    expect(ended.find((it: { id: string }) => it.id === made.body.id)).toMatchObject({
      purpose: 'oversight',
      reference: 'EX-1',
      revokedReason: 'The program is no more.',
    })
    const valid = (await ada.get('/tokens?state=valid&limit=200')).body.items as {
      expiresAt: string
      revokedAt: string | null
    }[]
    expect(valid.length).toBeGreaterThan(0)
    expect(valid.every((it) => it.revokedAt === null && it.expiresAt > clock.now().toISOString())).toBe(true)
    const mine = (await ada.get('/tokens?whose=mine')).body.items as { person: { name: string } }[]
    expect(new Set(mine.map((it) => it.person.name))).toEqual(new Set(['ADA']))
  })
})
