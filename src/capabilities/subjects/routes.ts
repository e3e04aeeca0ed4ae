import { z } from 'zod'
import { Subject, subjectKind, toFtm } from '#capabilities/subjects/record'
import { amendSubject, recordSubject } from '#capabilities/subjects/rules'
import { operation } from '#http/operation'
import { found, foundOf, RecordParams } from '#http/shapes'
import { FtmEntity } from '#protocol/ftm-entity'
import { Handling, Mark } from '#protocol/handling'
import { audited } from '#store/audited'
import { readHolders } from '#store/holdings'

const Input = z.object({ handling: Handling, body: Subject, marks: z.record(z.string().max(500), Mark).default({}) })

export const record = operation({
  id: 'subjects.record',
  method: 'post',
  path: '/subjects',
  summary: 'Record a subject: a person, an organisation, a vessel, an account …',
  access: { roles: ['officer', 'supervisor'], scope: 'write' },
  body: Input,
  reply: z.object({ id: z.string(), version: z.number() }),
  status: 201,
  command: { words: 'record' },
  handle: async ({ body, caller, services, commit }) => {
    const { change, id } = recordSubject(body, { caller, now: services.store.clock.now() })
    return commit(change, { id, version: 1 })
  },
})

export const amend = operation({
  id: 'subjects.amend',
  method: 'put',
  path: '/subjects/{id}',
  summary: 'Correct or complete a subject of our own: a new version, sent to all who hold it',
  access: { roles: ['officer', 'supervisor'], scope: 'write' },
  params: RecordParams,
  body: Input.extend({ version: z.number().int().min(1).describe('The version that was changed') }),
  reply: z.object({ id: z.string(), version: z.number() }),
  command: { words: 'subjects amend', positional: ['id'] },
  handle: async ({ params, body, caller, reader, services, commit }) => {
    const current = foundOf(subjectKind, await reader.record<Subject>(params.id))
    const change = amendSubject(current, body, {
      caller,
      now: services.store.clock.now(),
      holders: await readHolders(services.store, params.id),
      directory: services.directories.current(),
      expected: body.version,
      whole: found(await reader.whole(params.id, 'change')),
      grants: await reader.grants(params.id),
    })
    return commit(change, { id: params.id, version: body.version + 1 })
  },
})

export const exportFtm = operation({
  id: 'subjects.export',
  method: 'get',
  path: '/subjects/{id}/ftm',
  summary: 'A subject as FollowTheMoney entities',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'read', purpose: true },
  params: RecordParams,
  reply: z.object({ exercise: z.boolean(), entities: z.array(FtmEntity) }),
  command: { words: 'subjects export', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const view = foundOf(subjectKind, await reader.record<Subject>(params.id, 'export'))
    const reply = { exercise: services.settings.exercise, entities: toFtm(view.body, view.id) }
    return commit({ audit: [audited('export', caller, { object: view })] }, reply)
  },
})
