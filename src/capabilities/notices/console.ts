import type { Ask } from '../../web/ask'
import type { ConsolePart, QueueItem } from '../../web/part'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const
const reviewers = ['legal', 'supervisor'] as const

interface Waiting {
  readonly id: string
  readonly caption: string
  readonly type: string
  readonly owner: string
  readonly role: 'issuer' | 'reviewer' | 'holder'
  readonly channel: string
  readonly place: string
  readonly local: string | null
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly updatedAt: string
  readonly proposedBy: string | null
}

async function read(ask: Ask, filter: string): Promise<readonly Waiting[]> {
  const { items } = await ask<{ items: Waiting[] }>(`/api/v1/notices?limit=200&${filter}`)
  return items
}

type Worded = Pick<QueueItem, 'kind' | 'action' | 'href'>

const itemOf = ({ id, caption, type, owner, dueAt, dueRule, updatedAt }: Waiting, worded: Worded): QueueItem => ({
  id,
  subject: caption.replace(`${type}: `, ''),
  member: owner,
  due: dueAt === null ? null : { at: dueAt, rule: dueRule },
  since: updatedAt,
  ...worded,
})

export const console: ConsolePart = {
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
      name: 'notice-reviews',
      roles: reviewers,
      types: ['notice'],
      read: async (ask) => {
        const [me, submitted, reviewed] = await Promise.all([
          ask<{ id: string }>('/api/v1/me'),
          read(ask, 'place=submitted'),
          read(ask, 'place=in-review'),
        ])
        return [...submitted, ...reviewed]
          .filter((it) => it.role === 'reviewer' || (it.role === 'issuer' && it.channel === 'diffusion'))
          .filter((it) => it.proposedBy !== me.id)
          .map((it) =>
            itemOf(it, {
              kind: it.proposedBy === null ? 'notices.waits.review' : 'notices.waits.proposal',
              action: it.proposedBy === null ? 'notices.next.review' : 'notices.next.confirm',
              href: `/notices/${it.id}/review`,
            }),
          )
      },
    },
    {
      name: 'notice-gate',
      roles: reviewers,
      types: ['notice'],
      read: async (ask) => {
        const items = await read(ask, 'role=holder&local=review')
        return items.map((it) =>
          itemOf(it, { kind: 'notices.waits.gate', action: 'notices.next.gate', href: `/notices/${it.id}/gate` }),
        )
      },
    },
    {
      name: 'notice-tasks',
      roles: writers,
      types: ['notice'],
      read: async (ask) => {
        const [asked, refused, published] = await Promise.all([
          read(ask, 'role=issuer&place=information-asked'),
          read(ask, 'role=issuer&place=refused'),
          read(ask, 'role=issuer&place=published'),
        ])
        const found = published.filter((it) => it.dueRule?.endsWith('.wanted-extradition'))
        return [
          ...asked.map((it) =>
            itemOf(it, { kind: 'notices.waits.asked', action: 'notices.next.answer', href: `/notices/${it.id}` }),
          ),
          ...refused.map((it) =>
            itemOf(it, {
              kind: 'notices.waits.refused',
              action: 'notices.next.correct',
              href: `/notices/${it.id}/edit`,
            }),
          ),
          ...found.map((it) =>
            itemOf(it, { kind: 'notices.waits.found', action: 'notices.next.found', href: `/notices/${it.id}` }),
          ),
        ]
      },
    },
  ],
}
