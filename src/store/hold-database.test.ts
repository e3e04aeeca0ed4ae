import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { holdDatabase } from '#store/hold-database'
import { freshDatabase } from '../../test/kit.ts'

const own = `locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
const seen = `select 1 from pg_stat_activity where datname = current_database() and query like '%pg_try_advisory_lock%' and pid <> pg_backend_pid()`

describe('holdDatabase', () => {
  it('gives the database back although it was just being taken again', async () => {
    await using database = await freshDatabase({ empty: true })
    const held = await holdDatabase(database.url)
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    const rows = async (sql: string) => (await other.query(sql)).rows
    await rows(`select pg_terminate_backend(pid) from pg_locks where ${own}`)
    await rows(`select pg_advisory_lock(hashtext('comity node'))`)
    await expect.poll(() => rows(seen), { interval: 5 }).not.toEqual([]) // it tries to take it again
    const released = held.release()
    await rows(`select pg_advisory_unlock(hashtext('comity node'))`)
    await released
    await rows('select pg_sleep(0.5)') // several times as long as it pauses between two tries
    expect(await rows(`select pid from pg_locks where ${own}`)).toEqual([])
    await other.end()
  })
})
