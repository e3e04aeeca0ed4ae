import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { BatchParams, known } from '#capabilities/screening/batch-access'
import { csvHead, csvLines } from '#capabilities/screening/batch-csv'
import { batchFile, checkChoice, surveyFile } from '#capabilities/screening/batch-file'
import { BatchReply, BatchRow, ReadingChoice, RowBand, Survey } from '#capabilities/screening/batch-record'
import { batchReply, rowReplies } from '#capabilities/screening/batch-results'
import { begin, changeState, consulted, erase, handIn, mayKnowOf, screeners } from '#capabilities/screening/batch-rules'
import { countRunning, restBatch, runBatch } from '#capabilities/screening/batch-runner'
import { type BatchRecord, readBatches, readRows } from '#capabilities/screening/batch-store'
import { languages, sayIn } from '#capabilities/screening/say'
import { readWatches } from '#capabilities/screening/watch-store'
import { type OperationRequest, operation } from '#http/operation'
import { found } from '#http/shapes'
import { newId } from '#kernel/ids'
import { writeFrom } from '#kernel/written-file'
import limits from './batch-limits.json' with { type: 'json' }

const access = { roles: screeners, scope: 'screen' } as const

export const handInFile = operation({
  id: 'batches.hand-in',
  method: 'post',
  path: '/batches',
  summary: 'Hand in a CSV file or JSON lines to be screened; its columns are settled before it begins',
  access: { ...access, purpose: true },
  query: z.object({ name: z.string().trim().max(120).default('') }),
  upload: true,
  limitBytes: limits.fileBytes,
  status: 201,
  reply: z.object({ batch: BatchReply, survey: Survey }),
  handle: async ({ query, upload, caller, services, commit }) => {
    const { store } = services
    const now = store.clock.now()
    const id = newId('bat', now.getTime())
    const path = batchFile(services, id)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    try {
      await writeFrom(upload, path)
      const survey = await surveyFile(path)
      const before = await readBatches(store, { person: caller.actor.person?.id ?? '' })
      const { batch, change } = handIn({ id, name: query.name, survey }, before, { caller, now })
      return await commit(change, { batch: batchReply(batch, caller), survey })
    } catch (cause) {
      rmSync(path, { force: true })
      throw cause
    }
  },
})

export const list = operation({
  id: 'batches.list',
  method: 'get',
  path: '/batches',
  summary: 'Files that this person handed in to be screened; a supervisor sees those of everybody',
  access,
  reply: z.object({ items: z.array(BatchReply) }),
  command: { words: 'batches list', columns: ['id', 'name', 'state', 'done', 'rows', 'createdAt'] },
  handle: async ({ caller, services }) => {
    const { person } = caller.actor
    const all = person?.roles.includes('supervisor') ? {} : { person: person?.id ?? '' }
    const batches = await readBatches(services.store, all)
    const mine = batches.filter((it) => mayKnowOf(it, caller))
    const watches = await readWatches(
      services.store,
      mine.map((it) => it.id),
    )
    return { items: mine.map((it) => batchReply(it, caller, watches.get(it.id))) }
  },
})

export const show = operation({
  id: 'batches.show',
  method: 'get',
  path: '/batches/{id}',
  summary: 'How far the screening of a file is, and how its columns are read',
  access,
  params: BatchParams,
  reply: z.object({ batch: BatchReply, survey: Survey, choice: ReadingChoice.nullable() }),
  command: { words: 'batches show', positional: ['id'] },
  handle: async ({ params, caller, services }) => {
    const batch = await known(services.store, params.id, caller)
    const watch = (await readWatches(services.store, [batch.id])).get(batch.id)
    return { batch: batchReply(batch, caller, watch), survey: batch.survey, choice: batch.choice }
  },
})

export const start = operation({
  id: 'batches.begin',
  method: 'post',
  path: '/batches/{id}/begin',
  summary: 'Settle the columns of a file and begin to screen it, under the purpose and file stated here',
  access: { ...access, purpose: true },
  params: BatchParams,
  body: ReadingChoice,
  status: 202,
  reply: BatchReply,
  handle: async ({ params, body, caller, services, commit }) => {
    const batch = await own(params.id, { caller, services })
    checkChoice(batch.survey, body)
    const now = services.store.clock.now()
    const begun = begin(batch, body, { caller, now, running: countRunning(services) })
    const reply = await commit(begun, batchReply({ ...batch, state: 'running' }, caller))
    runBatch(services, batch.id)
    return reply
  },
})

