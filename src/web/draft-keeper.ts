import { type Ask, Refusal } from './ask'
import type { DraftCopy } from './draft-copies'

/** How a draft stands: see `web.drafts.status` in the words. */
export type DraftStatus = 'empty' | 'reading' | 'saving' | 'saved' | 'kept' | 'refused' | 'choose'

export interface DraftView<Content> {
  readonly content: Content
  readonly status: DraftStatus
  /** When the node last had it. */
  readonly savedAt: string | null
  /** When it was last changed here. */
  readonly changedAt: string | null
  /** Whether this window has a copy of its own. */
  readonly keptHere: boolean
  readonly refusal: Refusal | null
  /** What was saved from another window or machine meanwhile. Nothing is saved until one is chosen. */
  readonly other: { readonly content: Content; readonly updatedAt: string; readonly version: number } | null
}

export interface DraftKeeper<Content> {
  readonly view: () => DraftView<Content>
  readonly subscribe: (changed: () => void) => () => void
  readonly start: () => void
  /** Saves what is not saved and stops. */
  readonly stop: () => void
  /** Lets go of everything without saving. */
  readonly drop: () => void
  readonly change: (content: Content) => void
  readonly choose: (which: 'this' | 'other') => void
  /** Looks for what was saved elsewhere, and tries again what could not be saved. */
  readonly look: () => void
  /** The form was sent or given up: clears the copy here and the one at the node. */
  readonly clear: () => Promise<void>
}

interface SavedDraft {
  readonly content: object
  readonly version: number
  readonly updatedAt: string
}

export interface DraftPorts {
  readonly ask: Ask
  readonly readCopy: () => DraftCopy | undefined
  readonly writeCopy: (copy: DraftCopy) => boolean
  readonly removeCopy: () => void
  readonly now: () => Date
  /** Runs later; returns what prevents it. */
  readonly later: (run: () => void, milliseconds: number) => () => void
}

export interface DraftSubject<Content> {
  readonly key: string
  readonly initial: Content
  readonly captionOf: (content: Content) => string
  readonly record?: string | undefined
}

const afterTypingMilliseconds = 800
const retryMilliseconds = 5_000
const captionLimit = 200

