import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Rooms that are pure: neither database nor browser, and nothing that one file could leave to the next. One file of them stands
 * apart, because it weighs the memory of its process.
 */
const pure = ['kernel', 'protocol', 'policy', 'matching', 'graph', 'ledger', 'formats', 'web'].map(
  (room) => `src/${room}/**/!(real-lists).test.ts`,
)

/** Which files to begin with, so that no long one runs alone at the end. A fresh clone knows no durations. */
const longest = [/console-pages|fault/, /console/, /\/test\//, /capabilities|cli/]
const rankOf = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex((it) => it.test(moduleId))
  return at === -1 ? longest.length : at
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b))
  }
}

const tests = ['src/**/*.test.ts', 'test/**/*.test.ts']
/** A slow machine is no failure; what never comes is one a little later. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } }, maxWorkers: 2 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...patient, name: 'pure', include: pure, pool: 'threads', isolate: false } },
      { test: { ...patient, name: 'whole', include: tests, exclude: pure, globalSetup: ['test/postgres.ts'] } },
    ],
  },
})
