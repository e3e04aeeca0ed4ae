import type { ConsolePart } from '../../web/part'

interface Waiting {
  readonly id: string
  readonly theirs: { readonly caption: string; readonly owner: string; readonly list: object | null }
  readonly since: string
}

interface WaitingHit {
  readonly id: string
  readonly role: 'finder' | 'owner'
  readonly other: string
  readonly state: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly reportedAt: string
  readonly answeredAt: string | null
  readonly caption: string
}

interface WatchedFile {
  readonly id: string
  readonly name: string
  readonly watch: { readonly mine: boolean; readonly unseen: number; readonly foundAt: string | null } | null
}

const finders = ['officer', 'supervisor'] as const
const searchers = ['officer', 'supervisor', 'legal'] as const

export const console: ConsolePart = {
  duty: 'search',
  pages: [
    {
      path: '/search',
      title: 'screening.search.title',
      roles: searchers,
      order: 15,
      load: () => import('./search-page'),
    },
    { path: '/screen', title: 'screening.search.batchTab', roles: searchers, load: () => import('./batches-page') },
    { path: '/screen/$id', title: 'screening.search.batchTab', roles: searchers, load: () => import('./batch-page') },
    { path: '/hits', title: 'screening.title', roles: finders, order: 30, load: () => import('./hits-page') },
    { path: '/candidates/$id', title: 'screening.candidate', roles: finders, load: () => import('./candidate-page') },
    { path: '/hits/$id', title: 'screening.hit', roles: finders, load: () => import('./hit-page') },
  ],
  pieces: [{ name: 'evidence', load: () => import('./evidence-sample') }],
  queue: [
    {
      name: 'watched',
      roles: searchers,
      types: ['batch'],
      read: async (ask) => {
        const { items } = await ask<{ items: WatchedFile[] }>('/api/v1/batches')
        return items.flatMap(({ id, name, watch }) =>
          watch === null || !watch.mine || watch.unseen === 0 || watch.foundAt === null
            ? []
            : [
                {
                  id,
                  kind: 'screening.waits.watched',
                  subject: name === '' ? id : name,
                  member: null,
                  due: null,
                  since: watch.foundAt,
                  action: 'screening.next.look',
                  href: `/screen/${id}`,
                },
              ],
        )
      },
    },
    {
      name: 'candidates',
      roles: finders,
      types: ['candidate'],
      read: async (ask) => {
        const { items } = await ask<{ items: Waiting[] }>('/api/v1/candidates?state=open&order=likest&limit=50')
        return items.map(({ id, theirs, since }) => ({
          id,
          kind: 'screening.waits.candidate',
          subject: theirs.caption,
          member: theirs.list === null ? theirs.owner : null,
          due: null,
          since,
          action: 'screening.next.adjudicate',
          href: `/candidates/${id}`,
        }))
      },
    },
    {
      name: 'confirmations',
      roles: finders,
      types: ['hit', 'confirmation'],
      read: async (ask) => {
        const { items } = await ask<{ items: WaitingHit[] }>('/api/v1/hits?state=reported')
        return items
          .filter((it) => it.role === 'owner')
          .map(({ id, other, dueAt, dueRule, reportedAt, caption }) => ({
            id,
            kind: 'screening.waits.confirmation',
            subject: caption,
            member: other,
            due: dueAt === null ? null : { at: dueAt, rule: dueRule },
            since: reportedAt,
            action: 'screening.next.confirm',
            href: `/hits/${id}`,
          }))
      },
    },
    {
      name: 'questions',
      roles: finders,
      types: ['hit', 'confirmation', 'hit-answer'],
      read: async (ask) => {
        const { items } = await ask<{ items: WaitingHit[] }>('/api/v1/hits?state=more-information&role=finder')
        return items.map(({ id, other, answeredAt, reportedAt, caption }) => ({
          id,
          kind: 'screening.waits.question',
          subject: caption,
          member: other,
          due: null,
          since: answeredAt ?? reportedAt,
          action: 'screening.next.reply',
          href: `/hits/${id}`,
        }))
      },
    },
  ],
}
