import { type Box, type LabelWish, placeLabels } from './labels'
import { directionOfText, type Look } from './look'
import type { NetworkEdge, NetworkNode } from './relation'
import type { Shown } from './stage'
import type { Spot } from './walk'

export interface Overlay {
  /** In order of importance. */
  readonly nodes: readonly NetworkNode[]
  /** Relations that nothing else draws strongly when an end of theirs is chosen. */
  readonly edges: readonly NetworkEdge[]
  readonly spotOf: (id: string) => Spot
  readonly radiusOf: (id: string) => number
  readonly pinned: ReadonlySet<string>
  readonly shown: Shown
  readonly look: Look
  /** What is below it, to be part of the same picture. */
  readonly below?: HTMLCanvasElement
}

const textSize = 13
const mostLabels = 120
/** So many are tried at most: measuring every text of a large graph takes longer than a person waits. */
const mostTried = 600
const longest = 28

/**
 * What lies over the graph: letters in the nodes, labels, the rings of what is chosen. Drawn with the text of the browser, which
 * joins Arabic letters and orders mixed scripts as they are read.
 */
export function paintOverlay(canvas: HTMLCanvasElement, overlay: Overlay): void {
  const { nodes, spotOf, radiusOf, pinned, shown, look } = overlay
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  const scale = devicePixelRatio
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
  }
  const context = canvas.getContext('2d')!
  context.setTransform(scale, 0, 0, scale, 0, 0)
  if (overlay.below === undefined) context.clearRect(0, 0, width, height)
  else {
    context.fillStyle = look.ground
    context.fillRect(0, 0, width, height)
    context.drawImage(overlay.below, 0, 0, width, height)
  }
  const seen = nodes
    .map((node) => ({ node, ...spotOf(node.id), radius: radiusOf(node.id) }))
    .filter((it) => it.x > -20 && it.y > -20 && it.x < width + 20 && it.y < height + 20)

  context.strokeStyle = look.link
  context.lineWidth = 1.5
  for (const { from, to } of overlay.edges) {
    if (from !== shown.chosen && to !== shown.chosen) continue
    const [a, b] = [spotOf(from), spotOf(to)]
    context.beginPath()
    context.moveTo(a.x, a.y)
    context.lineTo(b.x, b.y)
    context.stroke()
  }

  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { node, x, y, radius } of seen) {
    if (pinned.has(node.id)) {
      context.fillStyle = look.ink
      context.fillRect(x + radius * 0.6, y - radius * 1.1, 4, 4)
    }
    if (radius < 8) continue
    context.font = `600 ${Math.min(13, radius)}px ${look.font}`
    context.fillStyle = node.weak ? look.link : look.ground
    context.fillText(shown.letterOf(node.schema), x, y + (node.weak ? 0 : 0.5))
  }

  for (const [id, dash] of [
    [shown.from, [4, 3]],
    [shown.chosen, []],
  ] as const) {
    const ringed = seen.find((it) => it.id === id)
    if (ringed === undefined) continue
    context.setLineDash([...dash])
    context.strokeStyle = look.ink
    context.lineWidth = 2
    context.beginPath()
    context.arc(ringed.x, ringed.y, ringed.radius + 4, 0, 2 * Math.PI)
    context.stroke()
  }
  context.setLineDash([])

  context.font = `${textSize}px ${look.font}`
  context.textBaseline = 'top'
  context.lineJoin = 'round'
  const first = (id: string) => id === shown.chosen || id === shown.from
  const wanted = shown.labels ? seen : seen.filter((it) => first(it.id))
  const texts = new Map<string, string>()
  function* wishes(): Generator<LabelWish> {
    for (const it of [
      ...wanted.filter((one) => first(one.id)),
      ...wanted.filter((one) => !first(one.id)).slice(0, mostTried),
    ]) {
      const text = shorten(it.node.label)
      texts.set(it.id, text)
      yield { id: it.id, places: placesAround(it, context.measureText(text).width + 6) }
    }
  }
  const avoid = overlay.below === undefined ? seen.map(({ x, y, radius }) => boxAround(x, y, radius)) : []
  context.textAlign = 'center'
  for (const { id, left, top, width: wide } of placeLabels(wishes(), { most: mostLabels, avoid })) {
    const text = texts.get(id)!
    const x = left + wide / 2
    context.direction = directionOfText(text)
    context.strokeStyle = look.ground
    context.lineWidth = 3
    context.strokeText(text, x, top + 2)
    context.fillStyle = look.ink
    context.fillText(text, x, top + 2)
  }
}

const boxAround = (x: number, y: number, radius: number): Box => ({
  left: x - radius,
  top: y - radius,
  width: 2 * radius,
  height: 2 * radius,
})

/** Below, above, right and left of a node. */
function placesAround({ x, y, radius }: { x: number; y: number; radius: number }, width: number): readonly Box[] {
  const height = textSize + 4
  const gap = radius + 2
  return [
    { left: x - width / 2, top: y + gap, width, height },
    { left: x - width / 2, top: y - gap - height, width, height },
    { left: x + gap, top: y - height / 2, width, height },
    { left: x - gap - width, top: y - height / 2, width, height },
  ]
}

function shorten(label: string): string {
  const letters = [...label]
  return letters.length <= longest ? label : `${letters.slice(0, longest - 1).join('')}…`
}
