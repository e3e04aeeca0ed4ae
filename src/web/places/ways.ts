import type { Feature, FeatureCollection, Position } from 'geojson'
import type { Point } from './place'
import { withoutSeam } from './seam'

/** From one place to another: where somebody was next, not which road was taken. */
export interface Way {
  readonly from: Point
  readonly to: Point
  /** Drawn broken: something about it calls for a question. */
  readonly asked: boolean
}

const steps = 32

/** Great circles as lines of a flat map, in parts where they cross its edge. */
export function linesOf(ways: readonly Way[]): FeatureCollection {
  const features = ways.map(
    ({ from, to, asked }): Feature => ({
      type: 'Feature',
      properties: { asked },
      geometry: { type: 'MultiLineString', coordinates: withoutSeam(arcOf(from, to)) },
    }),
  )
  return { type: 'FeatureCollection', features }
}

function arcOf(from: Point, to: Point): Position[] {
  const [one, other] = [vectorOf(from), vectorOf(to)]
  const angle = Math.acos(
    Math.min(
      1,
      Math.max(
        -1,
        one.reduce((sum, it, at) => sum + it * other[at]!, 0),
      ),
    ),
  )
  // Of the same place there is no way, and between opposite ends of the Earth there is none of its own.
  if (angle < 1e-9 || Math.PI - angle < 1e-9) return [positionOf(one), positionOf(other)]
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps
    const [near, far] = [Math.sin((1 - share) * angle), Math.sin(share * angle)]
    return positionOf(one.map((it, at) => (near * it + far * other[at]!) / Math.sin(angle)))
  })
}

function vectorOf({ latitude, longitude }: Point): number[] {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)]
}

function positionOf([x, y, z]: readonly number[]): Position {
  return [(Math.atan2(y!, x!) * 180) / Math.PI, (Math.atan2(z!, Math.hypot(x!, y!)) * 180) / Math.PI]
}
