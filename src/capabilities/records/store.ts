import type { RecordId } from '#kernel/ids'
import type { Grant } from '#policy/decide'
import { grantOf } from '#protocol/grant'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-permission-requests',
    sql: `create table permission_requests (
  id text primary key,
  about text not null,
  asker text not null,
  state text not null,
  answer text,
  created_at timestamptz not null default now()
);
create index permission_requests_about on permission_requests (about);`,
  },
]

interface PermissionRow {
  id: string
  about: string
  asker: string
  state: 'open' | 'granted' | 'refused'
  answer: string | null
  created_at: Date
}

function tables(store: Store) {
  return store.db.withTables<{ permission_requests: PermissionRow }>()
}

export function readPermissionRequests(store: Store, state?: string): Promise<PermissionRow[]> {
  return tables(store)
    .selectFrom('permission_requests')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state as PermissionRow['state']))
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()
}

/** Grants of the owner of a record, each with the id of the record that proves it. */
export async function readGrantRecords(store: Store, record: RecordId) {
  const rows = await store.db
    .selectFrom('records as it')
    .innerJoin('records as target', (join) =>
      join
        .on((eb) => eb(eb.ref('it.body', '->>').key('about'), '=', eb.ref('target.id')))
        .onRef('it.owner', '=', 'target.owner'),
    )
    .select(['it.id', 'it.body'])
    .where('it.type', '=', 'grant')
    .where('it.state', '=', 'active')
    .where('target.id', '=', record)
    .execute()
  const grants: (Grant & { record: string })[] = []
  const grantIds = new Map<Grant & { record: string }, RecordId>()
  for (const row of rows) {
    const grant = grantOf(row.body)
    grants.push(grant)
    grantIds.set(grant, row.id)
  }
  return { grants, grantIds }
}

export async function readVersions(store: Store, record: RecordId) {
  const rows = await store.db
    .selectFrom('record_versions')
    .select(['version', 'hash', 'stored_at'])
    .where('record_id', '=', record)
    .orderBy('version')
    .execute()
  return rows.map((it) => ({ version: it.version, hash: it.hash, storedAt: it.stored_at.toISOString() }))
}
