import { setTimeout as sleep } from 'node:timers/promises'
import { isFault } from '#kernel/fault'

/** What the operating system says, on a connection, of a server that is not there, or was and is gone. */
const gone: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'])
const onConnection: ReadonlySet<unknown> = new Set(['connect', 'read', 'write'])

/**
 * Whether PostgreSQL was away and will be back: it starts, stops or recovers from a crash (SQLSTATE 57P01 to 57P03), or the
 * connection was lost (class 08). The cause of a failure counts too.
 */
export function isAway(cause: unknown): boolean {
  if (!(cause instanceof Error) || isFault(cause)) return false
  const { code, syscall } = cause as { code?: unknown; syscall?: unknown }
  if (typeof code === 'string' && /^(?:57P0[123]|08...)$/.test(code)) return true
  if (gone.has(code) && onConnection.has(syscall)) return true
  return lost.test(cause.message) || isAway(cause.cause)
}

/** What the driver says, without a code, of a connection that ended under a query, or before one. */
const lost = /^(?:Connection terminated|Client has encountered a connection error)/

/** Opens what stands on the database. A server that recovers meanwhile is waited for: nobody else would start the node again. */
export async function openWhenThere<T>(open: () => Promise<T>, milliseconds = 60_000): Promise<T> {
  const until = performance.now() + milliseconds
  for (;;) {
    try {
      return await open()
    } catch (cause) {
      if (!isAway(cause) || performance.now() > until) throw cause
      await sleep(250)
    }
  }
}
