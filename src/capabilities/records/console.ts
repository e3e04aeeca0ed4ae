import type { Ask } from '../../web/ask'
import type { ConsolePart, QueueItem } from '../../web/part'
import type { ShownApproval, ShownOverdue, ShownPermission } from './console-shapes'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const

const readApprovals = (ask: Ask, query: string) => ask<{ items: ShownApproval[] }>(`/api/v1/approvals?${query}`)
const readPermissions = (ask: Ask, query = '') =>
  ask<{ items: ShownPermission[] }>(`/api/v1/permission-requests${query}`)

export const console: ConsolePart = {
  duty: 'sharing',
  pages: [
    {
      path: '/permissions',
      title: 'records.permissions.title',
      roles: readers,
      order: 45,
      load: () => import('./permissions-page'),
    },
    {
      path: '/permissions/$id',
      title: 'records.permissions.one',
      roles: readers,
      load: () => import('./permission-page'),
    },
    {
      path: '/approvals',
      title: 'records.approvals.title',
      roles: readers,
      order: 46,
      load: () => import('./approvals-page'),
    },
    { path: '/approvals/$id', title: 'records.approvals.one', roles: readers, load: () => import('./approval-page') },
    {
      path: '/receipts',
      title: 'records.receipts.title',
      roles: readers,
      order: 47,
      load: () => import('./receipts-page'),
    },
    { path: '/records/$id', title: 'records.title', roles: readers, load: () => import('./record-page') },
  ],
  queue: [
    {
      name: 'approvals',
      roles: ['supervisor'],
      types: ['approval'],
      read: async (ask) => {
        const { items } = await readApprovals(ask, 'state=waiting')
        return items.filter((it) => !it.mine).map((it) => ({ ...approvalItem(it), action: 'records.queue.decide' }))
      },
    },
    {
      name: 'approvals-decided',
      roles: readers,
      types: ['approval'],
      read: async (ask) => {
        const { items } = await readApprovals(ask, 'mine=true')
        return items
          .filter((it) => !it.seen && it.state !== 'waiting')
          .map((it) => ({ ...approvalItem(it), due: null, since: it.decidedAt ?? it.expiresAt }))
      },
    },
    {
      name: 'permissions',
      roles: ['supervisor', 'legal'],
      types: ['permission-request', 'grant', 'permission-refusal', 'approval'],
      read: async (ask) => {
        const { items } = await readPermissions(ask, '?state=open')
        return items
          .filter((it) => !it.ours && it.approval === null)
          .map((it) => ({ ...permissionItem(it), action: 'records.queue.decide' }))
      },
    },
    {
      name: 'permission-answers',
      roles: readers,
      types: ['permission-request', 'grant', 'permission-refusal'],
      read: async (ask) => {
        const { items } = await readPermissions(ask)
        return items.filter((it) => it.ours && it.state !== 'open' && !it.seen).map(permissionItem)
      },
    },
    {
      name: 'overdue-receipts',
      roles: writers,
      types: ['holding'],
      read: async (ask) => {
        const { items, clock } = await ask<{ items: ShownOverdue[]; clock: { id: string } }>('/api/v1/overdue-receipts')
        const now = new Date().toISOString()
        return items
          .filter((it) => it.followUp === null || it.followUp.againAt <= now)
          .map((it) => ({
            id: `${it.record.id} ${it.member}`,
            kind: `records.queue.overdue.${it.kind}`,
            subject: it.record.caption,
            member: it.member,
            due: { at: it.dueAt, rule: clock.id },
            since: it.since,
            action: 'records.queue.look',
            href: `/records/${it.record.id}`,
          }))
      },
    },
  ],
}

function approvalItem({ id, act, state, record, askedAt, expiresAt, rules }: ShownApproval): QueueItem {
  return {
    id,
    kind: state === 'waiting' ? `records.queue.waits.${act}` : `records.queue.ended.${state}`,
    subject: record.caption,
    member: null,
    due: { at: expiresAt, rule: rules.map((it) => it.id).join(', ') },
    since: askedAt,
    action: 'records.queue.note',
    href: `/approvals/${id}`,
  }
}

function permissionItem({ id, about, record, asker, ours, state, since, answered }: ShownPermission): QueueItem {
  return {
    id,
    kind: ours ? `records.queue.answered.${state}` : 'records.queue.asked',
    subject: record?.caption ?? about,
    member: ours ? (record?.owner ?? null) : asker,
    due: null,
    since: answered?.at ?? since,
    action: 'records.queue.note',
    href: `/permissions/${id}`,
  }
}
