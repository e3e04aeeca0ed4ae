import { fault } from '#capabilities/screening/batch-faults'
import type { BatchRecord } from '#capabilities/screening/batch-store'
import { asJson } from '#capabilities/screening/store'
import type { WatchRecord } from '#capabilities/screening/watch-store'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller } from '#store/reader'
import limits from './batch-limits.json' with { type: 'json' }

const touched = (id: string) => [{ type: 'batch', id }]

export function isRunning(watch: WatchRecord, now: Date): boolean {
  return watch.ended_at === null && watch.until > now
}

interface Keeping {
  readonly caller: Caller
  readonly now: Date
  readonly until: Date
  readonly before: WatchRecord | undefined
  /** Rows of other files that are kept under watch. */
  readonly watched: number
}

/**
 * Keeps the rows of a file that was screened under watch, under the purpose and file stated now. Throws `batches/state`,
 * `batches/watch-end` for a day that is past or beyond the time for which the file is kept, `batches/watched` when another person
 * keeps the watch, and `batches/watch-full`.
 */
export function keepWatch(batch: BatchRecord, { caller, now, until, before, watched }: Keeping): Change {
  const person = caller.actor.person!
  if (batch.state !== 'done')
    throw fault('batches/state', `The screening is ${batch.state}.`, { details: { state: batch.state } })
  if (until <= now || until > batch.kept_until)
    throw fault('batches/watch-end', 'A watch ends in the future, and not after the file and its results are purged.', {
      details: { keptUntil: batch.kept_until.toISOString() },
    })
  if (before !== undefined && isRunning(before, now) && before.person !== person.id)
    throw fault('batches/watched', 'Another person keeps this file under watch.')
  if (watched + batch.rows > limits.watchedRows)
    throw fault('batches/watch-full', `At most ${limits.watchedRows} rows are kept under watch at this node.`)
  const values = {
    batch: batch.id,
    person: person.id,
    roles: asJson([...person.roles]),
    via: caller.via,
    purpose: caller.purpose,
    reference: caller.reference,
    begun_at: now,
    until,
    caught_up: false,
    unseen: before?.person === person.id ? before.unseen : 0,
    ended_at: null,
    problem: null,
  }
  const details = { stage: 'watch', rows: batch.rows, until: until.toISOString() }
  return {
    rows: [{ op: 'upsert', table: 'screening_watches', key: ['batch'], values }],
    touched: touched(batch.id),
    audit: [audited('search', caller, { object: { type: 'batch', id: batch.id }, details })],
  }
}

/** Whoever may know of the file may end its watch; what was found stays with its results. */
export function endWatch(watch: WatchRecord, { caller, now }: { caller: Caller; now: Date }): Change {
  if (!isRunning(watch, now)) throw fault('batches/state', 'It is not under watch.')
  return ended(watch, { caller, now, problem: null })
}

export function ended(
  { batch: id, person, purpose, reference }: WatchRecord,
  { caller, now, problem }: { caller: Caller; now: Date; problem: string | null },
): Change {
  return {
    rows: [{ op: 'update', table: 'screening_watches', where: { batch: id }, values: { ended_at: now, problem } }],
    touched: touched(id),
    audit: [
      audited(
        'search',
        { ...caller, purpose, reference },
        {
          object: { type: 'batch', id },
          outcome: problem === null ? 'permitted' : 'failed',
          details: { stage: 'watch-end', keeper: person },
        },
      ),
    ],
  }
}

/** The keeper has looked at what was found. */
export function noteSeen(watch: WatchRecord): Change {
  return {
    rows: [{ op: 'update', table: 'screening_watches', where: { batch: watch.batch }, values: { unseen: 0 } }],
    touched: touched(watch.batch),
    audit: [],
  }
}
