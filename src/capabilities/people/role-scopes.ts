import type { Scope } from '#http/operation'
import type { Role } from '#policy/roles'

/** What the people of each role can give to a program of theirs. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  officer: ['read', 'write', 'screen'],
  supervisor: ['read', 'write', 'screen'],
  legal: ['read', 'write', 'screen'],
  border: ['screen'],
  auditor: ['read', 'write', 'audit'],
  administrator: ['read', 'write', 'administer'],
}
