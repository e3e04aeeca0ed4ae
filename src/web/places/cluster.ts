import type { PlaceAt } from './place'

export interface Cluster {
  /** Of its first place: the same as long as that leads it. */
  readonly id: string
  readonly places: readonly PlaceAt[]
  readonly longitude: number
  readonly latitude: number
}

type Project = (place: PlaceAt) => { readonly x: number; readonly y: number }

/** Puts together what would lie over each other: everything within so many pixels of the first of a cluster. */
export function clustersOf(places: readonly PlaceAt[], project: Project, pixels: number): readonly Cluster[] {
  const cells = new Map<string, { x: number; y: number; places: PlaceAt[] }[]>()
  const found: { x: number; y: number; places: PlaceAt[] }[] = []
  for (const place of places) {
    const { x, y } = project(place)
    const [column, row] = [Math.floor(x / pixels), Math.floor(y / pixels)]
    const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => cells.get(`${column + dx} ${row + dy}`) ?? []))
    const one = near.find((it) => Math.hypot(it.x - x, it.y - y) <= pixels)
    if (one !== undefined) {
      one.places.push(place)
      continue
    }
    const fresh = { x, y, places: [place] }
    found.push(fresh)
    const cell = `${column} ${row}`
    cells.set(cell, [...(cells.get(cell) ?? []), fresh])
  }
  return found.map(({ places: those }) => {
    const mean = (part: 'latitude' | 'longitude') => those.reduce((sum, it) => sum + it.at[part], 0) / those.length
    return { id: those[0]!.id, places: those, longitude: mean('longitude'), latitude: mean('latitude') }
  })
}
