import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
  duty: 'oversight',
  pages: [
    { path: '/audit', title: 'audit.title', roles: ['auditor'], order: 90, load: () => import('./audit-page') },
    {
      path: '/consultations/$id',
      title: 'audit.consultations.title',
      roles: ['officer', 'supervisor', 'auditor'],
      load: () => import('./consultations-page'),
    },
  ],
}
