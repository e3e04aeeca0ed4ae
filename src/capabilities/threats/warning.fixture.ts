import type { ThreatInput } from '#capabilities/threats/record'
import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import type { Caller } from '#store/reader'
import { sitAt } from '../../../test/desk-kit.ts'

/** What tests of this capability write with: a header, a warning, a caller. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism', 'public-safety'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'B', information: '3' },
    category: 'none',
    nature: 'assessment',
    basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 2(b)' },
    reviewAt: addTime(now, 1, 'months'),
    expiresAt: addTime(now, 1, 'years'),
    ...change,
  }
}

export function warning(now: Date, change: Partial<ThreatInput> = {}): ThreatInput {
  return {
    title: 'Attack on a fuel depot',
    what: 'A cell may attack the fuel depot in the port.',
    method: 'Vehicle',
    where: [{ country: 'ke', place: 'Mombasa port', latitude: -4.06, longitude: 39.66, radiusKilometres: 5 }],
    when: { from: addTime(now, 1, 'days'), to: addTime(now, 4, 'days') },
    imminence: 'days',
    basisForAssessment: 'Two sources that do not know each other.',
    validUntil: addTime(now, 2, 'weeks'),
    linked: [],
    advice: 'Close the northern gate at night.',
    ...change,
  }
}

export function callerOf(member: string, role: Role = 'officer', id = `per_${role}`): Caller {
  return {
    actor: { member: { id: member, kind: 'state', groups: [] }, person: { id, roles: [role] } },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'case 1',
  }
}

/** The API of one node for one person, without the sign-in of another capability. */
export function office(node: RunningNode, role: Role = 'officer', id = `per_${role}`) {
  const caller = callerOf(node.services.identity.me, role, id)
  const call = sitAt(node, { id, roles: [role], purpose: 'counter-terrorism' })
  return { node, caller, call }
}

export type Office = ReturnType<typeof office>
