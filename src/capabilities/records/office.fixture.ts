import { expect } from 'vitest'
import { addTime, fixedClock } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import { type Replied, sitAt, until } from '../../../test/desk-kit.ts'
import { openScene } from '../../../test/kit.ts'

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

export const to = (...members: string[]) => ({ members })
export const reason = 'For the case, and nothing else.'

export async function record(at: Desk, change: Partial<Handling> = {}, body: object = subject()): Promise<string> {
  const made = await at.post('/subjects', { handling: header(at.node.services.store.clock.now(), change), body })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}

export const holders = async (at: Desk, id: string) => (await at.get(`/records/${id}/holders`)).body.holders
export const heldBy = (at: Desk, id: string, member: string) =>
  until(
    () => holders(at, id),
    (it) => it.some((one: { member: string; state: string }) => one.member === member && one.state === 'held'),
  )

/** France with its people, Kenya, and a clock that the test moves. */
export async function openOffices(members: readonly string[] = ['fr', 'ke']) {
  const clock = fixedClock(new Date())
  const scene = await openScene(members, { clock })
  const fr = scene.node('fr')
  return {
    clock,
    scene,
    officer: deskOf(fr, 'per_officer', 'officer'),
    other: deskOf(fr, 'per_other', 'officer'),
    chief: deskOf(fr, 'per_chief', 'supervisor'),
    deputy: deskOf(fr, 'per_deputy', 'supervisor'),
    legal: deskOf(fr, 'per_legal', 'legal'),
    auditor: deskOf(fr, 'per_auditor', 'auditor'),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  }
}
