import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
  pages: [
    { path: '/members', title: 'members.title', roles: 'signed-in', order: 70, load: () => import('./members-page') },
    {
      path: '/quarantine',
      title: 'members.quarantine.title',
      roles: ['administrator', 'auditor'],
      order: 92,
      load: () => import('./quarantine-page'),
    },
  ],
}
