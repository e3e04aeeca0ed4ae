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
}

const prefix = 'comity.draft.'

const keyOf = (person: string, key: string) => `${prefix}${person}/${key}`

function remove(found: (key: string) => boolean): void {
  for (const it of Object.keys(sessionStorage)) if (it.startsWith(prefix) && found(it)) sessionStorage.removeItem(it)
}

export function readCopy(person: string, key: string): DraftCopy | undefined {
  const text = sessionStorage.getItem(keyOf(person, key))
  return text === null ? undefined : (JSON.parse(text) as DraftCopy)
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
  remove((it) => !it.startsWith(keyOf(person, '')))
}

const open = new Set<() => void>()

/** Tells a form that is open to let go of what it holds. Returns what undoes it. */
export function onForgetting(forget: () => void): () => void {
  open.add(forget)
  return () => open.delete(forget)
}

/** Clears every copy of this window, and lets no open form write another. */
export function forgetCopies(): void {
  for (const it of open) it()
  remove(() => true)
}
