import { mkdtempSync, rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '#store/bundled-postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: string
  }
}

/** One real PostgreSQL for the whole run; each test gets a database of its own on it. */
export async function setup(project: TestProject) {
  const directory = mkdtempSync('/var/tmp/comity-test-')
  const server = await startPostgres({
    directory: `${directory}/postgres`,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  })
  project.provide('postgres', server.url('postgres'))
  return async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
