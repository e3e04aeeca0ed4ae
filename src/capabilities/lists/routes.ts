import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { findSource, readSources } from '#capabilities/lists/definitions'
import { readDownloads } from '#capabilities/lists/download-store'
import { downloadOf } from '#capabilities/lists/downloads'
import { readLastImports } from '#capabilities/lists/imports'
import { DownloadReply, downloadReply, ImportReply, importReply } from '#capabilities/lists/replies'
import { fault, ListParams } from '#capabilities/lists/rules'
import { readFindable, readLists, readShares } from '#capabilities/lists/store'
import { partFile } from '#capabilities/lists/uploads'
import { operation } from '#http/operation'
import { writeFrom } from '#kernel/written-file'

const writers = ['officer', 'supervisor'] as const
const uploadLimit = 268_435_456

export const lists = operation({
  id: 'lists.list',
  method: 'get',
  path: '/lists',
  summary: 'The lists that this node can import, and what it last imported of each',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        parts: z.array(z.string()),
        entries: z.number(),
        /** How many of the entries a search can find now. */
        findable: z.number(),
        format: z.string(),
        /** The version in force, and what its entries say as one hash; null before the first import. */
        version: z.number().nullable(),
        contentHash: z.string().nullable(),
        /** Whether an import writes, or was cut short while it did: what is searched is then between two versions. */
        changing: z.boolean(),
        importedAt: z.string().nullable(),
        generatedAt: z.string().nullable(),
        /** The newest import, whatever became of it, with its report. */
        last: ImportReply.nullable(),
        /** Files that wait to be imported: an import that failed or was interrupted keeps them. */
        handedIn: z.array(z.object({ part: z.string(), bytes: z.number(), at: z.string() })),
        /** How its official source stands; null when this node does not ask it. */
        download: DownloadReply.nullable(),
        sharedWith: z.array(z.object({ member: z.string(), since: z.string() })),
      }),
    ),
  }),
  command: {
    words: 'lists list',
    columns: ['id', 'title', 'version', 'entries', 'findable', 'importedAt', 'generatedAt'],
  },
  handle: async ({ services }) => {
    const { store } = services
    const [sources, rows, findable, lastImports, shares, downloads] = await Promise.all([
      readSources(store),
      readLists(store),
      readFindable(store),
      readLastImports(store),
      readShares(store),
      readDownloads(store),
    ])
    const imported = new Map(rows.map((it) => [it.id, it]))
    return {
      items: sources.map((source) => {
        const { id, title, parts, format } = source
        const last = imported.get(id)
        const newest = lastImports.get(id)
        return {
          id,
          title,
          parts: [...parts],
          entries: last?.entries ?? 0,
          findable: findable.get(id) ?? 0,
          format,
          version: last?.version ?? null,
          contentHash: last?.content_hash ?? null,
          changing: (last?.changing ?? null) !== null,
          importedAt: last?.imported_at.toISOString() ?? null,
          generatedAt: last?.generated_at ?? null,
          last: newest === undefined ? null : importReply(newest, services),
          handedIn: parts.flatMap((part) => {
            const about = statSync(partFile(services, id, part), { throwIfNoEntry: false })
            return about === undefined ? [] : [{ part, bytes: about.size, at: about.mtime.toISOString() }]
          }),
          download: downloadOf(source, services) === undefined ? null : downloadReply(downloads.get(id)),
          sharedWith: (shares.get(id) ?? []).map((it) => ({ member: it.member, since: it.since.toISOString() })),
        }
      }),
    }
  },
})

export const upload = operation({
  id: 'lists.upload',
  method: 'put',
  path: '/lists/{list}/parts/{part}',
  summary: 'Hand in one file of a list, as it was published',
  access: { roles: writers, scope: 'write' },
  params: ListParams.extend({ part: z.string().regex(/^[a-z]{2,20}$/) }),
  upload: true,
  limitBytes: uploadLimit,
  reply: z.object({ list: z.string(), part: z.string(), bytes: z.number() }),
  handle: async ({ params, upload: bytes, services }) => {
    const source = await findSource(services.store, params.list)
    if (!source.parts.includes(params.part))
      throw fault('lists/part-missing', `${source.id} consists of ${source.parts.join(', ')}.`)
    const file = partFile(services, source.id, params.part)
    mkdirSync(dirname(file), { recursive: true })
    let size = 0
    const counted = async function* () {
      for await (const chunk of bytes) {
        size += chunk.byteLength
        yield chunk
      }
    }
    await writeFrom(counted(), file)
    return { list: source.id, part: params.part, bytes: size }
  },
})
