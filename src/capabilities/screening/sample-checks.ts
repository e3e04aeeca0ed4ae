import { readDatasetVersions } from '#capabilities/screening/dataset-versions'
import { checkFindable, keepReport, readChecks } from '#capabilities/screening/findable'
import type { Services } from '#http/services'

/** About this many entries of a list are checked after each import; all of a smaller one. */
const sampleSize = 300

/**
 * Checks a sample of each version of a list once the matching has read it, beside everything else. A check that an end of the
 * node cuts short is made at the next start.
 */
export function startSampleChecks(services: Services, caughtUp: () => Promise<void>): AsyncDisposable {
  const stop = new AbortController()
  let running: Promise<void> | undefined
  let isAsked = false

  async function work(): Promise<void> {
    while (isAsked && !stop.signal.aborted) {
      isAsked = false
      await caughtUp()
      const checked = new Map((await readChecks(services)).map((it) => [it.list, it.version]))
      for (const { name, version, state } of await readDatasetVersions(services))
        if (state === 'current' && checked.get(name) !== version) await checkOne(services, { name, version, stop })
    }
  }

  function wake(): void {
    isAsked = true
    running ??= work()
      .catch((err: unknown) => {
        if (!stop.signal.aborted) services.log.error({ err }, 'a list could not be checked')
      })
      .finally(() => {
        running = undefined
      })
  }

  const unlisten = services.store.onCommit(({ feed }) => {
    if (feed.some((it) => it.type === 'list')) wake()
  })
  wake()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      unlisten()
      await running
    },
  }
}

interface One {
  readonly name: string
  readonly version: number
  readonly stop: AbortController
}

async function checkOne(services: Services, { name, version, stop }: One): Promise<void> {
  const { store, log } = services
  const entries = await countEntries(services, name)
  const share = Math.min(1, sampleSize / Math.max(1, entries))
  const report = await checkFindable(services, name, { share, version, signal: stop.signal })
  if (report.missed > 0 || report.indexed < report.entries)
    log.error(
      { list: name, version, missed: report.missed, indexed: report.indexed },
      'entries of a list are not found',
    )
  const touched = [{ type: 'list', id: name }]
  await store.commit({ rows: [keepReport(report, store.clock.now())], touched, audit: [] })
}

async function countEntries({ store }: Services, list: string): Promise<number> {
  const row = await store.db
    .withTables<{ list_entries: { list: string } }>()
    .selectFrom('list_entries')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('list', '=', list)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
