import { z } from 'zod'
import { fault } from '#http/faults'
import { operation } from '#http/operation'
import { roles } from '#policy/roles'

/**
 * Everywhere but on a node of an exercise on one machine this answers as any address where there is nothing. The directory is
 * asked each time: it is signed, and may have changed since the node started. A page of another site that has its name
 * resolved to this machine is known by the name that it asks for (DNS rebinding).
 */
export const accounts = operation({
  id: 'exercise.accounts',
  method: 'get',
  path: '/exercise/accounts',
  summary: 'The accounts of an exercise on one machine, with their passwords, and where its consoles are; nowhere else',
  access: { roles: 'anyone', scope: 'read' },
  reply: z.object({
    member: z.string(),
    accounts: z.array(
      z.object({ username: z.string(), name: z.string(), roles: z.array(z.enum(roles)), password: z.string() }),
    ),
    offices: z.array(z.object({ member: z.string(), name: z.string(), url: z.string() })),
  }),
  handle: async ({ services: { directories, settings, store }, headers }) => {
    const { exercise, members } = directories.current()
    const desks = settings.exerciseDesks
    if (desks === undefined || !exercise || !isOwnHost(headers.get('host'), settings.publicUrl))
      throw fault('http/not-found', 'There is nothing here.')
    const nameOf = (id: string) => members.find((it) => it.id === id)?.name ?? id
    return {
      member: store.me,
      accounts: desks.accounts.map((it) => ({ ...it, roles: [...it.roles] })),
      offices: desks.offices.map((it) => ({ ...it, name: nameOf(it.member) })),
    }
  },
})

function isOwnHost(host: string | null, publicUrl: string): boolean {
  const { port } = new URL(publicUrl)
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === '' ? name : `${name}:${port}`))
  return host !== null && own.includes(host.toLowerCase())
}
