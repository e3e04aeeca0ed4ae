import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'

interface DropProps {
  readonly button: ReactNode
  readonly className: string
  /** What the button is called, when what it shows is not enough. */
  readonly label?: string
  readonly onClose?: () => void
  readonly children: ReactNode
}

/**
 * A button and what it opens below itself. It closes by Escape, by a press elsewhere, when the focus leaves it, and when a link in
 * it was followed. The shell needs two on the first page; a menu that measures and moves itself weighs ten times as much.
 */
export function Drop({ button, className, label, onClose, children }: DropProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const change = (to: boolean) => {
    if (to === open) return
    setOpen(to)
    if (!to) onClose?.()
  }
  const latest = useRef(change)
  latest.current = change
  useEffect(() => {
    if (!open) return
    const pressed = ({ target }: PointerEvent) => {
      if (!place.current?.contains(target as Node)) latest.current(false)
    }
    document.addEventListener('pointerdown', pressed)
    return () => document.removeEventListener('pointerdown', pressed)
  }, [open])
  const left = ({ relatedTarget }: FocusEvent) => {
    // Without a target the window itself lost the focus, or what had it is gone.
    if (relatedTarget !== null && !place.current?.contains(relatedTarget)) change(false)
  }
  const typed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    change(false)
    opener.current?.focus()
  }
  const chosen = ({ target }: MouseEvent) => {
    if ((target as Element).closest('a') !== null) change(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its button and links do
    <div className="drop" ref={place} onBlur={left} onKeyDown={typed} onClick={chosen}>
      <button
        type="button"
        ref={opener}
        className={className}
        {...(label === undefined ? {} : { 'aria-label': label })}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => change(!open)}
      >
        {button}
      </button>
      <div id={id} className="dropped" hidden={!open}>
        {open && children}
      </div>
    </div>
  )
}
