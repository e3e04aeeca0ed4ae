import type { Geometry, Position } from 'geojson'

/**
 * Shapes on a globe know no edge; a flat map has one where 180 degrees east are 180 west. What crosses it is drawn on beyond
 * the edge (the map shows that at the other side) and not back across the whole world.
 */

const crosses = (one: Position, other: Position) => Math.abs(one[0]! - other[0]!) > 180
const onSeam = ([longitude]: Position) => Math.abs(longitude!) > 179.99

/** A line in the parts that lie on the map, without those that run along its edge: there is no boundary. */
export function withoutSeam(line: readonly Position[]): Position[][] {
  const parts: Position[][] = [[]]
  line.forEach((at, index) => {
    const before = line[index - 1]
    if (before !== undefined && (crosses(before, at) || (onSeam(before) && onSeam(at)))) parts.push([])
    parts.at(-1)!.push(at)
  })
  return parts.filter((it) => it.length > 1)
}

/** Areas whose rings go on beyond the edge. One that goes around the whole globe is closed along the pole that it holds. */
export function unrolled(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: geometry.coordinates.map(unrolledRing) }
  if (geometry.type === 'MultiPolygon')
    return { ...geometry, coordinates: geometry.coordinates.map((it) => it.map(unrolledRing)) }
  return geometry
}

function unrolledRing(ring: readonly Position[]): Position[] {
  let turns = 0
  const found = ring.map(([longitude, latitude], index): Position => {
    const before = ring[index - 1]
    if (before !== undefined && crosses(before, [longitude!, latitude!])) turns += longitude! > before[0]! ? -1 : 1
    return [longitude! + 360 * turns, latitude!]
  })
  if (turns === 0) return found
  const pole = ring.reduce((sum, it) => sum + it[1]!, 0) < 0 ? -90 : 90
  const [first, last] = [found[0]!, found.at(-1)!]
  return [...found, [last[0]!, pole], [first[0]!, pole], first]
}
