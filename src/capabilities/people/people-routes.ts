import { z } from 'zod'
import { hasSecondFactor, readFactors } from '#capabilities/people/factor-store'
import { fault, found } from '#capabilities/people/faults'
import { checkPassword, hashPassword } from '#capabilities/people/password'
import { placeAfter, readPeople } from '#capabilities/people/people-store'
import {
  ListedPerson,
  Person,
  PersonName,
  PersonParams,
  Roles,
  TypedPassword,
  Username,
} from '#capabilities/people/record'
import { listedPerson } from '#capabilities/people/replies'
import { addFirstPerson, addPerson, changePerson, oneTimeEnd, resetPassword } from '#capabilities/people/rules'
import { newOneTimeCode } from '#capabilities/people/secrets'
import { checkSetupCode, endSetup } from '#capabilities/people/setup'
import { readPerson, readRoster } from '#capabilities/people/store'
import { operation } from '#http/operation'
import { PageQuery, pageOf } from '#http/shapes'
import { roles } from '#policy/roles'
import type { Store } from '#store/store'

const administrators = { roles: ['administrator'], scope: 'administer' } as const

// Where a reply or a body carries a secret, the handler commits without the reply: what an idempotency key keeps for a
// repeat would be the secret in plain text, and the hash of the request that of a password.

const OneTimePassword = z.object({
  oneTimePassword: z.string().describe('Shown once. The person chooses their own with it at the first sign-in.'),
  expiresAt: z.string(),
})

async function refuseTaken(store: Store, username: string): Promise<void> {
  if ((await readPerson(store, { username })) !== undefined)
    throw fault('people/username-taken', 'Somebody has this username; people who left keep theirs.')
}

export const first = operation({
  id: 'people.first',
  method: 'post',
  path: '/people/first',
  summary: 'Make the first administrator of a new node, with the code in its log',
  access: { roles: 'anyone', scope: 'administer' },
  body: z.object({ code: z.string().trim().max(64), username: Username, name: PersonName, password: TypedPassword }),
  reply: Person,
  status: 201,
  limitBytes: 8_192,
  handle: async ({ body, caller, services: { store } }) => {
    checkSetupCode(store, body.code)
    const { username, name } = body
    checkPassword(body.password, { username })
    const person = { username, name, password: await hashPassword(body.password) }
    const { change, id } = addFirstPerson(person, { caller, now: store.clock.now(), roster: await readRoster(store) })
    await store.commit(change)
    endSetup(store)
    return { id, username, name, roles: ['administrator' as const] }
  },
})

export const add = operation({
  id: 'people.add',
  method: 'post',
  path: '/people',
  summary: 'Add a person with roles; the one-time password is in the answer alone',
  access: administrators,
  body: z.object({ username: Username, name: PersonName, roles: Roles }),
  reply: z.object({ ...Person.shape, ...OneTimePassword.shape }),
  status: 201,
  command: { words: 'people add', positional: ['username'] },
  handle: async ({ body, caller, services: { store } }) => {
    await refuseTaken(store, body.username)
    const now = store.clock.now()
    const oneTimePassword = newOneTimeCode()
    const input = { ...body, password: await hashPassword(oneTimePassword), oneTime: true }
    const { change, id } = addPerson(input, { caller, now, roster: await readRoster(store) })
    await store.commit(change)
    return { id, ...body, oneTimePassword, expiresAt: oneTimeEnd(now).toISOString() }
  },
})

export const list = operation({
  id: 'people.list',
  method: 'get',
  path: '/people',
  summary: 'The people of this node: for those who give out roles, name readers of a record, or read the audit',
  access: { roles: ['administrator', 'auditor', 'supervisor'], scope: 'read' },
  query: PageQuery.extend({
    text: z.string().trim().min(1).max(120).optional().describe('A part of the name or of the username'),
    role: z.enum(roles).optional(),
    state: z.enum(['active', 'disabled', 'one-time']).optional(),
    factor: z.enum(['with', 'without']).optional().describe('With or without a second factor; not for supervisors'),
    order: z.enum(['added', 'signed-in']).default('added').describe('As they were added, or who signed in last first'),
  }),
  reply: pageOf(ListedPerson),
  command: { words: 'people list', columns: ['id', 'username', 'name', 'roles', 'signedInAt', 'disabledAt'] },
  handle: async ({ query, signedIn, services }) => {
    // Who gets in with a password alone is for those who see to it that nobody does.
    const oversees = found(signedIn).person.roles.some((it) => it === 'administrator' || it === 'auditor')
    const { factor, ...rest } = query
    const rows = await readPeople(services.store, oversees ? query : rest)
    const last = rows.at(-1)
    return {
      items: rows.map((it) => listedPerson(it, oversees ? it.second_factor : null)),
      next: last === undefined || rows.length < query.limit ? null : placeAfter(last),
    }
  },
})

export const change = operation({
  id: 'people.change',
  method: 'put',
  path: '/people/{id}',
  summary: 'Change the name or the roles of a person, or disable or enable them',
  access: administrators,
  params: PersonParams,
  body: z
    .object({ name: PersonName.optional(), roles: Roles.optional(), disabled: z.boolean().optional() })
    .refine((it) => Object.values(it).some((value) => value !== undefined), 'nothing to change'),
  reply: ListedPerson,
  command: { words: 'people change', positional: ['id'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const roster = await readRoster(store)
    const current = found(await readPerson(store, params))
    const { change, person } = changePerson(current, body, { caller, now: store.clock.now(), roster })
    const has = hasSecondFactor(await readFactors(store, person))
    return commit(change, listedPerson(person, has))
  },
})

export const reset = operation({
  id: 'people.reset-password',
  method: 'post',
  path: '/people/{id}/password-reset',
  summary: 'Give a person a one-time password in place of a lost one; it is in the answer alone',
  access: administrators,
  params: PersonParams,
  reply: z.object({ id: z.string(), ...OneTimePassword.shape }),
  command: { words: 'people reset-password', positional: ['id'] },
  handle: async ({ params, caller, services: { store } }) => {
    const now = store.clock.now()
    const oneTimePassword = newOneTimeCode()
    const current = found(await readPerson(store, params))
    await store.commit(resetPassword(current, await hashPassword(oneTimePassword), { caller, now }))
    return { id: current.id, oneTimePassword, expiresAt: oneTimeEnd(now).toISOString() }
  },
})
