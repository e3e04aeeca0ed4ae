import { type ActionClass, permittedAction } from '#capabilities/screening/action'
import { runsOut } from '#capabilities/screening/clocks'
import {
  type Confirmation,
  confirmationKind,
  type Feedback,
  feedbackKind,
  type Hit,
  hitKind,
} from '#capabilities/screening/record'
import { asJson, type CandidateRow, type HitRow } from '#capabilities/screening/store'
import { addTime } from '#kernel/clock'
import { defineFaults } from '#kernel/fault'
import { engineVersion } from '#matching/candidate'
import { decide } from '#policy/decide'
import { type Directory, findMember } from '#protocol/directory'
import { firstVersion } from '#protocol/draft'
import { effective, type Handling } from '#protocol/handling'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller, RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

export const fault = defineFaults({
  'hits/candidate-closed': 'conflict',
  'hits/stale': 'conflict',
  'hits/not-owner': 'forbidden',
  'hits/not-finder': 'forbidden',
  'hits/answered': 'conflict',
  'hits/unknown': 'missing',
  'hits/refused': 'forbidden',
  'hits/unconfirmed': 'conflict',
  'hits/not-asked': 'conflict',
})

/** Against which the owner of a record answers. */
export const confirmationClock = 'sirene.supplementary-information'

export interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
}

interface Requested {
  readonly action?: ActionClass
  readonly discreet?: boolean
}

/** A person says that the two are not the same. */
export function dismiss(candidate: CandidateRow, reason: string, { caller, now }: Work): Change {
  checkOpen(candidate)
  return {
    rows: [close(candidate, { state: 'no-hit', caller, now, reason, hit: null })],
    touched: [{ type: 'candidate', id: candidate.id }],
    audit: [
      audited('adjudicate', caller, {
        object: { type: 'candidate', id: candidate.id },
        reason,
        details: { decision: 'no-hit', theirs: candidate.theirs },
      }),
    ],
  }
}

export interface HitInput {
  readonly note: string
  readonly place: string | null
  readonly seenAt: string | undefined
  /** Properties of our own record that the owner may be told. */
  readonly disclose: readonly string[]
}

/** A person says that they are: the owner gets a hit report, and its clock starts. */
export function reportHit(
  candidate: CandidateRow,
  { ours, theirs }: { ours: RecordView<object>; theirs: RecordView<Requested> },
  input: HitInput & { disclosed: Hit['disclosed'] },
  work: Work,
): { change: Change; id: `rec_${string}` } {
  const { caller, now, directory } = work
  checkOpen(candidate)
  if (theirs.version !== candidate.theirs_version || ours.version !== candidate.ours_version) {
    throw fault(
      'hits/stale',
      'One of the two records has a newer version. Look at the candidate again: it is being compared anew.',
    )
  }
  const decision = decide(
    caller.actor,
    'adjudicate',
    { owner: theirs.owner, state: theirs.state, readers: theirs.readers, handling: effective(theirs.handling) },
    { now, purpose: caller.purpose },
  )
  if (!decision.permit) throw fault('hits/refused', decision.because[0]!.text, { rule: decision.because[0]!.rule })
  const me = findMember(directory, caller.actor.member.id)
  const foreign = theirs.owner !== me.id
  const dueAt = foreign ? runsOut(confirmationClock, now) : null
  const { features } = candidate.explanation
  const action = permittedAction(theirs.body.action ?? 'report', me, {
    confirmed: false,
    discreet: theirs.body.discreet ?? false,
  })
  const body: Hit = {
    about: theirs.id,
    aboutVersion: theirs.version,
    agreeing: features.filter((it) => it.score > 0).map((it) => it.name),
    contradicting: features.filter((it) => it.score < 0).map((it) => it.name),
    score: candidate.score,
    engine: engineVersion,
    disclosed: input.disclosed,
    where: { country: me.country, place: input.place },
    seenAt: input.seenAt ?? now.toISOString(),
    note: input.note,
    action,
    dueAt,
    dueRule: dueAt === null ? null : confirmationClock,
  }
  const draft = firstVersion({
    kind: hitKind,
    owner: me.id,
    now,
    handling: headerTo(theirs, foreign ? [theirs.owner] : [], now),
    body,
  })
  const purpose = purposeOf(draft.handling, caller.purpose)
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: hitKind.caption(body) }],
      rows: [
        close(candidate, { state: 'hit', caller, now, reason: input.note, hit: draft.id }),
        {
          op: 'insert',
          table: 'hits',
          values: {
            id: draft.id,
            role: 'finder',
            about: theirs.id,
            other: theirs.owner,
            state: foreign ? 'reported' : 'recorded',
            due_at: dueAt,
            due_rule: body.dueRule,
            reported_at: now,
            action: asJson(action),
          },
        },
      ],
      send: foreign ? [{ to: theirs.owner, purpose, content: { kind: 'record', id: draft.id, version: 1 } }] : [],
      touched: [
        { type: 'candidate', id: candidate.id },
        { type: 'hit', id: draft.id },
      ],
      audit: [
        audited('adjudicate', caller, {
          object: { type: 'candidate', id: candidate.id },
          recipient: theirs.owner,
          reason: input.note,
          details: { decision: 'hit', theirs: theirs.id },
        }),
      ],
    },
  }
}

