import { z } from 'zod'
import { changePolicy } from '#capabilities/people/factor-rules'
import { countWithout, readPolicy } from '#capabilities/people/factor-store'
import { Reason } from '#capabilities/people/record'
import { operation } from '#http/operation'
import { roles } from '#policy/roles'

const Policy = z.object({
  roles: z.array(z.enum(roles)).describe('Roles whose people need a second factor'),
  changedAt: z.string().nullable(),
  without: z.number().describe('Active people of these roles who have none yet'),
})

export const policy = operation({
  id: 'people.sign-in-policy',
  method: 'get',
  path: '/sign-in-policy',
  summary: 'Which roles need a second factor',
  access: { roles: ['administrator', 'auditor'], scope: 'read' },
  reply: Policy,
  command: { words: 'policy show' },
  handle: async ({ services: { store } }) => {
    const { roles, changed_at } = await readPolicy(store)
    return { roles, changedAt: changed_at?.toISOString() ?? null, without: await countWithout(store, roles) }
  },
})

export const change = operation({
  id: 'people.change-sign-in-policy',
  method: 'put',
  path: '/sign-in-policy',
  summary: 'Set which roles need a second factor; those without one set it up at their next sign-in',
  access: { roles: ['administrator'], scope: 'administer' },
  body: z.object({ roles: z.array(z.enum(roles)).max(roles.length), reason: Reason }),
  reply: Policy,
  command: { words: 'policy change' },
  handle: async ({ body, caller, services: { store }, commit }) => {
    const now = store.clock.now()
    const changed = changePolicy(await readPolicy(store), body, { caller, now })
    const chosen = [...new Set(body.roles)]
    const reply = { roles: chosen, changedAt: now.toISOString(), without: await countWithout(store, chosen) }
    return commit(changed, reply)
  },
})
