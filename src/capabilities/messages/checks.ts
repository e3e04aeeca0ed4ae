import { fault } from '#capabilities/messages/faults'
import { type Message, type MessageHead, messageKind } from '#capabilities/messages/record'
import { type Decision, decide, type Grant } from '#policy/decide'
import { type Directory, findMember, partyOf } from '#protocol/directory'
import { effective, type Handling, type Mark } from '#protocol/handling'
import type { Caller, RecordView } from '#store/reader'
import { purposeOf } from '#wire/distribute'

/** What a message is refused for before it is written. Each throws a fault of `messages/`. */

export interface Work {
  readonly caller: Caller
  readonly now: Date
  readonly directory: Directory
  /** The records that the message refers to, as the caller may see them, and the grants that touch them. */
  readonly concerning: readonly RecordView<object>[]
  readonly grants: readonly (Grant & { readonly record: string })[]
}

export function checkRecipient(member: string, { actor }: Caller, directory: Directory): void {
  if (member === actor.member.id) throw fault('messages/to-self', 'A message goes to other members, not to oneself.')
  if (findMember(directory, member).suspended)
    throw fault('messages/recipient-suspended', `${member} is suspended in the directory.`, {
      rule: 'protocol point 1',
    })
}

/** Who writes in a thread, and to whom: its parties only. */
export function checkThread(
  input: { readonly kind: Message['kind']; readonly to: readonly string[] },
  thread: RecordView<MessageHead>,
  { actor }: Caller,
): void {
  if (thread.type !== messageKind.type || thread.body.thread !== null)
    throw fault('messages/no-such-thread', 'This is not the first message of a thread.')
  if (input.kind === 'request')
    throw fault(
      'messages/malformed',
      'A request starts a thread of its own: it has its own clock. Name the other in `concerning`.',
    )
  const parties = [thread.owner, ...thread.body.to]
  const stranger = [actor.member.id, ...input.to].find((it) => !parties.includes(it))
  if (stranger !== undefined)
    throw fault('messages/outside-thread', `${stranger} is not part of the thread.`, { details: { parties } })
}

export function checkDates({ expiresAt, reviewAt }: Handling, { deadlineAt }: Message, now: Date): void {
  if (expiresAt <= now.toISOString() || reviewAt > expiresAt)
    throw fault('messages/dates', 'The message expires in the future, and is reviewed before it expires.', {
      rule: 'protocol point 3: review and expiry',
    })
  if (deadlineAt !== null && expiresAt < deadlineAt)
    throw fault('messages/dates', `The request would expire before it has to be answered, at ${deadlineAt}.`, {
      rule: 'protocol point 5: nothing expires silently',
    })
}

const attachmentsPointer = '/body/attachments/'

/** Every recipient has to be able to read a message; only an attachment as a whole can be kept from some of them. */
export function checkMarks(marks: Readonly<Record<string, Mark>>, { attachments }: Message): void {
  const stray = Object.keys(marks).find(
    (it) => !it.startsWith(attachmentsPointer) || !Object.hasOwn(attachments, it.slice(attachmentsPointer.length)),
  )
  if (stray !== undefined)
    throw fault('messages/mark-not-possible', `The mark ${stray} does not point at an attachment of this message.`, {
      details: { pointer: stray },
    })
}

/** To name a record of another is to say that it exists, and that we hold it. */
export function checkConcerned(record: RecordView<object>, to: string, { caller, now, directory, grants }: Work): void {
  const { owner, state, readers, handling } = record
  if (owner === caller.actor.member.id || owner === to) return
  const decision = decide(
    caller.actor,
    'onward',
    { owner, state, readers, handling: effective(handling) },
    {
      now,
      purpose: purposeOf(handling, caller.purpose),
      recipient: partyOf(directory, to),
      grants: grants.filter((it) => it.record === record.id),
    },
  )
  if (decision.permit) return
  const [first] = decision.because
  throw fault('messages/concerning-refused', `${record.id} of ${owner} may not be named to ${to}: ${first!.text}`, {
    rule: first!.rule,
    details: { record: record.id, to },
  })
}

export function refuseUnless(decision: Decision): void {
  if (decision.permit) return
  const [first] = decision.because
  throw fault('messages/refused', first!.text, {
    rule: first!.rule,
    details: { because: decision.because.map((it) => it.text) },
  })
}
