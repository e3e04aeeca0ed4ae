import type { ConsolePart } from '../../web/part'

interface WaitingHit {
  readonly id: string
  readonly role: 'finder' | 'owner'
  readonly other: string
  readonly state: string
  readonly caption: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly reportedAt: string
  readonly answeredAt: string | null
  readonly tasks: readonly {
    readonly since: string
    readonly dueAt: string
    readonly rule: string
    readonly doneAt: string | null
  }[]
}

interface WaitingCandidate {
  readonly id: string
  readonly caption: string
  readonly owner: string
  readonly createdAt: string
  readonly expiresAt: string
}

const officers = ['officer', 'supervisor'] as const

export const console: ConsolePart = {
  duty: 'border',
  pages: [
    {
      path: '/border/check',
      title: 'border.title',
      roles: ['border', ...officers],
      order: 12,
      load: () => import('./check-page'),
    },
    { path: '/border/hits', title: 'border.hitsTitle', roles: officers, order: 31, load: () => import('./hits-page') },
    { path: '/border/hits/$id', title: 'border.hit', roles: officers, load: () => import('./hit-page') },
    {
      path: '/border/candidates/$id',
      title: 'border.candidate',
      roles: officers,
      load: () => import('./candidate-page'),
    },
    {
      path: '/border/messages',
      title: 'border.messagesTitle',
      roles: officers,
      order: 32,
      load: () => import('./messages-page'),
    },
    { path: '/border/messages/$id', title: 'border.message', roles: officers, load: () => import('./message-page') },
  ],
  queue: [
    {
      name: 'border-candidates',
      roles: officers,
      types: ['border-candidate'],
      read: async (ask) => {
        const { items } = await ask<{ items: WaitingCandidate[] }>('/api/v1/border/candidates?state=open&limit=50')
        return items.map(({ id, caption, owner, createdAt, expiresAt }) => ({
          id,
          kind: 'border.waits.candidate',
          subject: caption,
          member: owner,
          due: { at: expiresAt, rule: 'desk.candidate-waiting' },
          since: createdAt,
          action: 'border.next.compare',
          href: `/border/candidates/${id}`,
        }))
      },
    },
    {
      name: 'border-hits',
      roles: officers,
      types: ['border-hit', 'alert-hit', 'alert-answer', 'alert-return'],
      read: async (ask) => {
        const { items } = await ask<{ items: WaitingHit[] }>('/api/v1/border/hits?limit=200')
        return items.flatMap((it) => waitOf(it) ?? [])
      },
    },
  ],
}

/** The one next thing that is for us to do about a hit, if there is any. */
function waitOf({ id, role, other, state, caption, dueAt, dueRule, reportedAt, answeredAt, tasks }: WaitingHit) {
  const base = { id, subject: caption, member: other, href: `/border/hits/${id}` }
  const due = dueAt === null ? null : { at: dueAt, rule: dueRule }
  if (role === 'owner' && state === 'reported')
    return { ...base, kind: 'border.waits.confirmation', due, since: reportedAt, action: 'border.next.answer' }
  if (role === 'finder' && (state === 'more-information' || state === 'corrected'))
    return {
      ...base,
      kind: 'border.waits.question',
      due: null,
      since: answeredAt ?? reportedAt,
      action: 'border.next.inform',
    }
  const owed = tasks.find((it) => it.doneAt === null)
  if (role !== 'finder' || owed === undefined) return undefined
  const task = { at: owed.dueAt, rule: owed.rule }
  return { ...base, kind: 'border.waits.return', due: task, since: owed.since, action: 'border.next.return' }
}
