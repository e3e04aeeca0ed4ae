import { decide, type Grant, type Reason } from '#policy/decide'
import { loosens } from '#policy/leaving'
import { type Directory, partyOf } from '#protocol/directory'
import { effective, type Handling, type Mark, type Purpose } from '#protocol/handling'
import type { RecordDraft } from '#protocol/record'
import type { Dispatch } from '#store/change'
import { fault } from '#wire/faults'

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

/**
 * A new version reaches its holders at once, and nobody looks at it first: it may not show them a field that was kept back. A
 * share may, once a second person has looked (`policy/four-eyes.json`, loosened-mark). Throws `record/second-person`.
 */
export function refuseLoosened(
  before: { readonly marks: Readonly<Record<string, Mark>> },
  after: Pick<RecordDraft, 'marks' | 'body' | 'owner'>,
  { members, directory }: Pick<Towards, 'members' | 'directory'>,
): void {
  if (members.length === 0 || !loosens(before, { ...after, directory })) return
  throw fault(
    'record/second-person',
    'A field that was kept back would be shown to those who hold the record. Leave its mark as it is here, then share the record with the mark loosened: a second person looks first.',
    { rule: 'four-eyes: loosened-mark' },
  )
}

/** The purpose under which a record travels when its sender names none: the first that its header allows. */
export function purposeOf(handling: Pick<Handling, 'purposes'>, asked?: Purpose): Purpose {
  return asked ?? handling.purposes[0]!
}
