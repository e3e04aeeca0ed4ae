import { fillBoard, refreshBoard } from '#capabilities/notices/alerts'
import { answerOf, decided, standsWith } from '#capabilities/notices/arriving'
import { isOver } from '#capabilities/notices/lifecycle'
import { decisionKind, NoticeDecision, noticeKind } from '#capabilities/notices/record'
import { isActedOn, reviewerOf } from '#capabilities/notices/standing'
import { asJson, type NoticeRow, tables } from '#capabilities/notices/store'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { RecordId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import type { Change, FeedItem } from '#store/change'
import { followFeed } from '#store/follow'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'

/**
 * What a holder has of a notice and of decisions about it comes by two ways and in any order. Once written, all of it is looked
 * at together, one after the other, so that no two arrivals can miss each other; then the board is made true.
 */
export async function startSettling(services: Services): Promise<AsyncDisposable> {
  await fillBoard(services)
  return followFeed(services.store, {
    name: 'notices',
    handle: (items) => settle(items, services),
    // That a notice changed while it was looked at is no failure: it is looked at again.
    onError: (err) =>
      services.log[isFault(err, 'store/conflict') ? 'info' : 'error'](
        { err },
        'the settling of notices will try again',
      ),
  })
}

async function settle(items: readonly FeedItem[], services: Services): Promise<Change | undefined> {
  const { store, directories } = services
  const touched = new Set(items.filter((it) => it.type === noticeKind.type).map((it) => it.id))
  const came = items.filter((it) => it.type === decisionKind.type).map((it) => it.id as RecordId)
  for (const it of await readBodies(store, came)) touched.add(NoticeDecision.parse(it.body).about)
  if (touched.size === 0) return undefined
  const ids = [...touched] as RecordId[]
  await refreshBoard(ids, services)
  const held = await tables(store)
    .selectFrom('notices')
    .selectAll()
    .where('id', 'in', ids)
    .where('role', '=', 'holder')
    .execute()
  const decisions =
    held.length === 0
      ? []
      : await readDecisions(
          store,
          held.map((it) => it.id),
        )
  const changes = held.flatMap((row) => {
    const about = decisions.filter((it) => it.body.about === row.id)
    return settled(row, { decisions: about, directory: directories.current(), now: store.clock.now() }) ?? []
  })
  if (changes.length === 0) return undefined
  return {
    audit: [],
    rows: changes.flatMap((it) => it.rows),
    held: changes.flatMap((it) => it.held),
    touched: changes.flatMap((it) => it.touched),
  }
}

interface Known {
  readonly decisions: readonly Decided[]
  readonly directory: Directory
  readonly now: Date
}

interface Decided extends Pick<RecordRow, 'id' | 'owner'> {
  readonly issuedAt: string
  readonly body: NoticeDecision
}

/** What follows from the decisions that are here; undefined when the row says so already. */
function settled(row: NoticeRow, { decisions, directory, now }: Known) {
  if (isOver(row.place)) return undefined
  const reviewer = reviewerOf(row, directory)
  const place = standsWith(decisions, { owner: row.owner, reviewer, version: row.version, hash: row.hash })
  const known = decisions.filter((it) => it.owner === reviewer)
  const last = known.at(-1)
  const fresh = known.filter((it) => it.body.step > (row.decision?.step ?? 0))
  if (place === row.place && fresh.length === 0) return undefined
  const values = { place, decision: last === undefined ? null : asJson(answerOf(last)), updated_at: now }
  return {
    rows: [
      // A version that came meanwhile refuses all of this: it must not be let through by what was decided on the one before.
      {
        op: 'update',
        table: 'notices',
        where: { id: row.id, version: row.version, place: row.place },
        values,
        expect: 1,
      } as const,
      ...fresh.map((it) => decided(it, now)),
    ],
    held: [{ id: row.id, held: !isActedOn({ ...row, place }) }],
    touched: [{ type: noticeKind.type, id: row.id }],
  }
}

async function readBodies(store: Store, ids: readonly RecordId[]) {
  if (ids.length === 0) return []
  return store.db
    .selectFrom('records')
    .select(['id', 'body'])
    .where('id', 'in', ids)
    .where('state', '=', 'active')
    .execute()
}

/** In the order in which they were made. */
async function readDecisions(store: Store, notices: readonly RecordId[]): Promise<Decided[]> {
  const rows = await store.db
    .selectFrom('records')
    .select(['id', 'owner', 'body', 'issued_at as issuedAt'])
    .where((eb) => eb(eb.ref('body', '->>').key('about'), 'in', notices as readonly string[]))
    .where('type', '=', decisionKind.type)
    .where('state', '=', 'active')
    .execute()
  return rows.map((it) => ({ ...it, body: NoticeDecision.parse(it.body) })).sort((a, b) => a.body.step - b.body.step)
}
