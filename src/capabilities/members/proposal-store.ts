import type { Directory } from '#protocol/directory'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const proposalMigration: Migration = {
  id: '002-directory-proposals',
  sql: `create table directory_proposals (
  hash text primary key,
  version int not null,
  document jsonb not null,
  reason text not null,
  by_id text,
  by_name text,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create table directory_signatures (
  hash text not null,
  kid text not null,
  signature text not null,
  by_id text,
  by_name text,
  at timestamptz not null,
  primary key (hash, kid)
);`,
}

export interface ProposalRow {
  hash: string
  version: number
  document: Directory
  reason: string
  by_id: string | null
  by_name: string | null
  at: Date
  withdrawn_at: Date | null
  withdrawn_reason: string | null
}

export interface SignatureRow {
  hash: string
  kid: string
  signature: string
  by_id: string | null
  by_name: string | null
  at: Date
}

export interface Proposal extends ProposalRow {
  readonly signatures: readonly SignatureRow[]
}

function tables(store: Store) {
  return store.db.withTables<{ directory_proposals: ProposalRow; directory_signatures: SignatureRow }>()
}

const shownProposals = 100

/** Newest first, each with its signatures in the order in which they came. */
export async function readProposals(store: Store): Promise<Proposal[]> {
  const rows = await tables(store)
    .selectFrom('directory_proposals')
    .selectAll()
    .orderBy('at', 'desc')
    .limit(shownProposals)
    .execute()
  const signatures = await readSignatures(
    store,
    rows.map((it) => it.hash),
  )
  return rows.map((it) => ({ ...it, signatures: signatures.get(it.hash) ?? [] }))
}

export async function readProposal(store: Store, hash: string): Promise<Proposal | undefined> {
  const row = await tables(store)
    .selectFrom('directory_proposals')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...row, signatures: (await readSignatures(store, [hash])).get(hash) ?? [] }
}

async function readSignatures(store: Store, hashes: readonly string[]): Promise<Map<string, SignatureRow[]>> {
  if (hashes.length === 0) return new Map()
  const rows = await tables(store)
    .selectFrom('directory_signatures')
    .selectAll()
    .where('hash', 'in', [...hashes])
    .orderBy('at')
    .orderBy('kid')
    .execute()
  return Map.groupBy(rows, (it) => it.hash)
}
