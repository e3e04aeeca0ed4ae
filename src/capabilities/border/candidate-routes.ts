import { z } from 'zod'
import { CandidateReply, candidateReply, visibleCandidates } from '#capabilities/border/candidate-reply'
import { atDesk } from '#capabilities/border/check-routes'
import { decideCandidate } from '#capabilities/border/decision'
import { fault } from '#capabilities/border/faults'
import { foundAlert } from '#capabilities/border/statements'
import { type CandidateRow, candidateStates, readCandidate, readCandidates } from '#capabilities/border/store'
import { operation } from '#http/operation'
import { page, pageOf } from '#http/shapes'
import { audited } from '#store/audited'
import { type Caller, openReader } from '#store/reader'
import type { Store } from '#store/store'

const officers = ['officer', 'supervisor'] as const
const CandidateId = z.string().regex(/^bca_[0-9a-f]{32}$/)
const params = z.object({ id: CandidateId })

/** Whose desk it was does not matter behind the counter: the work is for border security. */
export function behindCounter(caller: Caller): Caller {
  return atDesk(caller, 'second line')
}

export const list = operation({
  id: 'border.candidates',
  method: 'get',
  path: '/border/candidates',
  summary: 'Travellers who may be the subject of an alert, for a person to compare',
  access: { roles: officers, scope: 'read' },
  query: z.object({
    state: z.enum(candidateStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: CandidateId.optional(),
  }),
  reply: pageOf(CandidateReply),
  command: { words: 'border candidates', columns: ['id', 'caption', 'owner', 'strength', 'state', 'createdAt'] },
  handle: async ({ query, caller, services: { store } }) => {
    const rows = await readCandidates(store, query)
    const visible = await visibleCandidates(rows, { caller: behindCounter(caller), store })
    return { ...page(rows, query.limit), items: visible.map(candidateReply) }
  },
})

export const show = operation({
  id: 'border.show-candidate',
  method: 'get',
  path: '/border/candidates/{id}',
  summary: 'One traveller beside the alert, both sides',
  access: { roles: officers, scope: 'read' },
  params,
  reply: CandidateReply,
  command: { words: 'border show-candidate', positional: ['id'] },
  handle: async ({ params, caller, services, commit }) => {
    const asking = behindCounter(caller)
    const found = await findCandidate(services.store, params.id, asking)
    const object = { type: 'border-candidate', id: params.id, owner: found.row.owner }
    return commit({ audit: [audited('view', asking, { object })] }, candidateReply(found))
  },
})

export const decide = operation({
  id: 'border.decide-candidate',
  method: 'post',
  path: '/border/candidates/{id}/decision',
  summary: 'After comparing: probably the same, and the owner of the alert is asked, or somebody else',
  access: { roles: officers, scope: 'write' },
  params,
  body: z.object({
    decision: z.enum(['probably-same', 'different']),
    note: z.string().trim().max(2_000).default(''),
    companions: z.number().int().min(0).max(500).default(0).describe('How many came along; nobody is named'),
  }),
  reply: z.object({ id: z.string(), hit: z.string().nullable() }),
  command: { words: 'border decide', positional: ['id', 'decision'] },
  handle: async ({ params, body, caller, services: { store }, commit }) => {
    const asking = behindCounter(caller)
    const { row } = await findCandidate(store, params.id, asking)
    const alert = foundAlert(await openReader(store, asking).record<object>(row.alert), row.alert)
    const { change, hit } = decideCandidate(row, alert, { ...body, caller: asking, now: store.clock.now() })
    return commit(change, { id: row.id, hit })
  },
})

async function findCandidate(store: Store, id: string, caller: Caller) {
  const row = await readCandidate(store, id)
  const [found] = row === undefined ? [] : await visibleCandidates([row], { caller, store })
  if (found === undefined) throw fault('border/unknown-candidate', 'There is no such possible match.')
  return found
}

export async function knowsOfCandidate(
  id: string,
  { store, caller }: { store: Store; caller: Caller },
): Promise<boolean> {
  const row: CandidateRow | undefined = await readCandidate(store, id)
  return row !== undefined && (await visibleCandidates([row], { caller: behindCounter(caller), store })).length > 0
}
