import { createApp } from '#http/app'
import { scopes } from '#http/operation'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import { members } from './capability.ts'

/** Asks the operations of this capability as a person with these roles, through the whole of the API but the sign-in. */
export function askAs(roles: readonly Role[], { services }: RunningNode) {
  const person = { id: `per_${roles.join('_')}`, name: roles.join(' '), roles }
  const actor = { member: partyOf(services.directories.current(), services.identity.me), person }
  const signedIn = { caller: { actor, via: 'session' as const }, person, scopes, session: null }
  const operations = members.operations ?? []
  const app = createApp({ services, operations, authenticate: async () => signedIn, version: 'test' })
  return async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await app.request(`/api/v1${path}`, { method, headers, ...sent })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & { items: never[] } }
  }
}

export async function until<Value>(
  read: () => Value | Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 200) return value
    await new Promise((resume) => setTimeout(resume, 50))
  }
}
