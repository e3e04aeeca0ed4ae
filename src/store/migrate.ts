import type pg from 'pg'
import { hashOf } from '#kernel/canonical'
import { fault } from '#store/faults'

/** One step of a slice's tables. Its text never changes once it has landed; a later step mends it. */
export interface Migration {
  readonly id: string
  readonly sql: string
}

export interface Slice {
  readonly name: string
  readonly migrations: readonly Migration[]
}

/** Brings the tables of every slice up to date, in order, in one transaction under a lock. */
export async function migrate(pool: pg.Pool, slices: readonly Slice[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('comity migrations'))`)
    await client.query(
      `create table if not exists migrations (slice text, id text, hash text not null, applied_at timestamptz not null default now(), primary key (slice, id))`,
    )
    const { rows } = await client.query<{ slice: string; id: string; hash: string }>(
      'select slice, id, hash from migrations',
    )
    const applied = new Map(rows.map((it) => [`${it.slice} ${it.id}`, it.hash]))
    for (const { name, migrations } of slices) {
      for (const { id, sql } of migrations)
        await step(client, { slice: name, id, sql, known: applied.get(`${name} ${id}`) })
    }
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw cause
  } finally {
    client.release()
  }
}

async function step(
  client: pg.PoolClient,
  { slice, id, sql, known }: { slice: string; id: string; sql: string; known: string | undefined },
) {
  const hash = hashOf(sql)
  if (known === hash) return
  if (known !== undefined)
    throw fault('store/migration-changed', `Migration ${slice}/${id} differs from the one that this database has.`)
  await client.query(sql)
  await client.query('insert into migrations (slice, id, hash) values ($1, $2, $3)', [slice, id, hash])
}
