import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Clock } from '#kernel/clock'
import type { OwnKey } from '#protocol/keys'
import { type BatchedReads, batchReads } from '#store/batched-reads'
import type { FeedItem } from '#store/change'
import { type Commit, groupCommits } from '#store/commit'
import { holdDatabase } from '#store/hold-database'
import { migrate, type Slice } from '#store/migrate'
import { PreparingClient } from '#store/preparing-client'
import { coreSlice, type Tables } from '#store/tables'

/** What one commit told the world: its lines of the feed, and whom it has something for. */
export interface Committed {
  readonly feed: readonly FeedItem[]
  readonly recipients: readonly string[]
}

export interface StoreOptions {
  readonly url: string
  readonly me: string
  readonly clock: Clock
  /** The key that signs our own records: asked at each commit, because keys rotate. */
  readonly signingKey: () => OwnKey
  readonly slices: readonly Slice[]
}

export interface Store extends AsyncDisposable {
  readonly me: string
  readonly clock: Clock
  /** For reading. Capabilities read records through a handle bound to the caller instead (`openReader`). */
  readonly db: Kysely<Tables>
  readonly reads: BatchedReads
  /** The only writer. */
  readonly commit: Commit
  onCommit(listener: (committed: Committed) => void): () => void
  close(): Promise<void>
}

// Sequences and sizes are counted in this program; none comes near 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export async function openStore({ url, me, clock, signingKey, slices }: StoreOptions): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 8, Client: PreparingClient })
  // A lost connection fails the query that is on it, or is replaced at the next use; it must not end the process.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  const lock = await holdDatabase(url)
  try {
    await migrate(pool, [coreSlice, ...slices])
  } catch (cause) {
    await Promise.all([pool.end(), lock.release()]) // who tries again in this process would else find the database held
    throw cause
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const listeners = new Set<(committed: Committed) => void>()
  const { commit, settled } = groupCommits({
    pool,
    clock,
    me,
    signingKey,
    announce: (committed) => {
      for (const listener of listeners) listener(committed)
    },
  })
  const close = async () => {
    await settled()
    await db.destroy()
    await lock.release()
  }
  return {
    me,
    clock,
    db,
    reads: batchReads(db),
    commit,
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function ignore(): void {}
