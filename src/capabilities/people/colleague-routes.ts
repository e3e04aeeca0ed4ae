import { z } from 'zod'
import { readPeople } from '#capabilities/people/people-store'
import { operation } from '#http/operation'
import { roles } from '#policy/roles'

const mostColleagues = 1_000

export const colleagues = operation({
  id: 'people.colleagues',
  method: 'get',
  path: '/colleagues',
  summary: 'The people of this office by name and role: whom a supervisor can name as readers',
  access: { roles: ['supervisor'], scope: 'read' },
  reply: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })),
  }),
  command: { words: 'people colleagues', columns: ['id', 'name', 'roles'] },
  handle: async ({ services: { store } }) => {
    const people = await readPeople(store, { limit: mostColleagues, order: 'added' })
    return {
      items: people.flatMap((it) =>
        it.disabled_at === null ? [{ id: it.id, name: it.name, roles: [...it.roles] }] : [],
      ),
    }
  },
})
