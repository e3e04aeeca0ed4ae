import type { ConsolePart } from '../../web/part'

interface Proposal {
  readonly hash: string
  readonly reason: string
  readonly state: string
  readonly at: string
  readonly threshold: number
  readonly keys: readonly { readonly signed: object | null }[]
}

interface Ending {
  readonly member: string
  readonly name: string
  readonly use: string
  readonly kid: string
  readonly notAfter: string
  readonly since: string
}

const watchers = ['administrator', 'supervisor', 'auditor'] as const

export const console: ConsolePart = {
  duty: 'members',
  pages: [
    { path: '/members', title: 'members.title', roles: 'signed-in', order: 70, load: () => import('./members-page') },
    { path: '/members/$id', title: 'members.one', roles: 'signed-in', load: () => import('./member-page') },
    {
      path: '/directory',
      title: 'members.proposals.title',
      roles: watchers,
      order: 72,
      load: () => import('./proposals-page'),
    },
    {
      path: '/directory/propose',
      title: 'members.proposals.new',
      roles: ['administrator'],
      load: () => import('./propose-page'),
    },
    {
      path: '/directory/proposals/$hash',
      title: 'members.proposals.one',
      roles: watchers,
      load: () => import('./proposal-page'),
    },
    {
      path: '/health',
      title: 'members.health.title',
      roles: ['administrator', 'supervisor'],
      duty: 'node',
      order: 90,
      load: () => import('./health-page'),
    },
    {
      path: '/quarantine',
      title: 'members.quarantine.title',
      roles: ['administrator', 'auditor'],
      duty: 'node',
      order: 92,
      load: () => import('./quarantine-page'),
    },
  ],
  queue: [
    {
      name: 'directory-proposals',
      roles: ['administrator'],
      types: ['directory'],
      read: async (ask) => {
        const { items } = await ask<{ items: readonly Proposal[] }>('/api/v1/directory/proposals')
        return items
          .filter((it) => it.state === 'open')
          .map(({ hash, reason, at, keys, threshold }) => {
            const enough = keys.filter((it) => it.signed !== null).length >= threshold
            return {
              id: hash,
              kind: enough ? 'members.waits.adopt' : 'members.waits.sign',
              subject: reason,
              member: null,
              due: null,
              since: at,
              action: enough ? 'members.next.adopt' : 'members.next.sign',
              href: `/directory/proposals/${hash}`,
            }
          })
      },
    },
    {
      name: 'ending-keys',
      roles: ['administrator'],
      types: ['directory'],
      read: async (ask) => {
        const { items } = await ask<{ items: readonly Ending[] }>('/api/v1/directory/ending-keys')
        return items.map(({ member, name, use, kid, notAfter, since }) => ({
          id: `${member} ${kid}`,
          kind: `members.waits.key-${use}`,
          subject: name,
          member,
          due: { at: notAfter, rule: 'protocol point 1' },
          since,
          action: 'members.next.key',
          href: `/members/${member}`,
        }))
      },
    },
  ],
}
