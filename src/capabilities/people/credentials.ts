import { parse, serialize } from 'hono/utils/cookie'
import { tokenPrefix } from '#capabilities/people/secrets'
import { sessionCookieName } from '#http/session-cookie'

const longest = 256

/** The token of an `authorization: Bearer` header, or `undefined` when there is no such header or it says something else. */
export function readBearer(headers: Headers): string | undefined {
  const [scheme, token, ...rest] = (headers.get('authorization') ?? '').slice(0, longest).split(' ')
  return scheme?.toLowerCase() === 'bearer' && rest.length === 0 && token?.startsWith(tokenPrefix) ? token : undefined
}

export function readSessionCookie(headers: Headers, member: string): string | undefined {
  const name = sessionCookieName(member)
  const secret = parse(headers.get('cookie') ?? '', name)[name]
  return secret === '' ? undefined : secret?.slice(0, longest)
}

/** The cookie of a session. Plain HTTP is for the loopback of an exercise only. */
export function sessionCookie(
  secret: string,
  at: { member: string; publicUrl: string; lifetimeSeconds: number },
): string {
  return serialize(sessionCookieName(at.member), secret, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: at.publicUrl.startsWith('https:'),
    maxAge: at.lifetimeSeconds,
  })
}

export function clearedCookie(at: { member: string; publicUrl: string }): string {
  return sessionCookie('', { ...at, lifetimeSeconds: 0 })
}
