import { MultiDirectedGraph } from 'graphology'
import { DEFAULT_STYLES, Sigma } from 'sigma'
import {
  extremityArrow,
  layerFill,
  layerPlain,
  pathCurved,
  pathLine,
  pathLoop,
  sdfCircle,
  sdfDiamond,
  sdfSquare,
  sdfTriangle,
} from 'sigma/rendering'
import { makeArranger } from './arranger'
import { openGlide, type Shift } from './glide'
import { hole } from './hole'
import { makeLines } from './lines'
import type { Look } from './look'
import { paintOverlay } from './overlay'
import type { Drawn, NetworkNode } from './relation'
import { shapeOf } from './symbol'
import { type Direction, nearestSpot, nextSpot, type Spot } from './walk'

export interface Shown {
  readonly chosen: string | undefined
  /** The node from which a relation is being drawn. */
  readonly from: string | undefined
  readonly labels: boolean
  readonly letterOf: (schema: string) => string
}

export interface StageEvents {
  readonly onChoose: (id: string) => void
  readonly onOpen: (id: string) => void
  readonly onEdge: (id: string) => void
  readonly onPinned: (id: string) => void
  readonly onArranged: (step: number, of: number) => void
  readonly onMoving: (moving: boolean) => void
}

export interface Stage {
  draw(drawn: Drawn): void
  show(shown: Shown): void
  paint(look: Look): void
  zoom(factor: number): void
  fit(): void
  /** Brings a node into view when it is not. */
  reveal(id: string): void
  next(id: string | undefined, direction: Direction): string | undefined
  pin(id: string, pinned: boolean): void
  isPinned(id: string): boolean
  arrange(): void
  /** What is seen now, on one canvas. */
  picture(): HTMLCanvasElement
  dispose(): void
}

interface StageSetting {
  readonly large: boolean
  readonly look: Look
  /** Whether things may move on their own. */
  readonly still: boolean
  readonly events: StageEvents
}

/** A large graph is drawn beyond its frame, so that there is something to see when it is moved: as in `network.css`. */
const beyond = 0.25

