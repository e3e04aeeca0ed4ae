import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = fileURLToPath(new URL('.', import.meta.url))

const below = (rooms: readonly string[]) => rooms.map((room) => `src/${room}/**/*.test.ts`)
/** Neither database nor browser. */
const pure = below(['kernel', 'protocol', 'policy', 'matching', 'graph', 'ledger', 'formats', 'web'])
/** Weighs the memory of its process, so it has one of its own. */
const weighing = ['src/formats/real-lists.test.ts']

/** The processes of the tests import the same packages: these are compiled once. */
process.env.NODE_COMPILE_CACHE ??= `${root}node_modules/.cache/compiled`

/**
 * Which files to begin with, so that no long one runs alone at the end; a fresh clone knows no durations. Those of one project
 * follow each other, so that they share its processes.
 */
const longest = [/^test\/(?:console-pages|fault)/, /^test\/console/]
const projects = ['whole', 'rooms', 'pure']
function rankOf({ moduleId, project }: TestSpecification): number {
  const file = relative(root, moduleId)
  const at = longest.findIndex((it) => it.test(file))
  return at === -1 ? longest.length + projects.indexOf(project.name) : at
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b))
  }
}

/** A slow machine is no failure; what never comes is one a little later. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } }, maxWorkers: 2 }
/** A file leaves nothing to the next: those of a project share two processes, and import what they have in common once. */
const shared = { ...patient, isolate: false }
const globalSetup = ['test/postgres.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...shared, name: 'pure', include: pure, exclude: weighing, pool: 'threads' } },
      { test: { ...shared, name: 'rooms', include: below(['*']), exclude: [...pure, ...weighing], globalSetup } },
      { test: { ...patient, name: 'whole', include: ['test/*.test.ts', ...weighing], globalSetup } },
    ],
  },
})
