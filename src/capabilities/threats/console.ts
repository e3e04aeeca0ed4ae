import type { ConsolePart } from '../../web/part'

const readers = ['officer', 'supervisor', 'legal'] as const

export const console: ConsolePart = {
  duty: 'subjects',
  pages: [
    { path: '/threats', title: 'threats.title', roles: readers, order: 25, load: () => import('./list-page') },
    {
      path: '/threats/new',
      title: 'threats.new',
      roles: ['officer', 'supervisor'],
      named: true,
      load: () => import('./new-page'),
    },
    { path: '/threats/$id', title: 'threats.title', roles: readers, load: () => import('./warning-page') },
    {
      path: '/threats/$id/edit',
      title: 'threats.edit.open',
      roles: ['officer', 'supervisor'],
      load: () => import('./edit-page'),
    },
  ],
}