/** What is done to a batch is for whom it belongs to: a supervisor may look, stop and delete, not screen in another's name. */
async function own(
  id: string,
  { caller, services }: Pick<OperationRequest, 'caller' | 'services'>,
): Promise<BatchRecord> {
  const batch = await known(services.store, id, caller)
  return found(batch.person === caller.actor.person?.id ? batch : undefined)
}

export const change = operation({
  id: 'batches.change',
  method: 'put',
  path: '/batches/{id}/state',
  summary: 'Pause the screening of a file, go on with it, or cancel it; what was screened is kept',
  access,
  params: BatchParams,
  body: z.object({ to: z.enum(['running', 'paused', 'cancelled']) }),
  reply: BatchReply,
  handle: async ({ params, body, caller, services, commit }) => {
    const { store } = services
    if (body.to === 'running') await own(params.id, { caller, services })
    else {
      await known(store, params.id, caller)
      await restBatch(services, params.id) // what it counted last is written down
    }
    try {
      const batch = await known(store, params.id, caller)
      const rule = changeState(batch, body.to, { caller, now: store.clock.now(), running: countRunning(services) })
      const reply = await commit(rule, batchReply({ ...batch, state: body.to }, caller))
      if (body.to === 'cancelled') rmSync(batchFile(services, batch.id), { force: true })
      return reply
    } finally {
      runBatch(services, params.id) // which goes on with what is running, and with nothing else
    }
  },
})

export const remove = operation({
  id: 'batches.delete',
  method: 'delete',
  path: '/batches/{id}',
  summary: 'Delete a file with its rows and results',
  access,
  params: BatchParams,
  reply: z.object({ id: z.string() }),
  handle: async ({ params, caller, services, commit }) => {
    const batch = await known(services.store, params.id, caller)
    await restBatch(services, batch.id)
    rmSync(batchFile(services, batch.id), { force: true })
    return commit(erase(batch, caller, 'Deleted by a person.'), { id: batch.id })
  },
})

const RowsQuery = z.object({
  band: RowBand.optional(),
  /** Place of the last row of the page before. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const results = operation({
  id: 'batches.rows',
  method: 'get',
  path: '/batches/{id}/rows',
  summary: 'The rows of a file with what they met, each explained',
  access,
  params: BatchParams,
  query: RowsQuery,
  reply: z.object({ items: z.array(BatchRow), next: z.number().nullable() }),
  handle: async ({ params, query, caller, services, commit }) => {
    const batch = await known(services.store, params.id, caller)
    const rows = await readRows(services.store, { ...query, batch: batch.id })
    const items = await rowReplies(batch, rows, { caller, services, act: 'search' })
    const next = rows.length < query.limit ? null : rows.at(-1)!.at
    // Those who screened were audited when they did; that another person looks is an act of its own.
    if (batch.person === caller.actor.person?.id || query.after > 0) return { items, next }
    return commit({ audit: consulted(batch, caller, 'view') }, { items, next })
  },
})

export const download = operation({
  id: 'batches.csv',
  method: 'get',
  path: '/batches/{id}/csv',
  summary: 'The results as CSV in a language, a part at a time; formulas cannot run in it',
  access,
  params: BatchParams,
  query: RowsQuery.omit({ limit: true }).extend({ language: z.enum(languages).default('en') }),
  reply: z.object({ text: z.string(), next: z.number().nullable() }),
  handle: async ({ params, query, caller, services, commit }) => {
    const { store, settings } = services
    const batch = await known(store, params.id, caller)
    const rows = await readRows(store, { ...query, batch: batch.id, limit: csvRows })
    const words = { say: sayIn(query.language), language: query.language, exercise: settings.exercise }
    const lines = (await rowReplies(batch, rows, { caller, services, act: 'export' })).map((it) => csvLines(it, words))
    const text = (query.after === 0 ? csvHead(words) : '') + lines.join('')
    const next = rows.length < csvRows ? null : rows.at(-1)!.at
    const audit = query.after === 0 ? consulted(batch, caller, 'export') : []
    return commit({ audit }, { text, next })
  },
})

const csvRows = 500
