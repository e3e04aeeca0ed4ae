import pg from 'pg'
import type { Clock } from '#kernel/clock'
import type { OwnKey } from '#protocol/keys'
import { type RecordDraft, type SignedRecord, signRecord } from '#protocol/record'
import type { Verified } from '#protocol/verified'
import { type AuditLeaf, appendAudit, leafFor } from '#store/append-audit'
import type { Change, FeedItem } from '#store/change'
import { fault } from '#store/faults'
import type { Committed } from '#store/store'
import { type Reply, type SignedChange, type Writing, writeChanges } from '#store/write-change'

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
 * keep up with hundreds of records a second. When one of them is refused, each is written alone, so that it harms no neighbour.
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

interface Ready extends Writing {
  readonly waiting: Waiting
  readonly leaves: readonly AuditLeaf[]
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
  const ready = await makeReady(group, clock.now().toISOString())
  const written: { one: Ready; feed: FeedItem[] }[] = []
  try {
    await client.query('begin')
    for (const run of independentRuns(ready)) {
      for (const outcome of await writeRun(client, run)) {
        if ('feed' in outcome) written.push(outcome)
        else outcome.one.waiting.failed(outcome.refused)
      }
    }
    await appendAudit(
      client,
      written.flatMap((it) => it.one.leaves),
    )
    await client.query('commit')
    client.release()
  } catch (cause) {
    client.release(true)
    for (const { waiting } of ready) waiting.failed(cause)
    return
  }
  for (const { one, feed } of written) one.waiting.done(feed)
  announce({
    feed: written.flatMap((it) => it.feed),
    recipients: [...new Set(written.flatMap((it) => recipientsOf(it.one.waiting.asked)))],
  })
}

/** Signed, and with their entries for the log; what cannot be made ready is refused here. */
async function makeReady(group: readonly Waiting[], at: string): Promise<Ready[]> {
  const ready: Ready[] = []
  for (const waiting of group) {
    try {
      const leaves = waiting.asked.audit.map((it) => leafFor({ at, ...it }))
      ready.push({ waiting, leaves, change: await waiting.change, reply: waiting.reply })
    } catch (cause) {
      waiting.failed(refusalOf(cause))
    }
  }
  return ready
}

type Outcome = { readonly one: Ready; readonly feed: FeedItem[] } | { readonly one: Ready; readonly refused: unknown }

async function writeRun(client: pg.PoolClient, run: readonly Ready[]): Promise<Outcome[]> {
  await client.query('savepoint one')
  try {
    const feeds = await writeChanges(client, run)
    return run.map((one, at) => ({ one, feed: feeds[at]! }))
  } catch (cause) {
    await client.query('rollback to savepoint one')
    if (run.length === 1) return [{ one: run[0]!, refused: refusalOf(cause) }]
  }
  const outcomes: Outcome[] = []
  for (const one of run) outcomes.push(...(await writeRun(client, [one])))
  return outcomes
}

/** Neighbours that touch no record in common come to the same whether they are written together or one after the other. */
function* independentRuns(ready: readonly Ready[]): Generator<Ready[]> {
  let run: Ready[] = []
  const touched = new Set<string>()
  for (const one of ready) {
    const records = recordsOf(one.change)
    if (!touched.isDisjointFrom(records)) {
      yield run
      run = []
      touched.clear()
    }
    for (const id of records) touched.add(id)
    run.push(one)
  }
  if (run.length > 0) yield run
}

function recordsOf(change: SignedChange): Set<string> {
  return new Set([
    ...change.records.map((it) => it.record.text.id),
    ...(change.states ?? []).map((it) => it.id),
    ...(change.held ?? []).map((it) => it.id),
    ...(change.send ?? []).flatMap((it) => ('id' in it.content ? it.content.id : [])),
    ...(change.receipts ?? []).flatMap((it) => it.record?.id ?? []),
    ...(change.holdings ?? []).map((it) => it.record),
    ...(change.reads ?? []).map((it) => it.id),
  ])
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
  return [
    ...(change.send ?? []).map((it) => it.to),
    ...(change.reads ?? []).map((it) => it.owner),
    ...(change.wake ?? []),
  ]
}
