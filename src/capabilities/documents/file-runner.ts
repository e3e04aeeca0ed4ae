import { createReadStream, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createCollector, type DeclaredEntry } from '#capabilities/documents/collect'
import { indexOf } from '#capabilities/documents/engine'
import { fault } from '#capabilities/documents/faults'
import { readRow } from '#capabilities/documents/file-row'
import { type FileRow, readFileRow, readFileRows } from '#capabilities/documents/file-store'
import { caughtUp } from '#capabilities/documents/follow'
import { issuerFor } from '#capabilities/documents/issuer'
import { declareDocuments, today } from '#capabilities/documents/rules'
import { readCsv } from '#formats/csv'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import { partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import limits from './limits.json' with { type: 'json' }

/**
 * Declares files row by row beside the requests. How far it came is written with what it declared, so that a restart goes on
 * there, and nothing is declared twice.
 */

const rowsPerCommit = 50_000
const rowsPerTurn = 500

interface Run {
  stopped: boolean
  readonly ended: Promise<void>
}

const runs = new WeakMap<Services, Map<string, Run>>()

function runsOf(services: Services): Map<string, Run> {
  const found = runs.get(services) ?? new Map<string, Run>()
  runs.set(services, found)
  return found
}

/** Where a file lies until its rows are declared. */
export function documentFile({ settings }: Pick<Services, 'settings'>, id: string): string {
  return join(settings.dataDirectory, 'documents', id)
}

/** Goes on with a file that is `running` in the store. */
export function runFile(services: Services, id: string): void {
  const all = runsOf(services)
  const before = all.get(id)
  const run = { stopped: false } as { stopped: boolean; ended: Promise<void> }
  run.ended = (before?.ended ?? Promise.resolve())
    .then(() => work(services, id, run))
    .catch((err: unknown) => services.log.error({ err, file: id }, 'a file of documents could not be declared further'))
    .finally(() => {
      if (all.get(id) === run) all.delete(id)
    })
  all.set(id, run)
}

/** Resolves when nothing of the file is under way any more. */
export async function restFile(services: Services, id: string): Promise<void> {
  const run = runsOf(services).get(id)
  if (run === undefined) return
  run.stopped = true
  await run.ended
}

async function work(services: Services, id: string, run: { readonly stopped: boolean }): Promise<void> {
  const { store } = services
  const row = await readFileRow(store, id)
  if (row?.state !== 'running' || run.stopped) return
  let ended: Partial<FileRow> = { state: 'done', problem: null }
  try {
    if (!existsSync(documentFile(services, id)))
      throw fault('documents/file-unreadable', 'The file is no longer there. Hand it in again.')
    if (!(await declareFile(row, services, run))) return
  } catch (cause) {
    if (isFault(cause, 'store/conflict')) return // stopped meanwhile
    ended = { state: 'failed', problem: isFault(cause) ? cause.code : 'documents/failed' }
    if (!isFault(cause)) services.log.error({ err: cause, file: id }, 'a file of documents failed')
  }
  const caller = { actor: { member: ourselves(services) }, via: 'system' as const }
  await store.commit({
    rows: [
      {
        op: 'update',
        table: 'document_files',
        where: { id, state: 'running' },
        values: { ...ended, ended_at: store.clock.now() } as never,
      },
    ],
    touched: [{ type: 'document-file', id }],
    audit: [
      audited('collect', caller, { object: { type: 'document-file', id }, details: { state: ended.state ?? null } }),
    ],
  })
  if (ended.state === 'done') rmSync(documentFile(services, id), { force: true })
}

const ourselves = ({ identity, directories }: Services) => partyOf(directories.current(), identity.me)

/** Asked before every record, since a file may take long: what somebody may no longer do is not done on in their name. */
async function callerNow({ person, reference }: FileRow, services: Services): Promise<Caller> {
  const standing = (await services.people.standing([person])).get(person)
  const roles = standing?.roles.filter((it) => it === 'officer' || it === 'supervisor') ?? []
  if (standing === undefined || standing.disabled || roles.length === 0)
    throw fault('documents/refused', 'Whoever began this may no longer declare documents.', { rule: 'role' })
  const actor = { member: ourselves(services), person: { id: person, roles } }
  return { actor, via: 'session', purpose: 'border-security', reference }
}

interface Progress {
  done: number
  declared: number
  unchanged: number
  records: number
  readonly refused: Record<string, number>
  readonly problems: FileRow['problems']
}

/** Whether it came to the end of the file. */
async function declareFile(row: FileRow, services: Services, run: { readonly stopped: boolean }): Promise<boolean> {
  await caughtUp(services)
  const { store } = services
  const issuer = issuerFor(services.directories.current(), services.identity.me)
  const reading = { columns: row.columns, defaults: row.defaults ?? {}, issuer, today: today(store.clock.now()) }
  const progress: Progress = {
    done: row.done,
    declared: row.declared,
    unchanged: row.unchanged,
    records: row.records,
    refused: { ...row.refused },
    problems: [...row.problems],
  }
  const collector = createCollector()
  let since = 0
  let at = -1
  const write = async () => {
    const declared = collector.size
    const made = declared === 0 ? undefined : await declareWith(collector.take(issuer), row, services)
    progress.declared += declared
    progress.records += made === undefined ? 0 : 1
    await store.commit({
      ...made,
      audit: made?.audit ?? [],
      rows: [progressOf(row.id, progress)],
      touched: [{ type: 'document-file', id: row.id }],
    })
    since = 0
  }
  for await (const { fields, line } of readCsv(createReadStream(documentFile(services, row.id)), {
    delimiter: 'auto',
  })) {
    if (++at === 0 || at <= progress.done) continue
    const read = readRow(fields, reading)
    if ('problem' in read) {
      progress.refused[read.problem] = (progress.refused[read.problem] ?? 0) + 1
      if (progress.problems.length < limits.problemsKept) progress.problems.push({ line, problem: read.problem })
    } else if ('range' in read) collector.addRange(read.range)
    else if (isDeclared(read.entry, issuer, services)) progress.unchanged++
    else collector.add(read.entry)
    progress.done = at
    since++
    if (collector.isFull || since >= rowsPerCommit) await write()
    else if (at % rowsPerTurn === 0) await nextTurn()
    if (run.stopped) return false
  }
  if (since > 0) await write()
  return true
}

/** Whether we have declared exactly this: what is handed in again, in a longer file, is not declared again. */
function isDeclared({ number, kind, status, declaredAt }: DeclaredEntry, issuer: string, services: Services): boolean {
  const ours = indexOf(services).find(
    { number, kind, issuer },
    ({ owner, subject }) => owner === services.identity.me && subject.state === 'active',
  )
  return ours.some((it) => it.status === status && it.declaredAt === declaredAt)
}

async function declareWith(
  body: Parameters<typeof declareDocuments>[0],
  row: FileRow,
  services: Services,
): Promise<Change> {
  const work = {
    caller: await callerNow(row, services),
    now: services.store.clock.now(),
    directory: services.directories.current(),
  }
  return declareDocuments(body, row.handling!, work).change
}

/** Written only while nobody has stopped it: the count would differ, and the whole change is refused. */
function progressOf(id: string, progress: Progress): RowWrite {
  const { refused, problems, ...counts } = progress
  return {
    op: 'update',
    table: 'document_files',
    where: { id, state: 'running' },
    values: { ...counts, refused: { ...refused }, problems: JSON.stringify(problems) },
    expect: 1,
  }
}

/** Goes on with what a stop of the node cut short. */
export async function startFiles(services: Services): Promise<AsyncDisposable> {
  for (const { id } of await readFileRows(services.store, { state: 'running' })) runFile(services, id)
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([...runsOf(services).keys()].map((id) => restFile(services, id)))
    },
  }
}
