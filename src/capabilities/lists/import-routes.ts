import { z } from 'zod'
import { findSource } from '#capabilities/lists/definitions'
import { compareListings } from '#capabilities/lists/delta'
import { changeKinds, readChanges, readImport, readImports } from '#capabilities/lists/imports'
import { beginImport } from '#capabilities/lists/job'
import { ChangeReply, changeReply, ImportReply, importReply, Report } from '#capabilities/lists/replies'
import { fault, ListParams } from '#capabilities/lists/rules'
import { readEntryIds, readFacets, readVersionsOf } from '#capabilities/lists/store'
import { operation } from '#http/operation'
import { page, pageOf, RecordReply, replyOf } from '#http/shapes'
import type { RecordId } from '#kernel/ids'
import { nodeSchemata } from '#protocol/vocabulary'
import { audited } from '#store/audited'

const writers = ['officer', 'supervisor'] as const
const readers = ['officer', 'supervisor', 'legal'] as const

const ImportId = z.string().regex(/^imp_[0-9a-f]{32}$/)
const ImportParams = ListParams.extend({ import: ImportId })
const Limit = z.coerce.number().int().min(1).max(200).default(50)
const Text = z.string().trim().min(1).max(200)

const Force = z.object({
  force: z
    .boolean()
    .default(false)
    .describe(
      'Import against the checks: a list that has shrunk much or has many unreadable entries. For a supervisor.',
    ),
  reason: z.string().trim().max(500).optional().describe('Why it is imported against the checks'),
})

export const runImport = operation({
  id: 'lists.import',
  method: 'post',
  path: '/lists/{list}/import',
  summary:
    'Import the files handed in: what was added, changed and removed since the last import is written and screened',
  access: { roles: writers, scope: 'write' },
  params: ListParams,
  body: Force,
  reply: Report,
  handle: async ({ params, body, caller, signedIn, services }) => {
    const name = signedIn?.person.name ?? null
    const { finished } = await beginImport(await findSource(services.store, params.list), {
      services,
      caller,
      name,
      ...body,
    })
    const report = await finished
    return { ...report, counts: { ...report.counts }, rejected: [...report.rejected] }
  },
})

export const begin = operation({
  id: 'lists.begin-import',
  method: 'post',
  path: '/lists/{list}/imports',
  summary: 'Begin to import the files handed in, and answer at once; the import tells how far it is',
  access: { roles: writers, scope: 'write' },
  params: ListParams,
  body: Force,
  reply: z.object({ id: z.string() }),
  status: 202,
  handle: async ({ params, body, caller, signedIn, services }) => {
    const name = signedIn?.person.name ?? null
    const { id } = await beginImport(await findSource(services.store, params.list), { services, caller, name, ...body })
    return { id }
  },
})

export const history = operation({
  id: 'lists.imports',
  method: 'get',
  path: '/lists/{list}/imports',
  summary: 'Imports of a list, newest first: who, when, which files with their hashes, what changed or why it failed',
  access: { roles: 'signed-in', scope: 'read' },
  params: ListParams,
  query: z.object({ limit: Limit, after: ImportId.optional() }),
  reply: pageOf(ImportReply),
  command: {
    words: 'lists imports',
    positional: ['list'],
    columns: ['id', 'state', 'startedAt', 'endedAt', 'by.name'],
  },
  handle: async ({ params, query, services }) => {
    const rows = await readImports(services.store, (await findSource(services.store, params.list)).id, query)
    return page(
      rows.map((it) => importReply(it, services)),
      query.limit,
    )
  },
})

export const show = operation({
  id: 'lists.show-import',
  method: 'get',
  path: '/lists/{list}/imports/{import}',
  summary: 'One import: how far it is, or how it ended',
  access: { roles: 'signed-in', scope: 'read' },
  params: ImportParams,
  reply: ImportReply,
  command: { words: 'lists show-import', positional: ['list', 'import'] },
  handle: async ({ params, services }) => {
    const row = await readImport(services.store, params.list, params.import)
    if (row === undefined) throw fault('lists/unknown-import', 'There is no such import of this list.')
    return importReply(row, services)
  },
})

export const changes = operation({
  id: 'lists.changes',
  method: 'get',
  path: '/lists/{list}/imports/{import}/changes',
  summary: 'What an import added, changed, field by field, and removed, each with its record',
  access: { roles: readers, scope: 'read' },
  params: ImportParams,
  query: z.object({
    change: z.enum(changeKinds).optional(),
    q: Text.optional(),
    limit: Limit,
    after: z.string().max(64).optional(),
  }),
  reply: z.object({ items: z.array(ChangeReply), next: z.string().nullable() }),
  command: {
    words: 'lists changes',
    positional: ['list', 'import'],
    columns: ['change', 'ref', 'caption', 'record', 'version'],
  },
  handle: async ({ params, query, caller, reader, services, commit }) => {
    const { store } = services
    if ((await readImport(store, params.list, params.import)) === undefined)
      throw fault('lists/unknown-import', 'There is no such import of this list.')
    const rows = await readChanges(store, params.import, query)
    const views = await Promise.all(rows.map((it) => reader.record(it.record)))
    const versions = await readVersionsOf(
      store,
      rows.filter((it, at) => it.change === 'changed' && views[at] !== undefined),
    )
    const items = rows.flatMap((row, at) => {
      const view = views[at]
      if (view === undefined) return []
      const [before, after] = [row.version - 1, row.version].map((it) => versions.get(`${row.record} ${it}`))
      const fields = before !== undefined && after !== undefined ? compareListings(before, after) : []
      return [changeReply(row, view.caption, fields)]
    })
    const next = rows.length < query.limit ? null : (rows.at(-1)?.ref ?? null)
    const audit = [
      audited('view', caller, {
        object: { type: 'list-import', id: params.import },
        details: { list: params.list, found: items.length },
      }),
    ]
    return commit({ audit }, { items, next })
  },
})

const Facet = z.array(z.object({ value: z.string(), count: z.number() }))

export const entries = operation({
  id: 'lists.entries',
  method: 'get',
  path: '/lists/{list}/entries',
  summary: 'Entries of an imported list, newest first, by name, number, kind or programme',
  access: { roles: readers, scope: 'read', purpose: true },
  params: ListParams,
  query: z.object({
    q: Text.optional(),
    schema: z.enum(nodeSchemata).optional(),
    programme: Text.optional(),
    limit: Limit,
    after: z.string().max(64).optional(),
  }),
  reply: z.object({
    items: z.array(RecordReply.omit({ marks: true })),
    next: z.string().nullable(),
    schemata: Facet,
    programmes: Facet,
  }),
  command: {
    words: 'lists entries',
    positional: ['list'],
    columns: ['id', 'caption', 'body.schema', 'body.reference'],
  },
  handle: async ({ params, query, caller, reader, services, commit }) => {
    const list = (await findSource(services.store, params.list)).id
    const [ids, facets] = await Promise.all([
      readEntryIds(services.store, list, query),
      readFacets(services.store, list),
    ])
    const views = await Promise.all(ids.map((it: RecordId) => reader.record(it, 'search')))
    const items = views.flatMap((it) => {
      if (it === undefined) return []
      const { marks: _, ...reply } = replyOf(it)
      return [reply]
    })
    const facet = (name: string) =>
      facets.filter((it) => it.facet === name).map(({ value, count }) => ({ value, count }))
    const audit = [audited('search', caller, { details: { list, found: items.length } })]
    const next = ids.length < query.limit ? null : (ids.at(-1) ?? null)
    return commit({ audit }, { items, next, schemata: facet('schema'), programmes: facet('programme') })
  },
})
