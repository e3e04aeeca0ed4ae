import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type ChangeKind, insertChange } from '#capabilities/lists/imports'
import { type Listing, listingOf } from '#capabilities/lists/record'
import { checkSize, headerOf, type ListSource, type Plan, putEntry } from '#capabilities/lists/rules'
import { type EntryRow, type ImportReport, readEntries, readListMembers } from '#capabilities/lists/store'
import type { ListItem } from '#formats/list-entry'
import { readOfacList } from '#formats/ofac-csv'
import { readUnList } from '#formats/un-xml'
import type { Services } from '#http/services'
import { hashOf } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { Dispatch, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import type { RecordRow } from '#store/tables'

/** Where the uploaded parts of a list lie until they are imported. */
export function partFile(services: Services, list: string, part: string): string {
  return join(services.settings.dataDirectory, 'uploads', `${list}.${part}`)
}

function readItems(source: ListSource, { services, has, onProgress }: Importing): AsyncGenerator<ListItem> {
  let done = 0
  const open = async function* (part: string) {
    for await (const chunk of createReadStream(partFile(services, source.id, part)) as AsyncIterable<Buffer>) {
      done += chunk.byteLength
      onProgress?.({ stage: 'reading', done })
      yield chunk
    }
  }
  if (source.format === 'un-xml') return readUnList(open('xml'))
  return readOfacList(
    {
      sdn: open('sdn'),
      ...(has('alt') ? { alt: open('alt') } : {}),
      ...(has('add') ? { add: open('add') } : {}),
      ...(has('comments') ? { comments: open('comments') } : {}),
    },
    { endMark: 'optional' },
  )
}

interface Importing {
  readonly services: Services
  readonly caller: Caller
  readonly force: boolean
  readonly has: (part: string) => boolean
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
  checkSize(survey.entries, before.size, force)
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
  const details = {
    entries: report.entries,
    added: report.added,
    changed: report.changed,
    removed: report.removed,
    rejected: report.rejected.length,
  }
  await store.commit({
    rows: [
      {
        op: 'upsert',
        table: 'lists',
        key: ['id'],
        values: {
          id: source.id,
          generated_at: report.generatedAt,
          imported_at: now,
          imported_by: caller.actor.person?.id ?? null,
          entries: report.entries,
          report: report as never,
        },
      },
      ...(id === undefined
        ? []
        : [
            {
              op: 'update' as const,
              table: 'list_imports',
              where: { id },
              values: { state: 'done', ended_at: store.clock.now(), report: report as never },
            },
          ]),
    ],
    touched: [{ type: 'list', id: source.id }],
    audit: [audited('import', caller, { object: { type: 'list', id: source.id }, details })],
  })
  return report
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

interface Survey {
  readonly entries: number
  readonly plans: readonly Plan[]
  readonly removed: readonly EntryRow[]
  readonly report: Omit<ImportReport, 'removed' | 'seconds'>
}

async function surveyList(
  items: AsyncGenerator<ListItem>,
  list: string,
  before: ReadonlyMap<string, EntryRow>,
): Promise<Survey> {
  const seen = new Set<string>()
  const plans: Plan[] = []
  const rejected: ImportReport['rejected'][number][] = []
  const counts: Record<string, number> = {}
  const count = (name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by
  }
  let generatedAt: string | null = null
  let changed = 0
  for await (const item of items) {
    if (item.kind === 'header') generatedAt = item.generatedAt
    else if (item.kind === 'rejected') rejected.push({ where: item.where, code: item.code, reason: item.reason })
    else {
      const listing = listingOf(list, item.entry)
      seen.add(listing.ref)
      countEntry(listing, count)
      const digest = hashOf(listing)
      const known = before.get(listing.ref)
      if (known?.digest === digest) continue
      if (known !== undefined) changed++
      plans.push({ listing, digest })
    }
  }
  const removed = [...before.values()].filter((it) => !seen.has(it.ref))
  const report = {
    list,
    generatedAt,
    entries: seen.size,
    added: plans.length - changed,
    changed,
    unchanged: seen.size - plans.length,
    counts,
    rejected: rejected.slice(0, 1_000),
  }
  return { entries: seen.size, plans, removed, report }
}

function countEntry({ schema, names, held, properties }: Listing, count: (name: string, by?: number) => void): void {
  count(schema)
  for (const { kind } of names) count(kind)
  for (const it of held) count(it.schema)
  count('birthDate', properties.birthDate?.length ?? 0)
}

async function readCurrent({ store }: Services, ids: readonly RecordId[]): Promise<Map<string, RecordRow>> {
  if (ids.length === 0) return new Map()
  const rows = await store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .execute()
  return new Map(rows.map((it) => [it.id, it]))
}

async function takeBack(
  removed: readonly EntryRow[],
  { services, members, id }: { services: Services; members: readonly string[]; id: string | undefined },
): Promise<void> {
  const { store } = services
  for (let at = 0; at < removed.length; at += batch) {
    const part = removed.slice(at, at + batch)
    const current = await readCurrent(
      services,
      part.map((it) => it.record),
    )
    const changes = part.map(({ ref, record }) =>
      insertChange({ import: id ?? '', ref, change: 'removed', record, version: current.get(record)?.version ?? 1 }),
    )
    await store.commit({
      states: part.map((it) => ({ id: it.record, state: 'withdrawn' })),
      rows: [
        ...part.map((it) => ({
          op: 'delete' as const,
          table: 'list_entries',
          where: { list: it.list, ref: it.ref },
        })),
        ...(id === undefined ? [] : changes),
      ],
      send: part.flatMap((it) =>
        members.map(
          (to): Dispatch => ({
            to,
            purpose: 'sanctions-implementation',
            content: { kind: 'recall', id: it.record, state: 'withdrawn', reason: 'No longer on the list.' },
          }),
        ),
      ),
      audit: [],
    })
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
