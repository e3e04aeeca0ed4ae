import type { Store } from '#store/store'

/** Numbers only: which records they are is for those who may read them. */
interface Count {
  readonly type: string
  readonly state: string
  readonly count: number
}

/** Records of ours at a member, by type and by what it said of them. */
export async function readHeldByThem(store: Store, member: string): Promise<Count[]> {
  const rows = await store.db
    .selectFrom('holdings')
    .innerJoin('records', (join) => join.on((eb) => eb('records.id', '=', eb.ref('holdings.record_id') as never)))
    .select((eb) => ['records.type', 'holdings.state', eb.fn.countAll<number>().as('count')])
    .where('holdings.member', '=', member)
    .where('records.owner', '=', store.me)
    .groupBy(['records.type', 'holdings.state'])
    .orderBy('records.type')
    .orderBy('holdings.state')
    .execute()
  return rows.map((it) => ({ ...it, count: Number(it.count) }))
}

/** Records of a member here, by type and state. */
export async function readHeldFromThem(store: Store, member: string): Promise<Count[]> {
  const rows = await store.db
    .selectFrom('records')
    .select((eb) => ['type', 'state', eb.fn.countAll<number>().as('count')])
    .where('owner', '=', member)
    .groupBy(['type', 'state'])
    .orderBy('type')
    .orderBy('state')
    .execute()
  return rows.map((it) => ({ ...it, count: Number(it.count) }))
}
