import { reviewerOf } from '#capabilities/notices/standing'
import type { NoticeRow } from '#capabilities/notices/store'
import type { Role } from '#policy/roles'
import type { Directory } from '#protocol/directory'

/** What of a notice waits for somebody of this node. */
export const waits = ['review', 'proposal', 'gate', 'asked', 'refused', 'found', 'renewal'] as const
export type Waits = (typeof waits)[number]

interface Asking {
  readonly me: string
  readonly directory: Directory
  readonly person: { readonly id: string; readonly roles: readonly Role[] }
}

/** What waits for this person, or undefined. Who proposed a decision does not wait for their own. */
export function whatWaits(row: NoticeRow, { me, directory, person }: Asking): Waits | undefined {
  const reviews = person.roles.some((it) => it === 'legal' || it === 'supervisor')
  const writes = person.roles.some((it) => it === 'officer' || it === 'supervisor')
  if (reviews && reviewerOf(row, directory) === me) {
    if (row.proposal !== null) return row.proposal.person === person.id ? undefined : 'proposal'
    if (row.place === 'submitted' || row.place === 'in-review') return 'review'
  }
  if (row.role === 'holder') return reviews && row.local === 'review' ? 'gate' : undefined
  if (!writes || row.role !== 'issuer') return undefined
  if (row.place === 'information-asked') return 'asked'
  if (row.place === 'refused') return 'refused'
  if (row.due_rule === 'notices.wanted-extradition') return 'found'
  return row.due_rule === 'notices.renewal' ? 'renewal' : undefined
}
