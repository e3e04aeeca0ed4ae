import { z } from 'zod'
import { countAttempt, factorAttempts, forgetAttempts } from '#capabilities/people/attempts'
import { beginSession } from '#capabilities/people/begin-session'
import { confirmTotp, newRecoveryCodes } from '#capabilities/people/factor-rules'
import { readFactors } from '#capabilities/people/factor-store'
import { fault } from '#capabilities/people/faults'
import { AuthenticationResponse } from '#capabilities/people/passkey-record'
import { Code, RecoveryCode } from '#capabilities/people/record'
import { proveSecondFactor, stepOf } from '#capabilities/people/second-factor'
import { callerAs, refusedSignIn, together } from '#capabilities/people/sessions'
import { findTicket, redeem, SignedInReply } from '#capabilities/people/sign-in-step'
import { beginAuthenticator, NewAuthenticator } from '#capabilities/people/totp-setup'
import { operation } from '#http/operation'

const access = { roles: 'anyone', scope: 'read' } as const
const Ticket = z.string().min(1).max(256)

export const secondFactor = operation({
  id: 'people.prove-second-factor',
  method: 'post',
  path: '/sign-in/second-factor',
  summary: 'The second step of a sign-in: a code of your authenticator, a recovery code, or a passkey',
  access,
  body: z
    .object({
      ticket: Ticket,
      code: Code.optional(),
      recoveryCode: RecoveryCode.optional(),
      passkey: AuthenticationResponse.optional(),
    })
    .refine((it) => [it.code, it.recoveryCode, it.passkey].filter((one) => one !== undefined).length === 1, 'give one'),
  reply: SignedInReply,
  limitBytes: 65_536,
  handle: async (request) => {
    const { body, services, caller } = request
    const known = await findTicket(services, body.ticket, 'second-factor')
    const { person } = known
    const factors = await readFactors(services.store, person)
    const proved = await proveSecondFactor(body, { person, factors, caller, services })
    const { person: after, change } = redeem(known, caller)
    return beginSession(after, request, { factor: proved.factor, before: together(proved.change, change) })
  },
})

export const beginEnrolment = operation({
  id: 'people.begin-enrolment',
  method: 'post',
  path: '/sign-in/enrolment',
  summary: 'Set up the second factor that your role needs, before the first session: the secret for your authenticator',
  access,
  body: z.object({ ticket: Ticket }),
  reply: NewAuthenticator,
  handle: async ({ body, services }) => {
    const { person } = await findTicket(services, body.ticket, 'enrolment')
    return beginAuthenticator(person, services)
  },
})

export const finishEnrolment = operation({
  id: 'people.finish-enrolment',
  method: 'post',
  path: '/sign-in/enrolment/confirmation',
  summary: 'Confirm the second factor with a code and sign in; the recovery codes are in the answer alone',
  access,
  body: z.object({ ticket: Ticket, code: Code }),
  reply: SignedInReply.extend({ recoveryCodes: z.array(z.string()) }),
  handle: async (request) => {
    const { body, services, caller } = request
    const { store } = services
    const known = await findTicket(services, body.ticket, 'enrolment')
    const { person } = known
    const now = store.clock.now()
    countAttempt(store, factorAttempts(person.id), now)
    const { totp } = await readFactors(store, person)
    const step = totp === undefined || totp.confirmed_at !== null ? undefined : stepOf(totp, body.code, services)
    if (totp === undefined || step === undefined) {
      await store.commit(refusedSignIn(caller, person.id, 'second factor'))
      throw fault('people/wrong-code', 'This is not the code that the authenticator shows for this secret now.')
    }
    forgetAttempts(store, factorAttempts(person.id))
    const work = { caller: callerAs(caller.actor.member, person), now }
    const { change: codesMade, codes } = newRecoveryCodes(person.id, work)
    const { person: after, change } = redeem(known, caller)
    const before = [confirmTotp(totp, step, work), codesMade, change].reduce(together)
    const session = await beginSession(after, request, { factor: 'password+totp', before })
    return { ...session, recoveryCodes: codes }
  },
})
