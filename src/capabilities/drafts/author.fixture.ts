import { createApp } from '#http/app'
import { operations, type RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'

/** The API of one node for one person, without the sign-in of another capability. */
export function author(node: RunningNode, id: string, role: Role = 'officer') {
  const me = node.services.identity.me
  const signedIn = {
    caller: {
      actor: { member: { id: me, kind: 'state' as const, groups: [] }, person: { id, roles: [role] } },
      via: 'session' as const,
    },
    person: { id, name: 'Test', roles: [role] },
    scopes: ['read', 'write'] as const,
    session: null,
  }
  const app = createApp({
    services: node.services,
    operations,
    authenticate: async () => signedIn,
    version: 'test',
  })
  return async (method: string, path: string, body?: unknown) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
    return { status: response.status, body: (await response.json()) as any }
  }
}
