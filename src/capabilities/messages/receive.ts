import { checkAttachments } from '#capabilities/messages/attachments'
import { deadlineFor } from '#capabilities/messages/deadlines'
import { fault } from '#capabilities/messages/faults'
import type { Message } from '#capabilities/messages/record'
import { readWorkWith } from '#capabilities/messages/store'
import { openWork, settleWork } from '#capabilities/messages/work'
import type { RecordId } from '#kernel/ids'
import type { HeldRecord } from '#protocol/record'
import type { Change } from '#store/change'
import type { Receiving, RecordReceiver } from '#wire/receiver'

/** A message from a peer: a request opens work against our own clock, an answer closes the work of our request. */
export const receiveMessage: RecordReceiver = async (record, receiving) => {
  const message = record as HeldRecord<unknown> as HeldRecord<Message>
  const { kind, thread, to, attachments } = message.body
  checkAttachments(attachments)
  const { identity, envelope } = receiving
  // What somebody else passed on is there to be read; it asks nothing of us.
  if (envelope.from !== record.owner || !to.includes(identity.me)) return {}
  const touched = [{ type: 'message', id: thread ?? record.id }]
  if (kind === 'request') return { ...receiveRequest(message, receiving), touched }
  if (kind === 'answer') return { ...(await receiveAnswer(message, receiving)), touched }
  return { touched }
}

/** The clock runs from the issue of the request, or from now when that lies in the future, by our rule data. */
function receiveRequest(
  { id, type, version, owner, issuedAt, body }: HeldRecord<Message>,
  { store, identity, envelope }: Receiving,
): Partial<Change> {
  const now = store.clock.now().toISOString()
  const deadline = deadlineFor(body, issuedAt < now ? issuedAt : now)
  const work = openWork({ thread: id, member: owner, direction: 'in' }, deadline, body.deadlineAt)
  if (deadline?.at === body.deadlineAt) return { rows: [work] }
  return {
    rows: [work],
    audit: [
      {
        act: 'change',
        outcome: 'permitted',
        actor: { member: identity.me, via: 'system' },
        purpose: envelope.purpose,
        reference: null,
        object: { type, id, version },
        owner,
        recipient: null,
        rule: deadline?.rule ?? null,
        reason: 'The deadline by our own rule data is not the one that the sender states.',
        details: {
          deadlineAt: deadline?.at ?? null,
          statedDeadlineAt: body.deadlineAt,
          statedDeadlineRule: body.deadlineRule,
        },
      },
    ],
  }
}

async function receiveAnswer({ id, owner, body }: HeldRecord<Message>, { store }: Receiving): Promise<Partial<Change>> {
  const thread = body.thread as RecordId
  const row = await readWorkWith(store, { thread, member: owner })
  if (row?.direction !== 'out')
    throw fault('messages/no-such-request', `This node has sent no such request to ${owner}.`, { rule: 'answers only' })
  if (row.state === 'answered' && row.answer !== id)
    throw fault('messages/already-answered', 'The request was answered before. Recall that answer first.', {
      rule: 'one answer from each recipient',
    })
  const settled = settleWork({ thread, member: owner, direction: 'out' }, id, store.clock.now())
  return { rows: row.state === 'open' ? [settled] : [] }
}
