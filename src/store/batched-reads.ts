import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { RecordId } from '#kernel/ids'
import { type RecordGrant, selectGrants } from '#store/grants'
import { type Holding, selectHoldings } from '#store/holdings'
import type { RecordRow, Tables } from '#store/tables'

/** What nearly every request asks about one record. Nothing is remembered: the next call reads again. */
export interface BatchedReads {
  readonly record: DataLoader<string, RecordRow | undefined>
  readonly grants: DataLoader<string, readonly RecordGrant[]>
  readonly holdings: DataLoader<string, readonly Holding[]>
}

/** Calls of many requests in one turn of the event loop share a statement, as their commits share a transaction. */
export function batchReads(db: Kysely<Tables>): BatchedReads {
  return {
    record: gather(async (ids) => {
      const rows = await db
        .selectFrom('records')
        .selectAll()
        .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids as RecordId[]))))
        .execute()
      const byId = new Map<string, RecordRow>(rows.map((it) => [it.id, it]))
      return (id) => byId.get(id)
    }),
    grants: gather(async (ids) => {
      const byRecord = Map.groupBy(await selectGrants(db, ids), (it) => it.record)
      return (id) => byRecord.get(id) ?? []
    }),
    holdings: gather(async (ids) => {
      const byRecord = Map.groupBy(await selectHoldings(db, ids), (it) => it.record)
      return (id) => byRecord.get(id)?.map((it) => it.holding) ?? []
    }),
  }
}

function gather<Value>(load: (ids: string[]) => Promise<(id: string) => Value>): DataLoader<string, Value> {
  return new DataLoader<string, Value>(
    async (ids) => {
      const find = await load([...new Set(ids)])
      return ids.map(find)
    },
    { cache: false, maxBatchSize: 500 },
  )
}
