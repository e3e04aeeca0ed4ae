import type { KeyboardEvent } from 'react'

/** Marks what the arrow keys stop at. */
export const stop = { 'data-stop': '' } as const

/** Arrow keys move through the marked links of a list; Home and End reach its ends. Fields keep their own keys. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (
    event.target instanceof HTMLElement &&
    event.target.closest('input, textarea, select, [role="combobox"]') !== null
  )
    return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const next = nextOf(event.key, at, stops.length)
  if (next === undefined || stops[next] === undefined) return
  event.preventDefault()
  stops[next].focus()
}

function nextOf(key: string, at: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, length - 1)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return undefined
  }
}
