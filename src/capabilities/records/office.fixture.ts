import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import { type Replied, sitAt } from '../../../test/desk-kit.ts'

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

export interface Desk {
  readonly node: RunningNode
  get(path: string): Promise<Replied>
  post(path: string, body?: unknown): Promise<Replied>
  put(path: string, body: unknown): Promise<Replied>
}

/** The API of one node for one person, without the sign-in of another capability. */
export function deskOf(node: RunningNode, id: string, ...roles: Role[]): Desk {
  const sits = { id, roles, name: `Name of ${id}`, scopes: ['read', 'write', 'audit'] as const }
  const call = sitAt(node, { ...sits, purpose: 'counter-terrorism' })
  return {
    node,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  }
}
