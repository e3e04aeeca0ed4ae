import { mkdirSync, rmSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { bandOf } from '#capabilities/screening/bands'
import { batchFile, type FileRow, readFile } from '#capabilities/screening/batch-file'
import { isForPool, openRowPool, type RowPool } from '#capabilities/screening/batch-pool'
import type { RowBand } from '#capabilities/screening/batch-record'
import { callerNow, callerThen, end, erase, interrupt } from '#capabilities/screening/batch-rules'
import { type BatchRecord, readBatch, readBatches, readOverdue } from '#capabilities/screening/batch-store'
import { type Asking, type Found, lookUp } from '#capabilities/screening/look-up'
import { asJson } from '#capabilities/screening/store'
import { leastScore } from '#capabilities/screening/thresholds'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { MatchEntity } from '#matching/entity'
import { partyOf } from '#protocol/directory'
import type { RowWrite } from '#store/change'
import { openReader } from '#store/reader'

/** Screens files row by row beside the requests. What is done is written with how far it came, so a restart goes on there. */

const rowsPerCommit = 50
/** Enough that several threads have work. */
const rowsPerPooledCommit = 512
/** Rows between two turns of requests. */
const rowsPerTurn = 5
const perRow = { limit: 5, threshold: leastScore }
/** Changes of progress are told no more often than this. */
const tellMilliseconds = 500

interface Run {
  stopped: boolean
  readonly ended: Promise<void>
}

const runs = new WeakMap<Services, Map<string, Run>>()

function runsOf(services: Services): Map<string, Run> {
  let found = runs.get(services)
  if (found === undefined) {
    found = new Map()
    runs.set(services, found)
  }
  return found
}

export function countRunning(services: Services): number {
  return runsOf(services).size
}

/** Goes on with a batch that is `running` in the store. The one before it has come to rest first. */
export function runBatch(services: Services, id: string): void {
  const all = runsOf(services)
  const before = all.get(id)
  const run = { stopped: false } as { stopped: boolean; ended: Promise<void> }
  run.ended = (before?.ended ?? Promise.resolve())
    .then(() => work(services, id, run))
    .catch((err: unknown) => services.log.error({ err, batch: id }, 'a file could not be screened further'))
    .finally(() => {
      if (all.get(id) === run) all.delete(id)
    })
  all.set(id, run)
}

/** Resolves when nothing of the batch is under way any more. */
export async function restBatch(services: Services, id: string): Promise<void> {
  const run = runsOf(services).get(id)
  if (run === undefined) return
  run.stopped = true
  await run.ended
}

async function work(services: Services, id: string, run: { readonly stopped: boolean }): Promise<void> {
  const batch = await readBatch(services.store, id)
  if (batch?.state !== 'running' || batch.choice === null || run.stopped) return
  let ended: 'done' | 'failed' = 'done'
  let problem: string | null = null
  try {
    const finished = await screenFile(batch, services, run)
    if (!finished) return
  } catch (cause) {
    if (isFault(cause, 'store/conflict')) return // paused, cancelled or deleted meanwhile
    if (!isFault(cause) && (cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      await services.store.commit(interrupt(batch, services.store.clock.now()))
      throw cause
    }
    ended = 'failed'
    problem = isFault(cause) ? cause.code : 'batches/file-gone'
  }
  const last = await readBatch(services.store, id)
  if (last?.state !== 'running') return
  const caller = callerThen(last, ourselves(services))
  await services.store.commit(end(last, { state: ended, caller, now: services.store.clock.now(), problem }))
  rmSync(batchFile(services, id), { force: true })
}

const ourselves = ({ identity }: Services) => partyOf(identity.directory(), identity.me)

/** Asked before every chunk, since a file may take hours: roles change, and people leave. */
async function askingNow(batch: BatchRecord, services: Services): Promise<Asking> {
  const standing = (await services.people.standing([batch.person])).get(batch.person)
  const caller = callerNow(batch, { member: ourselves(services), standing })
  return { caller, services, reader: openReader(services.store, caller) }
}

/** Whether it came to the end of the file. */
async function screenFile(
  batch: BatchRecord,
  services: Services,
  run: { readonly stopped: boolean },
): Promise<boolean> {
  let asking = await askingNow(batch, services)
  let at = 0
  let chunk = startChunk()
  let told = 0
  const progress = { done: batch.done, counts: { ...batch.counts }, workedMs: batch.worked_ms }
  let waiting: FileRow[] = []
  const commit = async () => {
    progress.done += chunk.rows.length
    progress.workedMs += performance.now() - chunk.since
    for (const it of chunk.bands) progress.counts[it]++
    const tell = performance.now() - told > tellMilliseconds
    if (tell) told = performance.now()
    await services.store.commit({
      rows: [...chunk.rows, ...chunk.matches, progressOf(batch.id, progress)],
      audit: [],
      ...(tell ? { touched: [{ type: 'batch', id: batch.id }] } : {}),
    })
    chunk = startChunk()
  }
  await using pool = isForPool(batch.rows, services) ? openRowPool(services, perRow) : undefined
  const size = pool === undefined ? rowsPerCommit : rowsPerPooledCommit
  const write = async () => {
    const found = await screenRows(waiting, asking, pool)
    if (run.stopped) return
    for (const [index, row] of waiting.entries())
      addRow(chunk, { batch: batch.id, at: at - waiting.length + 1 + index, row, found: found[index]! })
    await commit()
    waiting = []
  }
  for await (const row of readFile(batchFile(services, batch.id), batch.survey, batch.choice!)) {
    at++
    if (at <= batch.done) continue
    if (run.stopped) return false
    waiting.push(row)
    if (waiting.length < size) continue
    await write()
    if (run.stopped) return false
    asking = await askingNow(batch, services)
  }
  if (waiting.length > 0) await write()
  return waiting.length === 0
}

function startChunk() {
  return { rows: [] as RowWrite[], matches: [] as RowWrite[], bands: [] as RowBand[], since: performance.now() }
}

/** Written only while nobody has paused or ended it: the count would differ, and the whole chunk is refused. */
function progressOf(
  id: string,
  { done, counts, workedMs }: { done: number; counts: BatchRecord['counts']; workedMs: number },
): RowWrite {
  return {
    op: 'update',
    table: 'screening_batches',
    where: { id, state: 'running' },
    values: { done, counts: asJson(counts), worked_ms: workedMs },
    expect: 1,
  }
}

/** What each row meets; rows that cannot be read meet nothing. */
async function screenRows(rows: readonly FileRow[], asking: Asking, pool: RowPool | undefined): Promise<Found[][]> {
  const queries = rows.flatMap(({ schema, properties }) => (schema === null ? [] : [{ id: 'row', schema, properties }]))
  const found = (await pool?.lookUp(queries, asking)) ?? (await screenInTurns(queries, asking))
  let next = 0
  return rows.map(({ schema }) => (schema === null ? [] : found[next++]!))
}

async function screenInTurns(queries: readonly MatchEntity[], asking: Asking): Promise<Found[][]> {
  const found: Found[][] = []
  for (const query of queries) {
    found.push(await lookUp(query, asking, perRow))
    if (found.length % rowsPerTurn === 0) await nextTurn()
  }
  return found
}

interface Screened {
  readonly batch: string
  readonly at: number
  readonly row: FileRow
  readonly found: readonly Found[]
}

function addRow(chunk: ReturnType<typeof startChunk>, { batch, at, row, found }: Screened): void {
  const { line, reference, name, schema, properties, rejected, doubts } = row
  const best = bandOf(found[0]?.candidate.score ?? 0)
  const band: RowBand = rejected !== null ? 'unread' : best === 'weak' ? 'none' : best
  chunk.bands.push(band)
  chunk.rows.push({
    op: 'insert',
    table: 'screening_rows',
    values: {
      batch,
      at,
      line,
      reference,
      name: name.slice(0, 1_024),
      schema,
      properties: asJson(properties),
      band,
      rejected,
      doubts: asJson([...doubts]),
      found: found.length,
    },
  })
  for (const { candidate, view } of found)
    chunk.matches.push({
      op: 'insert',
      table: 'screening_matches',
      values: {
        batch,
        at,
        record: view.id,
        version: view.version,
        score: candidate.score,
        explanation: asJson({ features: candidate.features, evidence: candidate.evidence }),
      },
    })
}

const purgeMilliseconds = 3_600_000

/** Goes on with what a stop of the node cut short, and purges what is past its time, at once and then every hour. */
export async function startBatches(services: Services): Promise<AsyncDisposable> {
  mkdirSync(batchFile(services, ''), { recursive: true, mode: 0o700 })
  for (const { id } of await readBatches(services.store, { states: ['running'] })) runBatch(services, id)
  let purging: Promise<void> = Promise.resolve()
  const purge = () => {
    purging = purgeBatches(services).catch((err: unknown) =>
      services.log.error({ err }, 'files past their time could not be purged'),
    )
  }
  purge()
  const timer = setInterval(purge, purgeMilliseconds)
  timer.unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await purging
      await Promise.all([...runsOf(services).keys()].map((id) => restBatch(services, id)))
    },
  }
}

/** Removes files and results whose clock has run out. */
export async function purgeBatches(services: Services): Promise<void> {
  const { store, identity } = services
  const node = { actor: { member: partyOf(identity.directory(), identity.me) }, via: 'clock' as const }
  for (const batch of await readOverdue(store, store.clock.now())) {
    await restBatch(services, batch.id)
    await store.commit(erase(batch, node, 'Past the time for which it is kept.'))
    rmSync(batchFile(services, batch.id), { force: true })
  }
}
