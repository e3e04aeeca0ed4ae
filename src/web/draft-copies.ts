/**
 * What is typed and may not be saved yet, in the session storage of this window: there at once, after a reload and without a
 * connection, gone with the window, and gone at sign-out. Nothing else of a record is ever kept in the browser.
 */

export interface DraftCopy {
  readonly content: object
  /** The version at the node that it was written on; 0 for none. */
  readonly base: number
  /** The node does not have it yet. */
  readonly unsaved: boolean
  readonly at: string
  /** Milliseconds since 1970 after which it goes by itself: the session ran out. */
  readonly until?: number
}

const prefix = 'comity.draft.'
/** How long what was not saved waits for the same person to sign in again. */
const waitMilliseconds = 15 * 60_000

const keyOf = (person: string, key: string) => `${prefix}${person}/${key}`

function keys(): string[] {
  return Object.keys(sessionStorage).filter((it) => it.startsWith(prefix))
}

function parsed(key: string): DraftCopy | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as DraftCopy
  } catch {
    return undefined // somebody wrote into our storage: not a draft
  }
}

export function readCopy(person: string, key: string): DraftCopy | undefined {
  const copy = parsed(keyOf(person, key))
  return copy?.until !== undefined && copy.until <= Date.now() ? undefined : copy
}

/** Whether there was room for it. */
export function writeCopy(person: string, key: string, copy: DraftCopy): boolean {
  try {
    sessionStorage.setItem(keyOf(person, key), JSON.stringify(copy))
    return true
  } catch {
    removeCopy(person, key) // an older text under a newer time would be taken for the newer text
    return false
  }
}

export function removeCopy(person: string, key: string): void {
  sessionStorage.removeItem(keyOf(person, key))
}

/** Another person at the same window finds nothing. */
export function keepOnlyOf(person: string): void {
  for (const it of keys()) if (!it.startsWith(keyOf(person, ''))) sessionStorage.removeItem(it)
}

type Forgetting = () => void
const open = new Set<Forgetting>()

/** Tells a form that is open to let go of what it holds. Returns what undoes it. */
export function onForgetting(forget: Forgetting): () => void {
  open.add(forget)
  return () => open.delete(forget)
}

/**
 * Clears every copy, in this window and the others of this browser. When nobody left but the session ran out, what the node
 * does not have yet waits for the same person.
 */
export function forgetCopies({ ranOut }: { ranOut: boolean }): void {
  clear(ranOut)
  if (ranOut) waitForReturn()
  else channel?.postMessage('left')
}

function clear(ranOut: boolean): void {
  for (const it of open) it()
  for (const key of keys()) {
    const copy = parsed(key)
    if (!ranOut || copy?.unsaved !== true) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify({ until: Date.now() + waitMilliseconds, ...copy }))
  }
}

function waitForReturn(): void {
  const ends = keys().flatMap((it) => parsed(it)?.until ?? [])
  if (ends.length === 0) return
  setTimeout(sweep, Math.max(0, Math.min(...ends) - Date.now()) + 1)
}

function sweep(): void {
  for (const key of keys()) {
    const { until } = parsed(key) ?? { until: 0 }
    if (until !== undefined && until <= Date.now()) sessionStorage.removeItem(key)
  }
  waitForReturn()
}

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('comity-session')

/** When somebody signs out in another window of this browser: the copies here are cleared first. Returns what undoes it. */
export function onLeftElsewhere(left: () => void): () => void {
  const take = ({ data }: MessageEvent) => {
    if (data !== 'left') return
    clear(false)
    left()
  }
  channel?.addEventListener('message', take)
  return () => channel?.removeEventListener('message', take)
}

if (typeof sessionStorage !== 'undefined') sweep()
