import { z } from 'zod'
import { BatchParams, known } from '#capabilities/screening/batch-access'
import { BatchReply } from '#capabilities/screening/batch-record'
import { batchReply } from '#capabilities/screening/batch-results'
import { screeners } from '#capabilities/screening/batch-rules'
import { endWatch, keepWatch, noteSeen } from '#capabilities/screening/watch-rules'
import { countWatched, readWatches } from '#capabilities/screening/watch-store'
import { type OperationRequest, operation } from '#http/operation'
import { found } from '#http/shapes'
import { Instant } from '#protocol/handling'

const access = { roles: screeners, scope: 'screen' } as const

async function watched(id: string, { services, caller }: Pick<OperationRequest, 'caller' | 'services'>) {
  const batch = await known(services.store, id, caller)
  return { batch, watch: (await readWatches(services.store, [batch.id])).get(batch.id) }
}

export const watch = operation({
  id: 'batches.watch',
  method: 'put',
  path: '/batches/{id}/watch',
  summary: 'Keep the rows of a screened file under watch until a day: they are compared with what changes on the lists',
  access: { ...access, purpose: true },
  params: BatchParams,
  body: z.object({ until: Instant }),
  reply: BatchReply,
  handle: async ({ params, body, caller, services, commit }) => {
    const { store } = services
    const now = store.clock.now()
    const { batch, watch: before } = await watched(params.id, { services, caller })
    const count = await countWatched(store, { now, except: batch.id })
    const change = keepWatch(batch, { caller, now, until: new Date(body.until), before, watched: count })
    return commit(change, batchReply(batch, caller))
  },
})

export const unwatch = operation({
  id: 'batches.unwatch',
  method: 'delete',
  path: '/batches/{id}/watch',
  summary: 'End the watch of a file; what it found stays with the results',
  access,
  params: BatchParams,
  reply: z.object({ id: z.string() }),
  handle: async ({ params, caller, services, commit }) => {
    const { batch, watch } = await watched(params.id, { services, caller })
    return commit(endWatch(found(watch), { caller, now: services.store.clock.now() }), { id: batch.id })
  },
})

export const seen = operation({
  id: 'batches.watch-seen',
  method: 'post',
  path: '/batches/{id}/watch/seen',
  summary: 'Say that what the watch of a file found was looked at, by whoever keeps it',
  access,
  params: BatchParams,
  body: z.object({}),
  reply: z.object({ id: z.string() }),
  handle: async ({ params, caller, services, commit }) => {
    const { batch, watch } = await watched(params.id, { services, caller })
    const own = found(watch?.person === caller.actor.person?.id ? watch : undefined)
    return commit(noteSeen(own), { id: batch.id })
  },
})
