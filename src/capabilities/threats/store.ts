import { sql } from 'kysely'
import { imminences, type Threat, threatKind } from '#capabilities/threats/record'
import type { RecordId } from '#kernel/ids'
import { readGrants } from '#store/grants'
import { type Reader, type RecordView, viewOf } from '#store/reader'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'

export interface ThreatFilter {
  readonly show: 'current' | 'all'
  readonly owner?: string | undefined
  readonly imminence?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Place {
  readonly id: RecordId
  readonly rank: number
}

/** Warnings in force first, the most imminent and newest before the others; as far as the caller may find them. */
export async function readThreats(
  reader: Reader,
  filter: ThreatFilter,
): Promise<{ views: RecordView<Threat>[]; next: string | null }> {
  const { store, caller } = reader
  const now = store.clock.now()
  const views: RecordView<Threat>[] = []
  let place = readPlace(filter.after)
  for (;;) {
    const rows = await readRows(store, filter, { now, after: place })
    const grants = await readGrants(
      store,
      rows.map((it) => it.id),
    )
    for (const row of rows) {
      const view = viewOf<Threat>(row, { caller, act: 'search', now, grants })
      if (view !== undefined) views.push(view)
      place = row
      if (views.length === filter.limit) return { views, next: `${row.rank}.${row.id}` }
    }
    if (rows.length < filter.limit) return { views, next: null }
  }
}

/** The order is made of fields that no mark can keep back, so it tells nobody what they may not know. */
function readRows(
  store: Store,
  { show, owner, imminence, limit }: ThreatFilter,
  { now, after }: { now: Date; after: Place | undefined },
): Promise<(RecordRow & Place)[]> {
  const over = sql<boolean>`(body ? 'closed' or body ->> 'validUntil' <= ${now.toISOString()})`
  const rank = sql<number>`(case when ${over} then 20 when state = 'suspended' then 10 else 0 end
    + array_position(${[...imminences]}::text[], body ->> 'imminence'))`
  return store.db
    .selectFrom('records')
    .selectAll()
    .select(rank.as('rank'))
    .where('type', '=', threatKind.type)
    .where('state', 'in', ['active', 'suspended'])
    .$if(show === 'current', (query) => query.where(sql<boolean>`not ${over}`))
    .$if(owner !== undefined, (query) => query.where('owner', '=', owner as string))
    .$if(imminence !== undefined, (query) => query.where(sql<boolean>`body ->> 'imminence' = ${imminence}`))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${rank} > ${after?.rank} or (${rank} = ${after?.rank} and id < ${after?.id}))`),
    )
    .orderBy(rank)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function readPlace(text: string | undefined): Place | undefined {
  const [, rank, id] = /^(\d{1,3})\.(rec_[0-9a-f]{32})$/.exec(text ?? '') ?? []
  return rank === undefined ? undefined : { rank: Number(rank), id: id as RecordId }
}
