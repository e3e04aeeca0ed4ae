import { z } from 'zod'
import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { readRelated } from '#capabilities/subjects/store'
import { operation } from '#http/operation'
import { foundOf, PageQuery, page, pageOf, RecordParams, RecordReply, replyOf } from '#http/shapes'
import { Category, MemberId } from '#protocol/handling'
import { nodeSchemata } from '#protocol/vocabulary'
import { audited } from '#store/audited'
import type { Reader, RecordFilter, RecordView } from '#store/reader'

const readers = ['officer', 'supervisor', 'legal'] as const

const Filter = PageQuery.extend({
  owner: MemberId.optional(),
  schema: z.enum(nodeSchemata).optional(),
  category: Category.optional(),
  state: z.enum(['active', 'suspended', 'withdrawn']).optional(),
  text: z.string().trim().min(2).max(100).optional().describe('Somewhere in what is said of the subject'),
})

export const list = operation({
  id: 'subjects.list',
  method: 'get',
  path: '/subjects',
  summary: 'Subjects that this node holds, its own and those of others, newest first',
  access: { roles: readers, scope: 'read', purpose: true },
  query: Filter,
  reply: pageOf(RecordReply),
  command: { words: 'subjects list', columns: ['id', 'caption', 'owner', 'version', 'state'] },
  handle: async ({ query, caller, reader, commit }) => {
    const items = await readFiltered(reader, query)
    const { owner = null, schema = null, category = null, state = null, text = null } = query
    const details = { type: 'subject', found: items.length, owner, schema, category, state, text }
    return commit({ audit: [audited('search', caller, { details })] }, page(items.map(replyOf), query.limit))
  },
})

/** A page of what this person may see and asked for: a text is looked for in what they see, not in what is stored. */
async function readFiltered(reader: Reader, query: z.infer<typeof Filter>): Promise<RecordView<Subject>[]> {
  const { state, ...rest } = query
  const filter: RecordFilter = {
    ...rest,
    type: subjectKind.type,
    newestFirst: true,
    ...(state === undefined ? {} : { states: [state] }),
  }
  // What its owner withdrew is found by nobody; the owner can still view it.
  const act = state === 'withdrawn' ? 'view' : 'search'
  const items: RecordView<Subject>[] = []
  let { after } = query
  for (;;) {
    const views = await reader.records<Subject>({ ...filter, after }, act)
    for (const view of views) {
      if (query.text === undefined || says(view.body, query.text.toLowerCase())) items.push(view)
      if (items.length === query.limit) return items
    }
    if (views.length < query.limit) return items
    after = views.at(-1)?.id
  }
}

function says(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(text)
  return typeof value === 'object' && value !== null && Object.values(value).some((it) => says(it, text))
}

const Related = z.object({
  id: z.string(),
  caption: z.string(),
  schema: z.string(),
  owner: z.string(),
  state: z.string(),
})

export const related = operation({
  id: 'subjects.related',
  method: 'get',
  path: '/subjects/{id}/related',
  summary: 'The records that a subject stands in relation to: those that it names, and those that name it',
  access: { roles: readers, scope: 'read' },
  params: RecordParams,
  reply: z.object({
    records: z.array(Related),
    /** Relations that other records state towards this one. */
    towards: z.array(
      z.object({
        record: z.string(),
        key: z.string(),
        schema: z.string(),
        reversed: z.boolean(),
        statements: z.record(z.string(), z.record(z.string(), z.json())),
      }),
    ),
  }),
  command: { words: 'subjects related', positional: ['id'] },
  handle: async ({ params, caller, reader, services, commit }) => {
    const subject = foundOf(subjectKind, await reader.record<Subject>(params.id))
    const named = Object.values(subject.body.relations).flatMap(({ other }) =>
      'record' in other ? [other.record] : [],
    )
    const naming = await readRelated(services.store, params.id)
    const ids = [...new Set([...named, ...naming])].filter((it) => it !== subject.id)
    const views = (await Promise.all(ids.map((it) => reader.record<Subject>(it)))).filter(
      (it) => it?.type === subjectKind.type,
    ) as RecordView<Subject>[]
    const towards = views.flatMap((view) =>
      Object.entries(view.body.relations).flatMap(([key, it]) =>
        'record' in it.other && it.other.record === subject.id
          ? [{ record: view.id, key, schema: it.schema, reversed: it.reversed ?? false, statements: it.statements }]
          : [],
      ),
    )
    const shown = new Set([...named, ...towards.map((it) => it.record)])
    const records = views
      .filter((it) => shown.has(it.id as `rec_${string}`))
      .map(({ id, caption, body, owner, state }) => ({ id, caption, schema: body.schema, owner, state }))
    const audit = [audited('view', caller, { object: subject, details: { related: records.length } })]
    return commit({ audit }, { records, towards: towards as never })
  },
})
