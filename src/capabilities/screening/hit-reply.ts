import { z } from 'zod'
import { lawOf, PermittedAction } from '#capabilities/screening/action'
import { engineOf } from '#capabilities/screening/engine'
import { type NamedVersion, StatedList, statedList } from '#capabilities/screening/stated-list'
import type { HitRow } from '#capabilities/screening/store'
import type { OperationRequest } from '#http/operation'
import { type MatchEntity, readProperties } from '#matching/entity'
import { findMember } from '#protocol/directory'

export const HitReply = z.object({
  id: z.string(),
  role: z.enum(['finder', 'owner']),
  about: z.string(),
  caption: z.string(),
  other: z.string(),
  /** The published list on which what it is about stands; null for a record of a member. */
  list: StatedList.nullable(),
  state: z.enum(['recorded', 'reported', 'confirmed', 'not-confirmed', 'more-information', 'withdrawn']),
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  overdue: z.boolean(),
  reportedAt: z.string(),
  answeredAt: z.string().nullable(),
  late: z.boolean(),
  action: PermittedAction.extend({
    /** What the sentences of `because` and `instruction` are made of, for those who have their own words. */
    /** Whether it is what the law allows of a confirmed hit; the owner knows only what was reported before that. */
    confirmed: z.boolean(),
    discreet: z.boolean(),
    /** The rule that lowered it, where it was lowered here. */
    law: z.object({ source: z.string(), verified: z.boolean() }).nullable(),
  }),
  confirmation: z.string().nullable(),
  note: z.string().nullable(),
})
export type HitReply = z.infer<typeof HitReply>

interface Telling extends Pick<OperationRequest, 'reader' | 'services'> {
  readonly versions: readonly NamedVersion[]
}

/** With the line of the record that it is about, as far as this caller may see that. */
export async function hitReply(row: HitRow, { reader, services, versions }: Telling): Promise<HitReply> {
  const now = reader.store.clock.now()
  const about = await reader.record<{ discreet?: boolean }>(row.about)
  const { action } = row
  const { source, verified } = lawOf(findMember(services.directories.current(), services.identity.me))
  const loweredHere = row.role === 'finder' && action.permitted !== action.requested
  return {
    id: row.id,
    role: row.role,
    about: row.about,
    caption: about?.caption ?? '',
    other: row.other,
    list: about === undefined ? null : statedList(engineOf(services).find(about.id), versions),
    state: row.state,
    dueAt: row.due_at?.toISOString() ?? null,
    dueRule: row.due_rule,
    overdue: row.state === 'reported' && row.due_at !== null && row.due_at < now,
    reportedAt: row.reported_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    late: row.late,
    action: {
      ...action,
      confirmed: row.role === 'finder' && row.state === 'confirmed',
      discreet: about?.body.discreet ?? false,
      law: loweredHere ? { source, verified } : null,
    },
    confirmation: row.confirmation,
    note: row.note,
  }
}

/** Properties of our own record that may go with a report: those that tell who somebody is. */
export function tellable(ours: MatchEntity | undefined): string[] {
  const known = new Set(readProperties)
  return Object.keys(ours?.properties ?? {}).filter((it) => known.has(it))
}
