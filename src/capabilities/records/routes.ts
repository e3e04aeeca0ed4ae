import { z } from 'zod'
import { askPermission, decidePermission, passOn } from '#capabilities/records/permissions'
import { type PermissionRequest, requestKind } from '#capabilities/records/record'
import { changeState, fault, previewFor, resolveAudience, type Source, shareRecord } from '#capabilities/records/rules'
import { readGrantRecords, readPermissionRequests, readVersions } from '#capabilities/records/store'
import { operation } from '#http/operation'
import {
  found,
  foundOf,
  PageQuery,
  page,
  pageOf,
  RecordParams,
  RecordReply,
  RecordSummary,
  replyOf,
  summaryOf,
} from '#http/shapes'
import type { Json } from '#kernel/canonical'
import { idPattern } from '#kernel/ids'
import { Audience, Mark, MemberId, Purpose } from '#protocol/handling'
import { RecordIdText, RecordType } from '#protocol/record'
import { audited } from '#store/audited'
import { readHoldings } from '#store/holdings'
import type { Reader } from '#store/reader'
import { purposeOf } from '#wire/distribute'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const

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

export const preview = operation({
  id: 'records.preview',
  method: 'post',
  path: '/records/{id}/preview',
  summary: 'What each member would see of a record of ours, and which rule withholds the rest',
  access: { roles: writers, scope: 'read' },
  params: RecordParams,
  body: z.object({ with: Audience }),
  reply: z.object({
    recipients: z.array(
      z.object({
        member: z.string(),
        permit: z.boolean(),
        because: z.array(z.object({ rule: z.string(), text: z.string() })),
        withheld: z.array(z.object({ pointer: z.string(), rule: z.string(), text: z.string() })),
      }),
    ),
  }),
  handle: async ({ params, body, caller, reader, services }) => {
    const record = found(await reader.record(params.id))
    const directory = services.directories.current()
    const work = { caller, directory, now: services.store.clock.now() }
    const members = resolveAudience(body.with, directory, record.owner)
    return { recipients: members.map((member) => previewFor(record, { member, sharing: body.with }, work)) }
  },
})

export const share = operation({
  id: 'records.share',
  method: 'post',
  path: '/records/{id}/share',
  summary: 'Share a record of ours with members, groups or sectors, and keep single fields from some of them',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ with: Audience, marks: z.record(z.string().max(500), Mark).default({}) }),
  reply: z.object({ id: z.string(), version: z.number(), recipients: z.array(z.string()) }),
  status: 202,
  command: { words: 'share', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const record = found(await reader.record(params.id))
    if (record.owner !== store.me)
      throw fault(
        'records/refused',
        `Only ${record.owner}, who owns the record, may share it. Ask it to let you pass it on.`,
        {
          rule: 'owner-only',
        },
      )
    const whole = found(await reader.whole(params.id, 'disclose'))
    const holdings = await readHoldings(store, params.id)
    const grants = await reader.grants(params.id)
    const { change, version, recipients } = shareRecord(record, body, {
      caller,
      now: store.clock.now(),
      directory: directories.current(),
      holdings,
      grants,
      whole,
      kind: services.kinds.get(record.type),
      sources: await sourcesOf(whole.body, reader),
    })
    return commit(change, { id: params.id, version, recipients })
  },
})

/** What a statement, an answer or a message is about. */
async function sourcesOf(body: { about?: Json; concerning?: Json }, reader: Reader): Promise<Source[]> {
  const named = [body.about, body.concerning].flat()
  const ids = named.flatMap((it) => RecordIdText.safeParse(it).data ?? [])
  return Promise.all(
    [...new Set(ids)].map(async (id) => ({
      id,
      record: await reader.record(id),
      grants: await reader.grants(id),
    })),
  )
}

