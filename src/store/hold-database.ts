import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { fault } from '#store/faults'

const attempts = 300
const pauseMilliseconds = 100

/**
 * One node process for one database: two would give one sequence to two envelopes, which peers rightly call a fork. The lock
 * lives on a connection of its own and goes with it; when the server restarts, it is taken again. When another process was
 * faster, this one ends: it has no right to go on.
 */
export async function holdDatabase(url: string): Promise<{ release(): Promise<void> }> {
  let released = false
  let retaken: Promise<void> | undefined
  let client = await take(url)
  watch(client)

  function watch(held: pg.Client): void {
    held.once('end', () => {
      if (released) return
      retaken = take(url, () => released).then(
        (next) => {
          client = next
          watch(next)
        },
        (cause: unknown) => {
          if (released) return
          setImmediate(() => {
            throw cause
          })
        },
      )
    })
  }

  return {
    async release() {
      released = true
      await client.end()
      if (retaken === undefined) return
      await retaken // a lock that is being taken again would stay, with nobody to give it back
      await client.end()
    },
  }
}

async function take(url: string, isGivenUp = () => false): Promise<pg.Client> {
  for (let attempt = 0; attempt < attempts && !isGivenUp(); attempt++) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', (problem) => problem) // `end` follows and is what counts
    try {
      await client.connect()
      const { rows } = await client.query(`select pg_try_advisory_lock(hashtext('comity node')) as held`)
      if (rows[0].held === true) return client
    } catch (cause) {
      if (attempt === attempts - 1) throw fault('store/unavailable', 'The database does not answer.', { cause })
    }
    await client.end().catch(() => undefined)
    await sleep(pauseMilliseconds)
  }
  throw fault('store/unavailable', 'Another process of this node holds the database. Stop it first.')
}
