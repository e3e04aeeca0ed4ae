import { z } from 'zod'
import { insertDefinition, readSources } from '#capabilities/lists/definitions'
import { fault, ListParams, partsOf } from '#capabilities/lists/rules'
import { readVersions } from '#capabilities/lists/versions'
import { listFormatNames } from '#formats/list-formats'
import { operation } from '#http/operation'
import { audited } from '#store/audited'

const Line = z.string().trim().min(1).max(300)

export const define = operation({
  id: 'lists.define',
  method: 'post',
  path: '/lists',
  summary: 'Define a list of this node: a national list, or one of your own, in any format that is read',
  access: { roles: ['supervisor'], scope: 'write' },
  body: z.object({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/)
      .describe('Short and for good: it stands in every entry'),
    title: Line,
    format: z.enum(listFormatNames),
    instrument: Line.describe('The law or resolution that the list is made under'),
    provision: Line.describe('Its article or section'),
  }),
  reply: z.object({ id: z.string(), parts: z.array(z.string()) }),
  status: 201,
  command: { words: 'lists define', positional: ['id'] },
  handle: async ({ body, caller, services, commit }) => {
    const { store } = services
    const known = await readSources(store)
    if (known.some((it) => it.id === body.id)) throw fault('lists/known', `There is a list ${body.id} already.`)
    const audit = [
      audited('administer', caller, {
        object: { type: 'list', id: body.id },
        details: { defined: body.title, format: body.format },
      }),
    ]
    const rows = [insertDefinition(body, store.clock.now(), caller.actor.person?.id ?? null)]
    const touched = [{ type: 'list', id: body.id }]
    return commit({ rows, touched, audit }, { id: body.id, parts: [...partsOf(body.format)] })
  },
})

const Version = z.object({
  list: z.string(),
  version: z.number(),
  import: z.string().nullable(),
  format: z.string(),
  files: z.array(z.object({ part: z.string(), bytes: z.number(), sha256: z.string() })),
  entries: z.number(),
  names: z.number(),
  contentHash: z.string(),
  generatedAt: z.string().nullable(),
  madeAt: z.string(),
  /** Compact JWS of all the above, type `comity-list-version`, by a key of this member in the directory. */
  signed: z.string(),
})

export const versions = operation({
  id: 'lists.versions',
  method: 'get',
  path: '/lists/{list}/versions',
  summary: 'Versions of a list, newest first: from which files, how many entries, the hash of what they say, signed',
  access: { roles: 'signed-in', scope: 'read' },
  params: ListParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.coerce.number().int().min(1).optional().describe('Only versions before this one'),
  }),
  reply: z.object({ items: z.array(Version), next: z.string().nullable() }),
  command: {
    words: 'lists versions',
    positional: ['list'],
    columns: ['version', 'madeAt', 'generatedAt', 'entries', 'names', 'contentHash'],
  },
  handle: async ({ params, query, services }) => {
    const rows = await readVersions(services.store, params.list, { before: query.after, limit: query.limit })
    const last = rows.at(-1)
    return {
      items: rows.map((it) => ({ ...it, files: [...it.files] })),
      next: rows.length < query.limit || last === undefined ? null : String(last.version),
    }
  },
})
