import { z } from 'zod'
import { MetAlert } from '#capabilities/border/check'
import { instruct, linesOf } from '#capabilities/border/judge'
import { readViews, type Seen } from '#capabilities/border/look-up'
import { Presented } from '#capabilities/border/presented'
import { Place } from '#capabilities/border/record'
import { type CandidateRow, candidateStates } from '#capabilities/border/store'
import type { Caller } from '#store/reader'
import type { Store } from '#store/store'

export const CandidateReply = MetAlert.extend({
  id: z.string(),
  source: z.enum(['check', 'message']),
  sourceId: z.string(),
  passenger: z.number(),
  version: z.number(),
  /** The alert has changed since: the lines below are those of the version that was met. */
  changed: z.boolean(),
  asked: z.string(),
  presented: Presented,
  place: Place,
  state: z.enum(candidateStates),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  hit: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type CandidateReply = z.infer<typeof CandidateReply>

export interface VisibleCandidate {
  readonly row: CandidateRow
  readonly seen: Seen
}

/** Candidates whose alert this caller may know of; the others are not there. */
export async function visibleCandidates(
  rows: readonly CandidateRow[],
  { caller, store }: { caller: Caller; store: Store },
): Promise<VisibleCandidate[]> {
  const views = await readViews([...new Set(rows.map((it) => it.alert))], { caller, store, act: 'view' })
  return rows.flatMap((row) => {
    const seen = views.get(row.alert)
    return seen === undefined ? [] : [{ row, seen }]
  })
}

export function candidateReply({ row, seen }: VisibleCandidate): CandidateReply {
  const { action, strength, features } = row
  const instruction = instruct(action, strength)
  return {
    id: row.id,
    source: row.source,
    sourceId: row.source_id,
    passenger: row.passenger,
    alert: row.alert,
    version: row.alert_version,
    changed: seen.view.version !== row.alert_version,
    owner: row.owner,
    type: row.type,
    caption: row.caption,
    strength,
    asked: action.asked,
    now: instruction.now,
    permitted: instruction.permitted,
    loweredBy: strength === 'name' ? null : action.loweredBy,
    discreet: row.discreet,
    sought: row.sought,
    lines: linesOf(features, seen.maySee).map((it) => ({ ...it })),
    candidate: row.id,
    presented: row.presented,
    place: row.place,
    state: row.state,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    hit: row.hit,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
