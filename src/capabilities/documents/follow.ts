import { setImmediate as nextTurn } from 'node:timers/promises'
import { index, markLoaded, untilLoaded } from '#capabilities/documents/engine'
import { afterWithdrawal } from '#capabilities/documents/question-rules'
import { answerKind, declarationKind, questionKind } from '#capabilities/documents/record'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import type { Change, FeedItem } from '#store/change'
import { type Follower, followFeed } from '#store/follow'
import type { Store } from '#store/store'

const loadBatch = 10

const followers = new WeakMap<Store, Follower>()

/** Resolves when the index knows everything that was committed before the call. */
export async function caughtUp({ store }: Pick<Services, 'store'>): Promise<void> {
  await untilLoaded(store)
  await followers.get(store)?.caughtUp()
}

/** Fills the index and keeps it true. What is asked before it is full would be answered with too little: it is waited for. */
export async function startIndex(services: Services): Promise<AsyncDisposable> {
  try {
    await loadIndex(services)
  } catch (cause) {
    markLoaded(services.store, cause)
    throw cause
  }
  const follower = await followFeed(services.store, {
    name: 'documents',
    handle: (items) => followChanges(items, services),
    onError: (err) => services.log.error({ err }, 'the index of documents stopped and will try again'),
  })
  followers.set(services.store, follower)
  markLoaded(services.store)
  return follower
}

/** Fills the index from the store, a batch at a time, leaving turns for requests. */
export async function loadIndex(services: Services): Promise<void> {
  let after = ''
  for (;;) {
    const rows = await services.store.db
      .selectFrom('records')
      .selectAll()
      .where('type', '=', declarationKind.type)
      .where('state', 'in', ['active', 'suspended'])
      .where('id', '>', after as RecordId)
      .orderBy('id')
      .limit(loadBatch)
      .execute()
    for (const row of rows) {
      index(row, services)
      await nextTurn()
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

async function followChanges(
  items: readonly FeedItem[],
  services: Services,
): Promise<Omit<Change, 'cursor'> | undefined> {
  const changed = items.filter((it) => it.what === 'record' || it.what === 'state')
  const idsOf = (...types: readonly string[]) => [
    ...new Set(changed.filter((it) => types.includes(it.type)).map((it) => it.id as RecordId)),
  ]
  const declarations = idsOf(declarationKind.type)
  for (let from = 0; from < declarations.length; from += loadBatch) {
    for (const row of await readRows(declarations.slice(from, from + loadBatch), services)) {
      index(row, services)
      await nextTurn()
    }
  }
  return withdrawn(idsOf(questionKind.type, answerKind.type), services)
}

/** When we take a question or an answer of ours back, its row follows; at the other office the recall does the same. */
async function withdrawn(ids: readonly RecordId[], services: Services): Promise<Omit<Change, 'cursor'> | undefined> {
  if (ids.length === 0) return undefined
  const rows = await readRows(ids, services)
  const gone = rows.filter((it) => it.owner === services.store.me && it.state === 'withdrawn')
  if (gone.length === 0) return undefined
  return {
    rows: gone.flatMap((it) => afterWithdrawal(it.id)),
    touched: gone.map((it) => ({ type: questionKind.type, id: it.id })),
    audit: [],
  }
}

function readRows(ids: readonly RecordId[], { store }: Services) {
  return store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}
