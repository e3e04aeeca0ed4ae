import { countAttempt, factorAttempts, forgetAttempts } from '#capabilities/people/attempts'
import { openSecret } from '#capabilities/people/factor-key'
import { codeFailed, codeUsed, isExhausted, recoveryCodeUsed, recoveryDigest } from '#capabilities/people/factor-rules'
import { hasRecoveryCode, type PersonFactors } from '#capabilities/people/factor-store'
import { fault } from '#capabilities/people/faults'
import type { AuthenticationResponse } from '#capabilities/people/passkey-record'
import { passkeyUsed } from '#capabilities/people/passkey-rules'
import { findPasskey } from '#capabilities/people/passkey-store'
import { verifyAuthentication } from '#capabilities/people/passkeys'
import { refusedSignIn } from '#capabilities/people/sessions'
import type { Factors, PersonRow, TotpRow } from '#capabilities/people/store'
import { acceptedStep } from '#capabilities/people/totp'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

/** One of these, by which the person shows to hold a second factor. */
export interface Proof {
  readonly code?: string | undefined
  readonly recoveryCode?: string | undefined
  readonly passkey?: AuthenticationResponse | undefined
}

interface Proving {
  readonly person: Pick<PersonRow, 'id'>
  readonly factors: PersonFactors
  readonly caller: Caller
  readonly services: Services
}

/**
 * What the proof changes, to be written together with what it is for. A wrong one is written and audited here; attempts
 * count as those with passwords do. Throws `people/wrong-code`, `people/factor-exhausted` and `people/too-many-attempts`.
 */
export async function proveSecondFactor(
  { code, recoveryCode, passkey }: Proof,
  proving: Proving,
): Promise<{ factor: Factors; change: Change }> {
  const { person, caller, services } = proving
  const { store } = services
  const subject = factorAttempts(person.id)
  countAttempt(store, subject, store.clock.now())
  const proved =
    passkey !== undefined
      ? await byPasskey(passkey, proving)
      : recoveryCode !== undefined
        ? await byRecoveryCode(recoveryCode, proving)
        : await byCode(code ?? '', proving)
  if ('change' in proved) {
    forgetAttempts(store, subject)
    return proved
  }
  const refusal = refusedSignIn(caller, person.id, 'second factor')
  await store.commit({ ...refusal, rows: proved.failed })
  throw fault(
    'people/wrong-code',
    'This was not accepted. A code serves once and for about half a minute; wait for the next one.',
  )
}

type Outcome = { readonly factor: Factors; readonly change: Change } | { readonly failed: readonly RowWrite[] }

async function byCode(code: string, { factors: { totp }, services }: Proving): Promise<Outcome> {
  if (totp === undefined || totp.confirmed_at === null) return { failed: [] }
  if (isExhausted(totp))
    throw fault(
      'people/factor-exhausted',
      'So many codes were wrong that your authenticator was switched off. Use a recovery code or a passkey.',
      {
        rule: 'NIST SP 800-63B-4 section 3.2.2',
      },
    )
  const now = services.store.clock.now()
  const step = stepOf(totp, code, services)
  return step === undefined
    ? { failed: [codeFailed(totp)] }
    : { factor: 'password+totp', change: codeUsed(totp, step, now) }
}

/** The time step whose code this is, for an authenticator in use or one that is being set up. */
export function stepOf(totp: TotpRow, code: string, { store, settings }: Services): number | undefined {
  const secret = openSecret(totp.secret, totp.person, settings)
  return acceptedStep(secret, code.replaceAll(/\s/g, ''), { now: store.clock.now(), lastStep: totp.last_step })
}

async function byRecoveryCode(typed: string, { person, services: { store } }: Proving): Promise<Outcome> {
  const digest = recoveryDigest(typed)
  return (await hasRecoveryCode(store, person.id, digest))
    ? { factor: 'password+recovery', change: recoveryCodeUsed(person.id, digest, store.clock.now()) }
    : { failed: [] }
}

async function byPasskey(response: AuthenticationResponse, { person, services }: Proving): Promise<Outcome> {
  const known = await findPasskey(services.store, response.id)
  if (known?.person.id !== person.id) return { failed: [] }
  try {
    const counter = await verifyAuthentication(response, known.passkey, services)
    const change = passkeyUsed(known.passkey, { counter, now: services.store.clock.now() })
    return { factor: 'password+passkey', change }
  } catch (cause) {
    if (isFault(cause, 'people/sign-in-refused')) return { failed: [] }
    throw cause
  }
}
