import { z } from 'zod'
import { DraftContent, DraftKey, DraftKind } from '#capabilities/drafts/record'
import { discardDraft, keepDraft } from '#capabilities/drafts/rules'
import { countDrafts, type DraftSummary, readDraft, readDrafts } from '#capabilities/drafts/store'
import { operation } from '#http/operation'
import { RecordIdText } from '#protocol/record'
import type { Caller } from '#store/reader'

/** Every operation is on the caller's own drafts; there is none on those of another person. */

const KeyParams = z.object({ key: DraftKey })

const Summary = z.object({
  key: z.string(),
  kind: z.string(),
  caption: z.string(),
  record: z.string().nullable(),
  version: z.number(),
  updatedAt: z.string(),
})

export const list = operation({
  id: 'drafts.list',
  method: 'get',
  path: '/drafts',
  summary: 'What you have begun to write and not sent, the newest first',
  access: { roles: 'signed-in', scope: 'read' },
  query: z.object({ kind: DraftKind.optional() }),
  reply: z.object({ items: z.array(Summary) }),
  command: { words: 'drafts list', columns: ['key', 'caption', 'updatedAt'] },
  handle: async ({ query, caller, services }) => ({
    items: (await readDrafts(services.store, { person: personOf(caller), kind: query.kind })).map(summaryOf),
  }),
})

export const read = operation({
  id: 'drafts.read',
  method: 'get',
  path: '/drafts/{key}',
  summary: 'One of your drafts, or null when there is none',
  access: { roles: 'signed-in', scope: 'read' },
  params: KeyParams,
  reply: z.object({ draft: Summary.extend({ content: DraftContent }).nullable() }),
  command: { words: 'drafts show', positional: ['key'] },
  handle: async ({ params, caller, services }) => {
    const row = await readDraft(services.store, { person: personOf(caller), key: params.key })
    return { draft: row === undefined ? null : { ...summaryOf(row), content: row.content } }
  },
})

export const put = operation({
  id: 'drafts.put',
  method: 'put',
  path: '/drafts/{key}',
  summary: 'Keep a draft as it now is, unless it was saved elsewhere since the version that it was written on',
  access: { roles: 'signed-in', scope: 'write' },
  params: KeyParams,
  body: z.object({
    caption: z.string().max(200),
    content: DraftContent,
    record: RecordIdText.optional().describe('The record that it is about: when that is erased, so is the draft'),
    base: z.number().int().min(0).describe('The version that it was written on; 0 for a new one'),
  }),
  reply: z.object({ version: z.number(), updatedAt: z.string() }),
  handle: async ({ params, body, caller, services, commit }) => {
    const { store } = services
    const person = personOf(caller)
    const [current, count] = await Promise.all([
      readDraft(store, { person, key: params.key }),
      countDrafts(store, person),
    ])
    const now = store.clock.now()
    const { change, version } = keepDraft(params.key, body, { person, now, current, count })
    return commit(change, { version, updatedAt: now.toISOString() })
  },
})

export const discard = operation({
  id: 'drafts.discard',
  method: 'delete',
  path: '/drafts/{key}',
  summary: 'Discard one of your drafts; it is no error when there is none',
  access: { roles: 'signed-in', scope: 'write' },
  params: KeyParams,
  query: z.object({
    version: z.coerce.number().int().min(1).optional().describe('Only when nothing was saved since this version'),
  }),
  reply: z.object({ discarded: z.boolean() }),
  command: { words: 'drafts discard', positional: ['key'] },
  handle: async ({ params, query, caller, services, commit }) => {
    const current = await readDraft(services.store, { person: personOf(caller), key: params.key })
    return commit(discardDraft(current, query.version), { discarded: current !== undefined })
  },
})

function personOf({ actor }: Caller): string {
  if (actor.person === undefined) throw new Error('an operation for those who are signed in has a person')
  return actor.person.id
}

function summaryOf({ key, kind, caption, record, version, updated_at }: DraftSummary) {
  return { key, kind, caption, record, version, updatedAt: updated_at.toISOString() }
}
