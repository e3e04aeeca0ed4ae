import { sql } from 'kysely'
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
  {
    id: '002-approvals',
    sql: `create table approvals (
  id text primary key,
  record text not null,
  version int not null,
  asked jsonb not null,
  recipients jsonb not null,
  rules jsonb not null,
  reason text not null,
  asker jsonb not null,
  purpose text,
  reference text,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null,
  decider jsonb,
  decided_at timestamptz,
  decision text,
  seen boolean not null default false
);
create index approvals_waiting on approvals (expires_at) where state = 'waiting';
create index approvals_asker on approvals ((asker ->> 'id'));`,
  },
  {
    id: '003-follow-up',
    sql: `alter table permission_requests add column seen boolean not null default false;
create table receipt_follow_ups (
  record text not null,
  member text not null,
  at timestamptz not null,
  person text not null,
  name text not null,
  reason text not null,
  primary key (record, member)
);`,
  },
]

export interface PermissionRow {
  id: RecordId
  about: RecordId
  asker: string
  state: 'open' | 'granted' | 'refused'
  answer: string | null
  created_at: Date
  /** Whether somebody here has taken note of the answer to a request of ours. */
  seen: boolean
}

function tables(store: Store) {
  return store.db.withTables<{ permission_requests: PermissionRow }>()
}

export function readPermissionRequest(store: Store, id: RecordId): Promise<PermissionRow | undefined> {
  return tables(store).selectFrom('permission_requests').selectAll().where('id', '=', id).executeTakeFirst()
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

/** Records here that are about a record, quote it or link to it: what a recall of it leaves behind. */
export async function readDerived(store: Store, record: RecordId): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select id from records
    where id <> ${record} and state in ('active', 'suspended') and (
      (body ? 'about' and body ->> 'about' = ${record})
      or body -> 'concerning' @> to_jsonb(${record}::text)
      or body -> 'linked' @> to_jsonb(${record}::text)
      or jsonb_path_exists(body -> 'relations', '$.*.other.record ? (@ == $id)', jsonb_build_object('id', ${record}::text))
    )
    order by id limit 200`.execute(store.db)
  return rows.map((it) => it.id)
}
