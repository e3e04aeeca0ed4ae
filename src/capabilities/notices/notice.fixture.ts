import type { Notice } from '#capabilities/notices/record'
import { factors } from '#capabilities/notices/rule-data'
import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import type { Role } from '#policy/roles'
import type { Handling } from '#protocol/handling'
import { sitAt } from '../../../test/desk-kit.ts'

/** What tests of this capability write with: a header, a notice on an invented person, the whole test of the review, offices. */

export function header(now: Date, change: Partial<Handling> = {}): Handling {
  return {
    audience: { members: [], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [],
    purposes: ['counter-terrorism', 'criminal-proceedings', 'border-security'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'wanted',
    nature: 'fact',
    basis: { instrument: 'Rules on the Processing of Data', provision: '82 to 87' },
    reviewAt: addTime(now, 2, 'years'),
    expiresAt: addTime(now, 4, 'years'),
    ...change,
  }
}

export function redNotice(change: Partial<Notice> = {}): Notice {
  return {
    type: 'red',
    channel: 'notice',
    reference: 'EXERCISE 2026/114',
    to: { members: [], groups: [], sectors: ['state'] },
    subject: {
      schema: 'Person',
      properties: {
        firstName: ['Tarek'],
        lastName: ['Vasilenko'],
        gender: ['male'],
        birthDate: ['1984-02-11'],
        birthPlace: ['Kharrazine'],
        nationality: ['fr'],
        passportNumber: ['XE4410287'],
      },
      biometrics: { photograph: true, fingerprints: true, dna: false },
    },
    facts: {
      summary: 'Money was moved through three companies to pay for explosives.',
      from: '2026-03-01',
      to: '2026-05-12',
      place: 'Marseille',
      country: 'fr',
      role: 'Signed the transfers and met the supplier.',
    },
    judicial: {
      stage: 'for-trial',
      charge: 'Financing of terrorism',
      law: 'Code pénal, article 421-2-2',
      maximumPenaltyMonths: 120,
      life: false,
      warrant: {
        authority: 'Tribunal judiciaire de Paris (EXERCISE)',
        reference: 'EX-2026-77',
        date: '2026-06-02',
        judicial: true,
        copyAttached: true,
      },
    },
    assurances: { hasPower: true, extraditionAuthorityConsulted: true, extraditionWillBeSought: true },
    asked: 'arrest',
    discreet: false,
    sought: ['place', 'time', 'route'],
    publicExtract: false,
    ...change,
  }
}

export const wholeTest = factors.map(({ factor }) => ({
  factor,
  weighs: 'neither' as const,
  because: 'Looked at; nothing speaks against it.',
}))

export function office(node: RunningNode, role: Role = 'officer', id = `per_${role}`) {
  return { node, call: sitAt(node, { id, roles: [role], purpose: 'counter-terrorism' }) }
}

export type Office = ReturnType<typeof office>
