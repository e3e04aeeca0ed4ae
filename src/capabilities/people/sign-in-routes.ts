import { z } from 'zod'
import { countAttempt, forgetAttempts } from '#capabilities/people/attempts'
import { beginSession } from '#capabilities/people/begin-session'
import { readFactors } from '#capabilities/people/factor-store'
import { fault } from '#capabilities/people/faults'
import { AuthenticationResponse, CeremonyOptions } from '#capabilities/people/passkey-record'
import { passkeyUsed } from '#capabilities/people/passkey-rules'
import { findPasskey, keepChallenge } from '#capabilities/people/passkey-store'
import { authenticationOptions, verifyAuthentication } from '#capabilities/people/passkeys'
import { checkPassword, hashPassword, nobodysPassword, verifyPassword } from '#capabilities/people/password'
import { TypedPassword } from '#capabilities/people/record'
import { callerAs, refusedSignIn, replacePassword, signInRefusal } from '#capabilities/people/sessions'
import { NextStep, nextStep, openTicket, SignedInReply } from '#capabilities/people/sign-in-step'
import { readPerson } from '#capabilities/people/store'
import { operation } from '#http/operation'
import { isFault } from '#kernel/fault'

const access = { roles: 'anyone', scope: 'read' } as const
const passkeyRefused = 'This passkey was not accepted. Begin again.'

export const signIn = operation({
  id: 'people.sign-in',
  method: 'post',
  path: '/sign-in',
  summary:
    'Sign in with a password; a one-time password is exchanged for one of your own in the same request. Who has a second factor, or needs one, gets a ticket for the next step instead of a session',
  access,
  body: z.object({
    username: z.string().trim().toLowerCase().min(1).max(256),
    password: TypedPassword,
    newPassword: TypedPassword.optional(),
  }),
  reply: z.union([SignedInReply, NextStep]),
  limitBytes: 8_192,
  handle: async (request) => {
    const { username, password, newPassword } = request.body
    const { caller, services } = request
    const { store } = services
    const now = store.clock.now()
    countAttempt(store, username, now)
    const person = await readPerson(store, { username })
    const fits = await verifyPassword(password, person?.password ?? nobodysPassword)
    const refusal = signInRefusal(person, fits, now)
    if (person === undefined || refusal !== undefined) {
      await store.commit(refusedSignIn(caller, person?.id, refusal ?? 'unknown'))
      throw fault('people/sign-in-refused', 'This username and password do not fit together.')
    }
    forgetAttempts(store, username)
    const factors = await readFactors(store, person)
    const step = nextStep(factors)
    if (newPassword === undefined) {
      if (person.password_until !== null)
        throw fault('people/password-change-needed', 'This password serves once: choose your own with `newPassword`.')
      return step === undefined
        ? beginSession(person, request, { factor: 'password', before: { audit: [] } })
        : openTicket(person, { step, factors, nextPassword: null }, services)
    }
    checkPassword(newPassword, { username, former: password })
    const next = await hashPassword(newPassword)
    if (step !== undefined) return openTicket(person, { step, factors, nextPassword: next }, services)
    const before = replacePassword(person, next, { caller: callerAs(caller.actor.member, person) })
    return beginSession({ ...person, password: next }, request, { factor: 'password', before })
  },
})

export const passkeySignInOptions = operation({
  id: 'people.passkey-sign-in-options',
  method: 'post',
  path: '/sign-in/passkey/options',
  summary: 'Begin a sign-in with a passkey: the options for the browser',
  access,
  reply: CeremonyOptions,
  handle: async ({ services }) => {
    const options = await authenticationOptions(services)
    const { challenge } = options
    await services.store.commit(await keepChallenge(services.store, { challenge, ceremony: 'sign-in', person: null }))
    return { ...options }
  },
})

export const passkeySignIn = operation({
  id: 'people.passkey-sign-in',
  method: 'post',
  path: '/sign-in/passkey',
  summary: 'Sign in with a passkey, which is two factors at once: the key, and the check of its user',
  access,
  body: AuthenticationResponse,
  reply: SignedInReply,
  limitBytes: 65_536,
  handle: async (request) => {
    const { caller, body, services } = request
    const known = await findPasskey(services.store, body.id)
    if (known === undefined) throw fault('people/sign-in-refused', passkeyRefused)
    const { passkey, person } = known
    try {
      const counter = await verifyAuthentication(body, passkey, services)
      if (person.disabled_at !== null) throw fault('people/sign-in-refused', passkeyRefused)
      const before = passkeyUsed(passkey, { counter, now: services.store.clock.now() })
      return await beginSession(person, request, { factor: 'passkey', before })
    } catch (cause) {
      if (isFault(cause, 'people/sign-in-refused'))
        await services.store.commit(refusedSignIn(caller, person.id, 'passkey'))
      throw cause
    }
  },
})
