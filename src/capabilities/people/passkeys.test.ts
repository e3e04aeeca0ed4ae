import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { present, softwareAuthenticator } from '#capabilities/people/authenticator.fixture'
import { client } from '#capabilities/people/client.fixture'
import { checkAttestation } from '#capabilities/people/passkeys'
import { openPeopleScene, type PeopleScene } from '#capabilities/people/scene.fixture'
import { tables } from '#capabilities/people/store'

let scene: PeopleScene
let clock: PeopleScene['clock']
let services: PeopleScene['services']
let url: string
let signedIn: PeopleScene['signedIn']
let origin: string

beforeAll(async () => {
  scene = await openPeopleScene()
  ;({ clock, services, url, signedIn } = scene)
  origin = new URL(services.settings.publicUrl).origin
})
afterAll(() => scene[Symbol.asyncDispose]())
afterEach(async () => {
  await scene.withoutFactor('olga')
  await scene.withoutFactor('otto')
})

async function registered(username: string) {
  const [browser, authenticator] = [await signedIn(username), softwareAuthenticator(origin)]
  const { body: options } = await browser.post('/passkeys/options')
  const response = authenticator.create(options)
  const { status, body } = await browser.post('/passkeys', { name: 'laptop', response })
  expect(status).toBe(201)
  return { browser, authenticator, options, response, passkey: body }
}

async function ceremony() {
  const browser = client(url)
  const { body: options } = await browser.post('/sign-in/passkey/options')
  return { browser, options }
}

describe('a passkey', () => {
  it('is registered for the person signed in, and signs in without a name', async () => {
    const { browser, authenticator, options, passkey } = await registered('olga')
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'olga' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect((await browser.get('/passkeys')).body.items).toEqual([expect.objectContaining({ id: passkey.id })])
    const again = await browser.post('/passkeys/options')
    expect(again.body.excludeCredentials).toEqual([expect.objectContaining({ id: authenticator.id })])

    const other = await ceremony()
    expect(other.options).not.toHaveProperty('allowCredentials')
    const answer = await other.browser.post('/sign-in/passkey', authenticator.get(other.options))
    expect(answer).toMatchObject({ status: 200, body: { person: { username: 'olga' } } })
    expect((await other.browser.get('/me')).status).toBe(200)
    expect((await browser.get('/passkeys')).body.items[0].lastUsedAt).toBe(clock.now().toISOString())
  })

  it('answers each challenge once, in time, for its own ceremony and person', async () => {
    const { authenticator, response, browser } = await registered('olga')
    expect((await browser.post('/passkeys', { name: 'again', response })).status).toBe(422)

    const used = await ceremony()
    const assertion = authenticator.get(used.options)
    expect((await used.browser.post('/sign-in/passkey', assertion)).status).toBe(200)
    expect((await client(url).post('/sign-in/passkey', assertion)).status).toBe(401)

    const late = await ceremony()
    clock.advance(5 * 60_000)
    expect((await late.browser.post('/sign-in/passkey', authenticator.get(late.options))).status).toBe(401)
    await ceremony()
    const left = await tables(services.store).selectFrom('passkey_challenges').select('expires_at').execute()
    expect(left.every((it) => it.expires_at > clock.now())).toBe(true)

    const { body: mine } = await browser.post('/passkeys/options')
    const elsewhere = authenticator.get({ rpId: 'localhost', challenge: mine.challenge })
    expect((await client(url).post('/sign-in/passkey', elsewhere)).status).toBe(401)
    const otto = await signedIn('otto')
    const stolen = softwareAuthenticator(origin).create(mine)
    expect((await otto.post('/passkeys', { name: 'stolen', response: stolen })).status).toBe(422)
  })

  it('is refused from another site, without its user, by another key, and as a copy', async () => {
    const { browser: olga, authenticator, options: registration } = await registered('olga')
    const refuse = async (make: (options: { rpId: string; challenge: string }) => object) => {
      const { browser, options } = await ceremony()
      const answer = await browser.post('/sign-in/passkey', make(options))
      expect(answer).toMatchObject({ status: 401, body: { code: 'people/sign-in-refused' } })
      expect(browser.setCookie()).toBeNull()
    }
    const attacker = softwareAuthenticator(origin)
    attacker.create(registration)
    await refuse((options) => authenticator.get({ ...options, rpId: 'evil.example' }))
    await refuse((options) => authenticator.get(options, present))
    await refuse((options) => ({ ...attacker.get(options), id: authenticator.id, rawId: authenticator.id }))
    await refuse((options) => attacker.get(options))
    await refuse((options) => {
      const assertion = authenticator.get(options)
      return { ...assertion, response: { ...assertion.response, userHandle: 'cGVyX290aGVy' } }
    })
    const { browser, options } = await ceremony()
    expect((await browser.post('/sign-in/passkey', authenticator.get(options))).status).toBe(200)
    authenticator.rewind()
    await refuse((it) => authenticator.get(it))
    const phished = softwareAuthenticator('https://evil.example')
    const { body } = await olga.post('/passkeys/options')
    expect((await olga.post('/passkeys', { name: 'x', response: phished.create(body) })).status).toBe(422)
  })

  it('comes without an attestation that the node would have to look up', async () => {
    const { browser, authenticator } = { browser: await signedIn('olga'), authenticator: softwareAuthenticator(origin) }
    const { body: options } = await browser.post('/passkeys/options')
    const answer = authenticator.create(options)
    const attested = Buffer.from(answer.response.attestationObject, 'base64url').toString('latin1')
    const forged = Buffer.from(attested.replace('dnone', 'ctpm'), 'latin1').toString('base64url')
    const response = { ...answer, response: { ...answer.response, attestationObject: forged } }
    expect(() => checkAttestation(response)).toThrow('attestation tpm was not asked for')
    expect(await browser.post('/passkeys', { name: 'x', response })).toMatchObject({
      status: 422,
      body: { code: 'people/passkey-unusable' },
    })
  })

  it('is removed by its person alone, and then signs nobody in; nor does that of a disabled person', async () => {
    const { browser, authenticator, passkey } = await registered('otto')
    expect((await (await signedIn('olga')).delete(`/passkeys/${passkey.id}`)).status).toBe(404)
    const ada = await signedIn('ada')
    const path = `/people/${(await browser.get('/me')).body.id}`
    await ada.put(path, { disabled: true })
    const whileDisabled = await ceremony()
    const refused = await whileDisabled.browser.post('/sign-in/passkey', authenticator.get(whileDisabled.options))
    expect(refused.status).toBe(401)
    await ada.put(path, { disabled: false })
    const { browser: otto, options: back } = await ceremony()
    expect((await otto.post('/sign-in/passkey', authenticator.get(back))).status).toBe(200)
    expect((await otto.delete(`/passkeys/${passkey.id}`)).status).toBe(200)
    const gone = await ceremony()
    expect((await gone.browser.post('/sign-in/passkey', authenticator.get(gone.options))).status).toBe(401)
  })
})
