import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { keepOnlyOf, onForgetting, readCopy, removeCopy, writeCopy } from './draft-copies'
import { createDraftKeeper, type DraftKeeper, type DraftView } from './draft-keeper'
import { useAsk, useSignedIn } from './node'

export interface Drafted<Content> extends DraftView<Content> {
  readonly change: (content: Content) => void
  readonly choose: DraftKeeper<Content>['choose']
  /** After sending: clears the draft here and at the node. */
  readonly clear: () => Promise<void>
}

interface About<Content> {
  /** One line by which its author knows the draft again. */
  readonly captionOf: (content: Content) => string
  /** The record that it is about: when that is erased here, so is the draft. */
  readonly record?: string
}

/**
 * What a form holds, kept while it is written: in this window at once, at the node when the typing rests, on another machine
 * when the person goes on there. The key names the form and which one of it: `message:d3f2a`, `message-answer:rec_…`. Use it
 * with `DraftState`, which says how it stands, and give the component the key too, so that another draft begins anew:
 *
 *     const draft = useDraft(`note:${id}`, { text: '' }, { captionOf: (it) => it.text })
 *     <textarea value={draft.content.text} onChange={(event) => draft.change({ text: event.currentTarget.value })} />
 *     <DraftState draft={draft} textOf={(it) => it.text} />
 *     onSuccess: () => draft.clear()
 */
export function useDraft<Content extends object>(
  key: string,
  initial: Content,
  { captionOf, record }: About<Content>,
): Drafted<Content> {
  const ask = useAsk()
  const { id: person } = useSignedIn()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the form began with and how it is called stay as they were
  const keeper = useMemo(
    () =>
      createDraftKeeper<Content>(
        { key, initial, captionOf, record },
        {
          ask,
          readCopy: () => readCopy(person, key),
          writeCopy: (copy) => writeCopy(person, key, copy),
          removeCopy: () => removeCopy(person, key),
          now: () => new Date(),
          later: (run, milliseconds) => {
            const timer = setTimeout(run, milliseconds)
            return () => clearTimeout(timer)
          },
        },
      ),
    [key, ask, person],
  )
  useEffect(() => {
    keepOnlyOf(person)
    keeper.start()
    const undo = onForgetting(keeper.drop)
    const seen = () => document.visibilityState === 'visible' && keeper.look()
    window.addEventListener('online', keeper.look)
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('focus', keeper.look)
    return () => {
      undo()
      window.removeEventListener('online', keeper.look)
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('focus', keeper.look)
      keeper.stop()
    }
  }, [keeper, person])
  const view = useSyncExternalStore(keeper.subscribe, keeper.view)
  return useMemo(() => ({ ...view, change: keeper.change, choose: keeper.choose, clear: keeper.clear }), [view, keeper])
}

/** The second part of a key for something new; a letter in front, so that an address keeps it as text. */
export function newDraftId(): string {
  return `d${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
}
