import type { WorkRow } from '#capabilities/messages/store'
import type { RecordId } from '#kernel/ids'
import type { RowWrite } from '#store/change'

/** How a request stands between us and one other member: opened, settled by an answer, changed when either is taken back. */

type WorkKey = Pick<WorkRow, 'thread' | 'member' | 'direction'>

export function openWork(
  key: WorkKey,
  deadline: { readonly at: string; readonly rule: string } | null,
  stated: string | null,
): RowWrite {
  return {
    op: 'insert',
    table: 'message_work',
    values: {
      ...key,
      state: 'open',
      deadline: deadline?.at ?? null,
      deadline_rule: deadline?.rule ?? null,
      stated_deadline: stated,
    },
    orIgnore: key.direction === 'in',
  }
}

export function settleWork(key: WorkKey, answer: RecordId, at: Date | string): RowWrite {
  return {
    op: 'update',
    table: 'message_work',
    where: { ...key, state: 'open' },
    values: { state: 'answered', answer, settled_at: at },
    expect: 1,
  }
}

/**
 * What follows when a message is taken back: a request that nobody answered needs no answer any more, and a request whose
 * answer was withdrawn waits for one again.
 */
export function workAfterWithdrawal(id: RecordId): RowWrite[] {
  return [
    { op: 'update', table: 'message_work', where: { thread: id, state: 'open' }, values: { state: 'closed' } },
    {
      op: 'update',
      table: 'message_work',
      where: { answer: id },
      values: { state: 'open', answer: null, settled_at: null },
    },
  ]
}
