import { useEffect, useState } from 'react'

/** What the keys of every page do. */
interface Acts {
  readonly find: () => void
  readonly today: () => void
  readonly search: () => void
  readonly tell: () => void
  /** While a dialog is on its way, what is typed is meant for it. */
  readonly quiet: boolean
}

const kept = 'comity-single-keys'
const rows = 'table.queue tbody tr'
const inRow = 'a, button'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role=dialog],[role=menu],.dropped') !== null)

/** Moves the focus to the same place in the row before or after; from outside a list, into its first or last row. */
function moveRow(step: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(rows)].filter((it) => it.querySelector(inRow) !== null)
  const current = document.activeElement?.closest<HTMLElement>(rows)
  const at = current ? all.indexOf(current) : -1
  const next = at === -1 ? all[step === 1 ? 0 : all.length - 1] : all[at + step]
  const target = next?.querySelector<HTMLElement>(inRow)
  target?.focus()
  return target !== undefined
}

const only = (act: () => void) => () => {
  act()
  return true
}

/**
 * Takes the keys of lists and pages. They do nothing while something is typed; those of one letter can be switched off
 * (WCAG 2.1.4).
 */
export function useKeys({ find, today, search, tell, quiet }: Acts): {
  single: boolean
  setSingle: (on: boolean) => void
} {
  const [single, setSingle] = useState(() => localStorage.getItem(kept) !== 'off')
  useEffect(() => {
    const letters: Readonly<Record<string, () => boolean>> = {
      j: () => moveRow(1),
      k: () => moveRow(-1),
      t: only(today),
      '/': only(search),
      '?': only(tell),
    }
    const press = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey
      const inList = document.activeElement?.closest(rows)
      const act =
        control && event.key.toLowerCase() === 'k'
          ? only(find)
          : quiet || event.defaultPrevented || control || event.altKey || typing(event.target)
            ? undefined
            : inList && event.key === 'ArrowDown'
              ? letters.j
              : inList && event.key === 'ArrowUp'
                ? letters.k
                : single
                  ? letters[event.key]
                  : undefined
      if (act?.()) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [find, today, search, tell, quiet, single])
  return {
    single,
    setSingle: (on) => {
      localStorage.setItem(kept, on ? 'on' : 'off')
      setSingle(on)
    },
  }
}
