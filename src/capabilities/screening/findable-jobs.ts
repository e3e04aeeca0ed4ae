import { readDatasetVersions } from '#capabilities/screening/dataset-versions'
import { checkFindable, type FindableReport, keepReport, readChecks } from '#capabilities/screening/findable'
import type { Services } from '#http/services'
import { defineFaults } from '#kernel/fault'
import { audited } from '#store/audited'
import type { Caller } from '#store/reader'

/** Checks run at the node and beside the requests; one of a list at a time. */

const fault = defineFaults({ 'screening/check-runs': 'conflict' })

/** About this many entries of a list are checked after each import; all of a smaller one. */
const sampleSize = 300

export interface RunningCheck {
  /** Entries searched by now, and how many there are to search. */
  checked: number
  of: number
  readonly since: string
  readonly sampled: boolean
}

interface Jobs {
  readonly running: Map<string, RunningCheck & { readonly ended: Promise<unknown> }>
  readonly stop: AbortController
}

const jobs = new WeakMap<Services, Jobs>()

function jobsOf(services: Services): Jobs {
  const known = jobs.get(services) ?? { running: new Map(), stop: new AbortController() }
  jobs.set(services, known)
  return known
}

export function runningCheck(services: Services, list: string): RunningCheck | undefined {
  return jobsOf(services).running.get(list)
}

/** Begins to check every entry of a list. Throws `screening/check-runs`. */
export async function beginCheck(services: Services, list: string, caller: Caller): Promise<void> {
  if (jobsOf(services).running.has(list)) throw fault('screening/check-runs', `${list} is being checked.`)
  run(services, list, { share: 1, caller }).catch((err: unknown) => noteFailure(services, err))
}

function noteFailure(services: Services, err: unknown): void {
  if (!jobsOf(services).stop.signal.aborted) services.log.error({ err }, 'a list could not be checked')
}

function run(
  services: Services,
  list: string,
  { share, caller }: { share: number; caller?: Caller },
): Promise<unknown> {
  const { running, stop } = jobsOf(services)
  const { clock } = services.store
  const job = { checked: 0, of: 0, since: clock.now().toISOString(), sampled: share < 1 }
  const ended = (async () => {
    const [current] = await readDatasetVersions(services, list)
    job.of = Math.ceil((await countEntries(services, list)) * share)
    const report = await checkFindable(services, list, {
      share,
      version: current?.version ?? null,
      signal: stop.signal,
      onProgress: ({ checked }) => {
        job.checked = checked
      },
    })
    await keep(services, report, caller)
  })().finally(() => running.delete(list))
  running.set(list, Object.assign(job, { ended }))
  return ended
}

async function keep({ store, log }: Services, report: FindableReport, caller: Caller | undefined): Promise<void> {
  const { list, version, entries, indexed, checked, names, findable, missed } = report
  if (missed > 0 || indexed < entries)
    log.warn({ list, version, missed, entries, indexed }, 'entries of a list are not found by each of their names')
  const details = { entries, checked, names, findable, missed }
  await store.commit({
    rows: [keepReport(report, store.clock.now())],
    touched: [{ type: 'list', id: list }],
    audit: caller === undefined ? [] : [audited('search', caller, { object: { type: 'dataset', id: list }, details })],
  })
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

/**
 * Checks a sample of each version of a list once the matching has read it, beside everything else. A check that an end of the
 * node cuts short is made at the next start.
 */
export function startChecks(services: Services, caughtUp: () => Promise<void>): AsyncDisposable {
  const { running, stop } = jobsOf(services)
  let working: Promise<void> | undefined
  let isAsked = false

  async function work(): Promise<void> {
    while (isAsked && !stop.signal.aborted) {
      isAsked = false
      await caughtUp()
      const checked = new Map((await readChecks(services)).map((it) => [it.list, it.version]))
      for (const { name, version, state } of await readDatasetVersions(services)) {
        if (state !== 'current' || checked.get(name) === version || running.has(name)) continue
        const share = Math.min(1, sampleSize / Math.max(1, await countEntries(services, name)))
        await run(services, name, { share })
      }
    }
  }

  function wake(): void {
    isAsked = true
    working ??= work()
      .catch((err: unknown) => noteFailure(services, err))
      .finally(() => {
        working = undefined
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
      await Promise.allSettled([working, ...[...running.values()].map((it) => it.ended)])
      jobs.delete(services)
    },
  }
}
