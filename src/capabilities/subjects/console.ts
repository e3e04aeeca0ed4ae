import type { ConsolePart } from '../../web/part'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const

interface Suggested {
  readonly id: string
  readonly a: string
  readonly b: string
  readonly since: string
}

export const console: ConsolePart = {
  duty: 'subjects',
  pages: [
    {
      path: '/subjects',
      title: 'subjects.title',
      roles: readers,
      order: 20,
      load: () => import('./list-page'),
    },
    { path: '/subjects/new', title: 'subjects.new', roles: writers, named: true, load: () => import('./new-page') },
    {
      path: '/subjects/alike',
      title: 'subjects.alike.title',
      roles: writers,
      named: true,
      load: () => import('./alike-page'),
    },
    {
      path: '/subjects/alike/$id',
      title: 'subjects.alike.pair',
      roles: writers,
      load: () => import('./alike-pair-page'),
    },
    { path: '/subjects/$id', title: 'subjects.title', roles: readers, load: () => import('./record-page') },
    { path: '/subjects/$id/edit', title: 'subjects.edit.title', roles: writers, load: () => import('./edit-page') },
  ],
  queue: [
    {
      name: 'merge-suggestions',
      roles: writers,
      types: ['merge-suggestion'],
      read: async (ask) => {
        const { items } = await ask<{ items: Suggested[] }>('/api/v1/merge-suggestions')
        return items.map(({ id, a, b, since }) => ({
          id,
          kind: 'subjects.alike.kind',
          subject: a === b ? a : `${a} · ${b}`,
          member: null,
          due: null,
          since,
          action: 'subjects.alike.compare',
          href: `/subjects/alike/${id}`,
        }))
      },
    },
  ],
  finders: [
    {
      name: 'subjects',
      roles: readers,
      find: async (ask, text, signal) => {
        if (text.trim().length < 2) return []
        const { items } = await ask<{ items: { id: string; caption: string; body: { schema: string } }[] }>(
          `/api/v1/subjects?limit=8&text=${encodeURIComponent(text.slice(0, 100))}`,
          { signal },
        )
        return items.map((it) => ({
          href: `/subjects/${it.id}`,
          caption: it.caption,
          kind: `subjects.schemata.${it.body.schema}`,
        }))
      },
    },
  ],
}
