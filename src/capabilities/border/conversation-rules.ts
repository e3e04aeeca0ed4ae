import { runsOut } from '#capabilities/border/clocks'
import { fault } from '#capabilities/border/faults'
import {
  type AlertAnswer,
  type AlertInformation,
  alertAnswerKind,
  alertCompanionsKind,
  alertInformationKind,
  alertReturnKind,
  type ReturnForm,
} from '#capabilities/border/record'
import { state } from '#capabilities/border/statements'
import type { HitRow } from '#capabilities/border/store'
import type { RecordId } from '#kernel/ids'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller, RecordView } from '#store/reader'

/** The owner answers, the finder adds and returns. Pure; each is a signed statement of one office to the other. */

export interface Work {
  readonly caller: Caller
  readonly now: Date
}

export interface About {
  /** The alert, or, where it is no longer there, the hit: whose handling the statement inherits. */
  readonly source: RecordView<object>
  readonly hit: RecordView<object>
}

interface Said {
  readonly change: Change
  readonly id: RecordId
}

/** The owner's answer to a hit, against its clock. Throws `border/not-owner`, `border/answered`. */
export function answerHit(
  row: HitRow,
  { source, hit }: About,
  { outcome, note, caller, now }: Pick<AlertAnswer, 'outcome' | 'note'> & Work,
): Said {
  const me = caller.actor.member.id
  if (row.role !== 'owner') throw fault('border/not-owner', 'The answer comes from the owner of the alert.')
  if (row.state !== 'reported' && row.state !== 'more-information')
    throw fault('border/answered', `The hit is ${row.state}.`)
  const late = row.due_at !== null && row.due_at < now
  const body: AlertAnswer = { about: row.about, hit: hit.id, outcome, note, late }
  const { draft, put, send } = state(source, { kind: alertAnswerKind, owner: me, to: [row.other], body, now })
  const values = { state: outcome, answered_at: now, late, note }
  return {
    id: draft.id,
    change: {
      records: [put],
      rows: [{ op: 'update', table: 'border_hits', where: { id: row.id, state: row.state }, values, expect: 1 }],
      send,
      touched: [{ type: 'border-hit', id: row.id }],
      audit: [
        audited('adjudicate', caller, { object: hit, recipient: row.other, reason: note, details: { outcome, late } }),
      ],
    },
  }
}

/** What the owner asked for; the hit waits for it again, against a clock of its own. Throws `border/not-finder`, `border/not-asked`. */
export function addInformation(
  row: HitRow,
  { source, hit }: About,
  { text, caller, now }: { readonly text: string } & Work,
): Said {
  checkFinder(row)
  if (row.state !== 'more-information' && row.state !== 'corrected')
    throw fault('border/not-asked', `The owner asks for nothing: the hit is ${row.state}.`)
  const dueAt = runsOut('desk.confirmation', now)
  const body: AlertInformation = { about: row.about, hit: hit.id, text, dueAt, dueRule: 'desk.confirmation' }
  const to = [row.other]
  const { draft, put, send } = state(source, {
    kind: alertInformationKind,
    owner: caller.actor.member.id,
    to,
    body,
    now,
  })
  const values = { state: 'reported', due_at: dueAt, due_rule: body.dueRule, answered_at: null, late: false }
  return {
    id: draft.id,
    change: {
      records: [put],
      rows: [{ op: 'update', table: 'border_hits', where: { id: row.id, state: row.state }, values, expect: 1 }],
      send,
      touched: [{ type: 'border-hit', id: row.id }],
      audit: [audited('disclose', caller, { object: draft, recipient: row.other })],
    },
  }
}

export interface Returned {
  readonly form: ReturnForm
  /** Who came along: no subjects, and gone from both ends when their clock has run out. */
  readonly companions: readonly { readonly name: string; readonly relation: string }[]
}

const over: readonly HitRow['state'][] = ['not-confirmed', 'false', 'withdrawn']

/** The supplementary information. It settles what the finder owes. Throws `border/not-finder`, `border/closed`. */
export function returnHit(
  row: HitRow,
  { source, hit }: About,
  { form, companions, caller, now }: Returned & Work,
): Said {
  checkFinder(row)
  if (over.includes(row.state)) throw fault('border/closed', `Nothing is returned on a hit that is ${row.state}.`)
  const me = caller.actor.member.id
  const owed = { about: row.about, hit: hit.id }
  const body = {
    ...form,
    ...owed,
    companions: Math.max(form.companions, companions.length),
    confirmed: row.state === 'confirmed' || row.state === 'recorded',
  }
  const said = state(source, { kind: alertReturnKind, owner: me, to: [row.other], body, now })
  const along =
    companions.length === 0
      ? undefined
      : state(
          { handling: { ...source.handling, category: 'contact' } },
          {
            kind: alertCompanionsKind,
            owner: me,
            to: [row.other],
            body: { ...owed, companions: [...companions] },
            now,
            expiresAt: runsOut('desk.companions', now),
          },
        )
  return {
    id: said.draft.id,
    change: {
      records: [said.put, ...(along === undefined ? [] : [along.put])],
      rows: settleTasks(row.id, form.located ? ['located', 'return'] : ['return'], now),
      send: [...said.send, ...(along?.send ?? [])],
      touched: [{ type: 'border-hit', id: row.id }],
      audit: [
        audited('disclose', caller, { object: said.draft, recipient: row.other, details: { located: form.located } }),
      ],
    },
  }
}

function settleTasks(hit: RecordId, tasks: readonly string[], now: Date): RowWrite[] {
  return tasks.map((task) => ({
    op: 'update',
    table: 'border_tasks',
    where: { hit, task, done_at: null },
    values: { done_at: now },
  }))
}

/** What a finder owes when the owner says that it is the subject: to tell at once, and to return what was asked. */
export function tasksOf(hit: RecordId, now: Date): RowWrite[] {
  return [
    { task: 'located', rule: 'desk.located' as const },
    { task: 'return', rule: 'desk.return' as const },
  ].map(({ task, rule }) => ({
    op: 'insert',
    table: 'border_tasks',
    values: { hit, task, since: now, due_at: runsOut(rule, now), rule, done_at: null },
    orIgnore: true,
  }))
}

function checkFinder({ role }: HitRow): void {
  if (role !== 'finder') throw fault('border/not-finder', 'This comes from the office that met the traveller.')
}
