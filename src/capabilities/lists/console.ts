import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
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
}
