import { createApp } from '#http/app'
import type { Scope } from '#http/operation'
import { operations, type RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import type { Caller } from '#store/reader'

interface Sitting {
  readonly id: string
  readonly roles: readonly Role[]
  readonly name?: string
  readonly scopes?: readonly Scope[]
  /** What they work on; without it no purpose is stated. */
  readonly purpose?: Caller['purpose']
}

export interface Replied {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
  readonly body: any
}

/** The API of one node for one person, without the sign-in of another capability. */
export function sitAt(
  { services }: RunningNode,
  { id, roles, name = 'Test', scopes = ['read', 'write'], purpose }: Sitting,
) {
  const actor = { member: partyOf(services.directories.current(), services.identity.me), person: { id, roles } }
  const signedIn = { caller: { actor, via: 'session' as const }, person: { id, name, roles }, scopes, session: null }
  const app = createApp({ services, operations, authenticate: async () => signedIn, version: 'test' })
  return async (method: string, path: string, body?: unknown, work: string | undefined = purpose): Promise<Replied> => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(work === undefined ? {} : { 'comity-purpose': work, 'comity-reference': 'case 1' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
}

/** Reads again until it holds; returns what was read last, so that the test says what is wrong with it. */
export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 600) return value
    await new Promise((resume) => setTimeout(resume, 25))
  }
}
