import type { BatchMatch, BatchReply, BatchRow } from '#capabilities/screening/batch-record'
import { type BatchRecord, type ReadMatch, type RowRecord, readMatches } from '#capabilities/screening/batch-store'
import { readVersionsAt } from '#capabilities/screening/dataset-versions'
import { engineOf } from '#capabilities/screening/engine'
import { linesOf } from '#capabilities/screening/evidence-lines'
import { statedList } from '#capabilities/screening/stated-list'
import { readCandidates } from '#capabilities/screening/store'
import { readWatches, type WatchRecord } from '#capabilities/screening/watch-store'
import type { Services } from '#http/services'
import type { SchemaName } from '#protocol/vocabulary'
import { type Caller, openReader, type Reader } from '#store/reader'

export function batchReply(batch: BatchRecord, { actor }: Caller, watch?: WatchRecord): BatchReply {
  const { id, name, state, person, created_at, ended_at, kept_until, purpose, reference, rows, done, counts } = batch
  return {
    id,
    name,
    state,
    by: person,
    mine: person === actor.person?.id,
    createdAt: created_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    keptUntil: kept_until.toISOString(),
    purpose,
    reference,
    rows,
    done,
    counts,
    rate: done === 0 || batch.worked_ms === 0 ? null : (done * 1_000) / batch.worked_ms,
    problem: batch.problem,
    watch: watch === undefined ? null : watchReply(watch, actor),
  }
}

function watchReply(watch: WatchRecord, { person }: Caller['actor']): BatchReply['watch'] {
  const { purpose, reference, problem, unseen } = watch
  return {
    by: watch.person,
    mine: watch.person === person?.id,
    purpose,
    reference,
    begunAt: watch.begun_at.toISOString(),
    until: watch.until.toISOString(),
    endedAt: watch.ended_at?.toISOString() ?? null,
    problem,
    unseen,
    foundAt: watch.found_at?.toISOString() ?? null,
  }
}

/**
 * Rows with what they met, as this caller may see it now: the records are read anew, for the purpose that was stated when
 * the screening began, and what a watch added for the purpose of the watch.
 */
export async function rowReplies(
  batch: BatchRecord,
  rows: readonly RowRecord[],
  { caller, services, act }: { caller: Caller; services: Services; act: 'search' | 'export' },
): Promise<BatchRow[]> {
  const reader = openReader(services.store, { ...caller, purpose: batch.purpose, reference: batch.reference })
  const watch = (await readWatches(services.store, [batch.id])).get(batch.id)
  const { purpose, reference } = watch ?? batch
  const watchReader = openReader(services.store, { ...caller, purpose, reference })
  const matches = await readMatches(services.store, { batch: batch.id, rows })
  const versions = await readVersionsAt(services, batch.ended_at ?? services.store.clock.now())
  return Promise.all(
    rows.map(async (row) => {
      const found = await Promise.all(
        (matches.get(row.at) ?? []).map((it) =>
          matchReply(it, row, { reader: it.found_at === null ? reader : watchReader, services, act, versions }),
        ),
      )
      const shown = found.flatMap((it) => it ?? [])
      const { at, line, reference, name, schema, properties, band, rejected, doubts } = row
      return {
        at,
        line,
        reference,
        name,
        schema,
        properties,
        band,
        rejected,
        doubts,
        matches: shown,
        gone: row.found - shown.length,
      }
    }),
  )
}

interface Matching {
  readonly reader: Reader
  readonly services: Services
  readonly act: 'search' | 'export'
  readonly versions: Awaited<ReturnType<typeof readVersionsAt>>
}

async function matchReply(
  match: ReadMatch,
  row: RowRecord,
  { reader, services, act, versions }: Matching,
): Promise<BatchMatch | undefined> {
  const view = await reader.record(match.record, act)
  if (view === undefined) return undefined
  const engine = engineOf(services)
  const theirs = engine.entityOf(view)
  const indexed = engine.find(view.id)
  const ours = { id: 'row', schema: (row.schema ?? 'Person') as SchemaName, properties: row.properties }
  const list = statedList(indexed, versions)
  const open = await readCandidates(services.store, { state: 'open', record: view.id, limit: 5 })
  return {
    record: view.id,
    caption: view.caption,
    owner: view.owner,
    group: indexed?.as === 'list' ? 'lists' : view.owner === services.identity.me ? 'own' : 'others',
    dataset: indexed?.dataset ?? 'subjects',
    list: list === null || match.found_at === null ? list : { ...list, version: match.list_version, generatedAt: null },
    version: match.version,
    newest: view.version,
    score: match.score,
    lines: linesOf(match.explanation, theirs === undefined ? undefined : { ours, theirs }),
    later: match.found_at === null ? null : { at: match.found_at.toISOString(), version: match.list_version },
    candidates: await visible(open, reader),
  }
}

/** A candidate is shown to whom both its records are. */
async function visible(open: Awaited<ReturnType<typeof readCandidates>>, reader: Reader): Promise<string[]> {
  const known = await Promise.all(
    open.map(async (it) => {
      const both = await Promise.all([reader.record(it.ours), reader.record(it.theirs)])
      return both.includes(undefined) ? [] : [it.id]
    }),
  )
  return known.flat()
}
