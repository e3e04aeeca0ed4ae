import type { SightingInput } from '#capabilities/sightings/record'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'
import { sitAt } from '../../../test/desk-kit.ts'

/** What tests of this capability write with: a header, a sighting, an office. */

export function header(change: Partial<Handling> = {}): Handling {
  const now = new Date()
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism', 'border-security'],
    onward: 'ask',
    grading: { scheme: 'admiralty', source: 'B', information: '2' },
    category: 'suspect',
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 2(g)' },
    reviewAt: addTime(now, 1, 'months'),
    expiresAt: addTime(now, 1, 'years'),
    ...change,
  }
}

export function sighting(about: RecordId, change: Partial<SightingInput> = {}): SightingInput {
  return {
    about,
    from: '2026-11-20T08:00:00.000Z',
    to: '2026-11-20T08:30:00.000Z',
    place: 'Lyon, railway station',
    country: 'fr',
    point: { latitude: 45.76, longitude: 4.859 },
    sure: 'probable',
    source: 'observation',
    ...change,
  }
}

/** The API of one node for one person, without the sign-in of another capability. */
export function office(node: RunningNode, role: Role = 'officer', id = `per_${role}`) {
  const member = node.services.identity.me
  const caller: Caller = {
    actor: { member: { id: member, kind: 'state', groups: [] }, person: { id, roles: [role] } },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'case 1',
  }
  return { node, caller, call: sitAt(node, { id, roles: [role], purpose: 'counter-terrorism' }) }
}

export type Office = ReturnType<typeof office>
