import { messageKind } from '#capabilities/messages/record'
import { workAfterWithdrawal } from '#capabilities/messages/work'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import { followFeed } from '#store/follow'

/** When we take a message of ours back, the work that hangs on it follows; at its holders the recall does the same. */
export function followWithdrawals({ store, log }: Services): Promise<AsyncDisposable> {
  return followFeed(store, {
    name: 'messages',
    handle: async (items) => {
      const ids = items
        .filter((it) => it.what === 'state' && it.type === messageKind.type)
        .map((it) => it.id as RecordId)
      if (ids.length === 0) return undefined
      const withdrawn = await store.db
        .selectFrom('records')
        .select('id')
        .where('id', 'in', ids)
        .where('owner', '=', store.me)
        .where('state', '=', 'withdrawn')
        .execute()
      if (withdrawn.length === 0) return undefined
      return {
        rows: withdrawn.flatMap(({ id }) => workAfterWithdrawal(id)),
        touched: withdrawn.map(({ id }) => ({ type: messageKind.type, id })),
        audit: [],
      }
    },
    onError: (cause) => log.error({ err: cause }, 'work on messages does not follow'),
  })
}