export const withdraw = operation({
  id: 'records.withdraw',
  method: 'post',
  path: '/records/{id}/recall',
  summary: 'Take a record of ours back, or suspend or reinstate it: every holder is told and answers with a receipt',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    state: z.enum(['withdrawn', 'suspended', 'active']).default('withdrawn'),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({ id: z.string(), state: z.string(), told: z.array(z.string()) }),
  status: 202,
  command: { words: 'recall', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const record = found(await reader.record(params.id))
    const holdings = await readHoldings(store, params.id)
    const change = changeState(record, body, {
      caller,
      now: store.clock.now(),
      directory: directories.current(),
      holdings,
    })
    return commit(change, { id: params.id, state: body.state, told: (change.send ?? []).map((it) => it.to) })
  },
})

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
  handle: async ({ params, body, caller, reader, commit }) => {
    const record = found(await reader.record(params.id, 'assign'))
    return commit(
      {
        states: [{ id: record.id, state: record.state, readers: body.readers }],
        audit: [audited('change', caller, { object: record, reason: 'readers named' })],
      },
      { id: record.id, readers: body.readers },
    )
  },
})

export const ask = operation({
  id: 'permissions.ask',
  method: 'post',
  path: '/records/{id}/permission-requests',
  summary: 'Ask the owner for permission to pass a record on, or to use it in proceedings',
  access: { roles: readers, scope: 'write' },
  params: RecordParams,
  body: z.object({
    permits: z.enum(['onward', 'use-in-proceedings']).default('onward'),
    recipients: z.array(MemberId).max(64).default([]),
    purposes: z.array(Purpose).min(1),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  command: { words: 'onward ask', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const record = found(await reader.record(params.id))
    const { change, id } = askPermission(record, body, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
    })
    return commit(change, { id })
  },
})

export const requests = operation({
  id: 'permissions.list',
  method: 'get',
  path: '/permission-requests',
  summary: 'Requests for permission, ours and those to us, and how they stand',
  access: { roles: readers, scope: 'read' },
  query: z.object({ state: z.enum(['open', 'granted', 'refused']).optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        about: z.string(),
        asker: z.string(),
        state: z.string(),
        answer: z.string().nullable(),
        since: z.string(),
        caption: z.string(),
      }),
    ),
  }),
  command: { words: 'onward list', columns: ['id', 'about', 'asker', 'state', 'caption', 'answer'] },
  handle: async ({ query, reader, services }) => {
    const rows = await readPermissionRequests(services.store, query.state)
    const items = []
    for (const { id, about, asker, state, answer, created_at } of rows) {
      const record = await reader.record(id)
      if (record !== undefined)
        items.push({ id, about, asker, state, answer, since: created_at.toISOString(), caption: record.caption })
    }
    return { items }
  },
})

export const decidePermissionRequest = operation({
  id: 'permissions.decide',
  method: 'post',
  path: '/permission-requests/{id}/decision',
  summary: 'Grant or refuse a request for permission on a record of ours',
  access: { roles: ['supervisor', 'legal'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    decision: z.enum(['grant', 'refuse']),
    days: z.coerce.number().int().min(1).max(1_825).default(30),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({ id: z.string() }),
  command: { words: 'onward decide', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const request = foundOf(requestKind, await reader.record<PermissionRequest>(params.id))
    const record = found(await reader.record(request.body.about))
    const { change, id } = decidePermission(request, record, body, {
      caller,
      now: services.store.clock.now(),
      directory: services.directories.current(),
    })
    return commit(change, { id })
  },
})

export const onward = operation({
  id: 'records.pass-on',
  method: 'post',
  path: '/records/{id}/onward',
  summary: 'Pass a record of another member on, as its grant or its onward rule allows',
  access: { roles: writers, scope: 'write', purpose: true },
  params: RecordParams,
  body: z.object({ to: MemberId }),
  reply: z.object({ id: z.string(), to: z.string() }),
  status: 202,
  command: { words: 'onward share', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const { store, directories } = services
    const record = found(await reader.record(params.id))
    const change = passOn(record, body.to, {
      caller,
      now: store.clock.now(),
      directory: directories.current(),
      ...(await readGrantRecords(store, params.id)),
    })
    return commit(change, { id: params.id, to: body.to })
  },
})
