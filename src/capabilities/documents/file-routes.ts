import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { fault } from '#capabilities/documents/faults'
import { type Columns, columnsOf } from '#capabilities/documents/file-row'
import { documentFile, restFile, runFile } from '#capabilities/documents/file-runner'
import { type FileRow, fileStates, readFileRow, readFileRows } from '#capabilities/documents/file-store'
import { issuerFor } from '#capabilities/documents/issuer'
import { allStatuses, DocumentKind } from '#capabilities/documents/record'
import { checkHeader } from '#capabilities/documents/rules'
import { readCsv } from '#formats/csv'
import { operation } from '#http/operation'
import { found } from '#http/shapes'
import { newId } from '#kernel/ids'
import { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Store } from '#store/store'
import limits from './limits.json' with { type: 'json' }

const access = { roles: ['officer', 'supervisor'], scope: 'write' } as const

const FileParams = z.object({ id: z.string().regex(/^dof_[0-9a-f]{32}$/) })

const FileReply = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  state: z.enum(fileStates),
  /** The columns that were recognised, by their place from 0. */
  columns: z.record(z.string(), z.number()),
  rows: z.number(),
  done: z.number(),
  declared: z.number(),
  unchanged: z.number(),
  records: z.number(),
  refused: z.record(z.string(), z.number()),
  problem: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})

const Problems = z.array(z.object({ line: z.number(), problem: z.string() }))