/** Keeps one draft: in the window at once, at the node when the typing rests, and never one text over another unasked. */
export function createDraftKeeper<Content extends object>(
  { key, initial, captionOf, record }: DraftSubject<Content>,
  { ask, readCopy, writeCopy, removeCopy, now, later }: DraftPorts,
): DraftKeeper<Content> {
  const path = `/api/v1/drafts/${key}`
  const listeners = new Set<() => void>()
  const copy = readCopy()
  let base = copy?.base ?? 0
  let unsaved = copy?.unsaved ?? false
  let alive = false
  let forgotten = false
  let cancel = () => {}
  let running: Promise<void> = Promise.resolve()
  /** What was sent last, as text: when its answer is lost, what the node has is known again by it. */
  let sent = ''
  let idempotencyKey = ''
  let shown: DraftView<Content> = {
    content: { ...initial, ...(copy?.content as Partial<Content> | undefined) },
    status: copy === undefined ? 'empty' : 'reading',
    savedAt: null,
    changedAt: copy?.at ?? null,
    keptHere: copy !== undefined,
    refusal: null,
    other: null,
  }

  function show(change: Partial<DraftView<Content>>): void {
    shown = { ...shown, ...change }
    for (const it of listeners) it()
  }

  function keepHere(): boolean {
    return writeCopy({ content: shown.content, base, unsaved, at: shown.changedAt ?? now().toISOString() })
  }

  /** One after the other: a removal never overtakes the saving before it. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    running = running.then(task, task)
    return running
  }

  function plan(milliseconds: number): void {
    cancel()
    cancel = later(() => void inTurn(save), milliseconds)
  }

  function adopt({ content, version, updatedAt }: SavedDraft): void {
    base = version
    unsaved = false
    show({
      content: { ...initial, ...(content as Partial<Content>) },
      status: 'saved',
      savedAt: updatedAt,
      other: null,
    })
    show({ changedAt: updatedAt, keptHere: keepHere(), refusal: null })
  }

  async function look(): Promise<void> {
    if (!alive) return
    try {
      const { draft } = await ask<{ draft: SavedDraft | null }>(path)
      if (alive) compare(draft)
    } catch (cause) {
      fail(cause)
    }
  }

  /** What the node has, beside what is here: taken, completed or put before the person. */
  function compare(draft: SavedDraft | null): void {
    if (unsaved && (draft === null || draft.version === base)) plan(0)
    else if (draft === null) {
      const gone = base > 0 // it was sent or given up elsewhere
      if (gone) removeCopy()
      base = 0
      show({ ...(gone ? { content: initial } : {}), status: 'empty', savedAt: null, keptHere: false })
    } else if (draft.version === base) show({ status: 'saved', savedAt: draft.updatedAt, refusal: null })
    else if (!unsaved || textOf(draft.content) === textOf(shown.content)) adopt(draft)
    else if (textOf(draft.content) === sent) {
      base = draft.version
      plan(0)
    } else {
      const content = { ...initial, ...(draft.content as Partial<Content>) }
      show({ status: 'choose', refusal: null, other: { ...draft, content } })
    }
  }

  async function save(): Promise<void> {
    cancel()
    if (!unsaved || shown.other !== null) return
    const { content } = shown
    const body = { caption: cut(captionOf(content)), content, base, ...(record === undefined ? {} : { record }) }
    const text = textOf(content)
    if (text !== sent) idempotencyKey = crypto.randomUUID()
    sent = text
    if (shown.status !== 'kept') show({ status: 'saving' })
    try {
      const { version, updatedAt } = await ask<{ version: number; updatedAt: string }>(path, {
        method: 'PUT',
        body,
        idempotencyKey: `${idempotencyKey}.${base}`,
      })
      base = version
      if (forgotten) return
      unsaved = textOf(shown.content) !== text
      show({ status: unsaved ? 'saving' : 'saved', savedAt: updatedAt, refusal: null })
      show({ keptHere: keepHere() })
      if (alive && unsaved) plan(afterTypingMilliseconds)
    } catch (cause) {
      if (cause instanceof Refusal && newer.has(cause.code)) return look()
      fail(cause)
    }
  }

  function fail(cause: unknown): void {
    if (!alive) return
    if (!(cause instanceof Refusal)) throw cause
    // Without a session it waits until the same person is back, or until all is forgotten.
    if (cause.status === 0 || cause.status === 401 || cause.status >= 500) {
      show({ status: unsaved || base > 0 ? 'kept' : 'empty' })
      cancel()
      cancel = later(again, retryMilliseconds)
    } else show({ status: 'refused', refusal: cause })
  }

  function again(): void {
    void inTurn(look)
  }

  return {
    view: () => shown,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    start() {
      alive = true
      again()
    },
    stop() {
      if (alive && unsaved) void inTurn(save)
      alive = false
      cancel()
    },
    drop() {
      alive = false
      forgotten = true
      unsaved = false
      cancel()
    },
    change(content) {
      unsaved = true
      show({ content, changedAt: now().toISOString() })
      if (!alive) return
      show({ keptHere: keepHere() })
      if (shown.other !== null) return
      if (shown.status !== 'kept') show({ status: 'saving' })
      plan(shown.status === 'kept' ? retryMilliseconds : afterTypingMilliseconds)
    },
    choose(which) {
      const { other } = shown
      if (other === null) return
      if (which === 'other') return adopt(other)
      base = other.version
      show({ other: null, status: 'saving', keptHere: keepHere() })
      plan(0)
    },
    look() {
      if (shown.other === null) again()
    },
    async clear() {
      cancel()
      unsaved = false
      await inTurn(async () => {
        const { other } = shown
        cancel()
        unsaved = false
        removeCopy()
        // What another window saved is not given up with this one.
        if (base > 0 && other === null)
          await ask(`${path}?version=${base}`, { method: 'DELETE' }).catch((cause: unknown) => {
            if (!(cause instanceof Refusal)) throw cause
          })
        base = 0
        show({ content: initial, status: 'empty', savedAt: null, changedAt: null, keptHere: false, other: null })
      })
    },
  }
}

const newer: ReadonlySet<string> = new Set(['drafts/newer', 'store/conflict', 'store/exists', 'http/key-reused'])

function cut(text: string): string {
  return [...text.trim()].slice(0, captionLimit / 2).join('') // each may be two UTF-16 units
}

/** The same text for the same content: the node gives members back in another order. */
function textOf(content: object): string {
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
