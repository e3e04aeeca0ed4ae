import type { Directory, DirectoryKey, Member } from '#protocol/directory'
import windows from './windows.json' with { type: 'json' }

export type KeyState = 'valid' | 'expiring' | 'not-yet' | 'expired' | 'revoked'

const day = 86_400_000

function daysOf(id: string): number {
  const window = windows.find((it) => it.id === id)
  if (window === undefined) throw new Error(`windows.json has no ${id}`)
  return window.days
}

const soonDays = daysOf('key-expires-soon')

/** From when on something that ends at an instant is said to end soon. */
export const soonFrom = (notAfter: string) => new Date(Date.parse(notAfter) - soonDays * day)

export function isSoon(notAfter: string, now: Date): boolean {
  return soonFrom(notAfter) <= now
}

export function keyState({ notBefore, notAfter, revokedAt }: DirectoryKey, now: Date): KeyState {
  const instant = now.toISOString()
  if (revokedAt !== undefined && revokedAt <= instant) return 'revoked'
  if (instant >= notAfter) return 'expired'
  if (instant < notBefore) return 'not-yet'
  return isSoon(notAfter, now) ? 'expiring' : 'valid'
}

export function shownKey(key: DirectoryKey, now: Date) {
  const { kid, use, notBefore, notAfter, revokedAt = null } = key
  return { kid, use, notBefore, notAfter, revokedAt, state: keyState(key, now) }
}

/** A member that will soon have no key for a use: the last of its keys that ends, and no later one is listed. */
export interface EndingKey {
  readonly member: string
  readonly name: string
  readonly use: 'sign' | 'seal'
  readonly kid: string
  readonly notAfter: string
}

export function endingKeys({ members }: Directory, now: Date): EndingKey[] {
  return members
    .filter((it) => !it.suspended)
    .flatMap((member) => (['sign', 'seal'] as const).flatMap((use) => endingKey(member, use, now)))
}

function endingKey({ id, name, keys }: Member, use: 'sign' | 'seal', now: Date): EndingKey[] {
  const alive = keys.filter((it) => it.use === use && it.revokedAt === undefined)
  const last = alive.sort((a, b) => (a.notAfter < b.notAfter ? 1 : -1))[0]
  if (last === undefined || !isSoon(last.notAfter, now)) return []
  return [{ member: id, name, use, kid: last.kid, notAfter: last.notAfter }]
}
