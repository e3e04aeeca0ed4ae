import { z } from 'zod'
import { bandOf, shownBands } from '#capabilities/screening/bands'
import { type DatasetVersion, readDatasetVersions } from '#capabilities/screening/dataset-versions'
import { engineOf } from '#capabilities/screening/engine'
import { EvidenceLine, linesOf } from '#capabilities/screening/evidence-lines'
import { HitReply, hitReply, tellable } from '#capabilities/screening/hit-reply'
import type { Hit } from '#capabilities/screening/record'
import { confirmHit, dismiss, giveFeedback, reportHit } from '#capabilities/screening/rules'
import { StatedList, statedList } from '#capabilities/screening/stated-list'
import {
  type CandidateRow,
  candidateOrders,
  readCandidate,
  readCandidates,
  readHit,
  readHits,
} from '#capabilities/screening/store'
import { type OperationRequest, operation } from '#http/operation'
import { found, PageQuery, pageOf, RecordParams } from '#http/shapes'
import { Instant } from '#protocol/handling'
import { RecordIdText } from '#protocol/record'

const finders = ['officer', 'supervisor'] as const
const CandidateParams = z.object({ id: z.string().regex(/^can_[0-9a-f]{32}$/) })

const FeatureReply = z.object({
  name: z.string(),
  score: z.number(),
  query: z.string(),
  candidate: z.string(),
  explanation: z.string(),
})
const CandidateReply = z.object({
  id: z.string(),
  state: z.enum(['open', 'hit', 'no-hit', 'lapsed']),
  score: z.number(),
  band: z.enum(shownBands),
  ours: z.object({ id: z.string(), version: z.number(), caption: z.string() }),
  theirs: z.object({
    id: z.string(),
    version: z.number(),
    caption: z.string(),
    owner: z.string(),
    /** The published list that it stands on, with the version in force; null for a record of a member. */
    list: StatedList.nullable(),
  }),
  features: z.array(FeatureReply),
  evidence: z.record(z.string(), z.json()),
  /** The same reasons in parts, and what only one side states, for those who have their own words. */
  lines: z.array(EvidenceLine),
  /** Properties of our own record that the owner of the other can be told. */
  tellable: z.array(z.string()),
  engine: z.string(),
  reason: z.string().nullable(),
  hit: z.string().nullable(),
  since: z.string(),
  caution: z.string(),
})

type CandidateReply = z.infer<typeof CandidateReply>

interface Telling extends Pick<OperationRequest, 'reader' | 'services'> {
  readonly versions: readonly DatasetVersion[]
}

/** A candidate is shown to whom both records are shown; to others it is not there. */
async function candidateReply(
  row: CandidateRow,
  { reader, services, versions }: Telling,
): Promise<CandidateReply | undefined> {
  const [ours, theirs] = await Promise.all([reader.record(row.ours), reader.record(row.theirs)])
  if (ours === undefined || theirs === undefined) return undefined
  const { features, evidence } = row.explanation
  const engine = engineOf(services)
  const [mine, other] = [engine.entityOf(ours), engine.entityOf(theirs)]
  const both = mine === undefined || other === undefined ? undefined : { ours: mine, theirs: other }
  const list = statedList(engine.find(theirs.id), versions)
  return {
    id: row.id,
    state: row.state,
    score: row.score,
    band: bandOf(row.score),
    ours: { id: ours.id, version: row.ours_version, caption: ours.caption },
    theirs: { id: theirs.id, version: row.theirs_version, caption: theirs.caption, owner: theirs.owner, list },
    features: [...features],
    evidence: evidence as never,
    lines: linesOf({ features, evidence }, both),
    tellable: tellable(mine),
    engine: row.engine,
    reason: row.reason,
    hit: row.hit,
    since: row.created_at.toISOString(),
    caution: row.state === 'open' ? 'A machine found this; a person decides. Do not act on this alone.' : '',
  }
}

export const candidates = operation({
  id: 'hits.candidates',
  method: 'get',
  path: '/candidates',
  summary: 'Possible matches between what this node recorded and what it holds of others, waiting for a person',
  access: { roles: finders, scope: 'read' },
  query: PageQuery.extend({
    state: z.enum(['open', 'hit', 'no-hit', 'lapsed']).optional(),
    record: RecordIdText.optional(),
    order: z.enum(candidateOrders).default('newest'),
  }),
  reply: pageOf(CandidateReply),
  command: {
    words: 'hits candidates',
    columns: ['id', 'score', 'theirs.caption', 'theirs.list.id', 'ours.caption', 'state', 'since'],
  },
  handle: async ({ query, reader, services }) => {
    const telling = { reader, services, versions: await readDatasetVersions(services) }
    // A page is filled with what may be shown: one that is short, or that ends with another id, would tell of the rest.
    const items: z.infer<typeof CandidateReply>[] = []
    let { after } = query
    for (;;) {
      const rows = await readCandidates(services.store, { ...query, after })
      const replies = await Promise.all(rows.map((it) => candidateReply(it, telling)))
      for (const it of replies) {
        if (it !== undefined) items.push(it)
        if (items.length === query.limit) return { items, next: items.at(-1)?.id ?? null }
      }
      if (rows.length < query.limit) return { items, next: null }
      after = rows.at(-1)?.id
    }
  },
})

