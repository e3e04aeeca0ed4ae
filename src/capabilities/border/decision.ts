import { runsOut } from '#capabilities/border/clocks'
import { fault } from '#capabilities/border/faults'
import { reportAlert } from '#capabilities/border/report'
import type { CandidateRow } from '#capabilities/border/store'
import type { RecordId } from '#kernel/ids'
import { decide } from '#policy/decide'
import { effective } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change, RowWrite } from '#store/change'
import type { Caller, RecordView } from '#store/reader'

export interface Decision {
  readonly decision: 'probably-same' | 'different'
  readonly note: string
  readonly companions: number
}

/** Words that a note needs before a name becomes more than a name. */
const shortestNote = 10

/**
 * A person compared the traveller with the alert. Probably the same: its owner is asked, and its clock starts. Throws
 * `border/candidate-closed`, `border/name-only`, `border/refused`.
 */
export function decideCandidate(
  candidate: CandidateRow,
  alert: RecordView<object>,
  { decision, note, companions, caller, now }: Decision & { readonly caller: Caller; readonly now: Date },
): { change: Change; hit: RecordId | null } {
  if (candidate.state !== 'open')
    throw fault('border/candidate-closed', `This was decided already: ${candidate.state}.`)
  const { owner, handling, state, readers } = alert
  const may = decide(
    caller.actor,
    'adjudicate',
    { owner, state, readers, handling: effective(handling), held: alert.held },
    { now, purpose: caller.purpose },
  )
  if (!may.permit) throw fault('border/refused', may.because[0]!.text, { rule: may.because[0]!.rule })
  const same = decision === 'probably-same'
  if (same && candidate.strength === 'name' && note.length < shortestNote)
    throw fault('border/name-only', 'A name alone is no hit. Say what else of the person agrees.', {
      rule: 'no action on a name-only match',
    })
  const me = caller.actor.member.id
  const told = same ? reportAlert(candidate, alert, { me, now, compared: true, note, companions }) : undefined
  return {
    hit: told?.id ?? null,
    change: {
      ...told?.change,
      rows: [...(told?.change.rows ?? []), settle(candidate, { decision, note, caller, now, hit: told?.id ?? null })],
      touched: [...(told?.change.touched ?? []), { type: 'border-candidate', id: candidate.id }],
      audit: [
        audited('adjudicate', caller, {
          object: { type: 'border-candidate', id: candidate.id },
          ...(same ? { recipient: alert.owner } : {}),
          ...(note === '' ? {} : { reason: note }),
          details: { decision, alert: alert.id },
        }),
      ],
    },
  }
}

function settle(
  { id }: CandidateRow,
  {
    decision,
    note,
    caller,
    now,
    hit,
  }: Omit<Decision, 'companions'> & { caller: Caller; now: Date; hit: RecordId | null },
): RowWrite {
  return {
    op: 'update',
    table: 'border_candidates',
    where: { id, state: 'open' },
    values: {
      state: decision === 'probably-same' ? 'same' : 'different',
      decided_by: caller.actor.person?.id ?? null,
      decided_at: now,
      note,
      hit,
      expires_at: runsOut('desk.candidate-decided', now),
    },
    expect: 1,
  }
}
