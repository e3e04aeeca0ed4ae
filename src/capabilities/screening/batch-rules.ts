import { fault } from '#capabilities/screening/batch-faults'
import type { BatchState, ReadingChoice, RowBand, Survey } from '#capabilities/screening/batch-record'
import type { BatchRecord } from '#capabilities/screening/batch-store'
import { runsOut } from '#capabilities/screening/clocks'
import { asJson } from '#capabilities/screening/store'
import type { Standing } from '#http/services'
import type { Role } from '#policy/roles'
import { audited } from '#store/audited'
import type { Audited, Change, RowWrite } from '#store/change'
import type { Caller } from '#store/reader'
import limits from './batch-limits.json' with { type: 'json' }

const noRows: Readonly<Record<RowBand, number>> = { alert: 0, review: 0, none: 0, unread: 0 }

/** What is on its way; the others have ended. */
export const openStates: readonly BatchState[] = ['waiting', 'running', 'paused']

const touched = (id: string) => [{ type: 'batch', id }]
const thing = (id: string) => ({ type: 'batch', id })

interface HandedIn {
  readonly id: string
  readonly name: string
  readonly survey: Survey
}

/** A file was handed in; it waits until its columns are settled. Throws `batches/too-many`. */
export function handIn(
  { id, name, survey }: HandedIn,
  before: readonly BatchRecord[],
  { caller, now }: { caller: Caller; now: Date },
): { batch: BatchRecord; change: Change } {
  if (before.filter((it) => openStates.includes(it.state)).length >= limits.waitingPerPerson)
    throw fault(
      'batches/too-many',
      `You have ${limits.waitingPerPerson} files that are not finished. Finish or delete one.`,
    )
  const { person } = caller.actor
  const batch: BatchRecord = {
    id,
    name,
    person: person?.id ?? '',
    roles: [...(person?.roles ?? [])],
    via: caller.via,
    purpose: caller.purpose!,
    reference: caller.reference!,
    state: 'waiting',
    survey,
    choice: null,
    rows: survey.rows,
    done: 0,
    counts: { ...noRows },
    worked_ms: 0,
    problem: null,
    created_at: now,
    ended_at: null,
    kept_until: new Date(runsOut('screening.batch-waiting', now)),
  }
  const { roles, counts, ...plain } = batch
  const values = { ...plain, survey: asJson(survey), choice: null, roles: asJson(roles), counts: asJson(counts) }
  return {
    batch,
    change: {
      rows: [{ op: 'insert', table: 'screening_batches', values }],
      touched: touched(id),
      audit: [],
    },
  }
}

/** The screening begins, under the purpose and file of who begins it. */
export function begin(
  batch: BatchRecord,
  choice: ReadingChoice,
  { caller, now, running }: { caller: Caller; now: Date; running: number },
): Change {
  checkState(batch, ['waiting'])
  checkRoom(running)
  return {
    rows: [
      {
        ...move(batch),
        values: {
          state: 'running',
          choice: asJson(choice),
          purpose: caller.purpose,
          reference: caller.reference,
          kept_until: runsOut('screening.batch-waiting', now),
        },
      },
    ],
    touched: touched(batch.id),
    audit: [audited('search', caller, { object: thing(batch.id), details: { stage: 'begin', rows: batch.rows } })],
  }
}

/** What a person may do to a batch that is under way. Ends are not undone. */
export function changeState(
  batch: BatchRecord,
  to: 'running' | 'paused' | 'cancelled',
  { caller, now, running }: { caller: Caller; now: Date; running: number },
): Change {
  checkState(batch, to === 'paused' ? ['running'] : to === 'running' ? ['paused'] : openStates)
  if (to === 'running') checkRoom(running)
  if (to === 'cancelled') return end(batch, { state: 'cancelled', caller, now })
  return moved(batch, { state: to, problem: null, now })
}

/** A failure of the node itself: nothing is lost, and a person may go on when it is mended. */
export function interrupt(batch: BatchRecord, now: Date): Change {
  return moved(batch, { state: 'paused', problem: 'node/failed', now })
}

