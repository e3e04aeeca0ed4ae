import pg from 'pg'
import type { Clock } from '#kernel/clock'
import type { OwnKey } from '#protocol/keys'
import { type RecordDraft, type SignedRecord, signRecord } from '#protocol/record'
import type { Verified } from '#protocol/verified'
import { type AuditLeaf, appendAudit, leafFor } from '#store/append-audit'
import type { Change, FeedItem } from '#store/change'
import { fault } from '#store/faults'
import type { Committed } from '#store/store'
import { type Reply, type SignedChange, writeChange } from '#store/write-change'

/** Writes a change, or several as one, in one transaction, and returns its lines of the change feed. Throws `store/*`. */
export type Commit = (change: Change, reply?: Reply) => Promise<readonly FeedItem[]>

interface Waiting {
  /** Signed while it waits; its place in the queue is that of the call, so that order is kept. */
  readonly change: Promise<SignedChange>
  readonly asked: Change
  readonly reply: Reply | undefined
  readonly done: (feed: readonly FeedItem[]) => void
  readonly failed: (cause: unknown) => void
}

interface Options {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly me: string
  readonly signingKey: () => OwnKey
  readonly announce: (committed: Committed) => void
}

const groupLimit = 64

/**
 * Changes that arrive while a transaction runs share the next one: one write to disk for many, which is what lets a node
 * keep up with hundreds of records a second. Each has a savepoint, so that a refused one harms no neighbour.
 */
export function groupCommits(options: Options): { commit: Commit; settled: () => Promise<void> } {
  const queue: Waiting[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    try {
      while (queue.length > 0) await writeGroup(queue.splice(0, groupLimit), options)
    } finally {
      running = undefined
    }
  }

  return {
    commit(asked, reply) {
      const change = signOwn(asked, options.signingKey())
      change.catch(ignore) // it is awaited, and reported, when its turn comes
      const written = new Promise<readonly FeedItem[]>((done, failed) =>
        queue.push({ change, asked, reply, done, failed }),
      )
      running ??= drain()
      return written
    },
    settled: async () => {
      while (running !== undefined) await running
    },
  }
}

function ignore(): void {}

async function signOwn(change: Change, key: OwnKey): Promise<SignedChange> {
  const sign = (record: RecordDraft | Verified<SignedRecord>) => ('text' in record ? record : signRecord(record, key))
  const records = await Promise.all(
    (change.records ?? []).map(async (it) => ({ ...it, record: await sign(it.record) })),
  )
  return { ...change, records }
}

async function writeGroup(group: readonly Waiting[], { pool, clock, announce }: Options): Promise<void> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (cause) {
    const lost = fault('store/unavailable', 'The database does not answer.', { cause })
    for (const it of group) it.failed(lost)
    return
  }
  const written: { waiting: Waiting; feed: FeedItem[]; leaves: AuditLeaf[] }[] = []
  try {
    await client.query('begin')
    const at = clock.now().toISOString()
    for (const waiting of group) {
      await client.query('savepoint one')
      try {
        const leaves = waiting.asked.audit.map((it) => leafFor({ at, ...it }))
        written.push({ waiting, feed: await writeChange(client, await waiting.change, waiting.reply), leaves })
      } catch (cause) {
        await client.query('rollback to savepoint one')
        waiting.failed(refusalOf(cause))
      }
    }
    await appendAudit(
      client,
      written.flatMap((it) => it.leaves),
    )
    await client.query('commit')
    client.release()
  } catch (cause) {
    client.release(true)
    for (const { waiting } of written) waiting.failed(cause)
    for (const waiting of group.slice(written.length)) waiting.failed(cause)
    return
  }
  for (const { waiting, feed } of written) waiting.done(feed)
  announce({
    feed: written.flatMap((it) => it.feed),
    recipients: [...new Set(written.flatMap((it) => recipientsOf(it.waiting.asked)))],
  })
}

/** Data that PostgreSQL cannot hold, or that is there already, is a refusal of the change and not a failure of the node. */
function refusalOf(cause: unknown): unknown {
  const state = cause instanceof pg.DatabaseError ? cause.code : undefined
  if (state?.startsWith('22') || state === '21000')
    return fault(
      'store/unstorable',
      'Something in this cannot be kept as it is: a text, a number or an instant out of range.',
      { cause },
    )
  return state === '23505'
    ? fault('store/conflict', 'Somebody else wrote the same first. Read it again and repeat.', { cause })
    : cause
}

function recipientsOf(change: Change): string[] {
  return [...(change.send ?? []).map((it) => it.to), ...(change.reads ?? []).map((it) => it.owner)]
}
