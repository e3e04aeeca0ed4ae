import { z } from 'zod'
import { checkRequired, newRecoveryCodes } from '#capabilities/people/factor-rules'
import { hasSecondFactor, readFactors } from '#capabilities/people/factor-store'
import { fault, found } from '#capabilities/people/faults'
import { CeremonyOptions, RegistrationResponse } from '#capabilities/people/passkey-record'
import { addPasskey, removePasskey } from '#capabilities/people/passkey-rules'
import { findPasskey, keepChallenge, readPasskeys } from '#capabilities/people/passkey-store'
import { registrationOptions, verifyRegistration } from '#capabilities/people/passkeys'
import { Passkey, PasskeyParams } from '#capabilities/people/record'
import { passkeyReply } from '#capabilities/people/replies'
import { ownSession, together } from '#capabilities/people/sessions'
import { readPerson } from '#capabilities/people/store'
import { operation } from '#http/operation'

const reading = { roles: 'signed-in', scope: 'read' } as const
const writing = { roles: 'signed-in', scope: 'write' } as const

export const passkeyOptions = operation({
  id: 'people.passkey-options',
  method: 'post',
  path: '/passkeys/options',
  summary: 'Begin to register a passkey: the options for the browser',
  access: writing,
  reply: CeremonyOptions,
  handle: async ({ signedIn, services, commit }) => {
    const person = found(await readPerson(services.store, { id: ownSession(signedIn).person }))
    const options = await registrationOptions(person, services)
    const { challenge } = options
    const change = await keepChallenge(services.store, { challenge, ceremony: 'register', person: person.id })
    return commit(change, { ...options })
  },
})

export const registerPasskey = operation({
  id: 'people.register-passkey',
  method: 'post',
  path: '/passkeys',
  summary: 'Register a passkey under a name that tells you where it is',
  access: writing,
  body: z.object({ name: z.string().trim().min(1).max(80), response: RegistrationResponse }),
  reply: Passkey.extend({
    recoveryCodes: z.array(z.string()).describe('Shown once, when this is your first second factor'),
  }),
  status: 201,
  limitBytes: 65_536,
  handle: async ({ body, signedIn, caller, services }) => {
    const { person } = ownSession(signedIn)
    const verified = await verifyRegistration(body.response, person, services)
    if ((await findPasskey(services.store, verified.credential)) !== undefined)
      throw fault('people/passkey-known', 'This passkey is registered already.')
    const now = services.store.clock.now()
    const { change, row } = addPasskey({ ...verified, person, name: body.name }, { caller, now })
    const { recoveryCodes } = await readFactors(services.store, { id: person, roles: [] })
    const made = recoveryCodes === 0 ? newRecoveryCodes(person, { caller, now }) : undefined
    // Not with the reply: an idempotency key would keep the codes in plain text.
    await services.store.commit(made === undefined ? change : together(change, made.change))
    return { ...passkeyReply(row), recoveryCodes: made?.codes ?? [] }
  },
})

export const passkeys = operation({
  id: 'people.passkeys',
  method: 'get',
  path: '/passkeys',
  summary: 'Your passkeys',
  access: reading,
  reply: z.object({ items: z.array(Passkey) }),
  command: { words: 'passkeys list', columns: ['id', 'name', 'synced', 'createdAt', 'lastUsedAt'] },
  handle: async ({ signedIn, services }) => {
    const rows = await readPasskeys(services.store, found(signedIn).person.id)
    return { items: rows.map(passkeyReply) }
  },
})

export const dropPasskey = operation({
  id: 'people.remove-passkey',
  method: 'delete',
  path: '/passkeys/{id}',
  summary: 'Remove a passkey of yours; with the last second factor the recovery codes go too',
  access: writing,
  params: PasskeyParams,
  reply: z.object({ id: z.string() }),
  command: { words: 'passkeys remove', positional: ['id'] },
  handle: async ({ params, signedIn, caller, services, commit }) => {
    const own = await readPasskeys(services.store, ownSession(signedIn).person)
    const passkey = found(own.find((it) => it.id === params.id))
    const person = found(signedIn).person
    const factors = await readFactors(services.store, { id: person.id, roles: [...person.roles] })
    const others = hasSecondFactor({ ...factors, passkeys: factors.passkeys - 1 })
    checkRequired(others, factors.required)
    return commit(removePasskey(passkey, others, { caller }), { id: passkey.id })
  },
})
