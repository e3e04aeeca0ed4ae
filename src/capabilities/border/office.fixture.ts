import { expect } from 'vitest'
import { createApp } from '#http/app'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { operations, type RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import { partyOf } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import { sitAt } from '../../../test/desk-kit.ts'

/** Offices with people at the counter and behind it. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism', 'border-security'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'wanted',
    nature: 'fact',
    basis: { instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 13' },
    reviewAt: addTime(now, 1, 'months'),
    expiresAt: addTime(now, 2, 'years'),
    ...change,
  }
}

const scopes = { border: ['screen'] } as const

export function seat(node: RunningNode, role: Role, id = `per_${role}`) {
  return sitAt(node, {
    id,
    roles: [role],
    scopes: role === 'border' ? scopes.border : ['read', 'write', 'screen'],
    purpose: role === 'border' ? undefined : 'border-security',
  })
}

export function office(node: RunningNode) {
  return { node, counter: seat(node, 'border'), officer: seat(node, 'officer'), supervisor: seat(node, 'supervisor') }
}
export type Office = ReturnType<typeof office>

/** A record that stands for an alert: what an alert's id names is a record that the node holds. */
export async function recordAlert(
  at: Office,
  { with: members = [], ...change }: Partial<Handling> & { readonly with?: readonly string[] } = {},
): Promise<RecordId> {
  const now = at.node.services.store.clock.now()
  const { status, body } = await at.officer('POST', '/subjects', {
    handling: header(now, change),
    body: { schema: 'Person', statements: { n: { property: 'name', value: 'EXERCISE Okello' } } },
  })
  expect(status).toBe(201)
  if (members.length > 0) {
    const shared = await at.officer('POST', `/records/${body.id}/share`, { with: { members } })
    expect(shared.status).toBe(202)
  }
  return body.id
}

/** Hands in bytes as an officer. */
export async function handIn({ services }: RunningNode, query: string, file: Uint8Array) {
  const actor = {
    member: partyOf(services.directories.current(), services.identity.me),
    person: { id: 'per_officer', roles: ['officer'] as const },
  }
  const person = { id: 'per_officer', name: 'Test', roles: ['officer'] as const }
  const signedIn = {
    caller: { actor, via: 'session' as const },
    person,
    scopes: ['read', 'screen'] as const,
    session: null,
  }
  const app = createApp({ services, operations, authenticate: async () => signedIn, version: 'test' })
  const response = await app.request(`/api/v1/border/messages?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file as Uint8Array<ArrayBuffer>,
  })
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the reply
  return { status: response.status, body: (await response.json()) as any }
}
