import { z } from 'zod'
import { countAttempt, factorAttempts, forgetAttempts } from '#capabilities/people/attempts'
import { confirmTotp, newRecoveryCodes, removeTotp, resetFactors } from '#capabilities/people/factor-rules'
import { hasSecondFactor, readFactors } from '#capabilities/people/factor-store'
import { fault, found } from '#capabilities/people/faults'
import { verifyPassword } from '#capabilities/people/password'
import { Code, PersonParams, Reason, RecoveryCode, TypedPassword } from '#capabilities/people/record'
import { factorsReply } from '#capabilities/people/replies'
import { proveSecondFactor, stepOf } from '#capabilities/people/second-factor'
import { ownSession, together } from '#capabilities/people/sessions'
import { type PersonRow, readPerson } from '#capabilities/people/store'
import { beginAuthenticator, NewAuthenticator } from '#capabilities/people/totp-setup'
import { type OperationRequest, operation } from '#http/operation'

const reading = { roles: 'signed-in', scope: 'read' } as const
const writing = { roles: 'signed-in', scope: 'write' } as const

// As with passwords: what carries a secret is committed without the reply that an idempotency key would keep.

const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('Shown once; each serves once.') })

type Asking = Pick<OperationRequest, 'signedIn' | 'services'>

/** Whoever sits at an unlocked screen cannot change what its person signs in with: the password is asked for again. */
async function ownPerson({ signedIn, services: { store } }: Asking, password: string): Promise<PersonRow> {
  const person = found(await readPerson(store, { id: ownSession(signedIn).person }))
  countAttempt(store, person.id, store.clock.now())
  if (!(await verifyPassword(password, person.password)))
    throw fault('people/wrong-password', 'The current password is another one.')
  forgetAttempts(store, person.id)
  return person
}

export const factors = operation({
  id: 'people.factors',
  method: 'get',
  path: '/me/factors',
  summary: 'What you have to sign in with beside the password',
  access: reading,
  reply: z.object({
    totp: z.object({ confirmedAt: z.string(), lastUsedAt: z.string().nullable(), exhausted: z.boolean() }).nullable(),
    passkeys: z.number(),
    recoveryCodes: z.number(),
    required: z.boolean(),
    secondFactor: z.boolean(),
  }),
  command: { words: 'factors show' },
  handle: async ({ signedIn, services: { store } }) => {
    const { id, roles } = found(signedIn).person
    return factorsReply(await readFactors(store, { id, roles: [...roles] }))
  },
})

export const beginTotp = operation({
  id: 'people.begin-authenticator',
  method: 'post',
  path: '/me/authenticator',
  summary: 'Begin to set up an authenticator: its secret, in the answer alone',
  access: writing,
  body: z.object({ password: TypedPassword }),
  reply: NewAuthenticator,
  status: 201,
  limitBytes: 8_192,
  handle: async (request) => beginAuthenticator(await ownPerson(request, request.body.password), request.services),
})

export const confirm = operation({
  id: 'people.confirm-authenticator',
  method: 'put',
  path: '/me/authenticator',
  summary: 'Confirm the authenticator with a code of it; recovery codes are in the answer when there were none',
  access: writing,
  body: z.object({ code: Code }),
  reply: RecoveryCodes,
  handle: async ({ body, signedIn, caller, services }) => {
    const { store } = services
    const person = found(await readPerson(store, { id: ownSession(signedIn).person }))
    const { totp, recoveryCodes } = await readFactors(store, person)
    if (totp === undefined || totp.confirmed_at !== null)
      throw fault('people/unknown', 'There is no authenticator to confirm. Begin again.')
    countAttempt(store, factorAttempts(person.id), store.clock.now())
    const step = stepOf(totp, body.code, services)
    if (step === undefined)
      throw fault('people/wrong-code', 'This is not the code that the authenticator shows for this secret now.')
    forgetAttempts(store, factorAttempts(person.id))
    const work = { caller, now: store.clock.now() }
    const made = recoveryCodes === 0 ? newRecoveryCodes(person.id, work) : undefined
    const confirmed = confirmTotp(totp, step, work)
    await store.commit(made === undefined ? confirmed : together(confirmed, made.change))
    return { recoveryCodes: made?.codes ?? [] }
  },
})

const Proof = {
  password: TypedPassword,
  code: Code.optional(),
  recoveryCode: RecoveryCode.optional(),
}

export const remove = operation({
  id: 'people.remove-authenticator',
  method: 'post',
  path: '/me/authenticator/removal',
  summary: 'Remove your authenticator, with your password and a code of it or a recovery code',
  access: writing,
  body: z.object(Proof),
  reply: z.object({ secondFactor: z.boolean() }),
  limitBytes: 8_192,
  handle: async (request) => {
    const { body, caller, services } = request
    const { store } = services
    const person = await ownPerson(request, body.password)
    const factors = await readFactors(store, person)
    found(factors.totp?.confirmed_at ?? undefined)
    const others = factors.passkeys > 0
    const removed = removeTotp(person.id, { others, required: factors.required }, { caller })
    const { change } = await proveSecondFactor(body, { person, factors, caller, services })
    await store.commit(together(change, removed))
    return { secondFactor: others }
  },
})

export const recoveryCodes = operation({
  id: 'people.renew-recovery-codes',
  method: 'post',
  path: '/me/recovery-codes',
  summary: 'New recovery codes in place of all earlier ones; they are in the answer alone',
  access: writing,
  body: z.object({ password: TypedPassword }),
  reply: RecoveryCodes,
  status: 201,
  limitBytes: 8_192,
  handle: async (request) => {
    const { caller, services } = request
    const { store } = services
    const person = await ownPerson(request, request.body.password)
    if (!hasSecondFactor(await readFactors(store, person)))
      throw fault('people/unknown', 'Recovery codes stand in for a second factor, and you have none.')
    const { change, codes } = newRecoveryCodes(person.id, { caller, now: store.clock.now() })
    await store.commit(change)
    return { recoveryCodes: codes }
  },
})

export const reset = operation({
  id: 'people.reset-factors',
  method: 'post',
  path: '/people/{id}/factor-reset',
  summary: 'Take away the second factors of somebody who lost them, passkeys too, and end their sessions',
  access: { roles: ['administrator'], scope: 'administer' },
  params: PersonParams,
  body: z.object({ reason: Reason }),
  reply: z.object({ id: z.string() }),
  command: { words: 'people reset-factors', positional: ['id'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const person = found(await readPerson(store, params))
    return commit(resetFactors(person, body.reason, { caller }), { id: person.id })
  },
})
