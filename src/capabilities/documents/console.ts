import type { ConsolePart } from '../../web/part'
import type { ShownQuestion } from './shown'

const writers = ['officer', 'supervisor'] as const
const readers = [...writers, 'legal'] as const

export const console: ConsolePart = {
  duty: 'border',
  pages: [
    {
      path: '/documents',
      title: 'documents.title',
      roles: [...readers, 'border'],
      order: 28,
      load: () => import('./look-up-page'),
    },
    {
      path: '/documents/declared',
      title: 'documents.tabs.declared',
      roles: readers,
      load: () => import('./declared-page'),
    },
    {
      path: '/documents/declare',
      title: 'documents.declare.title',
      roles: writers,
      named: true,
      load: () => import('./declare-page'),
    },
    {
      path: '/documents/questions',
      title: 'documents.tabs.questions',
      roles: readers,
      load: () => import('./questions-page'),
    },
    {
      path: '/documents/questions/$id',
      title: 'documents.question.title',
      roles: readers,
      load: () => import('./question-page'),
    },
  ],
  queue: [
    {
      name: 'questions',
      roles: writers,
      types: ['document-question'],
      read: async (ask) => {
        const [asked, more] = await Promise.all([
          ask<{ items: ShownQuestion[] }>('/api/v1/documents/questions?role=owner&state=asked&limit=100'),
          ask<{ items: ShownQuestion[] }>('/api/v1/documents/questions?role=finder&state=more-information&limit=100'),
        ])
        return [...asked.items, ...more.items].map(
          ({ id, role, number, other, dueAt, dueRule, askedAt, answeredAt }) => ({
            id,
            kind: `documents.waits.${role}`,
            subject: number,
            member: other,
            due: role === 'owner' && dueAt !== null ? { at: dueAt, rule: dueRule } : null,
            since: answeredAt ?? askedAt,
            action: `documents.next.${role}`,
            href: `/documents/questions/${id}`,
          }),
        )
      },
    },
  ],
}
