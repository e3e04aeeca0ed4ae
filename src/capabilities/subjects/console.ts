import type { ConsolePart } from '../../web/part'

const readers = ['officer', 'supervisor', 'legal'] as const

export const console: ConsolePart = {
  pages: [
    {
      path: '/subjects',
      title: 'subjects.title',
      roles: readers,
      order: 20,
      load: () => import('./list-page'),
    },
    {
      path: '/subjects/new',
      title: 'subjects.new',
      roles: ['officer', 'supervisor'],
      load: () => import('./new-page'),
    },
    { path: '/subjects/$id', title: 'subjects.title', roles: readers, load: () => import('./record-page') },
  ],
}
