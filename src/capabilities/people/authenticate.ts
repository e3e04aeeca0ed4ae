import { readBearer, readSessionCookie } from '#capabilities/people/credentials'
import { digestOf } from '#capabilities/people/secrets'
import { findSession, findToken } from '#capabilities/people/session-store'
import { idleSince, worthTouching } from '#capabilities/people/sessions'
import { scopesLeft } from '#capabilities/people/tokens'
import { type Scope, type SignedIn, scopes } from '#http/operation'
import type { Authenticate } from '#http/run-operation'
import type { Services } from '#http/services'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import type { Store } from '#store/store'

/**
 * Who sends these headers. One query by the digest of the secret, so neither its text nor the time of the answer helps to
 * guess another. A header that is there and wrong is not made good by a cookie.
 */
export const authenticate: Authenticate = (headers, services) =>
  headers.has('authorization') ? byToken(headers, services) : bySession(headers, services)

async function bySession(headers: Headers, services: Services): Promise<SignedIn | undefined> {
  const secret = readSessionCookie(headers, services.store.me)
  if (secret === undefined) return undefined
  const { store } = services
  const now = store.clock.now()
  const row = await findSession(store, digestOf(secret), idleSince(now))
  if (row === undefined) return undefined
  if (worthTouching(row.last_seen_at, now))
    await touch(store, { table: 'sessions', column: 'last_seen_at', id: row.id })
  return signedIn(row, { services, via: 'session', scopes, session: row.id })
}

async function byToken(headers: Headers, services: Services): Promise<SignedIn | undefined> {
  const token = readBearer(headers)
  if (token === undefined) return undefined
  const { store } = services
  const row = await findToken(store, digestOf(token))
  if (row === undefined) return undefined
  if (worthTouching(row.last_used_at, store.clock.now()))
    await touch(store, { table: 'api_tokens', column: 'last_used_at', id: row.id })
  const { caller, ...rest } = signedIn(row, {
    services,
    via: 'token',
    scopes: scopesLeft(row.scopes, row.roles),
    session: null,
  })
  return { ...rest, caller: { ...caller, purpose: row.purpose ?? undefined, reference: row.reference ?? undefined } }
}

interface Credential {
  readonly services: Services
  readonly via: 'session' | 'token'
  readonly scopes: readonly Scope[]
  readonly session: string | null
}

function signedIn(
  row: { readonly person: string; readonly name: string; readonly roles: readonly Role[] },
  { services, via, scopes, session }: Credential,
): SignedIn {
  const { person: id, name, roles } = row
  const member = partyOf(services.directories.current(), services.identity.me)
  return { caller: { actor: { member, person: { id, roles } }, via }, person: { id, name, roles }, scopes, session }
}

async function touch(store: Store, at: { table: string; column: string; id: string }): Promise<void> {
  const values = { [at.column]: store.clock.now() }
  await store.commit({ rows: [{ op: 'update', table: at.table, where: { id: at.id }, values }], audit: [] })
}
