import { secondsUntilNext } from '#capabilities/lists/download-clock'
import { fetchPart, isStated, type Validators } from '#capabilities/lists/download-part'
import { type DownloadRow, putDownload, readDownloads } from '#capabilities/lists/download-store'
import type { ImportProblem } from '#capabilities/lists/imports'
import { beginImport, isImporting } from '#capabilities/lists/job'
import { type DownloadSource, fault, type ListSource, listSources } from '#capabilities/lists/rules'
import { isHandedIn, markFetched, partFile } from '#capabilities/lists/uploads'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import { partyOf } from '#protocol/directory'
import type { Caller } from '#store/reader'

/** Asks the official sources of lists by their clocks, when the configuration of the node says so. */

/** The clock is looked at this often: no source is asked so exactly. */
const lookMilliseconds = 30_000

/** The addresses of a list as the operator set them: its own in place of the stated ones, the token filled in. */
export function downloadOf(source: ListSource, { settings }: Pick<Services, 'settings'>): DownloadSource | undefined {
  const { lists } = settings
  if (source.download === undefined || lists?.download !== 'scheduled') return undefined
  const own = lists.addresses?.[source.id]
  if (own !== undefined)
    return { ...source.download, parts: own, hosts: Object.values(own).map((it) => new URL(it).hostname) }
  // An exercise runs on a machine alone: it never asks anybody outside.
  if (settings.exercise) return undefined
  const token = lists.tokens?.[source.id]
  const parts = Object.entries(source.download.parts)
  if (token === undefined && parts.some(([, url]) => url.includes('{token}'))) return undefined
  const filled = parts.map(([part, url]) => [part, url.replace('{token}', encodeURIComponent(token ?? ''))])
  return { ...source.download, parts: Object.fromEntries(filled) }
}

/** An exercise has its sources on its own machine, where there is no certificate; everywhere else only https. */
function policyOf({ settings }: Services, { hosts }: DownloadSource): (url: URL) => boolean {
  const isLocal = (url: URL) =>
    settings.exercise && url.protocol === 'http:' && url.hostname === '127.0.0.1' && hosts.includes('127.0.0.1')
  return (url) => isStated(url, hosts) || isLocal(url)
}

const running = new WeakMap<Services, Map<string, Promise<DownloadRow>>>()

function runningOf(services: Services): Map<string, Promise<DownloadRow>> {
  const known = running.get(services) ?? new Map<string, Promise<DownloadRow>>()
  running.set(services, known)
  return known
}

/** Asks a source now, once at a time. Throws `lists/no-download` when the node does not ask for this list. */
export function askNow(source: ListSource, services: Services, signal?: AbortSignal): Promise<DownloadRow> {
  const download = downloadOf(source, services)
  if (download === undefined)
    throw fault(
      'lists/no-download',
      `This node does not ask the source of ${source.id}: its configuration does not say so.`,
    )
  const all = runningOf(services)
  const known = all.get(source.id)
  if (known !== undefined) return known
  const asking = ask(source, download, { services, signal }).finally(() => all.delete(source.id))
  all.set(source.id, asking)
  return asking
}

interface Asking {
  readonly services: Services
  readonly signal: AbortSignal | undefined
}

async function ask(source: ListSource, download: DownloadSource, asking: Asking): Promise<DownloadRow> {
  const { services } = asking
  const { store } = services
  const before = (await readDownloads(store)).get(source.id)
  const now = store.clock.now()
  const base: DownloadRow = {
    list: source.id,
    asked_at: now,
    changed_at: before?.changed_at ?? null,
    next_at: now,
    failures: 0,
    outcome: 'same',
    problem: null,
    validators: before?.validators ?? {},
    import: before?.import ?? null,
  }
  const after = await attempt(source, download, { ...asking, base, before })
  const seconds = secondsUntilNext({
    ...download,
    failures: after.row.failures,
    retryAfterSeconds: after.retryAfterSeconds,
  })
  const row = { ...after.row, next_at: new Date(now.getTime() + seconds * 1_000) }
  await store.commit({ rows: [putDownload(row)], touched: [{ type: 'list', id: source.id }], audit: [] })
  return row
}

interface Attempt extends Asking {
  readonly base: DownloadRow
  readonly before: DownloadRow | undefined
}

