import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ChangeKind, type HandedIn, insertChange } from '#capabilities/lists/imports'
import { nextVersionOf } from '#capabilities/lists/make-version'
import { readPartBytes } from '#capabilities/lists/part-bytes'
import { headerOf, type ListSource, type Plan, putEntry } from '#capabilities/lists/rules'
import { type EntryRow, type ImportReport, readEntries, readListMembers, readLists } from '#capabilities/lists/store'
import { surveyList } from '#capabilities/lists/survey'
import { partFile } from '#capabilities/lists/uploads'
import { checkRead, namesIn } from '#capabilities/lists/validation'
import { readCurrent, takeBack } from '#capabilities/lists/withdraw'
import type { ListItem } from '#formats/list-entry'
import { listFormats } from '#formats/list-formats'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { Dispatch, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'

function readItems(source: ListSource, { services, has, onProgress }: Importing): AsyncGenerator<ListItem> {
  let done = 0
  const open = (part: string) =>
    readPartBytes(partFile(services, source.id, part), {
      part,
      format: source.format,
      onRead: (bytes) => {
        done += bytes
        onProgress?.({ stage: 'reading', done })
      },
    })
  return listFormats[source.format].read((part) => (has(part) ? open(part) : undefined))
}

interface Importing {
  readonly services: Services
  readonly caller: Caller
  readonly force: boolean
  /** Why the checks are overridden. */
  readonly reason?: string | undefined
  readonly has: (part: string) => boolean
  /** What was handed in, for the version. */
  readonly files?: readonly HandedIn[]
  /** Of the import in the history, which is written to when there is one. */
  readonly id?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: {
    readonly stage: 'reading' | 'writing' | 'withdrawing'
    readonly done: number
    /** Absent while it reads: how much there is was known before. */
    readonly total?: number
  }) => void
}

const batch = 250

/**
 * Reads the whole list first, so that a damaged file changes nothing; then writes what was added or changed, and takes back
 * what is no longer on the list. Each entry's digest decides, so an import that was cut short goes on where it stopped.
 */
export async function importList(source: ListSource, importing: Importing): Promise<ImportReport> {
  const { services, caller, force, id, signal, onProgress } = importing
  const { store, identity } = services
  const started = performance.now()
  const before: ReadonlyMap<string, EntryRow> = await readEntries(store, source.id)
  const survey = await surveyList(readItems(source, importing), source.id, before)
  const last = (await readLists(store)).find((it) => it.id === source.id)
  const size = { entries: before.size, names: last === undefined ? 0 : namesIn(last.report.counts) }
  const names = namesIn(survey.report.counts)
  checkRead({ entries: survey.digests.size, names, rejected: survey.rejected }, size, force)
  const moves = survey.plans.length > 0 || survey.removed.length > 0
  if (moves && last !== undefined) await markChanging(importing, source.id)
  const now = store.clock.now()
  const handling = headerOf(source, now)
  const members = await readListMembers(store, source.id)
  const write = async (plans: readonly Plan[]) => {
    const current = await readCurrent(
      services,
      plans.flatMap(({ listing }) => before.get(listing.ref)?.record ?? []),
    )
    const puts = plans.map((it) =>
      putEntry(it, current.get(before.get(it.listing.ref)?.record ?? ''), { owner: identity.me, handling, now }),
    )
    const send = puts.flatMap(({ put }) =>
      members.map((to): Dispatch => ({ to, purpose: 'sanctions-implementation', content: entryContent(put.record) })),
    )
    const changes = puts.flatMap(({ put }, at) => {
      const { ref } = plans[at]!.listing
      return id === undefined ? [] : [changeRow(id, { ref, record: put.record, known: before.has(ref) })]
    })
    const rows = [...puts.map((it) => it.row), ...changes]
    await store.commit({ records: puts.map((it) => it.put), rows, send, audit: [] })
  }
  // One batch is signed while the one before it is written.
  let writing: Promise<void> = Promise.resolve()
  for (let at = 0; at < survey.plans.length; at += batch) {
    const next = write(survey.plans.slice(at, at + batch))
    next.catch(() => undefined) // awaited below
    await writing
    onProgress?.({ stage: 'writing', done: at, total: survey.plans.length })
    writing = next
    await nextTurn()
    if (signal?.aborted) break
  }
  await writing
  signal?.throwIfAborted()
  onProgress?.({ stage: 'withdrawing', done: 0, total: survey.removed.length })
  await takeBack(survey.removed, { services, members, id })
  signal?.throwIfAborted()
  const report: ImportReport = {
    ...survey.report,
    removed: survey.removed.length,
    seconds: round((performance.now() - started) / 1000),
  }
  const version = await nextVersionOf(source, survey, importing)
  const details = {
    entries: report.entries,
    added: report.added,
    changed: report.changed,
    removed: report.removed,
    rejected: survey.rejected,
    version: version.number,
    contentHash: version.contentHash,
    ...(force ? { forced: true } : {}),
  }
  const values = {
    id: source.id,
    generated_at: report.generatedAt,
    imported_at: now,
    imported_by: caller.actor.person?.id ?? null,
    entries: report.entries,
    report: report as never,
    version: version.number,
    content_hash: version.contentHash,
    sequence: await lastSequence(services),
    changing: null,
  }
  const ended = { state: 'done', ended_at: store.clock.now(), report: report as never, version: version.number }
  await store.commit({
    rows: [
      { op: 'upsert', table: 'lists', key: ['id'], values },
      ...version.rows,
      ...(id === undefined ? [] : [{ op: 'update' as const, table: 'list_imports', where: { id }, values: ended }]),
    ],
    touched: [{ type: 'list', id: source.id }],
    audit: [
      audited('import', caller, {
        object: { type: 'list', id: source.id },
        details,
        ...(force && importing.reason !== undefined ? { reason: importing.reason } : {}),
      }),
    ],
  })
  return report
}

/** Says that what is searched is between two versions, from the first write until the version is made. */
async function markChanging({ services, id }: Importing, list: string): Promise<void> {
  const values = { changing: id ?? 'import' }
  await services.store.commit({ rows: [{ op: 'update', table: 'lists', where: { id: list }, values }], audit: [] })
}

async function lastSequence({ store }: Services): Promise<number> {
  const row = await store.db
    .selectFrom('changes')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}

function versionOf(record: object): { id: RecordId; version: number } {
  return ('text' in record ? record.text : record) as { id: RecordId; version: number }
}

function entryContent(record: object): Dispatch['content'] {
  const { id, version } = versionOf(record)
  return { kind: 'record', id, version }
}

function changeRow(id: string, { ref, record, known }: { ref: string; record: object; known: boolean }): RowWrite {
  const change: ChangeKind = known ? 'changed' : 'added'
  const { id: recordId, version } = versionOf(record)
  return insertChange({ import: id, ref, change, record: recordId, version })
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
