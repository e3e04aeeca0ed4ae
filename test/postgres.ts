import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '#store/bundled-postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: string
  }
}

const memory = '/dev/shm'
const roomBytes = 4 * 1024 ** 3

/** Files in memory where there is room for them: half of what a test does to its database is making it and dropping it. */
function placeOfData(): string {
  if (!existsSync(memory)) return '/var/tmp'
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize < roomBytes ? '/var/tmp' : memory
}

/** One real PostgreSQL for the whole run; each test gets a database of its own on it. */
export async function setup(project: TestProject) {
  const directory = mkdtempSync(`${placeOfData()}/comity-test-`)
  chmodSync(directory, 0o755) // the server may run as another user
  const server = await startPostgres({
    directory: `${directory}/postgres`,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '256MB' },
  })
  project.provide('postgres', server.url('postgres'))
  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
