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

type Point = Pick<Shift, 'x' | 'y'>

/** Where one or two fingers hold the picture: their middle, and how far they are apart. */
interface Grip extends Point {
  readonly spread: number
}

/** The shift after a grip has moved; two fingers that part make it larger. */
export function grippedTo(from: Shift, before: Grip, now: Grip): Shift {
  const factor = before.spread > 0 && now.spread > 0 ? now.spread / before.spread : 1
  const { scale, x, y } = scaledAbout(from, factor, before)
  return { scale, x: x + now.x - before.x, y: y + now.y - before.y }
}

function gripOf(fingers: readonly Point[]): Grip {
  const [one, other = one] = fingers as [Point, Point?]
  return {
    x: (one.x + other.x) / 2,
    y: (one.y + other.y) / 2,
    spread: Math.hypot(one.x - other.x, one.y - other.y),
  }
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
  const fingers = new Map<number, Point>()
  let drag: { readonly grip: Grip; readonly from: Shift; readonly far: boolean } | undefined
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
  const grip = (far: boolean) => {
    drag = fingers.size === 0 ? undefined : { grip: gripOf([...fingers.values()]), from: shift, far }
  }
  const press = (event: PointerEvent) => {
    event.stopPropagation()
    if (event.button !== 0 || fingers.size === 2) return
    fingers.set(event.pointerId, at(event))
    grip(fingers.size === 2) // a second finger is no click
  }
  const move = (event: PointerEvent) => {
    if (drag === undefined || !fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, at(event))
    const now = gripOf([...fingers.values()])
    const far = drag.far || Math.hypot(now.x - drag.grip.x, now.y - drag.grip.y) >= threshold
    if (!far) return
    drag = { ...drag, far }
    apply(grippedTo(drag.from, drag.grip, now))
    soon()
  }
  const release = (event: PointerEvent) => {
    if (drag === undefined || !fingers.delete(event.pointerId)) return
    const { far } = drag
    grip(far)
    if (far) soon()
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
      shift = noShift
      if (drag !== undefined) grip(drag.far)
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
