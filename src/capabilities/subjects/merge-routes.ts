import { z } from 'zod'
import { mergeSubjects, type Side, undoMerge } from '#capabilities/subjects/merge-rules'
import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { fault } from '#capabilities/subjects/rules'
import {
  readMerge,
  readMerges,
  readSuggestion,
  readSuggestions,
  type SuggestionRow,
} from '#capabilities/subjects/store'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { found, foundOf, PageQuery, pageOf, RecordParams, RecordReply, replyOf } from '#http/shapes'
import type { RecordId } from '#kernel/ids'
import { RecordIdText } from '#protocol/record'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'
import type { Reader, RecordView } from '#store/reader'

const writers = ['officer', 'supervisor'] as const
const Reason = z.string().trim().min(3).max(1_000)
const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`))

const Feature = z.object({
  name: z.string(),
  score: z.number(),
  query: z.string(),
  candidate: z.string(),
  explanation: z.string(),
})

const Suggestion = z.object({
  id: z.string(),
  state: z.enum(['open', 'dismissed', 'merged', 'lapsed']),
  a: RecordReply,
  b: RecordReply,
  features: z.array(Feature),
  engine: z.string(),
  reason: z.string().nullable(),
  since: z.string(),
})

/** The suggestion, when this person may know of both records; their newest versions stand in it. */
async function suggestionReply(row: SuggestionRow, reader: Reader): Promise<z.infer<typeof Suggestion> | undefined> {
  const [a, b] = await Promise.all([reader.record(row.a), reader.record(row.b)])
  if (a === undefined || b === undefined) return undefined
  return {
    id: row.id,
    state: row.state,
    a: replyOf(a),
    b: replyOf(b),
    features: row.features.map((it) => ({ ...it })),
    engine: row.engine,
    reason: row.reason,
    since: row.created_at.toISOString(),
  }
}

export const suggestions = operation({
  id: 'subjects.merge-suggestions',
  method: 'get',
  path: '/merge-suggestions',
  summary: 'Pairs of our own subjects that may be the same, waiting for a person',
  access: { roles: writers, scope: 'read' },
  query: PageQuery.extend({ state: z.enum(['open', 'dismissed', 'merged', 'lapsed']).default('open') }),
  reply: pageOf(Suggestion.omit({ a: true, b: true }).extend({ a: z.string(), b: z.string() })),
  command: { words: 'subjects alike', columns: ['id', 'a', 'b', 'state', 'since'] },
  handle: async ({ query, reader, services }) => {
    const items = []
    let { after } = query
    for (;;) {
      const rows = await readSuggestions(services.store, { ...query, after })
      for (const it of await Promise.all(rows.map((row) => suggestionReply(row, reader)))) {
        if (it !== undefined) items.push({ ...it, a: it.a.caption, b: it.b.caption })
        if (items.length === query.limit) return { items, next: it?.id ?? null }
      }
      if (rows.length < query.limit) return { items, next: null }
      after = rows.at(-1)?.id
    }
  },
})

export const suggestion = operation({
  id: 'subjects.merge-suggestion',
  method: 'get',
  path: '/merge-suggestions/{id}',
  summary: 'Two subjects of our own that may be the same, side by side, with what agrees and what contradicts',
  access: { roles: writers, scope: 'read' },
  params: z.object({ id: idOf('sug') }),
  reply: Suggestion,
  handle: async ({ params, caller, reader, services, commit }) => {
    const row = found(await readSuggestion(services.store, params.id))
    const reply = found(await suggestionReply(row, reader))
    return commit({ audit: [reply.a, reply.b].map((it) => audited('view', caller, { object: it })) }, reply)
  },
})

export const dismiss = operation({
  id: 'subjects.dismiss-merge',
  method: 'post',
  path: '/merge-suggestions/{id}/dismissal',
  summary: 'Say that two subjects are not the same: it is not suggested again until one of them changes',
  access: { roles: writers, scope: 'write' },
  params: z.object({ id: idOf('sug') }),
  body: z.object({ reason: Reason }),
  reply: z.object({ id: z.string(), state: z.string() }),
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const row = found(await readSuggestion(services.store, params.id))
    const { a, b } = found(await suggestionReply(row, reader))
    if (row.state !== 'open')
      throw fault('subjects/suggestion-closed', 'This suggestion is no longer open.', { details: { state: row.state } })
    const now = services.store.clock.now()
    return commit(
      {
        rows: [
          {
            op: 'update',
            table: 'merge_suggestions',
            where: { id: row.id, state: 'open' },
            values: {
              state: 'dismissed',
              reason: body.reason,
              decided_by: caller.actor.person?.id ?? null,
              decided_at: now,
              a_version: a.version,
              b_version: b.version,
            },
            expect: 1,
          },
        ],
        touched: [{ type: 'merge-suggestion', id: row.id }],
        audit: [
          audited('adjudicate', caller, {
            object: { type: 'merge-suggestion', id: row.id },
            reason: body.reason,
            details: { a: row.a, b: row.b, decision: 'two' },
          }),
        ],
      },
      { id: row.id, state: 'dismissed' },
    )
  },
})

async function sideOf(
  id: RecordId,
  expected: number | undefined,
  { reader, services }: { reader: Reader; services: Services },
): Promise<Side> {
  const view: RecordView<Subject> = foundOf(subjectKind, await reader.record<Subject>(id))
  if (view.owner !== services.identity.me)
    throw fault('subjects/not-yours', `Only ${view.owner}, who owns the record, may change it.`, { rule: 'owner-only' })
  return {
    view,
    whole: found(await reader.whole(id, 'change')),
    expected: expected ?? view.version,
    holders: await readHolders(services.store, id),
    grants: await reader.grants(id),
  }
}

export const merge = operation({
  id: 'subjects.merge',
  method: 'post',
  path: '/subjects/{id}/merges',
  summary:
    'Merge another subject of our own into this one: it gets what the other says, the other is suspended and points here',
  access: { roles: writers, scope: 'write' },
  params: RecordParams,
  body: z.object({
    other: RecordIdText,
    version: z.number().int().min(1).describe('The version of this record that was seen'),
    otherVersion: z.number().int().min(1).describe('The version of the other record that was seen'),
    reason: Reason,
  }),
  reply: z.object({ merge: z.string(), id: z.string(), version: z.number() }),
  status: 201,
  command: { words: 'subjects merge', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const access = { reader, services }
    const kept = await sideOf(params.id, body.version, access)
    if ((await reader.record(body.other))?.type !== subjectKind.type)
      throw fault('subjects/no-other', 'There is no such other subject here.', { details: { pointer: '/other' } })
    const other = await sideOf(body.other, body.otherVersion, access)
    const { change, id } = mergeSubjects(kept, other, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
      reason: body.reason,
    })
    return commit(change, { merge: id, id: params.id, version: body.version + 1 })
  },
})

const MergeReply = z.object({
  id: z.string(),
  kept: z.string(),
  keptCaption: z.string(),
  other: z.string(),
  otherCaption: z.string(),
  state: z.enum(['merged', 'undone']),
  reason: z.string(),
  mergedAt: z.string(),
  undoReason: z.string().nullable(),
  undoneAt: z.string().nullable(),
})

export const merges = operation({
  id: 'subjects.merges',
  method: 'get',
  path: '/subjects/{id}/merges',
  summary: 'What was merged into this subject, or where it was merged to, and what was taken back',
  access: { roles: writers, scope: 'read' },
  params: RecordParams,
  reply: z.object({ items: z.array(MergeReply) }),
  command: { words: 'subjects merges', positional: ['id'], columns: ['id', 'kept', 'other', 'state', 'mergedAt'] },
  handle: async ({ params, reader, services }) => {
    foundOf(subjectKind, await reader.record(params.id))
    const items: z.infer<typeof MergeReply>[] = []
    for (const it of await readMerges(services.store, params.id)) {
      const [kept, other] = await Promise.all([reader.record(it.kept), reader.record(it.other)])
      if (kept === undefined || other === undefined) continue
      items.push({
        id: it.id,
        kept: it.kept,
        keptCaption: kept.caption,
        other: it.other,
        otherCaption: other.caption,
        state: it.state,
        reason: it.reason,
        mergedAt: it.merged_at.toISOString(),
        undoReason: it.undo_reason,
        undoneAt: it.undone_at?.toISOString() ?? null,
      })
    }
    return { items }
  },
})

export const undo = operation({
  id: 'subjects.undo-merge',
  method: 'post',
  path: '/merges/{id}/undo',
  summary: 'Take a merge back: both records as they were before, as new versions for all who hold them',
  access: { roles: writers, scope: 'write' },
  params: z.object({ id: idOf('mrg') }),
  body: z.object({ reason: Reason }),
  reply: z.object({ merge: z.string(), kept: z.string(), other: z.string() }),
  command: { words: 'subjects undo-merge', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const row = found(await readMerge(services.store, params.id))
    const access = { reader, services }
    const sides = {
      kept: await sideOf(row.kept, undefined, access),
      other: await sideOf(row.other, undefined, access),
    }
    const change = undoMerge(row, sides, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
      reason: body.reason,
    })
    return commit(change, { merge: row.id, kept: row.kept, other: row.other })
  },
})
