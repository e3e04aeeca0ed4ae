import pg from 'pg'
import { capabilities } from '#capabilities/index'
import { migrate } from '#store/migrate'
import { coreSlice } from '#store/tables'

/** The database that those of the nodes are copies of: an empty one that got all its tables, once in a run. */
export const pattern = 'pattern'

export const urlOf = (server: string, database: string): string => server.replace('///postgres', `///${database}`)

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes the pattern when this run has none. Of several processes that need it at once, one makes it and the others wait. */
export async function ensurePattern(client: pg.Client, server: string): Promise<void> {
  const made = async () => (await client.query('select from pg_database where datname = $1', [pattern])).rowCount === 1
  if (await made()) return
  await client.query(`select pg_advisory_lock(hashtext('pattern'))`)
  if (await made()) return
  await client.query('create database pattern_in_making')
  const pool = new pg.Pool({ connectionString: urlOf(server, 'pattern_in_making') })
  await migrate(pool, [coreSlice, ...capabilities.map((it) => ({ name: it.name, migrations: it.migrations ?? [] }))])
  await pool.end()
  // Its name comes last: what bears it is whole.
  await client.query(`alter database pattern_in_making rename to ${pattern}`)
}