/** The graph on the screen. Loaded with its libraries only where a graph is shown. */
export function openStage(container: HTMLElement, overlay: HTMLCanvasElement, setting: StageSetting): Stage {
  const { large, still, events } = setting
  let look = setting.look
  let drawn: Drawn = { nodes: [], edges: [] }
  let shown: Shown = { chosen: undefined, from: undefined, labels: true, letterOf: () => '' }
  const pinned = new Set<string>()
  const byId = new Map<string, NetworkNode>()
  let ranked: string[] = []
  const graph = new MultiDirectedGraph()
  const lines = makeLines()
  const sigma = new Sigma(graph, container, {
    primitives: {
      nodes: {
        shapes: [sdfCircle(), sdfSquare({ cornerRadius: 0.1 }), sdfDiamond(), sdfTriangle()],
        variables: { hole: { type: 'color', default: 'transparent' } },
        layers: large ? [layerFill()] : [layerFill(), hole()],
      },
      edges: large
        ? { paths: [pathLine()], layers: [layerPlain()] }
        : { paths: [pathLine(), pathCurved(), pathLoop()], extremities: [extremityArrow()], layers: [layerPlain()] },
    },
    styles: {
      nodes: [
        DEFAULT_STYLES.nodes,
        {
          shape: { attribute: 'shape' },
          color: { attribute: 'color' },
          hole: { attribute: 'hole', defaultValue: 'transparent' },
          backdropVisibility: 'hidden',
          labelVisibility: 'hidden',
          cursor: 'pointer',
        },
      ],
      edges: [
        DEFAULT_STYLES.edges,
        {
          size: ofHighlighted(2, 1.2),
          color: ofHighlighted({ attribute: 'strong' }, { attribute: 'color' }),
          opacity: ofHighlighted(1, 0.6),
          cursor: 'pointer',
          ...(large ? {} : { head: 'arrow', parallelPath: 'curved', selfLoopPath: 'loop', parallelSpread: 0.2 }),
        },
      ],
    },
    settings: {
      renderLabels: false,
      enableEdgeEvents: !large,
      enableNodeDrag: !large,
      enableCameraPanning: !large,
      enableCameraRotation: false,
      itemSizesReference: 'screen',
      autoRescale: true,
      stagePadding: 40,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      pickingDownSizingRatio: large ? 4 : 2,
      antialiasNodes: !large,
      inertiaDuration: still ? 0 : 200,
      zoomDuration: still ? 1 : 200,
      allowInvalidContainer: true,
      gestureTarget: 'graph',
    },
  })
  if (large) sigma.addCustomLayerProgram('lines', 'edges', lines.program)

  const camera = sigma.getCamera()
  const whole = { x: 0.5, y: 0.5, ratio: large ? 1 + 2 * beyond : 1, angle: 0 }
  camera.setState(whole)
  const go = (to: { x?: number; y?: number; ratio?: number }) => {
    if (still || large) camera.setState(to)
    else void camera.animate(to, { duration: 200 })
  }
  const spotOf = (id: string): Spot => {
    const { x, y } = sigma.framedGraphToViewport(framed.get(id) ?? { x: 0.5, y: 0.5 })
    return { id, x, y }
  }
  const repaint = () => {
    const { ratio } = camera
    paintOverlay(overlay, {
      nodes: ranked.map((id) => byId.get(id)!),
      edges: large ? drawn.edges : [],
      spotOf,
      radiusOf: (id) => sigma.scaleSize(graph.getNodeAttribute(id, 'size') as number, ratio),
      pinned,
      shown,
      look,
      ...(large ? { below: sigma.getStageCanvas() } : {}),
    })
  }
  const framed = new Map<string, { readonly x: number; readonly y: number }>()
  let displaced = true
  const place = () => {
    if (!displaced) return
    displaced = false
    framed.clear()
    graph.forEachNode((id) => {
      const { x, y } = sigma.getNodeDisplayData(id)!
      framed.set(id, { x, y })
    })
    if (!large) return
    const ends = new Float32Array(drawn.edges.length * 4)
    drawn.edges.forEach(({ from, to }, at) => {
      const [a, b] = [framed.get(from)!, framed.get(to)!]
      ends.set([a.x, a.y, b.x, b.y], at * 4)
    })
    lines.place(ends)
  }
  sigma.on('afterTexturesUpload', place)
  const drawAt = ({ x, y, scale }: Shift) => {
    const { width, height } = sigma.getDimensions()
    const middle = sigma.viewportToFramedGraph({ x: (width / 2 - x) / scale, y: (height / 2 - y) / scale })
    camera.setState({ ...middle, ratio: camera.getBoundedRatio(camera.ratio / scale) })
  }
  const glide = large
    ? openGlide({
        frame: container.parentElement!,
        picture: overlay,
        onMoving: events.onMoving,
        onRest: drawAt,
        onPoint: (point, double) => {
          const found = nearestSpot(point, ranked.map(spotOf), 12)
          if (found !== undefined) (double ? events.onOpen : events.onChoose)(found)
        },
      })
    : undefined
  sigma.on('afterRender', () => {
    glide?.settled()
    repaint()
  })
  sigma.on('clickNode', ({ node }) => events.onChoose(node))
  sigma.on('doubleClickNode', (it) => {
    it.preventSigmaDefault()
    events.onOpen(it.node)
  })
  sigma.on('clickEdge', ({ edge }) => events.onEdge(edge))
  sigma.on('nodeDrag', () => {
    displaced ||= !large
  })
  sigma.on('nodeDragEnd', ({ node }) => {
    pinned.add(node)
    displaced = true
    sigma.scheduleRender()
    events.onPinned(node)
  })

  // Filling the screen need not change the window, which is all that sigma listens to.
  const resized = new ResizeObserver(() => {
    const { width, height } = sigma.getDimensions()
    if (container.clientWidth !== width || container.clientHeight !== height) sigma.scheduleRefresh()
  })
  resized.observe(container)

  const arranger = makeArranger(({ step, of, places }) => {
    if (places !== undefined && (step === of || !(still || large))) {
      let at = 0
      graph.updateEachNodeAttributes(
        (id, attributes) => {
          const [x, y] = [places[2 * at]!, places[2 * at + 1]!]
          at++
          return pinned.has(id) ? attributes : { ...attributes, x, y }
        },
        { attributes: ['x', 'y'] },
      )
      displaced = true
    }
    events.onArranged(step, of)
  })
  const arrange = () => {
    const count = graph.order
    if (count === 0) return
    const [places, sizes] = [new Float32Array(count * 2), new Float32Array(count)]
    const fixed = new Uint8Array(count)
    const index = new Map<string, number>()
    graph.forEachNode((id, { x, y, size, placed }) => {
      const at = index.size
      index.set(id, at)
      places.set(placed ? [x, y] : [Number.NaN, Number.NaN], 2 * at)
      sizes[at] = size
      fixed[at] = pinned.has(id) ? 1 : 0
    })
    const ends = new Uint32Array(drawn.edges.flatMap(({ from, to }) => [index.get(from)!, index.get(to)!]))
    graph.forEachNode((id) => graph.setNodeAttribute(id, 'placed', true))
    events.onArranged(0, 1)
    arranger.start({ places, sizes, pinned: fixed, ends })
  }
  const coloursOf = (weak: boolean) => ({
    color: weak && large ? look.quiet : look.link,
    hole: weak ? look.ground : 'transparent',
  })
  const tint = () => {
    lines.colour(rgba(look.quiet, 0.25))
    if (graph.order === 0) return
    if (displaced) sigma.refresh() // only what sigma knows of can be changed in place
    graph.updateEachNodeAttributes((_, it) => ({ ...it, ...coloursOf(it.weak) }), { attributes: ['color', 'hole'] })
    graph.updateEachEdgeAttributes((_, it) => ({ ...it, color: look.quiet, strong: look.link }), {
      attributes: ['color', 'strong'],
    })
    sigma.scheduleRefresh()
  }
  const highlight = (id: string | undefined, isHighlighted: boolean) => {
    if (id === undefined || large || !graph.hasNode(id)) return
    sigma.setEdgesState(graph.edges(id), { isHighlighted })
  }

  return {
    draw(next) {
      drawn = next
      displaced = true
      fill(graph, next, { large, coloursOf, edge: { color: look.quiet, strong: look.link } })
      byId.clear()
      for (const it of next.nodes) byId.set(it.id, it)
      ranked = next.nodes.map((it) => it.id).sort((a, b) => sizeAt(graph, b) - sizeAt(graph, a))
      arrange()
    },
    show(next) {
      highlight(shown.chosen, false)
      shown = next
      highlight(shown.chosen, true)
      sigma.scheduleRender()
    },
    paint(next) {
      look = next
      tint()
    },
    zoom(factor) {
      go({ ratio: camera.getBoundedRatio(camera.ratio / factor) })
    },
    fit() {
      go(whole)
    },
    reveal(id) {
      const at = sigma.getNodeDisplayData(id)
      if (at === undefined) return
      const { x, y } = sigma.framedGraphToViewport(at)
      const { width, height } = sigma.getDimensions()
      const rim = large ? beyond / (1 + 2 * beyond) : 0
      const [left, top] = [width * rim + 24, height * rim + 24]
      if (x < left || y < top || x > width - left || y > height - top) go({ x: at.x, y: at.y })
    },
    next(id, direction) {
      if (id === undefined || !graph.hasNode(id)) return ranked[0]
      return nextSpot(spotOf(id), direction, ranked.map(spotOf))
    },
    pin(id, on) {
      if (on) pinned.add(id)
      else pinned.delete(id)
      sigma.scheduleRender()
    },
    isPinned: (id) => pinned.has(id),
    arrange,
    picture() {
      sigma.refresh() // what was drawn is there only until the browser shows it
      const rim = large ? beyond / (1 + 2 * beyond) : 0
      const [left, top] = [overlay.width * rim, overlay.height * rim]
      const picture = document.createElement('canvas')
      picture.width = overlay.width - 2 * left
      picture.height = overlay.height - 2 * top
      const context = picture.getContext('2d')!
      context.fillStyle = look.ground
      context.fillRect(0, 0, picture.width, picture.height)
      if (!large) context.drawImage(sigma.getStageCanvas(), 0, 0, picture.width, picture.height)
      context.drawImage(overlay, -left, -top)
      return picture
    },
    dispose() {
      resized.disconnect()
      glide?.dispose()
      arranger.stop()
      sigma.kill()
    },
  }
}

