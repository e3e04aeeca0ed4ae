import { defineFaults } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import { type Act, type Decision, decide, type Grant } from '#policy/decide'
import type { Earlier } from '#policy/four-eyes'
import { type Directory, partyOf } from '#protocol/directory'
import { nextVersion } from '#protocol/draft'
import { type Audience, effective, type Handling, inAudience, type Mark, type Purpose } from '#protocol/handling'
import { type AnyRecordKind, captionFor, isReadableWithout } from '#protocol/record-kind'
import { audited } from '#store/audited'
import type { Change, StatePut } from '#store/change'
import type { Holding } from '#store/holdings'
import type { Caller, RecordView } from '#store/reader'
import type { RecordRow } from '#store/tables'
import { distribute, purposeOf, redistribute } from '#wire/distribute'

export const fault = defineFaults({
  'records/refused': 'forbidden',
  'records/no-recipient': 'invalid',
  'records/reason-missing': 'invalid',
  'records/mark-not-possible': 'invalid',
  'records/already-withdrawn': 'conflict',
  'records/not-suspended': 'conflict',
  'records/already-answered': 'conflict',
  'records/no-such-reader': 'invalid',
})

export interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
}

export function refuseUnless(decision: Decision): void {
  if (decision.permit) return
  const [first] = decision.because
  throw fault('records/refused', first!.text, {
    rule: first!.rule,
    details: { because: decision.because.map((it) => it.text) },
  })
}

export function mayDo(
  record: Pick<RecordView<object>, 'owner' | 'state' | 'readers' | 'handling'>,
  act: Act,
  { caller, now }: Pick<Work, 'caller' | 'now'>,
  more: Partial<Parameters<typeof decide>[3]> = {},
): Decision {
  const { owner, state, readers, handling } = record
  return decide(
    caller.actor,
    act,
    { owner, state, readers, handling: effective(handling) },
    { now, purpose: caller.purpose, ...more },
  )
}

/** The members that an audience names, by name, group or sector, without the owner. */
export function resolveAudience(audience: Audience, directory: Directory, owner: string): string[] {
  return directory.members
    .filter((it) => it.id !== owner && !it.suspended && inAudience(audience, partyOf(directory, it.id)) !== false)
    .map((it) => it.id)
}

export interface ShareInput {
  readonly with: Audience
  readonly marks: Readonly<Record<string, Mark>>
}

export interface Sharing extends Work {
  /** The record with all its fields: the new version keeps those that this person may not see. */
  readonly whole: RecordRow
  /** Of which kind it is: a mark that is added may be on what its line in lists is made of. */
  readonly kind?: AnyRecordKind | undefined
  readonly holdings: readonly Holding[]
  readonly grants: readonly Grant[]
  /** The versions before this one, back to the last at which a second person looked. */
  readonly earlier?: readonly Earlier[]
  /** The records that it is about, or names. */
  readonly sources?: readonly Source[]
}

export interface Source {
  readonly id: RecordId
  /** Absent when this person may not know of it. */
  readonly record: RecordView<object> | undefined
  readonly grants: readonly Grant[]
}

export interface SharePlan {
  readonly audience: Audience
  readonly marks: Readonly<Record<string, Mark>>
  readonly recipients: readonly string[]
}

/** What sharing as asked would come to: the audience widened, the marks joined, the members named. Throws `records/mark-not-possible`. */
export function planShare(
  record: RecordView<object>,
  input: ShareInput,
  { whole, kind, directory }: Pick<Sharing, 'whole' | 'kind' | 'directory'>,
): SharePlan {
  const handling = record.handling as Handling
  // A mark that this person may not see is not theirs to loosen.
  const hidden = Object.entries(whole.marks).filter(([pointer]) => !Object.hasOwn(record.marks, pointer))
  const marks = { ...whole.marks, ...input.marks, ...Object.fromEntries(hidden) }
  if (kind !== undefined && !isReadableWithout(kind, whole.body, Object.keys(marks)))
    throw fault(
      'records/mark-not-possible',
      'Without the fields that these marks are on nobody could read the record.',
      { details: { pointers: Object.keys(marks) } },
    )
  return {
    audience: widen(handling.audience, input.with),
    marks,
    recipients: resolveAudience(input.with, directory, record.owner),
  }
}

/**
 * Shares a record of ours: widens its audience where needed, which is a new version that all holders get, and sends it to the
 * members named. A recipient that the law of the record keeps out refuses the whole share, with the rule.
 */
