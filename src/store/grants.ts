import type { Kysely } from 'kysely'
import type { RecordId } from '#kernel/ids'
import type { Grant } from '#policy/decide'
import { grantOf } from '#protocol/grant'
import type { Store } from '#store/store'
import type { Tables } from '#store/tables'

export interface RecordGrant extends Grant {
  readonly record: string
}

/** Grants of originators that touch these records, for the decisions on them. */
export async function readGrants(store: Store, records: readonly string[]): Promise<readonly RecordGrant[]> {
  return selectGrants(store.db, records)
}

export async function selectGrants(db: Kysely<Tables>, records: readonly string[]): Promise<readonly RecordGrant[]> {
  if (records.length === 0) return []
  const rows = await db
    .selectFrom('records as it')
    .innerJoin('records as target', (join) =>
      join
        .on((eb) => eb(eb.ref('it.body', '->>').key('about'), '=', eb.ref('target.id')))
        .onRef('it.owner', '=', 'target.owner'),
    )
    .select('it.body')
    .where('it.type', '=', 'grant')
    .where('it.state', '=', 'active')
    .where((eb) => eb('target.id', '=', eb.fn.any(eb.val([...records] as RecordId[]))))
    .execute()
  return rows.map((it) => grantOf(it.body))
}