export const candidate = operation({
  id: 'hits.candidate',
  method: 'get',
  path: '/candidates/{id}',
  summary: 'One possible match, with the evidence aligned',
  access: { roles: finders, scope: 'read' },
  params: CandidateParams,
  reply: CandidateReply,
  command: { words: 'hits candidate', positional: ['id'] },
  handle: async ({ params, reader, services }) => {
    const row = found(await readCandidate(services.store, params.id))
    const versions = await readDatasetVersions(services)
    return found(await candidateReply(row, { reader, services, versions }))
  },
})

export const adjudicate = operation({
  id: 'hits.adjudicate',
  method: 'post',
  path: '/candidates/{id}/decision',
  summary: 'Decide on a possible match: a hit is reported to the owner of the other record, and its clock starts',
  access: { roles: finders, scope: 'write', purpose: true },
  params: CandidateParams,
  body: z.object({
    decision: z.enum(['hit', 'no-hit']),
    note: z.string().trim().min(3).max(2_000),
    place: z.string().max(200).nullable().default(null),
    seenAt: Instant.optional(),
    disclose: z
      .array(z.string().max(40))
      .max(40)
      .default([])
      .describe('Properties of our own record that the owner is told, such as passportNumber'),
  }),
  reply: z.object({ candidate: z.string(), state: z.string(), hit: z.string().nullable() }),
  command: { words: 'hits adjudicate', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const row = found(await readCandidate(store, params.id))
    const ours = found(await reader.record(row.ours))
    const theirs = found(await reader.record<object>(row.theirs))
    const work = { caller, now: store.clock.now(), directory: directories.current() }
    if (body.decision === 'no-hit')
      return commit(dismiss(row, body.note, work), { candidate: row.id, state: 'no-hit', hit: null })
    const { properties } = engineOf(services).entityOf(ours) ?? { properties: {} as Record<string, readonly string[]> }
    const disclosed = Object.fromEntries(
      body.disclose.flatMap((name) => (Object.hasOwn(properties, name) ? [[name, [...properties[name]!]]] : [])),
    )
    const { change, id } = reportHit(row, { ours, theirs }, { ...body, seenAt: body.seenAt, disclosed }, work)
    return commit(change, { candidate: row.id, state: 'hit', hit: id })
  },
})

export const hits = operation({
  id: 'hits.list',
  method: 'get',
  path: '/hits',
  summary: 'Hits that we reported and hits reported to us, the clock that runs out first on top',
  access: { roles: finders, scope: 'read' },
  query: z.object({
    state: HitReply.shape.state.optional(),
    role: HitReply.shape.role.optional(),
    /** The other member. */
    other: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(HitReply) }),
  command: { words: 'hits list', columns: ['id', 'role', 'caption', 'other', 'state', 'dueAt', 'overdue'] },
  handle: async ({ query, reader, services }) => {
    const [rows, versions] = await Promise.all([readHits(services.store, query), readDatasetVersions(services)])
    const visible = await Promise.all(
      rows.map(async (it) =>
        (await reader.record(it.id)) === undefined ? [] : [await hitReply(it, { reader, services, versions })],
      ),
    )
    return { items: visible.flat() }
  },
})

export const hit = operation({
  id: 'hits.show',
  method: 'get',
  path: '/hits/{id}',
  summary: 'The state of one hit, with the action that the law here allows',
  access: { roles: finders, scope: 'read' },
  params: RecordParams,
  reply: HitReply,
  command: { words: 'hits show', positional: ['id'] },
  handle: async ({ params, reader, services }) => {
    found(await reader.record(params.id))
    const versions = await readDatasetVersions(services)
    return hitReply(found(await readHit(services.store, params.id)), { reader, services, versions })
  },
})

export const confirm = operation({
  id: 'hits.confirm',
  method: 'post',
  path: '/hits/{id}/confirmation',
  summary: 'Answer a hit report on a record of ours: confirmed, not confirmed, or what more is needed',
  access: { roles: finders, scope: 'write' },
  params: RecordParams,
  body: z.object({
    outcome: z.enum(['confirmed', 'not-confirmed', 'more-information']),
    note: z.string().trim().min(3).max(2_000),
  }),
  reply: z.object({ id: z.string(), hit: z.string(), outcome: z.string() }),
  command: { words: 'hits confirm', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const hitRecord = found(await reader.record<Hit>(params.id))
    const row = found(await readHit(store, params.id))
    const about = found(await reader.record<object>(row.about))
    const { change, id } = confirmHit(row, { hit: hitRecord, about }, body, {
      caller,
      now: store.clock.now(),
      directory: directories.current(),
    })
    return commit(change, { id, hit: params.id, outcome: body.outcome })
  },
})

export const feedback = operation({
  id: 'hits.feedback',
  method: 'post',
  path: '/hits/{id}/feedback',
  summary: 'Tell the owner what was done with a confirmed hit',
  access: { roles: finders, scope: 'write' },
  params: RecordParams,
  body: z.object({ done: z.string().trim().min(3).max(2_000) }),
  reply: z.object({ id: z.string() }),
  command: { words: 'hits report', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const hitRecord = found(await reader.record<Hit>(params.id))
    const row = found(await readHit(services.store, params.id))
    const { change, id } = giveFeedback(row, hitRecord, body.done, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
    })
    return commit(change, { id })
  },
})
