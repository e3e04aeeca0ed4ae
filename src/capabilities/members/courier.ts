import { askDirectory, handDirectory } from '#capabilities/members/peer-directory'
import { confirmed, readConfirmed } from '#capabilities/members/store'
import type { Services } from '#http/services'
import { isFault } from '#kernel/fault'
import type { Member } from '#protocol/directory'
import { type RetryPolicy, retryDelay } from '#wire/retry'
import { adoptDirectory } from '#wire/routes'

export interface CourierOptions {
  readonly retry?: RetryPolicy
  /** How often to look whether a peer's push has put another directory in force. */
  readonly lookMilliseconds?: number
}

const patient: RetryPolicy = { firstMilliseconds: 1_000, longestMilliseconds: 300_000 }
const atOnce = 8

/**
 * Brings all nodes to the newest directory: compares with every peer that is not known to have ours, hands ours to one that
 * is behind and takes the one of a peer that is ahead. A directory authenticates itself, so it does not matter who brings
 * it. What each peer has confirmed is kept, so that a restart asks only those that are still missing.
 */
export function startCourier(services: Services, options: CourierOptions = {}): AsyncDisposable {
  const { retry = patient, lookMilliseconds = 60_000 } = options
  const { store, directories, log } = services
  const stop = new AbortController()
  let brought = 0
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false

  async function round(): Promise<void> {
    const { version } = directories.current()
    brought = version
    const failed = await bring(services, stop.signal)
    if (stop.signal.aborted) return
    failures = failed.length === 0 ? 0 : failures + 1
    if (failed.length === 0) return
    log.info({ version, members: failed, failures }, 'directory not confirmed by all peers yet')
    timer = setTimeout(wake, retryDelay(failures, retry)).unref()
  }

  function wake(): void {
    again = true
    if (running !== undefined || stop.signal.aborted) return
    again = false
    clearTimeout(timer)
    running = round()
      .catch((cause: unknown) => {
        if (stop.signal.aborted) return
        log.error({ err: cause }, 'directory round failed')
        timer = setTimeout(wake, retryDelay(++failures, retry)).unref()
      })
      .finally(() => {
        running = undefined
        if (again) wake()
      })
  }

  function look(): void {
    if (directories.current().version <= brought) return
    failures = 0
    wake()
  }

  const unlisten = store.onCommit(look)
  const clock = setInterval(look, lookMilliseconds).unref()
  wake()
  return {
    async [Symbol.asyncDispose]() {
      unlisten()
      clearInterval(clock)
      clearTimeout(timer)
      stop.abort()
      again = false
      await running
    },
  }
}

/** One round over the peers that have not confirmed the directory in force. Returns those that still have not. */
async function bring(services: Services, signal: AbortSignal): Promise<string[]> {
  const { directories, identity, store, log } = services
  const { members, version } = directories.current()
  const known = await readConfirmed(store)
  const due = members.filter((it) => it.id !== identity.me && !it.suspended && (known.get(it.id) ?? 0) < version)
  const failed: string[] = []
  const work = due.values()
  const lane = async () => {
    for (const peer of work) {
      if (signal.aborted) return
      try {
        await reconcile(peer, services, signal)
      } catch (cause) {
        if (!isFault(cause)) throw cause
        if (cause.code.startsWith('directory/'))
          log.warn({ member: peer.id, code: cause.code }, 'a peer shows a directory that cannot be in force')
        failed.push(peer.id)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return failed
}

/** Leaves both with the newer of the two directories. One that claims to be newer and does not verify throws its fault. */
async function reconcile(peer: Member, services: Services, signal: AbortSignal): Promise<void> {
  const { directories, identity, store } = services
  const theirs = await askDirectory(peer, { identity, now: store.clock.now(), signal })
  const ours = directories.signed()
  const claimed = versionOf(theirs)
  // One that does not know us, or our key, is behind: it takes ours. One that is ahead of us refuses ours too, and brings its own.
  if (claimed < ours.document.version) {
    await handDirectory(peer, ours, signal)
    await store.commit(confirmed(peer.id, ours.document.version, store.clock.now()))
    return
  }
  const verified = await directories.verify(theirs)
  if (claimed > directories.current().version) await adoptDirectory(verified, { store, me: identity.me, directories })
  await store.commit(confirmed(peer.id, claimed, store.clock.now()))
}

/** Of what was not verified yet; what states no version is older than any. */
function versionOf(directory: unknown): number {
  const { document } = (directory ?? {}) as { document?: { version?: unknown } }
  return Number.isSafeInteger(document?.version) ? (document?.version as number) : 0
}
