import { confirmationClock, runsOut } from '#capabilities/border/clocks'
import { exceptionKeys, type Presented } from '#capabilities/border/presented'
import { type AlertHit, alertHitKind } from '#capabilities/border/record'
import { state } from '#capabilities/border/statements'
import { asJson, type CandidateRow } from '#capabilities/border/store'
import type { RecordId } from '#kernel/ids'
import type { Change } from '#store/change'
import type { RecordView } from '#store/reader'

/** From a possible match to a report to the owner of the alert, which starts its clock. Pure. */

export type ReportedCandidate = Pick<
  CandidateRow,
  'id' | 'alert' | 'owner' | 'strength' | 'discreet' | 'action' | 'features' | 'presented' | 'place'
>

interface Report {
  readonly me: string
  readonly now: Date
  /** Whether a person compared, what they add, and how many came along. */
  readonly compared: boolean
  readonly note: string
  readonly companions: number
}

export function reportAlert(
  candidate: ReportedCandidate,
  alert: RecordView<object>,
  { me, now, compared, note, companions }: Report,
): { id: RecordId; change: Required<Pick<Change, 'records' | 'rows' | 'send' | 'touched'>> } {
  const foreign = alert.owner !== me
  const clock = confirmationClock(candidate.action.asked)
  const dueAt = foreign ? runsOut(clock, now) : null
  const named = (sign: number) => candidate.features.filter((it) => Math.sign(it.score) === sign).map((it) => it.name)
  const body: AlertHit = {
    about: alert.id,
    aboutVersion: alert.version,
    place: candidate.place,
    agreeing: named(1),
    differing: named(-1),
    strength: candidate.strength,
    compared,
    discreet: candidate.discreet,
    document: documentOf(candidate.presented),
    presented: { name: candidate.presented.names[0] ?? '', birthDate: candidate.presented.birthDate },
    companions,
    note,
    dueAt,
    dueRule: dueAt === null ? null : clock,
  }
  const { draft, put, send } = state(alert, { kind: alertHitKind, owner: me, to: [alert.owner], body, now })
  const values = {
    id: draft.id,
    role: 'finder',
    about: alert.id,
    other: alert.owner,
    state: foreign ? 'reported' : 'recorded',
    discreet: candidate.discreet,
    due_at: dueAt,
    due_rule: body.dueRule,
    reported_at: now,
    keys: asJson(exceptionKeys(alert.id, candidate.presented)),
  }
  return {
    id: draft.id,
    change: {
      records: [put],
      rows: [{ op: 'insert', table: 'border_hits', values }],
      send,
      touched: [{ type: 'border-hit', id: draft.id }],
    },
  }
}

function documentOf({ documents: [first] }: Presented): AlertHit['document'] {
  if (first === undefined) return null
  const { number, kind, issuer, expiry } = first
  return { number, kind, issuer, expiry }
}
