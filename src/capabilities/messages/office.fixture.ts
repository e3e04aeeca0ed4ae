import type { Writing } from '#capabilities/messages/rules'
import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Directory } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'
import { sitAt } from '../../../test/desk-kit.ts'

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
  const call = sitAt(node, { id: 'per_1', roles: [role], purpose: 'counter-terrorism' })
  return {
    node,
    caller,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
  }
}

export type Office = ReturnType<typeof office>
