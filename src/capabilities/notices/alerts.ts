import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDiscreet, localAction } from '#capabilities/notices/local-action'
import { lawOf } from '#capabilities/notices/local-law'
import { Notice, namesOf, noticeKind } from '#capabilities/notices/record'
import { limits } from '#capabilities/notices/rule-data'
import { isActedOn } from '#capabilities/notices/standing'
import { type NoticeRow, tables } from '#capabilities/notices/store'
import type { Services } from '#http/services'
import type { Alert, Alerts, Traveller } from '#http/travellers'
import type { RecordId } from '#kernel/ids'
import { createMatchingIndex } from '#matching/name-index'
import { findMember } from '#protocol/directory'
import type { Store } from '#store/store'

/**
 * The notices in force at this node, in memory, for those who stand at a border: what is not published, or did not pass this
 * node's own gate, is not in it, so it cannot be answered.
 */

interface Board extends Alerts {
  put(row: InForce): void
  drop(id: string): void
}

type InForce = Pick<
  NoticeRow,
  'id' | 'owner' | 'type' | 'bound' | 'role' | 'place' | 'local' | 'version' | 'expires_at'
> & {
  readonly body: object
  readonly purposes: Alert['purposes']
}

const found = 10

interface Setting {
  /** Whose law lowers what is asked. */
  readonly place: () => Pick<Parameters<typeof localAction>[1], 'law' | 'country'>
  readonly now: () => Date
}

export function createBoard({ place, now }: Setting): Board {
  const index = createMatchingIndex()
  const alerts = new Map<string, Alert>()
  let version = 0
  const current = (alert: Alert | undefined) =>
    alert === undefined || alert.expiresAt <= now().toISOString() ? undefined : alert
  const board: Board = {
    put(row) {
      board.drop(row.id)
      const notice = Notice.parse(row.body)
      if (!isActedOn(row) || notice.ended !== undefined) return
      const local = localAction(notice.asked, { ...place(), bound: row.bound ?? undefined })
      alerts.set(row.id, {
        id: row.id,
        version: row.version,
        owner: row.owner,
        type: row.type,
        caption: noticeKind.caption(notice),
        ...local,
        discreet: isDiscreet(local.permitted, notice.discreet),
        sought: notice.sought,
        purposes: row.purposes,
        expiresAt: row.expires_at,
      })
      if (notice.subject !== undefined)
        index.put({
          id: row.id,
          schema: notice.subject.schema,
          properties: { ...notice.subject.properties, name: namesOf(notice.subject) },
        })
      version++
    },
    drop(id) {
      if (!alerts.delete(id)) return
      index.remove(id)
      version++
    },
    search({ properties }: Traveller) {
      const query = { id: 'traveller', schema: 'Person', properties } as const
      const exclude = (id: string) => current(alerts.get(id)) === undefined
      const matches = index.search(query, { limit: found, threshold: limits.alertLikeness.value, exclude })
      return matches.map((match) => ({ ...alerts.get(match.id)!, match }))
    },
    find: (id) => current(alerts.get(id)),
    get version() {
      return version
    },
  }
  return board
}

const boards = new WeakMap<Services, Board>()

export function boardOf(services: Services): Board {
  let board = boards.get(services)
  if (board === undefined) {
    const { identity, store } = services
    board = createBoard({
      place: () => ({ law: lawOf(store), country: findMember(identity.directory(), identity.me).country }),
      now: () => store.clock.now(),
    })
    boards.set(services, board)
  }
  return board
}

async function readInForce(store: Store, ids: readonly string[] | undefined, after = ''): Promise<InForce[]> {
  const rows = await tables(store)
    .selectFrom('notices')
    .innerJoin('records', 'records.id', 'notices.id')
    .select([
      'notices.id',
      'notices.owner',
      'notices.type',
      'notices.bound',
      'notices.role',
      'notices.place',
      'notices.local',
      'records.version',
      'notices.expires_at',
      'records.body',
      'records.handling',
    ])
    .where('notices.place', '=', 'published')
    .where('records.state', '=', 'active')
    .where('records.held', '=', false)
    .$if(ids !== undefined, (query) => query.where('notices.id', 'in', ids as RecordId[]))
    .$if(ids === undefined, (query) => query.where('notices.id', '>', after as RecordId).limit(batch))
    .orderBy('notices.id')
    .execute()
  return rows.map(({ handling, ...row }) => ({ ...row, purposes: handling.purposes }))
}

const batch = 1_000

/** Fills the board with all that is in force. */
export async function fillBoard(services: Services): Promise<void> {
  const board = boardOf(services)
  for (let after = ''; ; ) {
    const rows = await readInForce(services.store, undefined, after)
    for (const row of rows) board.put(row)
    if (rows.length < batch) return
    after = rows.at(-1)!.id
    await nextTurn()
  }
}

/** Reads these notices anew. */
export async function refreshBoard(ids: readonly string[], services: Services): Promise<void> {
  if (ids.length === 0) return
  const board = boardOf(services)
  const rows = await readInForce(services.store, ids)
  for (const id of ids) {
    const row = rows.find((it) => it.id === id)
    if (row === undefined) board.drop(id)
    else board.put(row)
  }
}
