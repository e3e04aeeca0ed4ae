import { sql } from 'kysely'
import { type Frontier, frontierAt, frontierFromJson, rootOfFrontier } from '#ledger/frontier'
import type { NodeId, ReadNode } from '#ledger/proof'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-checkpoints',
    sql: `
create table audit_checkpoints (size bigint primary key, root text not null, note text not null, at timestamptz not null);
create table audit_cosignatures (
  size bigint not null,
  member text not null,
  line text not null,
  at timestamptz not null,
  primary key (size, member)
);
create table audit_witnesses (
  member text primary key,
  head bigint not null default 0,
  asked bigint not null default 0,
  asked_at timestamptz
);
create table witness_heads (
  member text primary key,
  size bigint not null,
  root text not null,
  note text not null,
  at timestamptz not null
);
create table ledger_keys (
  kid text primary key,
  member text not null,
  jwk jsonb not null,
  not_before text not null,
  not_after text not null,
  revoked_at text
);
create index outbox_checkpoints on outbox (recipient, id) where content ->> 'kind' = 'checkpoint';`,
  },
]

export interface CheckpointRow {
  size: number
  /** Hexadecimal. */
  root: string
  /** With the log's own signature; cosignatures are kept beside it. */
  note: string
  at: Date
}

type AuditTables = {
  audit_checkpoints: CheckpointRow
  audit_cosignatures: { size: number; member: string; line: string; at: Date }
  audit_witnesses: { member: string; head: number; asked: number; asked_at: Date | null }
  witness_heads: { member: string; size: number; root: string; note: string; at: Date }
}

const tables = (store: Store) => store.db.withTables<AuditTables>()

export async function readFrontier(store: Store): Promise<Frontier> {
  const { frontier } = await store.db.selectFrom('ledger_head').select('frontier').executeTakeFirstOrThrow()
  return frontierFromJson(frontier)
}

export async function readCheckpoint(store: Store, size?: number): Promise<CheckpointRow | undefined> {
  return tables(store)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .$if(size !== undefined, (query) => query.where('size', '=', size as number))
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Checkpoints of more leaves than `after`, smallest first. */
export async function readCheckpoints(store: Store, after: number, limit: number): Promise<CheckpointRow[]> {
  return tables(store)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('size', '>', after)
    .orderBy('size')
    .limit(limit)
    .execute()
}

/** Signature lines of witnesses, by size. */
export async function readCosignatures(
  store: Store,
  sizes: readonly number[],
): Promise<Map<number, { member: string; line: string; at: Date }[]>> {
  if (sizes.length === 0) return new Map()
  const rows = await tables(store)
    .selectFrom('audit_cosignatures')
    .selectAll()
    .where('size', 'in', [...sizes])
    .orderBy('member')
    .execute()
  return Map.groupBy(rows, (it) => it.size)
}

export async function readWitnessHead(store: Store, member: string) {
  return tables(store).selectFrom('witness_heads').selectAll().where('member', '=', member).executeTakeFirst()
}

export async function readWitnessHeads(store: Store) {
  return tables(store).selectFrom('witness_heads').selectAll().orderBy('member').execute()
}

export interface WitnessState {
  /** The size that the witness cosigned last. */
  readonly head: number
  readonly asked: { readonly size: number; readonly at: Date; readonly outcome: 'open' | 'taken' | 'refused' } | null
}

export async function readWitness(store: Store, member: string): Promise<WitnessState> {
  const row = await tables(store)
    .selectFrom('audit_witnesses')
    .selectAll()
    .where('member', '=', member)
    .executeTakeFirst()
  if (row === undefined || row.asked_at === null) return { head: row?.head ?? 0, asked: null }
  const sent = await store.db
    .selectFrom('outbox')
    .select(['state', 'receipt_status'])
    .where('recipient', '=', member)
    .where(sql<string>`content ->> 'kind'`, '=', sql.lit('checkpoint'))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const open = sent?.state === 'waiting' || sent?.state === 'sealed'
  const refused = sent?.state === 'refused' || sent?.receipt_status === 'rejected'
  return {
    head: row.head,
    asked: { size: row.asked, at: row.asked_at, outcome: open ? 'open' : refused ? 'refused' : 'taken' },
  }
}

/** Members that this node does not take envelopes from, and those that do not answer. */
export async function readUnavailable(store: Store): Promise<{ suspended: Set<string>; failing: Set<string> }> {
  const rows = await store.db.selectFrom('peers').select(['member', 'suspended', 'failing_since']).execute()
  const where = (holds: (row: (typeof rows)[number]) => boolean) => new Set(rows.filter(holds).map((it) => it.member))
  return { suspended: where((it) => it.suspended !== null), failing: where((it) => it.failing_since !== null) }
}

/** Stored hashes of the tree. All that are asked for in one turn, so the whole of a proof, are read in one statement. */
export function nodesOf(store: Store): ReadNode {
  let asked: NodeId[] = []
  let batch: Promise<Map<string, Uint8Array>> | undefined
  return async (level, index) => {
    asked.push({ level, index })
    batch ??= Promise.resolve().then(() => {
      const nodes = asked
      asked = []
      batch = undefined
      return readNodes(store, nodes)
    })
    return (await batch).get(`${level} ${index}`)
  }
}

async function readNodes(store: Store, nodes: readonly NodeId[]): Promise<Map<string, Uint8Array>> {
  const rows = await store.db
    .selectFrom('ledger_nodes')
    .selectAll()
    .where((eb) => eb.or(nodes.map((it) => eb.and([eb('level', '=', it.level), eb('index', '=', it.index)]))))
    .execute()
  return new Map(rows.map((it) => [`${it.level} ${it.index}`, it.hash]))
}

/** The root that the ledger had at an earlier size. */
export async function readRoot(store: Store, size: number): Promise<Uint8Array> {
  return rootOfFrontier(await frontierAt(size, nodesOf(store)))
}
