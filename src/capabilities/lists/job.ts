import { existsSync } from 'node:fs'
import { importList } from '#capabilities/lists/import-list'
import { type HandedIn, type ImportProblem, type ImportState, readUnended } from '#capabilities/lists/imports'
import { missingPart } from '#capabilities/lists/parts'
import { checkForce, type Force, fault, type ListSource } from '#capabilities/lists/rules'
import type { ImportReport } from '#capabilities/lists/store'
import { clearParts, describeFile, layDelta, partFile } from '#capabilities/lists/uploads'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import { newId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

/** An import runs at the node, not in the request that began it: whoever began it may leave and find it again. */

/** How far an import is. `done` and `total` are bytes while it reads, entries after that. */
export interface Progress {
  readonly stage: 'reading' | 'writing' | 'withdrawing'
  readonly done: number
  readonly total: number
  readonly since: string
}

interface Job {
  readonly id: string
  readonly stop: AbortController
  progress: Progress
  finished: Promise<ImportReport>
}

const jobs = new WeakMap<Services, Map<string, Job>>()

function jobsOf(services: Services): Map<string, Job> {
  const known = jobs.get(services) ?? new Map<string, Job>()
  jobs.set(services, known)
  return known
}

export function progressOf(services: Services, list: string, id: string): Progress | null {
  const job = jobsOf(services).get(list)
  return job?.id === id ? job.progress : null
}

export function isImporting(services: Services, list: string): boolean {
  return jobsOf(services).has(list)
}

interface Beginning extends Force {
  readonly services: Services
  readonly caller: Caller
  /** Of the person who begins it, for the history. */
  readonly name: string | null
}

/** Begins to import what was handed in. One import of a list at a time. Throws `lists/*`. */
export async function beginImport(
  source: ListSource,
  { services, caller, name, force, reason }: Beginning,
): Promise<{ id: string; finished: Promise<ImportReport> }> {
  const { store } = services
  const running = jobsOf(services)
  checkForce({ force, reason }, caller.actor.person?.roles ?? [])
  if (running.has(source.id)) throw fault('lists/busy', `${source.id} is being imported. Wait until that is done.`)
  const has = (part: string) => existsSync(partFile(services, source.id, part))
  const missing = missingPart(source.parts, has)
  if (missing !== null) throw fault('lists/part-missing', `Hand in the part ${missing} of ${source.id} first.`)
  const id = newId('imp', store.clock.now().getTime())
  const started = store.clock.now()
  const job: Job = {
    id,
    stop: new AbortController(),
    progress: { stage: 'reading', done: 0, total: 0, since: started.toISOString() },
    finished: Promise.reject(new Error('not begun')),
  }
  job.finished.catch(ignore)
  running.set(source.id, job)
  let files: HandedIn[]
  try {
    files = await describeFiles(services, source, has)
    const total = files.reduce((sum, it) => sum + it.bytes, 0)
    job.progress = { ...job.progress, total }
    const { id: by_id = null } = caller.actor.person ?? {}
    const values = {
      id,
      list: source.id,
      state: 'running',
      started_at: started,
      by_id,
      by_name: name,
      files,
      forced: force ? (reason ?? null) : null,
    }
    await store.commit({
      rows: [{ op: 'insert', table: 'list_imports', values: values as never }],
      touched: [{ type: 'list', id: source.id }],
      audit: [],
    })
  } catch (cause) {
    running.delete(source.id)
    throw cause
  }
  job.finished = run(source, job, { services, caller, force, reason, has, files }).finally(() =>
    running.delete(source.id),
  )
  job.finished.catch(ignore) // whoever waits for it is told; the history tells everybody else
  return { id, finished: job.finished }
}

function ignore(): void {}

async function run(
  source: ListSource,
  job: Job,
  { services, caller, force, reason, has, files }: Running,
): Promise<ImportReport> {
  try {
    const whole = await withDelta(source, job, { services, has, files })
    const report = await importList(source, {
      services,
      caller,
      force,
      reason,
      has,
      files: whole,
      id: job.id,
      signal: job.stop.signal,
      onProgress: ({ stage, done, total }) => {
        const { progress } = job
        const since = stage === progress.stage ? progress.since : new Date().toISOString()
        job.progress = { stage, done, total: total ?? progress.total, since }
      },
    })
    clearParts(source, services)
    return report
  } catch (cause) {
    await end(services, { id: job.id, list: source.id, caller, cause, stopped: job.stop.signal.aborted })
    throw cause
  }
}

type Running = Omit<Beginning, 'name'> & { has: (part: string) => boolean; files: readonly HandedIn[] }

/** Lays a delta over the list in force, and has the history name the whole file that came of it too. */
async function withDelta(
  source: ListSource,
  job: Job,
  { services, has, files }: Pick<Running, 'services' | 'has' | 'files'>,
): Promise<readonly HandedIn[]> {
  if (!has('delta')) return files
  const whole = await layDelta(source, services)
  const all = [whole, ...files.filter((it) => it.part !== whole.part)]
  await services.store.commit({ rows: [endRow(job.id, { files: all as never })], audit: [] })
  return all
}

interface Ending {
  readonly id: string
  readonly list: string
  readonly caller?: Caller
  readonly cause?: unknown
  readonly stopped: boolean
}

/** Writes that an import came to no good end, and why. */
async function end({ store, log }: Services, { id, list, caller, cause, stopped }: Ending): Promise<void> {
  if (!stopped && !isFault(cause)) log.error({ err: cause, list, import: id }, 'an import failed')
  const problem = stopped ? interruption : problemOf(cause)
  const state: ImportState = stopped ? 'interrupted' : 'failed'
  const object = { type: 'list', id: list }
  await store.commit({
    rows: [endRow(id, { state, ended_at: store.clock.now(), problem: problem as never })],
    touched: [{ type: 'list', id: list }],
    audit:
      caller === undefined || stopped
        ? []
        : [audited('import', caller, { object, outcome: 'failed', reason: `${problem.code}: ${problem.title}` })],
  })
}

export function endRow(id: string, values: Extract<RowWrite, { op: 'update' }>['values']): RowWrite {
  return { op: 'update', table: 'list_imports', where: { id }, values }
}

const interruption: ImportProblem = {
  code: 'lists/interrupted',
  title:
    'The node ended while it imported. What was written until then stays, and the files are still here: begin it again and it goes on where it stopped.',
  rule: null,
}

function problemOf(cause: unknown): ImportProblem {
  if (isFault(cause)) return { code: cause.code, title: cause.message, rule: cause.rule ?? null }
  return { code: 'node/failed', title: 'The node failed while it imported. Its log says why.', rule: null }
}

async function describeFiles(
  services: Services,
  source: ListSource,
  has: (part: string) => boolean,
): Promise<HandedIn[]> {
  const files: HandedIn[] = []
  for (const part of source.parts.filter(has)) files.push(await describeFile(partFile(services, source.id, part), part))
  return files
}

/** Says of imports that an earlier run of the node left open what became of them; stops those of this one when it ends. */
export async function startJobs(services: Services): Promise<AsyncDisposable> {
  const running = jobsOf(services)
  for (const { id, list } of await readUnended(services.store))
    if (running.get(list)?.id !== id) await end(services, { id, list, stopped: true })
  return {
    async [Symbol.asyncDispose]() {
      const open = [...running.values()]
      for (const it of open) it.stop.abort()
      await Promise.allSettled(open.map((it) => it.finished))
    },
  }
}
