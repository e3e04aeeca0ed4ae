import { fault } from '#capabilities/people/faults'
import type { PersonRow, Roster } from '#capabilities/people/store'
import { fault as httpFault } from '#http/faults'
import { newId } from '#kernel/ids'
import type { Role } from '#policy/roles'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

/** How long a password that an administrator hands over can be exchanged for one's own. */
const oneTimeHours = 24

export interface Work {
  readonly caller: Caller
  readonly now: Date
}

interface Rostered extends Work {
  readonly roster: Roster
}

export interface NewPerson {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Its hash, never the password. */
  readonly password: string
  readonly oneTime: boolean
}

/**
 * Who watches holds no other role, and who gives out rights uses none on records: neither alone can act and hide it
 * (Directive (EU) 2016/680 articles 25 and 29). Throws `people/separation-of-duties`.
 */
export function checkDuties(held: readonly Role[]): Role[] {
  const roles = [...new Set(held)]
  const alone = roles.find((it) => it === 'auditor' || it === 'administrator')
  if (alone !== undefined && roles.length > 1) {
    throw fault('people/separation-of-duties', `Who is ${alone} holds no other role.`, { rule: 'separation of duties' })
  }
  return roles
}

export function addPerson(
  input: NewPerson,
  { caller, now, roster }: Rostered,
): { change: Change; id: `per_${string}` } {
  const id = newId('per', now.getTime())
  const roles = checkDuties(input.roles)
  const values = {
    id,
    username: input.username,
    name: input.name,
    roles,
    password: input.password,
    password_until: input.oneTime ? oneTimeEnd(now) : null,
    created_at: now,
  }
  return {
    id,
    change: {
      rows: [nextRoster(roster), { op: 'insert', table: 'people', values }],
      audit: [administered(caller, id, { reason: 'person added', details: { roles: roles.join(' ') } })],
    },
  }
}

/** The one person that nobody adds. Throws `http/not-found` where there are people. */
export function addFirstPerson(
  input: Omit<NewPerson, 'roles' | 'oneTime'>,
  work: Rostered,
): ReturnType<typeof addPerson> {
  if (work.roster.people > 0) throw httpFault('http/not-found', 'There is nothing here.')
  return addPerson({ ...input, roles: ['administrator'], oneTime: false }, work)
}

export interface PersonChange {
  readonly name?: string | undefined
  readonly roles?: readonly Role[] | undefined
  readonly disabled?: boolean | undefined
}

/** A disabled person loses sessions and tokens for good; enabled again, they start anew. */
export function changePerson(
  current: PersonRow,
  input: PersonChange,
  { caller, now, roster }: Rostered,
): { change: Change; person: PersonRow } {
  const { id } = current
  const roles = input.roles === undefined ? current.roles : checkDuties(input.roles)
  const disabled = input.disabled ?? current.disabled_at !== null
  if (!sameRoles(roles, current.roles) && caller.actor.person?.id === id)
    throw fault('people/own-account', 'Nobody changes their own roles.', { rule: 'separation of duties' })
  const administers = !disabled && roles.includes('administrator')
  if (!administers && roster.administrators.includes(id) && roster.administrators.length === 1)
    throw fault('people/last-administrator', 'This is the last administrator: name another one first.')
  const values = {
    name: input.name ?? current.name,
    roles,
    disabled_at: disabled ? (current.disabled_at ?? now) : null,
  }
  return {
    person: { ...current, ...values },
    change: {
      rows: [
        nextRoster(roster),
        { op: 'update', table: 'people', where: { id }, values, expect: 1 },
        ...(disabled ? cutOff(id, now) : []),
      ],
      audit: [administered(caller, id, { reason: 'person changed', details: { roles: roles.join(' '), disabled } })],
    },
  }
}

/** Gives a one-time password in place of one that was lost, and ends all sessions of the old one. */
export function resetPassword(current: PersonRow, password: string, { caller, now }: Work): Change {
  const { id } = current
  if (caller.actor.person?.id === id)
    throw fault('people/own-account', 'Change your own password instead of resetting it.')
  const values = { password, password_until: oneTimeEnd(now) }
  return {
    rows: [
      { op: 'update', table: 'people', where: { id, password: current.password }, values, expect: 1 },
      { op: 'delete', table: 'sessions', where: { person: id } },
    ],
    audit: [administered(caller, id, { reason: 'password reset' })],
  }
}

export function oneTimeEnd(now: Date): Date {
  return new Date(now.getTime() + oneTimeHours * 3_600_000)
}

/** Refuses the change when the list of people is no longer the one that the rule saw: two administrators, each the other's last. */
function nextRoster({ version }: Roster): RowWrite {
  return { op: 'update', table: 'people_roster', where: { version }, values: { version: version + 1 }, expect: 1 }
}

function cutOff(person: string, now: Date): RowWrite[] {
  return [
    { op: 'delete', table: 'sessions', where: { person } },
    {
      op: 'update',
      table: 'api_tokens',
      where: { person, revoked_at: null },
      values: { revoked_at: now, revoked_reason: 'person disabled' },
    },
  ]
}

function sameRoles(a: readonly Role[], b: readonly Role[]): boolean {
  return a.length === b.length && a.every((it) => b.includes(it))
}

function administered(
  caller: Caller,
  id: string,
  detail: Pick<Parameters<typeof audited>[2] & {}, 'reason' | 'details'>,
) {
  return audited('administer', caller, { object: { type: 'person', id }, ...detail })
}
