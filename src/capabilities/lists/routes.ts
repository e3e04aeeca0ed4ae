import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { alone, importList, partFile } from '#capabilities/lists/import-list'
import { fault, listSources, sourceOf } from '#capabilities/lists/rules'
import { readEntries, readLists } from '#capabilities/lists/store'
import { operation } from '#http/operation'
import { partyOf } from '#protocol/directory'
import { Audience, inAudience } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Dispatch } from '#store/change'

const ListParams = z.object({ list: z.string().regex(/^[a-z0-9-]{2,40}$/) })
const writers = ['officer', 'supervisor'] as const
const uploadLimit = 268_435_456

const Report = z.object({
  list: z.string(),
  generatedAt: z.string().nullable(),
  entries: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  counts: z.record(z.string(), z.number()),
  rejected: z.array(z.object({ where: z.string(), code: z.string(), reason: z.string() })),
  seconds: z.number(),
})

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
        importedAt: z.string().nullable(),
        generatedAt: z.string().nullable(),
      }),
    ),
  }),
  command: { words: 'lists list', columns: ['id', 'title', 'entries', 'importedAt', 'generatedAt'] },
  handle: async ({ services }) => {
    const imported = new Map((await readLists(services.store)).map((it) => [it.id, it]))
    return {
      items: listSources.map(({ id, title, parts }) => {
        const last = imported.get(id)
        return {
          id,
          title,
          parts: [...parts],
          entries: last?.entries ?? 0,
          importedAt: last?.imported_at.toISOString() ?? null,
          generatedAt: last?.generated_at ?? null,
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
    const source = sourceOf(params.list)
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
    await pipeline(Readable.from(counted()), createWriteStream(`${file}.new`, { mode: 0o600 }))
    await rename(`${file}.new`, file)
    return { list: source.id, part: params.part, bytes: size }
  },
})

export const runImport = operation({
  id: 'lists.import',
  method: 'post',
  path: '/lists/{list}/import',
  summary:
    'Import the files handed in: what was added, changed and removed since the last import is written and screened',
  access: { roles: writers, scope: 'write' },
  params: ListParams,
  body: z.object({
    force: z.boolean().default(false).describe('Import even if the list has shrunk to less than 70 % of the last one'),
  }),
  reply: Report,
  handle: async ({ params, body, caller, services }) => {
    const source = sourceOf(params.list)
    const has = (part: string) => existsSync(partFile(services, source.id, part))
    const [main] = source.parts
    if (main === undefined || !has(main))
      throw fault('lists/part-missing', `Hand in the part ${main} of ${source.id} first.`)
    const report = await alone(services, source.id, () =>
      importList(source, { services, caller, force: body.force, has }),
    )
    for (const part of source.parts) rmSync(partFile(services, source.id, part), { force: true })
    return { ...report, counts: { ...report.counts }, rejected: [...report.rejected] }
  },
})

export const share = operation({
  id: 'lists.share',
  method: 'post',
  path: '/lists/{list}/share',
  summary: 'Share an imported list with other members: they get every entry now, and every change of later imports',
  access: { roles: writers, scope: 'write' },
  params: ListParams,
  body: z.object({ with: Audience }),
  reply: z.object({ list: z.string(), recipients: z.array(z.string()), entries: z.number() }),
  status: 202,
  command: { words: 'lists share', positional: ['list'] },
  handle: async ({ params, body, caller, services, commit }) => {
    const { store, identity, directories } = services
    const source = sourceOf(params.list)
    const directory = directories.current()
    const recipients = directory.members
      .map((it) => it.id)
      .filter((it) => it !== identity.me && inAudience(body.with, partyOf(directory, it)) !== false)
    const entries = [...(await readEntries(store, source.id)).values()]
    const versions = new Map(
      (
        await store.db
          .selectFrom('records')
          .select(['id', 'version'])
          .where('type', '=', 'listing')
          .where('owner', '=', identity.me)
          .execute()
      ).map((it) => [it.id, it.version]),
    )
    const send = recipients.flatMap((to) =>
      entries.map(
        (it): Dispatch => ({
          to,
          purpose: 'sanctions-implementation',
          content: { kind: 'record', id: it.record, version: versions.get(it.record) ?? 1 },
        }),
      ),
    )
    return commit(
      {
        rows: recipients.map((member) => ({
          op: 'insert',
          table: 'list_shares',
          values: { list: source.id, member },
          orIgnore: true,
        })),
        send,
        audit: recipients.map((recipient) =>
          audited('disclose', caller, {
            object: { type: 'list', id: source.id },
            recipient,
            details: { entries: entries.length },
          }),
        ),
      },
      { list: source.id, recipients, entries: entries.length },
    )
  },
})
