import { sql } from 'kysely'
import { proposalMigration } from '#capabilities/members/proposal-store'
import { parseJson } from '#kernel/json'
import type { Change } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

export const migrations: readonly Migration[] = [
  {
    id: '001-member-directories',
    sql: `create table member_directories (
  member text primary key,
  version int not null,
  at timestamptz not null
);`,
  },
  proposalMigration,
]

/** The version of the directory that each peer is known to have; it never falls, because no node goes back. */
export async function readConfirmed(store: Store): Promise<Map<string, number>> {
  const rows = await store.db
    .withTables<{ member_directories: { member: string; version: number } }>()
    .selectFrom('member_directories')
    .select(['member', 'version'])
    .execute()
  return new Map(rows.map((it) => [it.member, it.version]))
}

/** Bookkeeping, not an act: it leaves no trace in the audit ledger. */
export function confirmed(member: string, version: number, at: Date): Change {
  return {
    rows: [{ op: 'upsert', table: 'member_directories', key: ['member'], values: { member, version, at } }],
    audit: [],
  }
}

export interface PeerState {
  readonly member: string
  readonly seenAt: string | null
  readonly failingSince: string | null
  readonly problem: string | null
  readonly suspended: string | null
  /** Sequence of the last envelope taken from the peer, and of the last one made for it. */
  readonly taken: number
  readonly sent: number
  /** Things in the outbox that the peer has not answered. */
  readonly waiting: number
  readonly oldestWaiting: string | null
}

const strangerTo = (member: string): PeerState => ({
  member,
  seenAt: null,
  failingSince: null,
  problem: null,
  suspended: null,
  taken: 0,
  sent: 0,
  waiting: 0,
  oldestWaiting: null,
})

/** The state of each of these members as a peer; nothing is known yet of one that was never in contact. */
export async function readPeers(store: Store, members: readonly string[]): Promise<PeerState[]> {
  const [peers, queues] = await Promise.all([
    store.db.selectFrom('peers').selectAll().execute(),
    store.db
      .selectFrom('outbox')
      .select((eb) => [
        'recipient',
        eb.fn.countAll<number>().as('waiting'),
        sql<Date | null>`min(created_at)`.as('oldest'),
      ])
      .where('state', 'in', ['waiting', 'sealed'])
      .groupBy('recipient')
      .execute(),
  ])
  const peerOf = new Map(peers.map((it) => [it.member, it]))
  const queueOf = new Map(queues.map((it) => [it.recipient, it]))
  return members.map((member) => {
    const peer = peerOf.get(member)
    const queue = queueOf.get(member)
    return {
      ...strangerTo(member),
      ...(peer === undefined
        ? {}
        : {
            seenAt: peer.seen_at?.toISOString() ?? null,
            failingSince: peer.failing_since?.toISOString() ?? null,
            problem: peer.problem,
            suspended: peer.suspended,
            taken: peer.in_sequence,
            sent: peer.out_sequence,
          }),
      ...(queue === undefined
        ? {}
        : { waiting: Number(queue.waiting), oldestWaiting: queue.oldest?.toISOString() ?? null }),
    }
  })
}

/** Where the peer's own chain left the one that was taken here. */
export interface Fork {
  readonly sequence: number
  readonly previous: string | null
}

/** The envelope that made the last fork of a peer. It was verified before it was kept as evidence. */
export async function readFork(store: Store, member: string): Promise<Fork | undefined> {
  const row = await store.db
    .selectFrom('quarantine')
    .select('evidence')
    .where('sender', '=', member)
    .where('code', '=', 'envelope/fork')
    // Beside it is kept what it contradicts, which was taken.
    .where('hash', 'not in', (eb) => eb.selectFrom('inbox').select('inbox.hash'))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const text = Buffer.from(row.evidence.split('.')[1] ?? '', 'base64url').toString('utf8')
  const { sequence, previous } = parseJson(text, { bytes: 16_777_216, depth: 48 }) as Fork
  return { sequence, previous }
}

/** Sequences of envelopes taken from a peer, from one on. */
export async function readTaken(store: Store, sender: string, from: number, limit: number): Promise<number[]> {
  const rows = await store.db
    .selectFrom('inbox')
    .select('sequence')
    .where('sender', '=', sender)
    .where('sequence', '>=', from)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map((it) => it.sequence)
}

export interface QuarantineFilter {
  readonly sender?: string | undefined
  readonly code?: string | undefined
  /** Items older than this one. */
  readonly after?: number | undefined
  readonly limit: number
}

export async function readQuarantine(store: Store, { sender, code, after, limit }: QuarantineFilter) {
  const rows = await store.db
    .selectFrom('quarantine')
    .select(['id', 'sender', 'code', 'reason', 'at', sql<number>`octet_length(evidence)`.as('bytes')])
    .$if(sender !== undefined, (query) => query.where('sender', '=', sender as string))
    .$if(code !== undefined, (query) => query.where('code', '=', code as string))
    .$if(after !== undefined, (query) => query.where('id', '<', after as number))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((it) => ({ ...it, id: String(it.id), at: it.at.toISOString(), evidenceBytes: it.bytes }))
}

export async function readEvidence(store: Store, id: number) {
  const row = await store.db.selectFrom('quarantine').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...row, id: String(row.id), at: row.at.toISOString() }
}

export async function readUnkept({ db }: Store): Promise<{ day: string; code: string; count: number }[]> {
  const { rows } = await sql<{ day: string; code: string; count: number }>`
    select day::text as day, code, count from unkept where day > current_date - 7 order by day desc, code`.execute(db)
  return rows
}
