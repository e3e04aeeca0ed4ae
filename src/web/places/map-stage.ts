import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, MapLibreMap, Marker, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { type Boundaries, readBoundaries } from './boundaries'
import { type Cluster, clustersOf } from './cluster'
import { type Gathered, numericOf } from './place'
import { linesOf, type Way } from './ways'

setWorkerUrl(workerUrl)

export interface MapLook {
  readonly water: string
  readonly land: string
  readonly line: string
  readonly area: string
}

export interface MapWords {
  readonly map: string
  /** What a marker is called. */
  readonly cluster: (cluster: Cluster) => string
}

export interface MapStage {
  show(gathered: Gathered, words: MapWords, ways: readonly Way[]): void
  choose(
    place: { readonly latitude: number; readonly longitude: number } | { readonly country: string },
    id: string,
  ): void
  paint(look: MapLook): void
  zoom(steps: number): void
  fit(): void
  dispose(): void
}

interface Setting {
  readonly look: MapLook
  readonly still: boolean
  readonly words: MapWords
  readonly onChoose: (ids: readonly string[]) => void
  readonly onFailure: (cause: unknown) => void
  readonly onReady: (boundaries: Boundaries) => void
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
const world: [[number, number], [number, number]] = [
  [-170, -56],
  [178, 76],
]
const clusterPixels = 40
/** From this zoom on the fine boundaries are worth their size. */
const fineFrom = 3

/** The map on the screen. Loaded with its library only where a map is shown. */
export function openMap(container: HTMLElement, setting: Setting): MapStage {
  const { still, onChoose, onFailure, onReady } = setting
  let { look, words } = setting
  let gathered: Gathered = { points: [], areas: new Map(), nowhere: [] }
  let ways: readonly Way[] = []
  let boundaries: Boundaries | undefined
  let chosen = ''
  const gone = new AbortController()
  const markers = new Map<string, { marker: Marker; button: HTMLButtonElement }>()
  const map = new MapLibreMap({
    container,
    style: styleOf(look),
    bounds: world,
    attributionControl: false,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    maxZoom: 9,
    fadeDuration: 0,
    locale: { 'Map.Title': words.map },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.getCanvas().addEventListener('keydown', ({ key }) => {
    if (key === '0') fitAll()
  })

  const load = async (scale: 'coarse' | 'fine') => {
    boundaries = await readBoundaries(scale, gone.signal)
    sourceOf('land').setData(boundaries.land)
    sourceOf('lines').setData(boundaries.lines)
    fillAreas()
    drawWays()
    map.once('idle', () => boundaries !== undefined && onReady(boundaries))
  }
  const sourceOf = (name: string) => map.getSource<GeoJSONSource>(name)!
  const fillAreas = () => {
    if (boundaries === undefined) return
    const wanted = new Map([...gathered.areas.keys()].map((code) => [numericOf(code), code]))
    const features = boundaries.land.features
      .filter((it) => wanted.has(String(it.id)))
      .map((it) => ({ ...it, properties: { code: wanted.get(String(it.id)) } }))
    sourceOf('areas').setData({ type: 'FeatureCollection', features })
  }
  const drawWays = () => map.getSource<GeoJSONSource>('ways')?.setData(linesOf(ways))
  const mark = () => {
    const seen = new Set<string>()
    for (const cluster of clustersOf(
      gathered.points,
      ({ at }) => map.project([at.longitude, at.latitude]),
      clusterPixels,
    )) {
      seen.add(cluster.id)
      const known = markers.get(cluster.id) ?? add(cluster)
      known.marker.setLngLat([cluster.longitude, cluster.latitude])
      dress(known.button, cluster)
    }
    for (const [id, { marker }] of markers) {
      if (seen.has(id)) continue
      marker.remove()
      markers.delete(id)
    }
  }
  const add = ({ id, longitude, latitude }: Cluster) => {
    const button = document.createElement('button')
    button.type = 'button'
    const marker = new Marker({ element: button }).setLngLat([longitude, latitude]).addTo(map)
    const made = { marker, button }
    markers.set(id, made)
    return made
  }
  const dress = (button: HTMLButtonElement, cluster: Cluster) => {
    const { places } = cluster
    const one = places.length === 1
    button.classList.toggle('place-mark', true)
    button.classList.toggle(
      'chosen',
      places.some((it) => it.id === chosen),
    )
    button.textContent = one ? '' : String(places.length)
    button.setAttribute('aria-label', words.cluster(cluster))
    button.title = words.cluster(cluster)
    button.onclick = (event) => {
      event.stopPropagation()
      onChoose(places.map((it) => it.id))
      if (!one) map.easeTo({ center: [cluster.longitude, cluster.latitude], zoom: map.getZoom() + 2, duration })
    }
  }
  const duration = still ? 0 : 250
  const fitAll = () => {
    const points = gathered.points.map(({ at }) => [at.longitude, at.latitude] as const)
    if (points.length === 0 || gathered.areas.size > 0) return void map.fitBounds(world, { duration })
    const [west, east] = [Math.min(...points.map((it) => it[0])), Math.max(...points.map((it) => it[0]))]
    const [south, north] = [Math.min(...points.map((it) => it[1])), Math.max(...points.map((it) => it[1]))]
    map.fitBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: 60, maxZoom: 6, duration },
    )
  }

  map.on('load', () => {
    for (const name of ['land', 'areas', 'lines', 'ways']) map.addSource(name, { type: 'geojson', data: nothing })
    map.addLayer({ id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': look.land } })
    map.addLayer({
      id: 'areas',
      type: 'fill',
      source: 'areas',
      paint: { 'fill-color': look.area, 'fill-opacity': 0.35 },
    })
    map.addLayer({ id: 'lines', type: 'line', source: 'lines', paint: { 'line-color': look.line, 'line-width': 0.8 } })
    map.addLayer({ id: 'rims', type: 'line', source: 'areas', paint: { 'line-color': look.area, 'line-width': 1.5 } })
    const way = (id: string, asked: boolean, broken: object) =>
      map.addLayer({
        id,
        type: 'line',
        source: 'ways',
        filter: ['==', ['get', 'asked'], asked],
        paint: { 'line-color': look.area, 'line-width': 2, ...broken },
      })
    way('ways', false, {})
    way('ways-asked', true, { 'line-dasharray': [2, 2] })
    map.on('click', 'areas', ({ features }) => {
      const code = features?.[0]?.properties.code as string | undefined
      onChoose((gathered.areas.get(code ?? '') ?? []).map((it) => it.id))
    })
    load('coarse').then(fitAll).catch(failed)
  })
  const failed = (cause: unknown) => {
    if (!gone.signal.aborted) onFailure(cause)
  }
  let fine = false
  map.on('zoomend', () => {
    mark()
    if (fine || map.getZoom() < fineFrom || boundaries === undefined || boundaries.own) return
    fine = true
    load('fine').catch(failed)
  })
  map.on('error', ({ error }) => failed(error))

  return {
    show(next, said, between) {
      gathered = next
      words = said
      ways = between
      mark()
      fillAreas()
      drawWays()
    },
    choose(at, id) {
      chosen = id
      mark()
      if (!('country' in at) && id !== '') map.easeTo({ center: [at.longitude, at.latitude], duration })
    },
    paint(next) {
      look = next
      if (!map.getLayer('ways-asked')) return
      map.setPaintProperty('water', 'background-color', look.water)
      map.setPaintProperty('land', 'fill-color', look.land)
      map.setPaintProperty('areas', 'fill-color', look.area)
      map.setPaintProperty('lines', 'line-color', look.line)
      for (const it of ['rims', 'ways', 'ways-asked']) map.setPaintProperty(it, 'line-color', look.area)
    },
    zoom(steps) {
      map.easeTo({ zoom: map.getZoom() + steps, duration })
    },
    fit: fitAll,
    dispose() {
      gone.abort()
      map.remove()
    },
  }
}

const styleOf = (look: MapLook) => ({
  version: 8 as const,
  sources: {},
  layers: [{ id: 'water', type: 'background' as const, paint: { 'background-color': look.water } }],
})