export function shareRecord(
  record: RecordView<object>,
  input: ShareInput,
  work: Sharing,
): { change: Change; version: number; recipients: string[] } {
  const { caller, now, directory, holdings, grants } = work
  const handling = record.handling as Handling
  const { audience, marks, recipients } = planShare(record, input, work)
  if (recipients.length === 0)
    throw fault('records/no-recipient', 'No other member of the directory is named by this audience.')
  const purpose = purposeOf(handling, caller.purpose)
  for (const member of recipients) {
    const widened = { ...record, handling: { ...handling, audience } }
    refuseUnless(mayDo(widened, 'disclose', work, { purpose, recipient: partyOf(directory, member), grants }))
    for (const it of work.sources ?? []) refuseUnless(sourceAllows(it, member, { ...work, purpose }))
  }
  const changed = audience !== handling.audience || Object.keys(input.marks).length > 0
  const draft = changed ? nextVersion(work.whole, { now, handling: { ...handling, audience }, marks }) : undefined
  const caption = work.kind === undefined ? record.caption : captionFor(work.kind, work.whole.body, marks)
  const version = draft?.version ?? record.version
  const upToDate = new Set(
    holdings.filter((it) => it.version === version && it.state === 'held').map((it) => it.member),
  )
  const target = { id: record.id, version, owner: record.owner, handling: { ...handling, audience } }
  const others = changed ? activeHolders(holdings).filter((it) => !recipients.includes(it)) : []
  const towards = { purpose, directory, now, grants }
  return {
    version,
    recipients: [...recipients],
    change: {
      records: draft === undefined ? [] : [{ record: draft, caption }],
      send: [
        ...distribute(target, { ...towards, members: recipients.filter((it) => !upToDate.has(it)) }).send,
        ...(draft === undefined ? [] : redistribute(draft, { ...towards, members: others })),
      ],
      audit: recipients.map((recipient) => audited('disclose', caller, { object: { ...record, version }, recipient })),
    },
  }
}

/** What is said about a record of others goes no further than that record itself may. */
export function sourceAllows(
  { id, record, grants }: Source,
  member: string,
  work: Pick<Sharing, 'caller' | 'now' | 'directory'> & { readonly purpose: Purpose },
): Decision {
  if (record === undefined)
    throw fault('records/refused', `${id}, which this is about, is not here: its owner's handling cannot be asked.`, {
      rule: 'protocol point 3: handling is inherited',
    })
  const { directory, purpose } = work
  if (record.owner === work.caller.actor.member.id || record.owner === member) return { permit: true, duties: [] }
  return mayDo(record, 'onward', work, { purpose, recipient: partyOf(directory, member), grants })
}

export function activeHolders(holdings: readonly Holding[]): string[] {
  return holdings.filter((it) => it.state === 'sent' || it.state === 'held').map((it) => it.member)
}

export function widen(audience: Audience, by: Audience): Audience {
  const joined = {
    members: [...new Set([...audience.members, ...by.members])],
    groups: [...new Set([...audience.groups, ...by.groups])],
    sectors: [...new Set([...audience.sectors, ...by.sectors])],
  }
  const same =
    joined.members.length === audience.members.length &&
    joined.groups.length === audience.groups.length &&
    joined.sectors.length === audience.sectors.length
  return same ? audience : joined
}

/** The owner withdraws, suspends or reinstates: its own copy changes state and every holder is told, and answers. */
export function changeState(
  record: RecordView<object>,
  { state, reason }: { state: 'withdrawn' | 'suspended' | 'active'; reason: string },
  work: Work & { holdings: readonly Holding[] },
): Change {
  refuseUnless(mayDo(record, state === 'withdrawn' ? 'withdraw' : 'change', work))
  if (record.state === 'withdrawn')
    throw fault(
      'records/already-withdrawn',
      'The record was withdrawn before; its holders are listed with what they answered.',
    )
  if (state === 'active' && record.state !== 'suspended')
    throw fault('records/not-suspended', 'The record is not suspended.')
  const { caller, holdings } = work
  const purpose = purposeOf(record.handling, caller.purpose)
  const put: StatePut = { id: record.id, state }
  return {
    states: [put],
    send: holdings
      .filter((it) => it.state !== 'erased' && it.state !== 'rejected')
      .map((it) => ({ to: it.member, purpose, content: { kind: 'recall', id: record.id, state, reason } })),
    audit: [
      audited(state === 'withdrawn' ? 'erase' : 'change', caller, { object: record, reason, details: { state } }),
    ],
  }
}
