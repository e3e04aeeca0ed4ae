import type { ConsolePart, QueueItem } from '../../web/part'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const
const reviewers = ['legal', 'supervisor'] as const

interface Waiting {
  readonly id: string
  readonly caption: string
  readonly type: string
  readonly owner: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly updatedAt: string
  readonly waits: 'review' | 'proposal' | 'gate' | 'asked' | 'refused' | 'found' | 'renewal'
}

const nextFor: Readonly<Record<Waiting['waits'], { readonly action: string; readonly page: string }>> = {
  review: { action: 'review', page: '/review' },
  proposal: { action: 'confirm', page: '/review' },
  gate: { action: 'gate', page: '/gate' },
  asked: { action: 'answer', page: '' },
  refused: { action: 'correct', page: '/edit' },
  found: { action: 'found', page: '' },
  renewal: { action: 'renew', page: '' },
}

const itemOf = ({ id, caption, owner, dueAt, dueRule, updatedAt, waits }: Waiting): QueueItem => ({
  id,
  kind: `notices.waits.${waits}`,
  subject: caption,
  member: owner,
  due: dueAt === null ? null : { at: dueAt, rule: dueRule },
  since: updatedAt,
  action: `notices.next.${nextFor[waits].action}`,
  href: `/notices/${id}${nextFor[waits].page}`,
})

export const console: ConsolePart = {
  duty: 'notices',
  pages: [
    { path: '/notices', title: 'notices.title', roles: readers, order: 22, load: () => import('./list-page') },
    { path: '/notices/new', title: 'notices.new', roles: writers, named: true, load: () => import('./new-page') },
    {
      path: '/notices/shields',
      title: 'notices.shields.title',
      roles: ['legal'],
      named: true,
      load: () => import('./shields-page'),
    },
    { path: '/notices/$id', title: 'notices.title', roles: readers, load: () => import('./notice-page') },
    { path: '/notices/$id/edit', title: 'notices.edit.open', roles: writers, load: () => import('./edit-page') },
    {
      path: '/notices/$id/review',
      title: 'notices.review.open',
      roles: reviewers,
      load: () => import('./review-page'),
    },
    { path: '/notices/$id/gate', title: 'notices.gate.open', roles: reviewers, load: () => import('./gate-page') },
  ],
  queue: [
    {
      name: 'notices',
      roles: readers,
      types: ['notice'],
      read: async (ask) => (await ask<{ items: Waiting[] }>('/api/v1/notices/waiting')).items.map(itemOf),
    },
  ],
}
