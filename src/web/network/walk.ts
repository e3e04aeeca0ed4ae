/** Moving through what is drawn with the arrow keys. */

export interface Spot {
  readonly id: string
  /** On the screen: y grows downwards. */
  readonly x: number
  readonly y: number
}

export const directions = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
} as const
export type Direction = keyof typeof directions

/** The next spot in that direction: near, and rather straight ahead than aside. `undefined` at the rim. */
export function nextSpot(from: Spot, direction: Direction, spots: Iterable<Spot>): string | undefined {
  const [ahead, aside] = directions[direction]
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const it of spots) {
    if (it.id === from.id) continue
    const [dx, dy] = [it.x - from.x, it.y - from.y]
    const along = dx * ahead + dy * aside
    const across = Math.abs(dx * aside) + Math.abs(dy * ahead)
    if (along <= 0 || across > along * 2) continue
    const cost = along + 2 * across
    if (cost < least) {
      best = it.id
      least = cost
    }
  }
  return best
}

/** The spot nearest to a point, within so many pixels. */
export function nearestSpot(
  { x, y }: { readonly x: number; readonly y: number },
  spots: Iterable<Spot>,
  within: number,
): string | undefined {
  let best: string | undefined
  let least = within
  for (const it of spots) {
    const distance = Math.hypot(it.x - x, it.y - y)
    if (distance > least) continue
    best = it.id
    least = distance
  }
  return best
}
