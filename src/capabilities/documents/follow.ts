import { setImmediate as nextTurn } from 'node:timers/promises'
import { readEndings, sendEndings } from '#capabilities/documents/endings'
import { type IndexedChange, index, indexOf, markLoaded, untilLoaded } from '#capabilities/documents/engine'
import { dropIndexFile, type KeptState, loadKept } from '#capabilities/documents/index-file'
import { mayDeclare } from '#capabilities/documents/issuer'
import { type Keeping, startKeeping } from '#capabilities/documents/keeping'
import { afterWithdrawal } from '#capabilities/documents/question-rows'
import { answerKind, declarationKind, questionKind } from '#capabilities/documents/record'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import type { Change, FeedItem } from '#store/change'
import { type Follower, followerPositions, followFeed } from '#store/follow'
import type { Store } from '#store/store'

const loadBatch = 10

const followers = new WeakMap<Store, Follower>()

/** Resolves when the index knows everything that was committed before the call. */
export async function caughtUp({ store }: Pick<Services, 'store'>): Promise<void> {
  await untilLoaded(store)
  await followers.get(store)?.caughtUp()
}

const followerName = 'documents'

/** Fills the index and keeps it true. What is asked before it is full would be answered with too little: it is waited for. */
export async function startIndex(services: Services): Promise<AsyncDisposable> {
  const { store, log } = services
  await using begun = new AsyncDisposableStack()
  try {
    const behind = await fillIndex(services)
    let keeping: Keeping | undefined // there before the first change is read, for which the follower asks the store
    const follower = await followFeed(store, {
      name: followerName,
      handle: (items) => followChanges(items, services, (change) => keeping?.note(change)),
      onError: (err) => log.error({ err }, 'the index of documents stopped and will try again'),
    })
    followers.set(store, follower)
    keeping = begun.use(
      startKeeping(services, { position: () => followerPositions(store).get(followerName) ?? 0, behind }),
    )
    begun.use(follower)
  } catch (cause) {
    markLoaded(store, cause)
    throw cause
  }
  markLoaded(store)
  return begun.move()
}

/** From the file of an earlier run, else from the store. How many declarations the file does not have; undefined without one. */
async function fillIndex(services: Services): Promise<number | undefined> {
  const started = performance.now()
  const kept = await loadKept(services)
  const since = kept && (await catchUp(kept, services))
  if (kept === undefined) await loadIndex(services)
  services.log.info(
    {
      declarations: indexOf(services).size,
      from: kept === undefined ? 'store' : 'file',
      behind: since?.declarations,
      milliseconds: Math.round(performance.now() - started),
    },
    'the index of documents is filled',
  )
  if (since?.isLess === true) await dropIndexFile(services)
  return since?.isLess === true ? undefined : since?.declarations
}

/** Indexes anew what changed after the file was written, of which it may have a part. */
export async function catchUp({ sequence, directory }: KeptState, services: Services): Promise<IndexedChange> {
  const { store } = services
  const all = indexOf(services)
  const changed = await store.db
    .selectFrom('changes')
    .select('id')
    .distinct()
    .where('sequence', '>', sequence)
    .where('type', '=', declarationKind.type)
    .where('what', 'in', ['record', 'state'])
    .execute()
  const ids = new Set(changed.map((it) => it.id as RecordId))
  if (directory !== services.directories.current().version) for (const id of await doubted(services)) ids.add(id)
  let known = 0
  for (const id of ids) {
    if (all.record(id) !== undefined) known++
    all.remove(id)
  }
  let declarations = known
  await indexAll([...ids], services, (change) => {
    declarations += change.declarations
  })
  return { declarations, isLess: known > 0 }
}

/** Records of members who may no longer declare what they did, or now may, by the directory in force. */
async function doubted(services: Services): Promise<RecordId[]> {
  const all = indexOf(services)
  const current = services.directories.current()
  const { db } = services.store
  const inStore = await db
    .selectFrom('records')
    .select(['id', 'owner'])
    .where('type', '=', declarationKind.type)
    .where('state', 'in', ['active', 'suspended'])
    .execute()
  return inStore
    .filter(({ id, owner }) => {
      const issuer = all.issuer(id)
      return issuer === undefined || !mayDeclare(current, owner, issuer)
    })
    .map((it) => it.id)
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
  note: (change: IndexedChange) => void,
): Promise<Omit<Change, 'cursor'> | undefined> {
  const changed = items.filter((it) => it.what === 'record' || it.what === 'state')
  const idsOf = (...types: readonly string[]) => [
    ...new Set(changed.filter((it) => types.includes(it.type)).map((it) => it.id as RecordId)),
  ]
  const declarations = idsOf(declarationKind.type)
  await indexAll(declarations, services, note)
  const delivered = items.filter((it) => it.what === 'delivery').map((it) => it.id as RecordId)
  const lacking = await readEndings([...new Set([...declarations, ...delivered])], services)
  const now = services.store.clock.now()
  const sent = sendEndings(lacking, { me: services.store.me, now, directory: services.directories.current() })
  const gone = await withdrawn(idsOf(questionKind.type, answerKind.type), services)
  return sent === undefined ? gone : { ...gone, ...sent, audit: [...sent.audit, ...(gone?.audit ?? [])] }
}

/** A batch at a time, leaving turns for requests. */
async function indexAll(
  ids: readonly RecordId[],
  services: Services,
  note: (change: IndexedChange) => void,
): Promise<void> {
  for (let from = 0; from < ids.length; from += loadBatch) {
    for (const row of await readRows(ids.slice(from, from + loadBatch), services)) {
      note(index(row, services))
      await nextTurn()
    }
  }
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
