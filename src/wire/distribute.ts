import { decide, type Grant, type Reason } from '#policy/decide'
import { type Directory, partyOf } from '#protocol/directory'
import { effective, type Handling, type Purpose } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import type { Dispatch } from '#store/change'

interface Distribution {
  readonly send: Dispatch[]
  readonly refused: { readonly member: string; readonly because: readonly Reason[] }[]
}

interface Towards {
  readonly members: readonly string[]
  readonly purpose: Purpose
  readonly directory: Directory
  readonly now: Date
  readonly grants?: readonly Grant[]
}

/** Who of these may have this version: to them it goes, of the others we say which rule keeps it from them. */
export function distribute(
  record: Pick<RecordDraft, 'id' | 'version' | 'owner' | 'handling'>,
  { members, purpose, directory, now, grants = [] }: Towards,
): Distribution {
  const actor = { member: partyOf(directory, record.owner) }
  const subject = { owner: record.owner, handling: effective(record.handling), state: 'active' as const }
  const result: Distribution = { send: [], refused: [] }
  for (const member of members) {
    const decision = decide(actor, 'disclose', subject, { now, purpose, recipient: partyOf(directory, member), grants })
    if (decision.permit)
      result.send.push({ to: member, purpose, content: { kind: 'record', id: record.id, version: record.version } })
    else result.refused.push({ member, because: decision.because })
  }
  return result
}

/** A new version to its holders; those whom it no longer admits are asked to give back what they have (protocol point 7). */
export function redistribute(record: RecordDraft, { purpose: asked, ...rest }: Towards): Dispatch[] {
  // The purpose of the person who amends does not take the record from anybody: it goes out under one that it allows.
  const purpose = record.handling.purposes.includes(asked) ? asked : record.handling.purposes[0]!
  const { send, refused } = distribute(record, { ...rest, purpose })
  return [
    ...send,
    ...refused.map(
      (it): Dispatch => ({
        to: it.member,
        purpose,
        content: {
          kind: 'recall',
          id: record.id,
          state: 'withdrawn',
          reason: it.because[0]?.text ?? 'No longer in the audience.',
        },
      }),
    ),
  ]
}

/** The purpose under which a record travels when its sender names none: the first that its header allows. */
export function purposeOf(handling: Pick<Handling, 'purposes'>, asked?: Purpose): Purpose {
  return asked ?? handling.purposes[0]!
}
