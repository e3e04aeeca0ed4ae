import { z } from 'zod'
import { fault } from '#capabilities/subjects/rules'
import { readOldVersion, readVersionLines } from '#capabilities/subjects/versions'
import { operation } from '#http/operation'
import { found, RecordParams, RecordReply, replyOf } from '#http/shapes'
import { audited } from '#store/audited'

const readers = ['officer', 'supervisor', 'legal'] as const

export const versions = operation({
  id: 'records.versions',
  method: 'get',
  path: '/records/{id}/versions',
  summary: 'The versions of a record that this node holds: who issued them, when, with which hash',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({
    owner: z.string(),
    newest: z.number(),
    items: z.array(z.object({ version: z.number(), hash: z.string(), issuedAt: z.string(), storedAt: z.string() })),
  }),
  handle: async ({ params, reader, services }) => {
    const record = found(await reader.record(params.id))
    const items = await readVersionLines(services.store, params.id)
    return { owner: record.owner, newest: record.version, items }
  },
})

export const version = operation({
  id: 'records.version',
  method: 'get',
  path: '/records/{id}/versions/{version}',
  summary: 'An older version of a record, with what this person may see of it today',
  access: { roles: readers, scope: 'read' },
  params: RecordParams.extend({ version: z.coerce.number().int().min(1).max(1_000_000) }),
  reply: RecordReply,
  command: { words: 'records version', positional: ['id', 'version'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const current = found(await reader.record(params.id))
    const kind = services.kinds.get(current.type)
    const old = await readOldVersion(reader, current, { version: params.version, kind })
    if (old === undefined)
      throw fault('subjects/no-version', 'There is no such version here, or it may not be known.', {
        details: { version: params.version },
      })
    return commit({ audit: [audited('view', caller, { object: old })] }, replyOf(old))
  },
})
