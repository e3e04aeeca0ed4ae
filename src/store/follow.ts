import type { Change, FeedItem } from '#store/change'
import type { Store } from '#store/store'

export interface Follower extends AsyncDisposable {
  /** Resolves when the follower has worked through everything committed before the call. */
  caughtUp(): Promise<void>
}

interface FollowOptions {
  readonly name: string
  /** Looks at new items of the feed and says what follows from them. Its change is written together with its position. */
  readonly handle: (items: readonly FeedItem[]) => Promise<Omit<Change, 'cursor'> | undefined>
  readonly onError: (cause: unknown) => void
}

const batchLimit = 500

const positions = new WeakMap<Store, Map<string, number>>()

/** How far each follower has come, by name. Ahead of what is written, because a turn from which nothing follows writes nothing. */
export function followerPositions(store: Store): ReadonlyMap<string, number> {
  return positions.get(store) ?? new Map()
}

function notePosition(store: Store, name: string, sequence: number): void {
  const known = positions.get(store) ?? new Map<string, number>()
  positions.set(store, known.set(name, sequence))
}
const pauseAfterErrorMilliseconds = 1_000

/**
 * Reacts to what was committed, at its own pace and across restarts: the position is written in the transaction of what
 * follows, so nothing is missed and nothing is done twice.
 */
export async function followFeed(store: Store, { name, handle, onError }: FollowOptions): Promise<Follower> {
  let position =
    (await store.db.selectFrom('cursors').select('sequence').where('name', '=', name).executeTakeFirst())?.sequence ?? 0
  notePosition(store, name, position)
  let stopped = false
  let running: Promise<void> | undefined
  let again = false

  async function work(): Promise<void> {
    do {
      again = false
      const items = (await store.db
        .selectFrom('changes')
        .selectAll()
        .where('sequence', '>', position)
        .orderBy('sequence')
        .limit(batchLimit)
        .execute()) as unknown as FeedItem[]
      const last = items.at(-1)
      if (last === undefined) continue
      const change = await handle(items)
      if (change !== undefined) await store.commit({ ...change, cursor: { name, sequence: last.sequence } })
      else if (items.length === batchLimit) await store.commit({ audit: [], cursor: { name, sequence: last.sequence } })
      position = last.sequence
      notePosition(store, name, position)
      again ||= items.length === batchLimit
    } while (again && !stopped)
  }

  function wake(): void {
    again = true
    running ??= work()
      .catch((cause: unknown) => {
        onError(cause)
        if (!stopped) setTimeout(wake, pauseAfterErrorMilliseconds).unref()
      })
      .finally(() => {
        running = undefined
        if (again && !stopped) wake()
      })
  }

  const unlisten = store.onCommit(({ feed }) => feed.length > 0 && wake())
  wake()
  return {
    async caughtUp() {
      wake()
      while (running !== undefined) await running
    },
    async [Symbol.asyncDispose]() {
      stopped = true
      unlisten()
      await running
    },
  }
}
