import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import { sitAt } from '../../../test/desk-kit.ts'

/** What tests of this capability write with: a header, an office. */

export function header(now: Date, members: readonly string[] = [], change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [...members], groups: [], sectors: [] },
    tlp: 'GREEN',
    codes: [],
    purposes: ['border-security', 'counter-terrorism'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'none',
    nature: 'fact',
    basis: { instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 8' },
    reviewAt: addTime(now, 1, 'years'),
    expiresAt: addTime(now, 5, 'years'),
    ...change,
  }
}

/** The API of one node for one person, without the sign-in of another capability. */
export function office(node: RunningNode, role: Role = 'officer') {
  return { node, call: sitAt(node, { id: `per_${role}`, roles: [role], purpose: 'border-security' }) }
}

export type Office = ReturnType<typeof office>
