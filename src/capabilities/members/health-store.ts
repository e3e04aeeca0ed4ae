import { sql } from 'kysely'
import { followerPositions } from '#store/follow'
import { lastCleaned } from '#store/retention'
import type { Store } from '#store/store'

/** What the health page reads: states, numbers and instants, nothing of a record. */

export interface QueueReading {
  readonly member: string
  readonly seenAt: Date | null
  readonly failingSince: Date | null
  readonly problem: string | null
  readonly suspended: string | null
  /** Not sent yet, and sent without an answer yet. */
  readonly waiting: number
  readonly sealed: number
  readonly oldest: Date | null
  /** Sequence of the last envelope taken, and how many are missing among the last thousand before it. */
  readonly taken: number
  readonly missing: number
}

export async function readQueues({ db }: Store, members: readonly string[]): Promise<QueueReading[]> {
  const { rows } = await sql<Partial<QueueReading> & { member: string }>`
    select it.member, peers.seen_at as "seenAt", peers.failing_since as "failingSince", peers.problem, peers.suspended,
      coalesce(queue.waiting, 0)::int as waiting, coalesce(queue.sealed, 0)::int as sealed, queue.oldest,
      coalesce(peers.in_sequence, 0) as taken,
      (least(coalesce(peers.in_sequence, 0), 1000) - (
        select count(*) from inbox where sender = it.member
          and sequence > coalesce(peers.in_sequence, 0) - 1000 and sequence <= coalesce(peers.in_sequence, 0)
      ))::int as missing
    from unnest(${sql.val([...members])}::text[]) as it (member)
    left join peers on peers.member = it.member
    left join (
      select recipient, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'sealed') as sealed,
        min(created_at) as oldest
      from outbox where state in ('waiting', 'sealed') group by recipient
    ) as queue on queue.recipient = it.member`.execute(db)
  const nothing = { seenAt: null, failingSince: null, problem: null, suspended: null, oldest: null }
  return rows.map((row) => ({ ...nothing, waiting: 0, sealed: 0, taken: 0, missing: 0, ...row }))
}

export interface NodeReading {
  readonly databaseBytes: number
  readonly answerMilliseconds: number
  readonly quarantine: { readonly kept: number; readonly newest: Date | null; readonly notKept: number }
  readonly ledger: { readonly size: number; readonly checkpoint: { readonly size: number; readonly at: Date } | null }
  readonly followers: readonly {
    readonly name: string
    /** Changes that it has not read yet, and since when the first of them waits. */
    readonly behind: number
    readonly since: Date | null
  }[]
  readonly cleanedAt: Date | null
}

export async function readNode(store: Store): Promise<NodeReading> {
  const asked = performance.now()
  await sql`select 1`.execute(store.db)
  const answerMilliseconds = Math.round((performance.now() - asked) * 10) / 10
  const [size, quarantine, ledger, followers] = await Promise.all([
    sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(store.db),
    readQuarantineState(store),
    readLedger(store),
    Promise.all([...followerPositions(store)].map(([name, position]) => readLag(store, name, position))),
  ])
  const databaseBytes = size.rows[0]?.bytes ?? 0
  return { databaseBytes, answerMilliseconds, quarantine, ledger, followers, cleanedAt: lastCleaned(store) ?? null }
}

async function readQuarantineState({ db }: Store): Promise<NodeReading['quarantine']> {
  const { rows } = await sql<{ kept: number; newest: Date | null; notKept: number }>`
    select count(*)::int as kept, max(at) as newest,
      (select coalesce(sum(count), 0)::int from unkept where day > current_date - 7) as "notKept"
    from quarantine`.execute(db)
  return rows[0] ?? { kept: 0, newest: null, notKept: 0 }
}

/** The checkpoints are the audit capability's; its table is read by name, because capabilities do not know each other. */
async function readLedger(store: Store): Promise<NodeReading['ledger']> {
  const [{ frontier }, checkpoint] = await Promise.all([
    store.db.selectFrom('ledger_head').select('frontier').executeTakeFirstOrThrow(),
    store.db
      .withTables<{ audit_checkpoints: { size: number; at: Date } }>()
      .selectFrom('audit_checkpoints')
      .select(['size', 'at'])
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return { size: frontier.size, checkpoint: checkpoint ?? null }
}

async function readLag({ db }: Store, name: string, position: number): Promise<NodeReading['followers'][number]> {
  const { rows } = await sql<{ behind: number; since: Date | null }>`
    select count(*)::int as behind, min(at) as since from changes where sequence > ${position}`.execute(db)
  return { name, behind: rows[0]?.behind ?? 0, since: rows[0]?.since ?? null }
}
