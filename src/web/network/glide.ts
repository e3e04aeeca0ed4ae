/** How a picture is shifted and scaled: each point goes to `scale` times itself plus the shift, in pixels. */
export interface Shift {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export const noShift: Shift = { x: 0, y: 0, scale: 1 }

/** The shift after scaling about a point of the screen. */
export function scaledAbout(shift: Shift, factor: number, { x, y }: { readonly x: number; readonly y: number }): Shift {
  return { scale: shift.scale * factor, x: x - factor * (x - shift.x), y: y - factor * (y - shift.y) }
}

interface Gliding {
  /** What is dragged; nothing below it hears of the pointer. */
  readonly frame: HTMLElement
  readonly picture: HTMLElement
  readonly onMoving: (moving: boolean) => void
  /** It rests: to be drawn anew where it is. Whoever does calls `settled`. */
  readonly onRest: (shift: Shift) => void
  /** A click or double click at a point of the picture, in its pixels. */
  readonly onPoint: (at: { readonly x: number; readonly y: number }, double: boolean) => void
}

export interface Glide {
  /** What was shifted has been drawn where it is. */
  settled(): void
  dispose(): void
}

/** Without a movement for so long it rests; under the finger it may only be hesitating. */
const restMilliseconds = { free: 180, held: 600 }
/** Pixels within which a pressed pointer is still, for hands that are not. */
const threshold = 3

/**
 * Moves the picture that is there instead of drawing a new one for each step, as maps move their tiles: the browser shifts a
 * picture in no time, while a large graph takes a processor without graphics card a tenth of a second to draw.
 */
export function openGlide({ frame, picture, onMoving, onRest, onPoint }: Gliding): Glide {
  let shift = noShift
  let drag: { readonly x: number; readonly y: number; readonly from: Shift; readonly far: boolean } | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let moving = false

  const apply = (next: Shift) => {
    shift = next
    const { x, y, scale } = shift
    picture.style.transform = shift === noShift ? '' : `translate(${x}px,${y}px) scale(${scale})`
    if (moving || shift === noShift) return
    moving = true
    onMoving(true)
  }
  const soon = () => {
    clearTimeout(resting)
    resting = setTimeout(
      () => {
        if (shift !== noShift) onRest(shift)
      },
      drag === undefined ? restMilliseconds.free : restMilliseconds.held,
    )
  }
  const at = (event: MouseEvent) => {
    const box = frame.getBoundingClientRect()
    const point = { x: event.clientX - box.left - frame.clientLeft, y: event.clientY - box.top - frame.clientTop }
    return { x: point.x - picture.offsetLeft, y: point.y - picture.offsetTop }
  }
  const abort = new AbortController()
  const options = { capture: true, signal: abort.signal }
  const press = (event: PointerEvent) => {
    event.stopPropagation()
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY, from: shift, far: false }
  }
  const move = (event: PointerEvent) => {
    if (drag === undefined) return
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y]
    const far = drag.far || Math.hypot(dx, dy) >= threshold
    if (!far) return
    drag = { ...drag, far }
    apply({ scale: drag.from.scale, x: drag.from.x + dx, y: drag.from.y + dy })
    soon()
  }
  const release = (event: PointerEvent) => {
    const ended = drag
    drag = undefined
    if (ended === undefined) return
    if (ended.far) soon()
    else if (event.type === 'pointerup' && shift === noShift) onPoint(at(event), false)
  }
  frame.addEventListener('pointerdown', press, options)
  window.addEventListener('pointermove', move, options)
  window.addEventListener('pointerup', release, options)
  window.addEventListener('pointercancel', release, options)
  frame.addEventListener('dblclick', (event) => onPoint(at(event), true), options)
  frame.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      event.stopPropagation()
      apply(scaledAbout(shift, 1.2 ** -Math.sign(event.deltaY), at(event)))
      soon()
    },
    { ...options, passive: false },
  )
  return {
    settled() {
      // A drag that goes on does so from where the picture was drawn anew.
      if (drag !== undefined) {
        const { x, y, from } = drag
        drag = { ...drag, x: x + shift.x - from.x, y: y + shift.y - from.y, from: noShift }
      }
      apply(noShift)
      if (!moving) return
      moving = false
      onMoving(false)
    },
    dispose() {
      clearTimeout(resting)
      abort.abort()
    },
  }
}
