import type { Feature, FeatureCollection, MultiLineString } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import fine from 'world-atlas/countries-50m.json?url'
import coarse from 'world-atlas/countries-110m.json?url'
import { unrolled, withoutSeam } from './seam'

/** The land of each country and the lines between them. Countries carry their ISO 3166-1 numeric code as `id`. */
export interface Boundaries {
  readonly land: FeatureCollection
  readonly lines: Feature<MultiLineString>
  /** Whether the node has boundaries of its own, which then serve at every scale. */
  readonly own: boolean
}

type Atlas = Topology<{ countries: GeometryCollection<{ name?: string }> }>

const own = '/console/boundaries.json'

/**
 * What the operator of the node laid down, else the bundled Natural Earth: coarse for the world, fine for a region. Fails when
 * what was laid down cannot be used.
 */
export async function readBoundaries(scale: 'coarse' | 'fine', signal: AbortSignal): Promise<Boundaries> {
  const theirs = await fetch(own, { signal })
  if (theirs.status === 200) return { ...inParts((await theirs.json()) as Atlas), own: true }
  if (theirs.status !== 204) throw new Error(`${own}: ${theirs.status}`)
  const bundled = await fetch(scale === 'coarse' ? coarse : fine, { signal })
  if (!bundled.ok) throw new Error(`${bundled.status} ${bundled.statusText}`)
  return { ...inParts((await bundled.json()) as Atlas), own: false }
}

function inParts(atlas: Atlas): Omit<Boundaries, 'own'> {
  const land = feature(atlas, atlas.objects.countries)
  const all = mesh(atlas, atlas.objects.countries)
  const coordinates = all.coordinates.flatMap(withoutSeam)
  return {
    land: { ...land, features: land.features.map((it) => ({ ...it, geometry: unrolled(it.geometry) })) },
    lines: { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } },
  }
}
