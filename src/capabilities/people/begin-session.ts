import { sessionCookie } from '#capabilities/people/credentials'
import { networkOf } from '#capabilities/people/network'
import { personReply } from '#capabilities/people/replies'
import { readExpiredSessions } from '#capabilities/people/session-store'
import { type Opening, openSession, sessionLifetimeSeconds, together } from '#capabilities/people/sessions'
import type { PersonRow } from '#capabilities/people/store'
import type { OperationRequest } from '#http/operation'
import type { Change } from '#store/change'

interface Beginning {
  readonly factor: Opening['factor']
  /** What the proof of identity itself changes, written together with the session. */
  readonly before: Change
}

/**
 * Opens a session and hands its cookie over. Written without the reply that an idempotency key would keep: a repeat could
 * not bring the cookie again, and the node would have to store it.
 */
export async function beginSession(
  person: PersonRow,
  { caller, signedIn, headers, address, services, setCookie }: Omit<OperationRequest, 'params' | 'query' | 'body'>,
  { factor, before }: Beginning,
) {
  const { store, settings } = services
  const replaced = signedIn?.session ?? null
  const { change, secret, expiresAt } = openSession(person, {
    member: caller.actor.member,
    now: store.clock.now(),
    userAgent: headers.get('user-agent'),
    factor,
    network: networkOf(address),
    ended: [...(await readExpiredSessions(store)), ...(replaced === null ? [] : [replaced])],
  })
  await store.commit(together(before, change))
  const { publicUrl } = settings
  setCookie(sessionCookie(secret, { member: store.me, publicUrl, lifetimeSeconds: sessionLifetimeSeconds }))
  return { person: personReply(person), expiresAt: expiresAt.toISOString() }
}
