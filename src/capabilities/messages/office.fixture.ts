import type { Hono } from 'hono'
import type { Writing } from '#capabilities/messages/rules'
import { createApp } from '#http/app'
import { addTime } from '#kernel/clock'
import { operations, type RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Directory } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'

/** What tests of this capability write with: a header, a caller, a directory of names alone. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H2' }],
    purposes: ['counter-terrorism'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '2' },
    category: 'none',
    nature: 'fact',
    basis: { instrument: 'Directive (EU) 2023/977', provision: 'article 4' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 3, 'years'),
    ...change,
  }
}

export function writing(now: Date, change: Partial<Writing> = {}): Writing {
  return { handling: header(now), text: 'Who rents the flat?', attachments: {}, marks: {}, ...change }
}

export function callerOf(member: string, role: Role = 'officer'): Caller {
  return {
    actor: { member: { id: member, kind: 'state', groups: [] }, person: { id: 'per_1', roles: [role] } },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'case 1',
  }
}

export const directory = {
  federation: 'test',
  members: ['fr', 'ke', 'id', 'xx'].map((id) => ({ id, kind: 'state', suspended: id === 'xx' })),
  groups: [],
} as unknown as Directory

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** The API of one node for one person, without the sign-in of another capability. */
export function office(node: RunningNode, role: Role = 'officer') {
  const caller = callerOf(node.services.identity.me, role)
  const signedIn = {
    caller: { actor: caller.actor, via: caller.via },
    person: { id: 'per_1', name: 'Test', roles: [role] },
    scopes: ['read', 'write'] as const,
    session: null,
  }
  const app: Hono = createApp({
    services: node.services,
    operations,
    authenticate: async () => signedIn,
    version: 'test',
  })
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'comity-purpose': 'counter-terrorism',
        'comity-reference': 'case 1',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
    return { status: response.status, body: (await response.json()) as any }
  }
  return {
    node,
    caller,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
  }
}

export type Office = ReturnType<typeof office>

export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const value = await read()
    if (holds(value) || attempt > 600) return value
    await new Promise((resume) => setTimeout(resume, 25))
  }
}