async function attempt(
  source: ListSource,
  download: DownloadSource,
  { services, signal, base, before }: Attempt,
): Promise<{ row: DownloadRow; retryAfterSeconds?: number | undefined }> {
  // Files of an earlier download that failed a check are replaced; those that a person handed in are not.
  const areTheirs = source.parts.some((part) => isHandedIn(partFile(services, source.id, part)))
  if (areTheirs || isImporting(services, source.id)) return { row: { ...base, outcome: 'waiting' } }
  let row = base
  try {
    const validators = await fetchAll(source, download, { services, signal, base })
    if (validators === undefined) return { row }
    const begun = await beginImport(source, { services, caller: nodeItself(services), name: null, force: false })
    row = { ...base, import: begun.id }
    await begun.finished
    return { row: { ...row, outcome: 'imported', changed_at: base.asked_at, validators } }
  } catch (cause) {
    if (signal?.aborted) throw cause
    const problem = problemOf(cause, services, source.id)
    const { retryAfterSeconds } = (isFault(cause) ? cause.details : {}) as { retryAfterSeconds?: number }
    const outcome =
      isFault(cause, 'lists/download-refused') && !isWrongContent(cause.details.why) ? 'failed' : 'refused'
    return { row: { ...row, outcome, problem, failures: (before?.failures ?? 0) + 1 }, retryAfterSeconds }
  }
}

function isWrongContent(why: unknown): boolean {
  return ['type', 'html', 'packed', 'empty', 'other', 'size', 'address'].includes(String(why))
}

/** The new validators by part, or undefined when nothing is new. A list of several files is taken whole or not at all. */
async function fetchAll(
  source: ListSource,
  download: DownloadSource,
  { services, signal, base }: Asking & { base: DownloadRow },
): Promise<Record<string, Validators> | undefined> {
  const parts = Object.entries(download.parts)
  const request = (part: string, url: string) => ({
    url,
    format: source.format,
    file: partFile(services, source.id, part),
    types: download.types,
    mayAsk: policyOf(services, download),
    signal,
    now: services.store.clock.now(),
  })
  const found: Record<string, Validators> = {}
  const take = async (part: string, url: string, validators?: Validators) => {
    const asking = request(part, url)
    const answer = await fetchPart({ ...asking, validators })
    if (answer.kind !== 'file') return
    markFetched(asking.file)
    found[part] = { etag: answer.etag, lastModified: answer.lastModified }
  }
  for (const [part, url] of parts) await take(part, url, base.validators[part])
  if (Object.keys(found).length === 0) return undefined
  for (const [part, url] of parts.filter(([it]) => found[it] === undefined)) await take(part, url)
  return found
}

function nodeItself({ identity }: Services): Caller {
  return { actor: { member: partyOf(identity.directory(), identity.me) }, via: 'system' }
}

function problemOf(cause: unknown, { log }: Services, list: string): ImportProblem {
  if (isFault(cause)) {
    log.warn({ list, code: cause.code, why: cause.details.why }, 'a list could not be brought up to date')
    return { code: cause.code, title: cause.message, rule: cause.rule ?? null }
  }
  log.error({ err: cause, list }, 'a list could not be brought up to date')
  return { code: 'node/failed', title: 'The node failed while it asked. Its log says why.', rule: null }
}

/** Asks each source when its time has come. Off unless the configuration says `lists.download: scheduled`. */
export function startDownloads(services: Services): AsyncDisposable {
  const stop = new AbortController()
  const sources = listSources.filter((it) => downloadOf(it, services) !== undefined)
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const known = await readDownloads(services.store)
    const now = services.store.clock.now()
    for (const source of sources) {
      if (stop.signal.aborted) return
      const next = known.get(source.id)?.next_at
      if (next === undefined || next <= now) await askNow(source, services, stop.signal)
    }
  }

  const wake = () => {
    looking ??= look()
      .catch((err: unknown) => {
        if (!stop.signal.aborted) services.log.error({ err }, 'the sources of lists could not be asked')
      })
      .finally(() => {
        looking = undefined
      })
  }
  if (sources.length > 0) wake()
  const timer = sources.length === 0 ? undefined : setInterval(wake, lookMilliseconds).unref()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      clearInterval(timer)
      await looking
      await Promise.allSettled([...runningOf(services).values()])
    },
  }
}
