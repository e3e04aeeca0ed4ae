import type { ConsolePart } from '../../web/part'

interface Waiting {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly urgency: string
  readonly issuedAt: string
  readonly work: readonly {
    readonly state: string
    readonly deadlineAt: string | null
    readonly deadlineRule: string | null
  }[]
}

const writers = ['officer', 'supervisor'] as const

export const console: ConsolePart = {
  duty: 'messages',
  pages: [
    {
      path: '/messages',
      title: 'messages.title',
      roles: [...writers, 'legal'],
      order: 40,
      load: () => import('./inbox-page'),
    },
    { path: '/messages/new', title: 'messages.new', roles: writers, named: true, load: () => import('./new-page') },
    {
      path: '/messages/$id',
      title: 'messages.thread',
      roles: [...writers, 'legal'],
      load: () => import('./thread-page'),
    },
  ],
  queue: [
    {
      name: 'requests',
      roles: writers,
      types: ['message'],
      read: async (ask) => {
        const { items } = await ask<{ items: Waiting[] }>('/api/v1/messages?box=in&state=open&limit=200')
        return items.map(({ id, from, subject, urgency, issuedAt, work }) => {
          const [open] = work.filter((it) => it.state === 'open') // between us and its sender there is one
          return {
            id,
            kind: `messages.waits.${urgency}`,
            subject,
            member: from,
            due: open?.deadlineAt ? { at: open.deadlineAt, rule: open.deadlineRule } : null,
            since: issuedAt,
            action: 'messages.next.answer',
            href: `/messages/${id}`,
          }
        })
      },
    },
  ],
  finders: [
    {
      name: 'messages',
      roles: [...writers, 'legal'],
      find: async (ask, text, signal) => {
        const query = new URLSearchParams({ q: text, limit: '10' })
        const { items } = await ask<{ items: Waiting[] }>(`/api/v1/messages/search?${query}`, { signal })
        return items.map(({ id, subject }) => ({ href: `/messages/${id}`, caption: subject, kind: 'messages.message' }))
      },
    },
  ],
}
