import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
  duty: 'node',
  pages: [
    {
      path: '/people',
      title: 'people.title',
      roles: ['administrator', 'supervisor', 'auditor'],
      order: 95,
      load: () => import('./people-page'),
    },
    {
      path: '/account',
      title: 'people.account.title',
      roles: 'signed-in',
      duty: 'account',
      order: 99,
      load: () => import('./account-page'),
    },
  ],
}