function moved(
  batch: BatchRecord,
  { state, problem, now }: { state: BatchState; problem: string | null; now: Date },
): Change {
  const values = { state, problem, kept_until: runsOut('screening.batch-waiting', now) }
  return { rows: [{ ...move(batch), values }], touched: touched(batch.id), audit: [] }
}

/** The last row is done, or it ends before that. The audit gets the counts. */
export function end(
  batch: BatchRecord,
  {
    state,
    caller,
    now,
    problem = null,
  }: { state: 'done' | 'cancelled' | 'failed'; caller: Caller; now: Date; problem?: string | null },
): Change {
  const { alert, review, none, unread } = batch.counts
  const details = { stage: 'end', state, rows: batch.rows, done: batch.done, alert, review, none, unread }
  return {
    rows: [
      {
        ...move(batch),
        values: { state, problem, ended_at: now, kept_until: runsOut('screening.batch-kept', now) },
      },
    ],
    touched: touched(batch.id),
    audit: [
      audited('search', caller, {
        object: thing(batch.id),
        outcome: state === 'failed' ? 'failed' : 'permitted',
        details,
      }),
    ],
  }
}

/** File, rows and results go; that there was such a batch stays in the audit. */
export function erase(batch: Pick<BatchRecord, 'id' | 'rows' | 'done'>, caller: Caller, reason: string): Change {
  return {
    rows: [{ op: 'delete', table: 'screening_batches', where: { id: batch.id } }],
    touched: touched(batch.id),
    audit: [
      audited('erase', caller, { object: thing(batch.id), reason, details: { rows: batch.rows, done: batch.done } }),
    ],
  }
}

export function consulted(batch: BatchRecord, caller: Caller, act: 'view' | 'export'): Audited[] {
  return [
    audited(
      act,
      { ...caller, purpose: batch.purpose, reference: batch.reference },
      { object: thing(batch.id), details: { rows: batch.done } },
    ),
  ]
}

/** The person who handed it in, and the supervisors of the node. */
export function mayKnowOf(batch: Pick<BatchRecord, 'person'>, { actor }: Caller): boolean {
  const { person } = actor
  return person !== undefined && (person.id === batch.person || person.roles.includes('supervisor'))
}

export const screeners: readonly Role[] = ['officer', 'supervisor', 'legal']

/**
 * As whom the node screens: the person who began it as they are now, for what and under which file that was said then. Throws
 * `batches/person-gone` and `batches/role-lost`: what somebody may no longer do is not done on in their name.
 */
export function callerNow(
  batch: Pick<BatchRecord, 'person' | 'via' | 'purpose' | 'reference'>,
  { member, standing }: { member: Caller['actor']['member']; standing: Standing | undefined },
): Caller {
  const { person, via, purpose, reference } = batch
  if (standing === undefined || standing.disabled)
    throw fault('batches/person-gone', 'Whoever began this no longer works at this office.', { rule: 'role' })
  if (!standing.roles.some((it) => screeners.includes(it)))
    throw fault('batches/role-lost', 'Whoever began this may no longer screen.', { rule: 'role' })
  return { actor: { member, person: { id: person, roles: standing.roles } }, via, purpose, reference }
}

/** In whose name it began, for the audit of how it ended. */
export function callerThen(
  { person, roles, via, purpose, reference }: BatchRecord,
  member: Caller['actor']['member'],
): Caller {
  return { actor: { member, person: { id: person, roles } }, via, purpose, reference }
}

function move(batch: BatchRecord): Extract<RowWrite, { op: 'update' }> {
  return {
    op: 'update',
    table: 'screening_batches',
    where: { id: batch.id, state: batch.state },
    values: {},
    expect: 1,
  }
}

function checkState({ state }: BatchRecord, allowed: readonly BatchState[]): void {
  if (!allowed.includes(state)) throw fault('batches/state', `The screening is ${state}.`, { details: { state } })
}

function checkRoom(running: number): void {
  if (running >= limits.runningAtOnce)
    throw fault('batches/busy', `${running} files are being screened at this node. Begin when one is done.`)
}