function replyOf(row: FileRow): z.infer<typeof FileReply> {
  const { id, name, sha256, bytes, state, columns, rows, done, declared, unchanged, records, refused, problem } = row
  return {
    id,
    name,
    sha256,
    bytes: Number(bytes),
    state,
    columns: columns as Record<string, number>,
    rows,
    done,
    declared,
    unchanged,
    records,
    refused: refused as Record<string, number>,
    problem,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

export const handInFile = operation({
  id: 'documents.hand-in',
  method: 'post',
  path: '/documents/files',
  summary: 'Hand in a CSV table of documents to be declared; the same file again is refused, and named',
  access: { ...access, purpose: true },
  query: z.object({ name: z.string().trim().max(120).default('') }),
  upload: true,
  limitBytes: limits.fileBytes,
  status: 201,
  reply: FileReply,
  handle: async ({ query, upload, caller, services, commit }) => {
    const { store, directories, identity } = services
    issuerFor(directories.current(), identity.me)
    const now = store.clock.now()
    const id = newId('dof', now.getTime())
    const path = documentFile(services, id)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    try {
      const { sha256, bytes } = await keep(upload, path)
      await refuseKnown(store, sha256)
      const { columns, rows } = await survey(path)
      const values = {
        id,
        name: query.name,
        sha256,
        bytes,
        person: caller.actor.person?.id ?? '',
        reference: caller.reference ?? '',
        state: 'handed-in' as const,
        columns,
        rows,
        created_at: now,
      }
      const audit = [audited('collect', caller, { object: { type: 'document-file', id }, details: { sha256, rows } })]
      const row: FileRow = { ...empty, ...values }
      return await commit(
        {
          rows: [{ op: 'insert', table: 'document_files', values: { ...values, columns: { ...columns } } }],
          audit,
          touched: [{ type: 'document-file', id }],
        },
        replyOf(row),
      )
    } catch (cause) {
      rmSync(path, { force: true })
      throw cause
    }
  },
})

const empty = {
  defaults: null,
  handling: null,
  done: 0,
  declared: 0,
  unchanged: 0,
  records: 0,
  refused: {},
  problems: [],
  problem: null,
  ended_at: null,
}

async function keep(upload: AsyncIterable<Uint8Array>, path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = async function* () {
    for await (const chunk of upload) {
      hash.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600 }))
  return { sha256: hash.digest('hex'), bytes }
}

async function refuseKnown(store: Store, sha256: string): Promise<void> {
  const known = (await readFileRows(store, { sha256 })).find((it) => it.state !== 'failed')
  if (known === undefined) return
  throw fault('documents/file-known', 'This file was handed in before. Go on with that one.', {
    details: { file: known.id, state: known.state },
  })
}

async function survey(path: string): Promise<{ columns: Columns; rows: number }> {
  let columns: Columns | undefined
  let rows = 0
  for await (const { fields } of readCsv(createReadStream(path), { delimiter: 'auto' })) {
    if (columns === undefined) columns = columnsOf(fields)
    else if (++rows > limits.fileRows)
      throw fault('documents/file-too-long', `The file has more than ${limits.fileRows} rows. Divide it.`)
    if (rows % 5_000 === 0) await nextTurn()
  }
  if (columns?.number === undefined)
    throw fault(
      'documents/file-columns',
      'No column is called "number". The first row names the columns: number, kind, status, date.',
    )
  if (rows === 0) throw fault('documents/file-unreadable', 'The file has no rows beneath its headers.')
  return { columns, rows }
}

export const files = operation({
  id: 'documents.files',
  method: 'get',
  path: '/documents/files',
  summary: 'Files of documents that this office handed in, newest first',
  access: { ...access, scope: 'read' },
  reply: z.object({ items: z.array(FileReply) }),
  command: { words: 'documents files', columns: ['id', 'name', 'state', 'done', 'rows', 'declared'] },
  handle: async ({ services }) => ({ items: (await readFileRows(services.store)).map(replyOf) }),
})

export const file = operation({
  id: 'documents.file',
  method: 'get',
  path: '/documents/files/{id}',
  summary: 'How far the declaration of a file is, and which rows could not be read, with their lines',
  access: { ...access, scope: 'read' },
  params: FileParams,
  reply: FileReply.extend({ problems: Problems }),
  command: { words: 'documents file', positional: ['id'] },
  handle: async ({ params, services }) => {
    const row = found(await readFileRow(services.store, params.id))
    return { ...replyOf(row), problems: row.problems }
  },
})

export const beginFile = operation({
  id: 'documents.begin-file',
  method: 'post',
  path: '/documents/files/{id}/begin',
  summary: 'Declare the rows of a file under this header, at once to those whom it names; what was stopped goes on',
  access: { ...access, purpose: true },
  params: FileParams,
  body: z.object({
    handling: Handling,
    kind: DocumentKind.optional().describe('Of rows that name none'),
    status: z.enum(allStatuses).optional().describe('Of rows that name none'),
    declaredAt: z.iso.date().optional().describe('Of rows that name none'),
  }),
  status: 202,
  reply: FileReply,
  handle: async ({ params, body, caller, services, commit }) => {
    const { store } = services
    const row = found(await readFileRow(store, params.id))
    if (row.state !== 'handed-in' && row.state !== 'stopped' && row.state !== 'failed')
      throw fault('documents/file-state', `The file is ${row.state}.`, { details: { state: row.state } })
    const { handling, ...defaults } = body
    checkHeader(handling, { now: store.clock.now() })
    const values = {
      state: 'running' as const,
      handling,
      defaults,
      person: caller.actor.person?.id ?? '',
      reference: caller.reference ?? '',
      problem: null,
      ended_at: null,
    }
    const reply = await commit(
      {
        rows: [
          {
            op: 'update',
            table: 'document_files',
            where: { id: row.id, state: row.state },
            values: values as never,
            expect: 1,
          },
        ],
        touched: [{ type: 'document-file', id: row.id }],
        audit: [
          audited('collect', caller, { object: { type: 'document-file', id: row.id }, details: { state: 'running' } }),
        ],
      },
      replyOf({ ...row, ...values }),
    )
    runFile(services, row.id)
    return reply
  },
})

export const stopFile = operation({
  id: 'documents.stop-file',
  method: 'post',
  path: '/documents/files/{id}/stop',
  summary: 'Stop the declaration of a file; what was declared stays, and it can go on later',
  access,
  params: FileParams,
  status: 202,
  reply: FileReply,
  handle: async ({ params, caller, services, commit }) => {
    const { store } = services
    await restFile(services, params.id)
    const row = found(await readFileRow(store, params.id))
    if (row.state !== 'running')
      throw fault('documents/file-state', `The file is ${row.state}.`, { details: { state: row.state } })
    return commit(
      {
        rows: [
          {
            op: 'update',
            table: 'document_files',
            where: { id: row.id, state: 'running' },
            values: { state: 'stopped' },
            expect: 1,
          },
        ],
        touched: [{ type: 'document-file', id: row.id }],
        audit: [
          audited('collect', caller, { object: { type: 'document-file', id: row.id }, details: { state: 'stopped' } }),
        ],
      },
      replyOf({ ...row, state: 'stopped' }),
    )
  },
})
