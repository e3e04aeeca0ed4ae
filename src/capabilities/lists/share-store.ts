import { sql } from 'kysely'
import type { ListShare, SharedEntry } from '#capabilities/lists/share-rules'
import type { KnowsOf } from '#http/events'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const shareMigration: Migration = {
  id: '003-list-share-requests',
  sql: `create table list_share_requests (
  id text primary key,
  list text not null,
  audience jsonb not null,
  recipients jsonb not null,
  imported_at timestamptz not null,
  rules jsonb not null,
  reason text not null,
  asker jsonb not null,
  purpose text,
  reference text,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null,
  decider text,
  decided_at timestamptz,
  decision text
);
create index list_share_requests_state on list_share_requests (state, list);`,
}

interface ShareRow extends Omit<ListShare, 'importedAt' | 'askedAt' | 'expiresAt'> {
  readonly imported_at: Date
  readonly asked_at: Date
  readonly expires_at: Date
}

const listLimit = 200

/** What asked for a second person, newest first. */
export async function readListShares(store: Store, by: { readonly id?: string } = {}): Promise<ListShare[]> {
  const rows = await store.db
    .withTables<{ list_share_requests: ShareRow }>()
    .selectFrom('list_share_requests')
    .selectAll()
    .$if(by.id !== undefined, (query) => query.where('id', '=', by.id as string))
    .orderBy('id', 'desc')
    .limit(listLimit)
    .execute()
  const now = store.clock.now()
  return rows.map(({ imported_at, asked_at, expires_at, ...row }) => ({
    ...row,
    state: row.state === 'waiting' && expires_at <= now ? 'expired' : row.state,
    importedAt: imported_at.toISOString(),
    askedAt: asked_at.toISOString(),
    expiresAt: expires_at.toISOString(),
  }))
}

/** The entries of a list with the version that is current and, for the rules, the dates of birth: of a long list nothing else is read. */
export async function readSharedEntries(store: Store, list: string): Promise<SharedEntry[]> {
  const { rows } = await sql<SharedEntry>`
    select it.record, coalesce(records.version, 1) as version,
      coalesce(records.body -> 'properties' -> 'birthDate', '[]'::jsonb) as "birthDate"
    from list_entries as it left join records on records.id = it.record
    where it.list = ${list} order by it.ref`.execute(store.db)
  return rows
}

/** Whoever asked, and every supervisor. */
export const knowsOfListShare: KnowsOf = async (id, { caller, store }) => {
  const [share] = await readListShares(store, { id })
  const { person } = caller.actor
  return share !== undefined && (share.asker.id === person?.id || person?.roles.includes('supervisor') === true)
}
