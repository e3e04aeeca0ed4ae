import { insertChange } from '#capabilities/lists/imports'
import type { EntryRow } from '#capabilities/lists/store'
import type { Services } from '#http/services'
import type { RecordId } from '#kernel/ids'
import type { Dispatch } from '#store/change'
import type { RecordRow } from '#store/tables'

const batch = 250

export async function readCurrent({ store }: Services, ids: readonly RecordId[]): Promise<Map<string, RecordRow>> {
  if (ids.length === 0) return new Map()
  const rows = await store.db
    .selectFrom('records')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .execute()
  return new Map(rows.map((it) => [it.id, it]))
}

/** Withdraws what is no longer on the list, here and at the members that it is shared with. */
export async function takeBack(
  removed: readonly EntryRow[],
  { services, members, id }: { services: Services; members: readonly string[]; id: string | undefined },
): Promise<void> {
  const { store } = services
  for (let at = 0; at < removed.length; at += batch) {
    const part = removed.slice(at, at + batch)
    const current = await readCurrent(
      services,
      part.map((it) => it.record),
    )
    const changes = part.map(({ ref, record }) =>
      insertChange({ import: id ?? '', ref, change: 'removed', record, version: current.get(record)?.version ?? 1 }),
    )
    await store.commit({
      states: part.map((it) => ({ id: it.record, state: 'withdrawn' })),
      rows: [
        ...part.map((it) => ({
          op: 'delete' as const,
          table: 'list_entries',
          where: { list: it.list, ref: it.ref },
        })),
        ...(id === undefined ? [] : changes),
      ],
      send: part.flatMap((it) =>
        members.map(
          (to): Dispatch => ({
            to,
            purpose: 'sanctions-implementation',
            content: { kind: 'recall', id: it.record, state: 'withdrawn', reason: 'No longer on the list.' },
          }),
        ),
      ),
      audit: [],
    })
  }
}
