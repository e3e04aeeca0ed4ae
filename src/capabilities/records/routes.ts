import { z } from 'zod'
import { fault } from '#capabilities/records/rules'
import { readDerived, readVersions } from '#capabilities/records/store'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import {
  found,
  PageQuery,
  page,
  pageOf,
  RecordParams,
  RecordReply,
  RecordSummary,
  replyOf,
  summaryOf,
} from '#http/shapes'
import { idPattern } from '#kernel/ids'
import { MemberId } from '#protocol/handling'
import { RecordIdText, RecordType } from '#protocol/record'
import { audited } from '#store/audited'
import { readHoldings } from '#store/holdings'
import { purposeOf } from '#wire/distribute'

const readers = ['officer', 'supervisor', 'legal'] as const

export const view = operation({
  id: 'records.view',
  method: 'get',
  path: '/records/{id}',
  summary: 'Read a record of any type; its owner learns that it was read',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: RecordReply,
  command: { words: 'records show', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const record = found(await reader.record(params.id))
    const foreign = record.owner !== services.identity.me
    const purpose = purposeOf(record.handling, caller.purpose)
    const reads = foreign ? [{ id: record.id, version: record.version, owner: record.owner, purpose }] : []
    return commit({ reads, audit: [audited('view', caller, { object: record })] }, replyOf(record))
  },
})

export const list = operation({
  id: 'records.list',
  method: 'get',
  path: '/records',
  summary: 'Records of any type, or about one record, newest first',
  access: { roles: readers, scope: 'read', purpose: true },
  query: PageQuery.extend({ type: RecordType.optional(), owner: MemberId.optional(), about: RecordIdText.optional() }),
  reply: pageOf(RecordSummary),
  command: { words: 'records list', columns: ['id', 'type', 'caption', 'owner', 'version', 'state'] },
  handle: async ({ query, caller, reader, commit }) => {
    const items = await reader.records({ ...query, newestFirst: true }, 'search')
    const audit = [audited('search', caller, { details: { found: items.length } })]
    return commit({ audit }, page(items.map(summaryOf), query.limit))
  },
})

export const history = operation({
  id: 'records.history',
  method: 'get',
  path: '/records/{id}/history',
  summary: 'The versions of a record that this node holds, with their hashes',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({ versions: z.array(z.object({ version: z.number(), hash: z.string(), storedAt: z.string() })) }),
  command: { words: 'records history', positional: ['id'], columns: ['version', 'hash', 'storedAt'] },
  handle: async ({ params, reader, services }) => {
    found(await reader.record(params.id))
    return { versions: await readVersions(services.store, params.id) }
  },
})

const HoldingReply = z.object({
  member: z.string(),
  version: z.number(),
  state: z.enum(['sent', 'held', 'rejected', 'recalling', 'erased']),
  via: z.string().nullable(),
  readVersion: z.number().nullable(),
  since: z.string(),
  open: z.object({ kind: z.string(), since: z.string(), problem: z.string().nullable() }).nullable(),
  refusal: z.object({ code: z.string(), rule: z.string().nullable() }).nullable(),
})

export const holders = operation({
  id: 'records.holders',
  method: 'get',
  path: '/records/{id}/holders',
  summary: 'The delivery ledger: who holds which version of our record, and what is still unanswered',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({ owner: z.string(), state: z.string(), version: z.number(), holders: z.array(HoldingReply) }),
  command: {
    words: 'records holders',
    positional: ['id'],
    columns: ['member', 'state', 'version', 'readVersion', 'via', 'since'],
  },
  handle: async ({ params, reader, services }) => {
    const record = found(await reader.record(params.id))
    return {
      owner: record.owner,
      state: record.state,
      version: record.version,
      holders: [...(await readHoldings(services.store, params.id))],
    }
  },
})

export const derived = operation({
  id: 'records.derived',
  method: 'get',
  path: '/records/{id}/derived',
  summary: 'What here is about a record, quotes it or links to it: what a recall of it leaves behind',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({ items: z.array(RecordSummary.pick({ id: true, type: true, owner: true, caption: true })) }),
  command: { words: 'records derived', positional: ['id'], columns: ['id', 'type', 'owner', 'caption'] },
  handle: async ({ params, reader, services }) => {
    const record = found(await reader.record(params.id))
    const ids = await readDerived(services.store, record.id)
    const views = await Promise.all(ids.map((it) => reader.record(it)))
    return {
      items: views.flatMap((it) =>
        it === undefined ? [] : [{ id: it.id, type: it.type, owner: it.owner, caption: it.caption }],
      ),
    }
  },
})

export const namedReaders = operation({
  id: 'records.readers',
  method: 'get',
  path: '/records/{id}/readers',
  summary: 'The persons for whose eyes a TLP:RED record is',
  access: { roles: ['supervisor'], scope: 'read' },
  params: RecordParams,
  reply: z.object({ id: z.string(), readers: z.array(z.string()) }),
  command: { words: 'records readers', positional: ['id'] },
  handle: async ({ params, reader }) => {
    const record = found(await reader.record(params.id, 'assign'))
    return { id: record.id, readers: [...record.readers] }
  },
})

/** A person who is no longer here may stay named; nobody is named anew who is not. Throws `records/no-such-reader`. */
async function checkReaders(named: readonly string[], before: readonly string[], { people }: Services): Promise<void> {
  const added = named.filter((it) => !before.includes(it))
  const standing = await people.standing(added)
  const [missing] = added.filter((it) => standing.get(it)?.disabled !== false)
  if (missing !== undefined)
    throw fault('records/no-such-reader', `Nobody who works at this office has the number ${missing}.`, {
      details: { person: missing },
    })
}

export const nameReaders = operation({
  id: 'records.name-readers',
  method: 'put',
  path: '/records/{id}/readers',
  summary: 'Name the persons for whose eyes a TLP:RED record is',
  access: { roles: ['supervisor'], scope: 'write' },
  params: RecordParams,
  body: z.object({ readers: z.array(z.string().regex(idPattern('per'))).max(64) }),
  reply: z.object({ id: z.string(), readers: z.array(z.string()) }),
  command: { words: 'records name-readers', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const record = found(await reader.record(params.id, 'assign'))
    await checkReaders(body.readers, record.readers, services)
    return commit(
      {
        states: [{ id: record.id, state: record.state, readers: body.readers }],
        audit: [audited('change', caller, { object: record, reason: 'readers named' })],
      },
      { id: record.id, readers: body.readers },
    )
  },
})
