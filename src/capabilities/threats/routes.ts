import { z } from 'zod'
import { imminences, standingOf, standings, type Threat, ThreatInput, threatKind } from '#capabilities/threats/record'
import { amendThreat, type Changing, closeThreat, recordThreat } from '#capabilities/threats/rules'
import { readThreats } from '#capabilities/threats/store'
import { type OperationRequest, operation } from '#http/operation'
import { found, PageQuery, pageOf, RecordParams, RecordReply, replyOf } from '#http/shapes'
import type { RecordId } from '#kernel/ids'
import { Handling, Mark, MemberId } from '#protocol/handling'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'
import type { Reader, RecordView } from '#store/reader'

const writers = ['officer', 'supervisor'] as const

const Input = z.object({
  handling: Handling,
  body: ThreatInput.required({ basisForAssessment: true }),
  marks: z.record(z.string().max(500), Mark).default({}),
})

const Recorded = z.object({ id: z.string(), version: z.number() })

export const record = operation({
  id: 'threats.record',
  method: 'post',
  path: '/threats',
  summary: 'Record a warning of a threat; share it like any record',
  access: { roles: writers, scope: 'write' },
  body: Input,
  reply: Recorded,
  status: 201,
  command: { words: 'threats record' },
  handle: async ({ body, caller, reader, services, commit }) => {
    const linked = await readLinked(reader, body.body.linked ?? [])
    const { change, id } = recordThreat(body, { caller, now: services.store.clock.now(), linked })
    return commit(change, { id, version: 1 })
  },
})

export const amend = operation({
  id: 'threats.amend',
  method: 'put',
  path: '/threats/{id}',
  summary: 'Correct or renew a warning of our own: a new version, sent to all who hold it',
  access: { roles: writers, scope: 'write' },
  params: RecordParams,
  body: Input.extend({ body: ThreatInput, version: z.number().int().min(1).describe('The version that was changed') }),
  reply: Recorded,
  command: { words: 'threats amend', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const current = await readThreat(reader, params.id)
    // What it was linked to before may have gone since; only what is new has to be there.
    const before = current.body.linked ?? []
    const linked = await readLinked(
      reader,
      (body.body.linked ?? []).filter((it) => !before.includes(it)),
    )
    const work = await workOn(params.id, { caller, reader, services })
    const change = amendThreat(current, body, { ...work, linked, expected: body.version })
    return commit(change, { id: params.id, version: current.version + 1 })
  },
})

export const close = operation({
  id: 'threats.close',
  method: 'post',
  path: '/threats/{id}/close',
  summary: 'Close a warning of our own: a last version with the reason, sent to all who hold it',
  access: { roles: writers, scope: 'write' },
  params: RecordParams,
  body: z.object({ reason: z.string().trim().min(3).max(1_000) }),
  reply: Recorded,
  command: { words: 'threats close', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const current = await readThreat(reader, params.id)
    const change = closeThreat(current, body, await workOn(params.id, { caller, reader, services }))
    return commit(change, { id: params.id, version: current.version + 1 })
  },
})

const ThreatReply = RecordReply.extend({
  standing: z.enum(standings),
  imminence: z.enum(imminences),
  validUntil: z.string(),
})

export const list = operation({
  id: 'threats.list',
  method: 'get',
  path: '/threats',
  summary: 'Warnings in force, the most imminent first; with show=all also those that expired or were closed',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'read', purpose: true },
  query: PageQuery.extend({
    show: z.enum(['current', 'all']).default('current'),
    owner: MemberId.optional(),
    imminence: z.enum(imminences).optional(),
  }),
  reply: pageOf(ThreatReply),
  command: {
    words: 'threats list',
    columns: ['id', 'caption', 'imminence', 'validUntil', 'owner', 'state', 'standing'],
  },
  handle: async ({ query, caller, reader, services, commit }) => {
    const { views, next } = await readThreats(reader, query)
    const now = services.store.clock.now()
    const items = views.map((it) => {
      const { imminence, validUntil } = it.body
      return { ...replyOf(it), standing: standingOf(it.body, now), imminence, validUntil }
    })
    const details = { type: threatKind.type, found: items.length }
    return commit({ audit: [audited('search', caller, { details })] }, { items, next })
  },
})

async function readThreat(reader: Reader, id: RecordId): Promise<RecordView<Threat>> {
  const view = await reader.record<Threat>(id)
  return found(view?.type === threatKind.type ? view : undefined)
}

function readLinked(reader: Reader, ids: readonly RecordId[]): Promise<RecordView<object>[]> {
  return Promise.all(ids.map(async (id) => found(await reader.record(id))))
}

async function workOn(
  id: RecordId,
  { caller, reader, services: { store, directories } }: Pick<OperationRequest, 'caller' | 'reader' | 'services'>,
): Promise<Changing> {
  const [holders, grants, whole] = await Promise.all([
    readHolders(store, id),
    reader.grants(id),
    reader.whole(id, 'change'),
  ])
  return { caller, now: store.clock.now(), directory: directories.current(), holders, grants, whole }
}
