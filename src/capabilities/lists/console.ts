import type { ConsolePart } from '../../web/part'
import type { ShownShare } from './console-shapes'

export const console: ConsolePart = {
  duty: 'lists',
  pages: [
    { path: '/lists', title: 'lists.title', roles: 'signed-in', order: 60, load: () => import('./lists-page') },
    { path: '/lists/$list', title: 'lists.one', roles: 'signed-in', load: () => import('./list-page') },
    {
      path: '/lists/$list/imports/$import',
      title: 'lists.importOf',
      roles: 'signed-in',
      load: () => import('./import-page'),
    },
    {
      path: '/lists/$list/entries/$id',
      title: 'lists.entry',
      roles: ['officer', 'supervisor', 'legal'],
      load: () => import('./entry-page'),
    },
  ],
  queue: [
    {
      name: 'list-shares',
      roles: ['supervisor'],
      types: ['list-share'],
      read: async (ask) => {
        const { items } = await ask<{ items: readonly ShownShare[] }>('/api/v1/list-shares')
        return items
          .filter((it) => it.state === 'waiting' && !it.mine)
          .map(({ id, list, title, askedAt, expiresAt, rules }) => ({
            id,
            kind: 'lists.queue.waits',
            subject: title,
            member: null,
            due: { at: expiresAt, rule: rules[0]?.id ?? null },
            since: askedAt,
            action: 'lists.queue.decide',
            href: `/lists/${list}`,
          }))
      },
    },
  ],
}