/** The owner's answer to a hit report, against the clock. */
export function confirmHit(
  row: HitRow,
  { hit, about }: { hit: RecordView<Hit>; about: RecordView<Requested> },
  input: { outcome: Confirmation['outcome']; note: string },
  { caller, now }: Work,
): { change: Change; id: `rec_${string}` } {
  if (row.role !== 'owner' || about.owner !== caller.actor.member.id)
    throw fault('hits/not-owner', 'Only the owner of the record can confirm the hit.', { rule: 'protocol point 9' })
  if (row.state !== 'reported' && row.state !== 'more-information')
    throw fault('hits/answered', `The hit is ${row.state}.`)
  const late = row.due_at !== null && row.due_at < now
  const body: Confirmation = {
    about: about.id,
    hit: hit.id,
    outcome: input.outcome,
    note: input.note,
    action: about.body.action ?? 'report',
    discreet: about.body.discreet ?? false,
    late,
  }
  const draft = firstVersion({
    kind: confirmationKind,
    owner: about.owner,
    now,
    handling: headerTo(about, [hit.owner], now),
    body,
  })
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: confirmationKind.caption(body) }],
      rows: [
        {
          op: 'update',
          table: 'hits',
          where: { id: row.id, state: row.state },
          values: { state: input.outcome, answered_at: now, late, confirmation: draft.id, note: input.note },
          expect: 1,
        },
      ],
      send: [
        {
          to: hit.owner,
          purpose: purposeOf(draft.handling, caller.purpose),
          content: { kind: 'record', id: draft.id, version: 1 },
        },
      ],
      touched: [{ type: 'hit', id: row.id }],
      audit: [
        audited('adjudicate', caller, {
          object: hit,
          recipient: hit.owner,
          reason: input.note,
          details: { outcome: input.outcome, late },
        }),
      ],
    },
  }
}

/** What the finder did with a confirmed hit. */
export function giveFeedback(
  row: HitRow,
  hit: RecordView<Hit>,
  done: string,
  { caller, now }: Work,
): { change: Change; id: `rec_${string}` } {
  if (row.role !== 'finder') throw fault('hits/not-finder', 'Feedback comes from the member that found the hit.')
  if (row.state !== 'confirmed')
    throw fault('hits/unconfirmed', 'The owner has not confirmed the hit: do not act on this alone.', {
      rule: 'protocol point 9',
    })
  const body: Feedback = { about: hit.body.about, hit: hit.id, done, at: now.toISOString() }
  const draft = firstVersion({
    kind: feedbackKind,
    owner: hit.owner,
    now,
    handling: headerTo(hit, [row.other], now),
    body,
  })
  return {
    id: draft.id,
    change: {
      records: [{ record: draft, caption: feedbackKind.caption(body) }],
      send: [
        {
          to: row.other,
          purpose: purposeOf(draft.handling, caller.purpose),
          content: { kind: 'record', id: draft.id, version: 1 },
        },
      ],
      touched: [{ type: 'hit', id: row.id }],
      audit: [audited('disclose', caller, { object: draft, recipient: row.other })],
    },
  }
}

/** A statement about a record inherits its handling, and goes to the other office alone. */
export function headerTo(source: RecordView<object>, members: string[], now: Date): Handling {
  const expiresAt = source.handling.expiresAt
  const reviewAt = [source.handling.reviewAt, expiresAt, addTime(now, 1, 'years')].sort()[0]!
  return { ...source.handling, audience: { members, groups: [], sectors: [] }, onward: 'no', reviewAt, expiresAt }
}

function checkOpen({ state }: CandidateRow): void {
  if (state !== 'open') throw fault('hits/candidate-closed', `The candidate is already decided: ${state}.`)
}

function close(
  candidate: CandidateRow,
  {
    state,
    caller,
    now,
    reason,
    hit,
  }: { state: 'hit' | 'no-hit'; caller: Caller; now: Date; reason: string; hit: string | null },
) {
  return {
    op: 'update' as const,
    table: 'candidates',
    where: { id: candidate.id, state: 'open' },
    values: { state, decided_by: caller.actor.person?.id ?? null, decided_at: now, reason, hit },
    expect: 1,
  }
}