// biome-ignore-start lint/suspicious/noThenProperty: what the styles of sigma are called
const ofHighlighted = <T>(yes: T, no: T) => ({ whenState: 'isHighlighted' as const, then: yes, else: no })
// biome-ignore-end lint/suspicious/noThenProperty: as above

const sizeAt = (graph: MultiDirectedGraph, id: string) => graph.getNodeAttribute(id, 'size') as number

interface Filling {
  readonly large: boolean
  readonly coloursOf: (weak: boolean) => object
  readonly edge: object
}

/** Brings the graph to what is drawn; what stays keeps its place until all are arranged again. */
function fill(graph: MultiDirectedGraph, { nodes, edges }: Drawn, { large, coloursOf, edge }: Filling): void {
  const degrees = new Map<string, number>()
  for (const { from, to } of edges) for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1)
  const wanted = new Set(nodes.map((it) => it.id))
  for (const id of graph.nodes()) if (!wanted.has(id)) graph.dropNode(id)
  nodes.forEach(({ id, schema, weak = false }, at) => {
    const degree = degrees.get(id) ?? 0
    const size = large ? 1.5 + Math.min(4, Math.sqrt(degree) * 0.4) : 10 + Math.min(8, Math.sqrt(degree) * 2)
    const attributes = { size, shape: shapeOf(schema), weak, ...coloursOf(weak) }
    if (graph.hasNode(id)) graph.mergeNodeAttributes(id, attributes)
    else graph.addNode(id, { ...attributes, x: Math.cos(at), y: Math.sin(at), placed: false })
  })
  if (large) return // the lines are drawn apart
  const keys = new Set(edges.map((it) => it.id))
  for (const key of graph.edges()) if (!keys.has(key)) graph.dropEdge(key)
  for (const { id, from, to } of edges) if (!graph.hasEdge(id)) graph.addEdgeWithKey(id, from, to, { ...edge })
}

/** `#rgb` or `#rrggbb` as parts between 0 and 1. */
export function rgba(colour: string, alpha: number): [number, number, number, number] {
  const plain = colour.replace('#', '')
  const full = plain.length === 3 ? [...plain].map((it) => it + it).join('') : plain
  const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16) / 255
  return [part(0), part(2), part(4), alpha]
}
