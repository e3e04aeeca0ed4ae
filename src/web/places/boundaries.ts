import type { Feature, FeatureCollection, MultiLineString, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import fine from 'world-atlas/countries-50m.json?url'
import coarse from 'world-atlas/countries-110m.json?url'

/** The land of each country and the lines between them. Countries carry their ISO 3166-1 numeric code as `id`. */
export interface Boundaries {
  readonly land: FeatureCollection
  readonly lines: Feature<MultiLineString>
  /** Whether the node has boundaries of its own, which then serve at every scale. */
  readonly own: boolean
}

type Atlas = Topology<{ countries: GeometryCollection<{ name?: string }> }>

const own = '/console/boundaries.json'

/** What the operator of the node laid down, else the bundled Natural Earth: coarse for the world, fine for a region. */
export async function readBoundaries(scale: 'coarse' | 'fine', signal: AbortSignal): Promise<Boundaries> {
  const theirs = await fetch(own, { signal })
  if (theirs.status === 200) return { ...inParts((await theirs.json()) as Atlas), own: true }
  const bundled = await fetch(scale === 'coarse' ? coarse : fine, { signal })
  if (!bundled.ok) throw new Error(`${bundled.status} ${bundled.statusText}`)
  return { ...inParts((await bundled.json()) as Atlas), own: false }
}

function inParts(atlas: Atlas): Omit<Boundaries, 'own'> {
  const land = feature(atlas, atlas.objects.countries)
  const all = mesh(atlas, atlas.objects.countries)
  const coordinates = all.coordinates.flatMap(withoutSeam)
  return { land, lines: { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } } }
}

const onSeam = ([longitude]: Position) => Math.abs(longitude!) > 179.99

/** Shapes are cut where the map ends; the cut is no boundary. */
export function withoutSeam(line: readonly Position[]): Position[][] {
  const parts: Position[][] = [[]]
  line.forEach((at, index) => {
    const before = line[index - 1]
    if (before !== undefined && onSeam(before) && onSeam(at)) parts.push([])
    parts.at(-1)!.push(at)
  })
  return parts.filter((it) => it.length > 1)
}
