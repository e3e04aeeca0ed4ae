import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
  duty: 'exercise',
  pages: [
    {
      path: '/exercise',
      title: 'exercise.title',
      roles: 'signed-in',
      order: 5,
      when: 'exercise',
      quotes: ['subjects', 'records', 'screening', 'audit', 'notices', 'border'],
      load: () => import('./exercise-page'),
    },
  ],
}
