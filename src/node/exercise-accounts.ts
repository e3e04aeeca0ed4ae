import { randomBytes } from 'node:crypto'
import type { MemberPlan } from '#node/federation'
import type { Role } from '#policy/roles'

/** An invented person of an office in the exercise, with a password and a token made for this federation alone. */
export interface ExerciseAccount {
  readonly member: string
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly password: string
  readonly token: string
}

const duties: readonly { username: string; name: string; role: Role }[] = [
  { username: 'officer', name: 'Duty officer (EXERCISE)', role: 'officer' },
  { username: 'supervisor', name: 'Duty supervisor (EXERCISE)', role: 'supervisor' },
  { username: 'legal', name: 'Legal adviser (EXERCISE)', role: 'legal' },
  { username: 'border', name: 'Border officer (EXERCISE)', role: 'border' },
  { username: 'auditor', name: 'Data protection auditor (EXERCISE)', role: 'auditor' },
  { username: 'admin', name: 'Administrator (EXERCISE)', role: 'administrator' },
]

const scopesOf: Readonly<Record<Role, readonly string[]>> = {
  officer: ['read', 'write', 'screen'],
  supervisor: ['read', 'write', 'screen'],
  legal: ['read', 'write', 'screen'],
  border: ['screen'],
  auditor: ['read', 'audit'],
  administrator: ['read', 'write', 'administer'],
}

export function makeAccounts(members: readonly Pick<MemberPlan, 'id'>[]): ExerciseAccount[] {
  return members.flatMap(({ id }) =>
    duties.map(({ username, name, role }) => ({
      member: id,
      username,
      name,
      roles: [role],
      password: `exercise-${randomBytes(9).toString('base64url')}`,
      token: `comity_${randomBytes(24).toString('base64url')}`,
    })),
  )
}

const tokenDays = 365

/** The part of a node's seed file that the people capability plants. */
export function peopleSeed(accounts: readonly ExerciseAccount[], member: string) {
  return {
    people: accounts
      .filter((it) => it.member === member)
      .map(({ username, name, roles, password, token }) => ({
        username,
        name,
        roles,
        password,
        tokens: [{ token, name: 'exercise', scopes: scopesOf[roles[0] ?? 'officer'], days: tokenDays }],
      })),
  }
}
