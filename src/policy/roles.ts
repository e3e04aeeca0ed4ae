import type { Act } from '#policy/decide'

/** Roles of the people of a node. A person may hold several; separation of duties keeps administrators out of records. */
export const roles = ['officer', 'supervisor', 'legal', 'border', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** What each role may do with records at all; the rules of handling narrow it further. What is not here is denied. */
const actsOfRole: Record<Role, readonly Act[]> = {
  officer: ['collect', 'view', 'search', 'match', 'change', 'disclose', 'onward', 'withdraw', 'adjudicate', 'export'],
  supervisor: [
    'collect',
    'view',
    'search',
    'match',
    'change',
    'disclose',
    'onward',
    'withdraw',
    'adjudicate',
    'export',
    'grant',
    'assign',
  ],
  legal: ['view', 'search', 'export', 'grant', 'withdraw', 'use-in-proceedings'],
  /** The counter asks about the traveller in front of it, and opens no record. */
  border: ['search'],
  auditor: [],
  administrator: [],
}

export function roleAllows(held: readonly Role[], act: Act): boolean {
  return held.some((role) => actsOfRole[role].includes(act))
}
