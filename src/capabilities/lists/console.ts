import type { ConsolePart } from '../../web/part'

export const console: ConsolePart = {
  pages: [{ path: '/lists', title: 'lists.title', roles: 'signed-in', order: 60, load: () => import('./lists-page') }],
}
