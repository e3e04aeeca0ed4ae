import { z } from 'zod'
import { readApprovals } from '#capabilities/records/approval-store'
import { passOn } from '#capabilities/records/pass-on'
import { askPermission, decideOrWait } from '#capabilities/records/permissions'
import { grantKind, type PermissionRequest, requestKind } from '#capabilities/records/record'
import { AskingRule, askingRules } from '#capabilities/records/replies'
import { readGrantRecords, readPermissionRequests } from '#capabilities/records/store'
import { operation } from '#http/operation'
import { found, foundOf, RecordParams } from '#http/shapes'
import type { Grant } from '#protocol/grant'
import { MemberId, Purpose } from '#protocol/handling'

const readers = ['officer', 'supervisor', 'legal'] as const
const writers = ['officer', 'supervisor'] as const

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

const PermissionItem = z.object({
  id: z.string(),
  about: z.string(),
  asker: z.string(),
  state: z.string(),
  answer: z.string().nullable(),
  since: z.string(),
  caption: z.string(),
  /** Whether this office asked. */
  ours: z.boolean(),
  /** The record that it is about, as far as this person may know of it. */
  record: z.object({ caption: z.string(), type: z.string(), owner: z.string(), version: z.number() }).nullable(),
  permits: z.enum(['onward', 'use-in-proceedings']),
  recipients: z.array(z.string()),
  purposes: z.array(z.string()),
  reason: z.string(),
  /** What was answered: the reason, and for a grant until when it holds. */
  answered: z.object({ at: z.string(), reason: z.string(), expiresAt: z.string().nullable() }).nullable(),
  /** Whether somebody here has taken note of the answer. */
  seen: z.boolean(),
  /** The approval by a second person that a consent of ours waits for. */
  approval: z.string().nullable(),
})

export const requests = operation({
  id: 'permissions.list',
  method: 'get',
  path: '/permission-requests',
  summary: 'Requests for permission, ours and those to us, and how they stand',
  access: { roles: readers, scope: 'read' },
  query: z.object({ state: z.enum(['open', 'granted', 'refused']).optional() }),
  reply: z.object({ items: z.array(PermissionItem) }),
  command: { words: 'onward list', columns: ['id', 'about', 'asker', 'state', 'caption', 'answer'] },
  handle: async ({ query, reader, services: { store } }) => {
    const [rows, approvals] = await Promise.all([
      readPermissionRequests(store, query.state),
      readApprovals(store, { state: 'waiting' }),
    ])
    const waiting = new Map(approvals.flatMap((it) => (it.asked.act === 'grant' ? [[it.asked.request, it.id]] : [])))
    const items = await Promise.all(
      rows.map(async ({ id, about, asker, state, answer, created_at, seen }) => {
        const [request, record, given] = await Promise.all([
          reader.record<PermissionRequest>(id),
          reader.record(about),
          answer === null ? undefined : reader.record<{ reason: string; expiresAt?: string }>(answer),
        ])
        if (request === undefined) return []
        const { permits, recipients, purposes, reason } = request.body
        return [
          {
            ...{ id, about, asker, state, answer, seen, permits, recipients, purposes, reason },
            since: created_at.toISOString(),
            caption: request.caption,
            ours: asker === store.me,
            record:
              record === undefined
                ? null
                : { caption: record.caption, type: record.type, owner: record.owner, version: record.version },
            answered:
              given === undefined
                ? null
                : { at: given.issuedAt, reason: given.body.reason, expiresAt: given.body.expiresAt ?? null },
            approval: waiting.get(id) ?? null,
          },
        ]
      }),
    )
    return { items: items.flat() }
  },
})

export const decidePermissionRequest = operation({
  id: 'permissions.decide',
  method: 'post',
  path: '/permission-requests/{id}/decision',
  summary:
    'Grant or refuse a request for permission on a record of ours; where a rule asks for a second person, a grant waits for one',
  access: { roles: ['supervisor', 'legal'], scope: 'write' },
  params: RecordParams,
  body: z.object({
    decision: z.enum(['grant', 'refuse']),
    days: z.coerce.number().int().min(1).max(1_825).default(30),
    reason: z.string().trim().min(3).max(1_000),
  }),
  reply: z.object({
    /** The answer; absent while it waits for a second person. */
    id: z.string().nullable(),
    state: z.enum(['done', 'waiting']),
    approval: z.string().nullable(),
    rules: z.array(AskingRule),
  }),
  command: { words: 'onward decide', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, signedIn, commit }) => {
    const request = foundOf(requestKind, await reader.record<PermissionRequest>(params.id))
    const record = found(await reader.record(request.body.about))
    const { change, id, state, approval, rules } = decideOrWait(request, record, body, {
      caller,
      name: signedIn?.person.name ?? '',
      now: services.store.clock.now(),
      directory: services.directories.current(),
    })
    return commit(change, { id, state, approval, rules: askingRules(rules) })
  },
})

export const noteAnswer = operation({
  id: 'permissions.note-answer',
  method: 'post',
  path: '/permission-requests/{id}/noted',
  summary: 'Say that the answer to a request of ours was taken note of: it leaves the queue',
  access: { roles: readers, scope: 'write' },
  params: RecordParams,
  reply: z.object({ id: z.string() }),
  command: { words: 'onward note', positional: ['id'] },
  handle: async ({ params, reader, commit }) => {
    const request = foundOf(requestKind, await reader.record(params.id))
    return commit(
      {
        rows: [{ op: 'update', table: 'permission_requests', where: { id: request.id }, values: { seen: true } }],
        touched: [{ type: 'permission-request', id: request.id }],
        audit: [],
      },
      { id: request.id },
    )
  },
})

export const grants = operation({
  id: 'permissions.grants',
  method: 'get',
  path: '/grants',
  summary: 'Grants that this office gave or was given, and until when they hold',
  access: { roles: readers, scope: 'read' },
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        about: z.string(),
        record: z.object({ caption: z.string(), type: z.string() }).nullable(),
        owner: z.string(),
        holder: z.string(),
        permits: z.enum(['onward', 'use-in-proceedings']),
        recipients: z.array(z.string()),
        purposes: z.array(z.string()),
        since: z.string(),
        expiresAt: z.string(),
        reason: z.string(),
        version: z.number(),
      }),
    ),
  }),
  command: { words: 'onward grants', columns: ['id', 'about', 'owner', 'holder', 'permits', 'expiresAt'] },
  handle: async ({ reader, services: { store } }) => {
    const now = store.clock.now().toISOString()
    const held = await reader.records<Grant>({ type: grantKind.type, limit: 500, newestFirst: true })
    const inForce = held.filter((it) => it.body.expiresAt > now)
    const items = await Promise.all(
      inForce.map(async ({ id, owner, issuedAt, version, body: { about, ...body } }) => {
        const record = await reader.record(about)
        return {
          ...{ id, about, owner, version, ...body },
          since: issuedAt,
          record: record === undefined ? null : { caption: record.caption, type: record.type },
        }
      }),
    )
    return { items: items.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)) }
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
