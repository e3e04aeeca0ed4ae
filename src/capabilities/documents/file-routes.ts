import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { fault } from '#capabilities/documents/faults'
import { keepFile, surveyFile } from '#capabilities/documents/file-intake'
import { FileReply, fileReply, Problems } from '#capabilities/documents/file-reply'
import { documentFile, restFile, runFile } from '#capabilities/documents/file-runner'
import { type FileRow, readFileRow, readFileRows } from '#capabilities/documents/file-store'
import { issuerFor } from '#capabilities/documents/issuer'
import { allStatuses, DocumentKind } from '#capabilities/documents/record'
import { checkHeader } from '#capabilities/documents/rules'
import { operation } from '#http/operation'
import { found } from '#http/shapes'
import { newId } from '#kernel/ids'
import { Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Store } from '#store/store'
import limits from './limits.json' with { type: 'json' }

const access = { roles: ['officer', 'supervisor'], scope: 'write' } as const

const FileParams = z.object({ id: z.string().regex(/^dof_[0-9a-f]{32}$/) })

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
      const { sha256, bytes } = await keepFile(upload, path)
      await refuseKnown(store, sha256)
      const { columns, rows } = await surveyFile(path)
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
        fileReply(row),
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

async function refuseKnown(store: Store, sha256: string): Promise<void> {
  const known = (await readFileRows(store, { sha256 })).find((it) => it.state !== 'failed')
  if (known === undefined) return
  throw fault('documents/file-known', 'This file was handed in before. Go on with that one.', {
    details: { file: known.id, state: known.state },
  })
}

export const files = operation({
  id: 'documents.files',
  method: 'get',
  path: '/documents/files',
  summary: 'Files of documents that this office handed in, newest first',
  access: { ...access, scope: 'read' },
  reply: z.object({ items: z.array(FileReply) }),
  command: { words: 'documents files', columns: ['id', 'name', 'state', 'done', 'rows', 'declared'] },
  handle: async ({ services }) => ({ items: (await readFileRows(services.store)).map(fileReply) }),
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
    return { ...fileReply(row), problems: row.problems }
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
      fileReply({ ...row, ...values }),
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
      fileReply({ ...row, state: 'stopped' }),
    )
  },
})
