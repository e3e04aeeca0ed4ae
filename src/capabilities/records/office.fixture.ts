import { createApp } from '#http/app'
import { addTime } from '#kernel/clock'
import { operations, type RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import type { Handling } from '#protocol/handling'

/** What tests of this capability write with: a header, a subject, the API of a node for one person. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H1' }, { code: 'H2' }],
    purposes: ['counter-terrorism'],
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'suspect',
    nature: 'fact',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
    ...change,
  }
}

export const subject = (name = 'Idris Exercise-Okello', more: object = {}) => ({
  schema: 'Person',
  statements: {
    a1: { property: 'name', value: name },
    a2: { property: 'alias', value: 'The driver' },
    ...more,
  },
})

export interface Replied {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
  readonly body: any
}

export interface Desk {
  readonly node: RunningNode
  get(path: string): Promise<Replied>
  post(path: string, body?: unknown): Promise<Replied>
  put(path: string, body: unknown): Promise<Replied>
}

/** The API of one node for one person, without the sign-in of another capability. */
export function deskOf(node: RunningNode, id: string, ...roles: Role[]): Desk {
  const { services } = node
  const actor = {
    member: partyOf(services.directories.current(), services.identity.me),
    person: { id, roles },
  }
  const app = createApp({
    services,
    operations,
    authenticate: async () => ({
      caller: { actor, via: 'session' as const },
      person: { id, name: `Name of ${id}`, roles },
      scopes: ['read', 'write', 'audit'] as const,
      session: null,
    }),
    version: 'test',
  })
  const call = async (method: string, path: string, body?: unknown): Promise<Replied> => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'comity-purpose': 'counter-terrorism',
        'comity-reference': 'case 1',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  return {
    node,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  }
}

export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 600) return value
    await new Promise((resume) => setTimeout(resume, 25))
  }
}
