import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { softwareAuthenticator } from '#capabilities/people/authenticator.fixture'
import { client } from '#capabilities/people/client.fixture'
import { minute, openPeopleScene, type PeopleScene, password } from '#capabilities/people/scene.fixture'
import { tables } from '#capabilities/people/store'
import { codeAt, stepAt } from '#capabilities/people/totp'
import { readTrail } from '../../../test/trail-kit.ts'

let scene: PeopleScene
let clock: PeopleScene['clock']
let services: PeopleScene['services']
let url: PeopleScene['url']
let signedIn: PeopleScene['signedIn']
let idOf: PeopleScene['idOf']
let withoutFactor: PeopleScene['withoutFactor']
let audits: PeopleScene['audits']

beforeAll(async () => {
  scene = await openPeopleScene()
  ;({ clock, services, url, signedIn, idOf, withoutFactor, audits } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())
beforeEach(() => clock.advance(16 * minute))

const codeNow = (secret: string, off = 0) => codeAt(secret, stepAt(clock.now()) + off)
const wrongCode = (secret: string) => String((Number(codeNow(secret)) + 1) % 1_000_000).padStart(6, '0')

/** The person with an authenticator set up, in a session. */
async function enrolled(username: string) {
  const browser = await signedIn(username)
  const begun = await browser.post('/me/authenticator', { password })
  expect(begun.status).toBe(201)
  const { secret } = begun.body
  const { status, body } = await browser.put('/me/authenticator', { code: codeNow(secret) })
  expect(status).toBe(200)
  clock.advance(minute)
  return { browser, secret: secret as string, codes: body.recoveryCodes as string[] }
}

/** The first step: a ticket, and no session. */
async function firstStep(username: string) {
  const browser = client(url)
  const { status, body } = await browser.signIn(username, password)
  expect(status).toBe(200)
  expect(browser.setCookie()).toBeNull()
  expect((await browser.get('/me')).status).toBe(401)
  return { browser, ...(body as { next: string; ticket: string; methods: string[] }) }
}

describe('a second factor', () => {
  it('is asked for after the password, and each code of it serves once', async () => {
    const { browser, secret, codes } = await enrolled('olga')
    expect(codes).toHaveLength(10)
    expect((await browser.get('/me/factors')).body).toMatchObject({ totp: { exhausted: false }, recoveryCodes: 10 })

    const first = await firstStep('olga')
    expect(first).toMatchObject({ next: 'second-factor', methods: ['totp', 'recovery'] })
    const prove = (it: Awaited<ReturnType<typeof firstStep>>, proof: object) =>
      it.browser.post('/sign-in/second-factor', { ticket: it.ticket, ...proof })
    expect(await prove(first, { code: wrongCode(secret) })).toMatchObject({
      status: 403,
      body: { code: 'people/wrong-code' },
    })
    expect((await audits('sign-in'))[0]).toMatchObject({ outcome: 'refused', reason: 'second factor' })
    const code = codeNow(secret)
    expect(await prove(first, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toMatchObject({
      status: 200,
      body: { person: { username: 'olga' } },
    })
    expect((await first.browser.get('/me')).status).toBe(200)
    expect((await audits('sign-in'))[0]).toMatchObject({ details: { factor: 'password+totp' } })
    const [session] = (await first.browser.get('/sessions')).body.items
    expect(session).toMatchObject({ factor: 'password+totp', network: 'loopback' })

    expect((await prove(first, { code: codeNow(secret, 1) })).body.code).toBe('people/step-expired')
    const second = await firstStep('olga')
    expect((await prove(second, { code })).body.code).toBe('people/wrong-code')
    clock.advance(minute)
    expect((await prove(second, { code: codeNow(secret) })).status).toBe(200)
    const third = await firstStep('olga')
    clock.advance(10 * minute)
    expect((await prove(third, { code: codeNow(secret) })).body.code).toBe('people/step-expired')
    await withoutFactor('olga')
  })

  it('lets one of many through that bring the same code at once', async () => {
    const { secret } = await enrolled('olga')
    const steps = await Promise.all(Array.from({ length: 5 }, () => firstStep('olga')))
    const code = codeNow(secret)
    const answers = await Promise.all(
      steps.map((it) => it.browser.post('/sign-in/second-factor', { ticket: it.ticket, code })),
    )
    expect(answers.filter((it) => it.status === 200)).toHaveLength(1)
    await withoutFactor('olga')
  })

  it('stops after ten wrong codes, however many first steps there are', async () => {
    const { secret } = await enrolled('otto')
    const step = await firstStep('otto')
    for (let attempt = 0; attempt < 10; attempt++)
      await step.browser.post('/sign-in/second-factor', { ticket: step.ticket, code: wrongCode(secret) })
    const again = await firstStep('otto')
    const answer = await again.browser.post('/sign-in/second-factor', { ticket: again.ticket, code: codeNow(secret) })
    expect(answer).toMatchObject({ status: 429, body: { code: 'people/too-many-attempts' } })
    clock.advance(16 * minute)
    const later = await firstStep('otto')
    expect(
      (await later.browser.post('/sign-in/second-factor', { ticket: later.ticket, code: codeNow(secret) })).status,
    ).toBe(200)
    await withoutFactor('otto')
  })

  it('is switched off after a hundred wrong codes in a row, and a recovery code still opens', async () => {
    const { secret, codes } = await enrolled('otto')
    const person = await idOf('otto')
    await services.store.commit({
      rows: [{ op: 'update', table: 'totp_secrets', where: { person }, values: { failures: 99 } }],
      audit: [],
    })
    const step = await firstStep('otto')
    await step.browser.post('/sign-in/second-factor', { ticket: step.ticket, code: wrongCode(secret) })
    const right = await step.browser.post('/sign-in/second-factor', { ticket: step.ticket, code: codeNow(secret) })
    expect(right).toMatchObject({ status: 403, body: { code: 'people/factor-exhausted' } })
    const other = await firstStep('otto')
    expect(other.methods).toEqual(['recovery'])
    const opened = await other.browser.post('/sign-in/second-factor', { ticket: other.ticket, recoveryCode: codes[0] })
    expect(opened.status).toBe(200)
    await withoutFactor('otto')
  })

  it('can be a recovery code, each once, typed as one pleases', async () => {
    const { browser, codes } = await enrolled('olga')
    const typed = ` ${codes[3]!.toUpperCase().replaceAll('-', ' ')} `
    const step = await firstStep('olga')
    const prove = (recoveryCode: string, ticket = step.ticket) =>
      step.browser.post('/sign-in/second-factor', { ticket, recoveryCode })
    expect((await prove('aaaaa-aaaaa-aaaaa-aaaaa')).status).toBe(403)
    expect((await prove(typed)).status).toBe(200)
    expect((await browser.get('/me/factors')).body.recoveryCodes).toBe(9)
    expect((await prove(codes[3]!, (await firstStep('olga')).ticket)).body.code).toBe('people/wrong-code')

    expect((await browser.post('/me/recovery-codes', { password: 'not her password' })).status).toBe(403)
    const renewed = await browser.post('/me/recovery-codes', { password })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    expect((await prove(codes[4]!, (await firstStep('olga')).ticket)).status).toBe(403)
    await withoutFactor('olga')
  })

  it('can be a passkey, of the same person alone', async () => {
    const origin = new URL(services.settings.publicUrl).origin
    const register = async (username: string) => {
      const [browser, authenticator] = [await signedIn(username), softwareAuthenticator(origin)]
      const { body: options } = await browser.post('/passkeys/options')
      const made = await browser.post('/passkeys', { name: 'laptop', response: authenticator.create(options) })
      return { authenticator, browser, made: made.body }
    }
    const [olga, otto] = [await register('olga'), await register('otto')]
    expect(olga.made.recoveryCodes).toHaveLength(10)
    const step = await firstStep('olga')
    expect(step.methods).toEqual(['passkey', 'recovery'])
    const prove = async (authenticator: typeof olga.authenticator) => {
      const { body: options } = await step.browser.post('/sign-in/passkey/options')
      return step.browser.post('/sign-in/second-factor', { ticket: step.ticket, passkey: authenticator.get(options) })
    }
    expect((await prove(otto.authenticator)).body.code).toBe('people/wrong-code')
    expect((await prove(olga.authenticator)).status).toBe(200)
    expect((await audits('sign-in'))[0]).toMatchObject({ details: { factor: 'password+passkey' } })

    expect((await olga.browser.delete(`/passkeys/${olga.made.id}`)).status).toBe(200)
    expect((await olga.browser.get('/me/factors')).body).toMatchObject({ secondFactor: false, recoveryCodes: 0 })
    await signedIn('olga')
    await withoutFactor('otto')
  })

  it('is kept where the database alone opens it for nobody, and shown to nobody again', async () => {
    const { browser, secret, codes } = await enrolled('olga')
    const rows = await tables(services.store).selectFrom('totp_secrets').selectAll().execute()
    const recovery = await tables(services.store).selectFrom('recovery_codes').selectAll().execute()
    const ledger = await readTrail(services.store)
    const replies = await services.store.db.selectFrom('replies').select('body').execute()
    const key = readFileSync(join(services.settings.dataDirectory, 'second-factor.key'), 'utf8')
    const kept = JSON.stringify([rows, recovery, ledger, replies])
    for (const it of [secret, key, codes[0]!, codes[0]!.replaceAll('-', '')]) expect(kept).not.toContain(it)
    for (const path of ['/me/factors', '/me', '/people?limit=50']) {
      const answer = await (path.startsWith('/people') ? await signedIn('ada') : browser).get(path)
      expect(answer.text).not.toContain(secret)
    }
    expect((await browser.post('/me/authenticator', { password })).body.code).toBe('people/factor-known')
    await withoutFactor('olga')
  })

  it('is set up with the password and a code, and counts for nothing before', async () => {
    const browser = await signedIn('olga')
    expect((await browser.post('/me/authenticator', { password: 'not her password' })).status).toBe(403)
    const { body } = await browser.post('/me/authenticator', { password })
    expect(body.uri).toMatch(/^otpauth:\/\/totp\//)
    expect((await browser.put('/me/authenticator', { code: wrongCode(body.secret) })).body.code).toBe(
      'people/wrong-code',
    )
    await signedIn('olga')
    const { body: second } = await browser.post('/me/authenticator', { password })
    expect((await browser.put('/me/authenticator', { code: codeNow(body.secret) })).status).toBe(403)
    expect((await browser.put('/me/authenticator', { code: codeNow(second.secret) })).status).toBe(200)
    await withoutFactor('olga')
  })

  it('is removed with password and code, and by nobody else but an administrator', async () => {
    const { browser, secret } = await enrolled('olga')
    const remove = (body: object) => browser.post('/me/authenticator/removal', body)
    expect((await remove({ password, code: wrongCode(secret) })).status).toBe(403)
    expect((await remove({ password: 'not her password', code: codeNow(secret) })).status).toBe(403)
    expect((await remove({ password })).status).toBe(403)
    expect((await remove({ password, code: codeNow(secret) })).body).toEqual({ secondFactor: false })
    await signedIn('olga')

    const again = await enrolled('olga')
    const path = `/people/${await idOf('olga')}/factor-reset`
    for (const username of ['otto', 'audra'])
      expect((await (await signedIn(username)).post(path, { reason: 'lost' })).status).toBe(403)
    const ada = await signedIn('ada')
    expect((await ada.post(path, {})).status).toBe(422)
    const own = await ada.post(`/people/${await idOf('ada')}/factor-reset`, { reason: 'lost' })
    expect(own).toMatchObject({ status: 403, body: { code: 'people/own-account' } })
    expect((await ada.post(path, { reason: 'The telephone was stolen.' })).status).toBe(200)
    expect((await again.browser.get('/me')).status).toBe(401)
    expect((await audits('administer'))[0]).toMatchObject({
      reason: 'second factor reset',
      details: { why: 'The telephone was stolen.' },
    })
    await signedIn('olga')
  })

  it('stays with a change of the password, and a one-time password does not go around it', async () => {
    const { secret } = await enrolled('olga')
    const ada = await signedIn('ada')
    const { body: reset } = await ada.post(`/people/${await idOf('olga')}/password-reset`)
    const browser = client(url)
    const { body: step } = await browser.signIn('olga', reset.oneTimePassword, password)
    expect(step.next).toBe('second-factor')
    expect((await client(url).signIn('olga', password)).status).toBe(401)
    const proved = await browser.post('/sign-in/second-factor', { ticket: step.ticket, code: codeNow(secret) })
    expect(proved.status).toBe(200)
    expect((await firstStep('olga')).next).toBe('second-factor')

    clock.advance(minute)
    const changed = await browser.put('/me/password', { current: password, next: 'a heron waits still' })
    expect(changed.status).toBe(200)
    expect((await browser.get('/sessions')).body.items).toMatchObject([{ factor: 'password+totp', current: true }])
    await browser.put('/me/password', { current: 'a heron waits still', next: password })
    await withoutFactor('olga')
  })

  it('of a ticket that is void, expired or made up proves nothing', async () => {
    const { secret } = await enrolled('olga')
    const step = await firstStep('olga')
    const prove = (ticket: string) => client(url).post('/sign-in/second-factor', { ticket, code: codeNow(secret) })
    for (const it of ['x', "' or 1=1 --", step.ticket.slice(0, -1)]) expect((await prove(it)).status).toBe(401)
    const both = { ticket: step.ticket, code: codeNow(secret), recoveryCode: 'x' }
    expect((await client(url).post('/sign-in/second-factor', both)).status).toBe(422)
    expect((await client(url).post('/sign-in/enrolment', { ticket: step.ticket })).status).toBe(401)
    const ada = await signedIn('ada')
    await ada.put(`/people/${await idOf('olga')}`, { disabled: true })
    expect((await prove(step.ticket)).status).toBe(401)
    await ada.put(`/people/${await idOf('olga')}`, { disabled: false })
    await withoutFactor('olga')
  })
})

describe('a role that needs a second factor', () => {
  it('has its people set one up before their first session, and others sign in as before', async () => {
    const ada = await signedIn('ada')
    const set = (roles: string[]) => ada.put('/sign-in-policy', { roles, reason: 'Rule of the house.' })
    for (const username of ['otto', 'audra'])
      expect((await (await signedIn(username)).put('/sign-in-policy', { roles: [], reason: 'no' })).status).toBe(403)
    expect((await ada.get('/sign-in-policy')).body.roles).toEqual([])
    expect((await set(['supervisor'])).body).toMatchObject({ roles: ['supervisor'], without: 1 })
    await signedIn('olga')

    const step = await firstStep('otto')
    expect(step).toMatchObject({ next: 'enrolment', methods: [] })
    const { browser, ticket } = step
    expect((await browser.post('/sign-in/second-factor', { ticket, code: '123456' })).status).toBe(401)
    const { body: begun } = await browser.post('/sign-in/enrolment', { ticket })
    const confirm = (code: string) => browser.post('/sign-in/enrolment/confirmation', { ticket, code })
    expect((await confirm(wrongCode(begun.secret))).body.code).toBe('people/wrong-code')
    expect((await browser.get('/me')).status).toBe(401)
    const done = await confirm(codeNow(begun.secret))
    expect(done).toMatchObject({ status: 200, body: { person: { username: 'otto' } } })
    expect(done.body.recoveryCodes).toHaveLength(10)
    expect((await browser.get('/me')).status).toBe(200)
    expect((await browser.get('/me/factors')).body).toMatchObject({ required: true, secondFactor: true })
    expect((await firstStep('otto')).next).toBe('second-factor')

    clock.advance(minute)
    const removal = { password, code: codeNow(begun.secret) }
    expect(await browser.post('/me/authenticator/removal', removal)).toMatchObject({
      status: 403,
      body: { code: 'people/factor-required' },
    })
    expect((await ada.get('/people?factor=without&role=supervisor')).body.items).toEqual([])
    const { items } = (await ada.get('/people?factor=with')).body
    expect(items.map((it: { username: string }) => it.username)).toEqual(['otto'])
    expect((await browser.get('/people?factor=with')).body.items[0].secondFactor).toBeNull()
    expect((await set([])).body.roles).toEqual([])
    await withoutFactor('otto')
    await signedIn('otto')
  })
})
