import type { IndexedChange } from '#capabilities/documents/engine'
import { dropIndexFile, keepIndex } from '#capabilities/documents/index-file'
import type { Services } from '#http/services'
import limits from './limits.json' with { type: 'json' }

/** Keeps the file of the index near enough to it: when much has changed, when something went, and at the end. */
export interface Keeping extends AsyncDisposable {
  note(change: IndexedChange): void
  /** Resolves when nothing is being written. */
  rest(): Promise<void>
}

interface Kept {
  /** How far the follower of the index has come in the change feed. */
  readonly position: () => number
  /** Whether there is a file, and how many declarations it does not have. */
  readonly behind: number | undefined
}

export function startKeeping(services: Services, { position, behind }: Kept): Keeping {
  let isThere = behind !== undefined
  let changed = behind ?? 0
  let isStale = false
  let running: Promise<void> = Promise.resolve()

  const inTurn = (work: () => Promise<void>) => {
    running = running
      .then(work)
      .catch((err: unknown) => services.log.warn({ err }, 'the index of documents was not kept'))
    return running
  }
  const keep = async () => {
    isStale = false
    changed = 0
    isThere = await keepIndex(services, position())
    if (isStale) await drop() // it went while it was written
  }
  const drop = async () => {
    isThere = false
    await dropIndexFile(services)
  }
  const isDue = () => !isThere || changed >= limits.keptAfterDeclarations

  if (isDue()) inTurn(keep)
  const timer = setInterval(() => isDue() && inTurn(keep), limits.keptEverySeconds * 1_000)
  timer.unref()
  return {
    note({ declarations, isLess }) {
      changed += declarations
      if (!isLess || isStale) return
      isStale = true
      inTurn(drop)
    },
    rest: () => running,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
      if (!isThere || changed > 0) await inTurn(keep)
    },
  }
}
