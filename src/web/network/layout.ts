import iterate from 'graphology-layout-forceatlas2/iterate.js'

/** Places the nodes of a graph (ForceAtlas2, Jacomy et al. 2014, PLoS ONE 9(6)). The same graph always comes out the same. */

export interface LayoutRequest {
  /** x and y of each node: where it is now, or `NaN` where it has no place yet. */
  readonly places: Float32Array
  /** Radius of each node. */
  readonly sizes: Float32Array
  /** 1 for each node that stays where it is. */
  readonly pinned: Uint8Array
  /** Positions in `places` of both ends of each relation, one after the other. */
  readonly ends: Uint32Array
}

/** Numbers for a node and for an edge in the matrices of the algorithm. */
const perNode = 10
const perEdge = 3

/** How many steps a graph of so many nodes gets: small ones settle fully, large ones in a few seconds. */
export const stepsFor = (count: number) => (count < 100 ? 400 : count < 1_000 ? 250 : 120)

/** Nodes without a place begin on a spiral: all apart, and near the middle what comes first. */
export function firstPlace(at: number): readonly [x: number, y: number] {
  const [angle, distance] = [at * Math.PI * (3 - Math.sqrt(5)), 10 * Math.sqrt(at + 0.5)]
  return [distance * Math.cos(angle), distance * Math.sin(angle)]
}

/** Runs the steps one by one; yields x and y of every node after each. The array is the same each time. */
export function* arrange({ places, sizes, pinned, ends }: LayoutRequest): Generator<Float32Array> {
  const count = sizes.length
  const nodes = new Float32Array(count * perNode)
  const edges = new Float32Array((ends.length / 2) * perEdge)
  for (let at = 0; at < count; at++) {
    const [x, y] = Number.isNaN(places[2 * at]!) ? firstPlace(at) : [places[2 * at]!, places[2 * at + 1]!]
    const row = at * perNode
    nodes[row] = x
    nodes[row + 1] = y
    nodes[row + 6] = 1 // mass
    nodes[row + 7] = 1 // convergence
    nodes[row + 8] = sizes[at]!
    nodes[row + 9] = pinned[at]!
  }
  for (let at = 0; at < ends.length / 2; at++) {
    const [from, to] = [ends[2 * at]! * perNode, ends[2 * at + 1]! * perNode]
    edges.set([from, to, 1], at * perEdge)
    nodes[from + 6]! += 1
    nodes[to + 6]! += 1
  }
  const large = count >= 1_000
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: large, // lets circles of acquaintance part, where a few nodes know very many
    adjustSizes: !large, // nodes do not overlap; costly in large graphs, where they are small
    edgeWeightInfluence: 1,
    scalingRatio: large ? 50 : 20,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: large ? 5 : 1 + Math.log(Math.max(1, count)),
    barnesHutOptimize: large,
    barnesHutTheta: 0.8,
  }
  const found = new Float32Array(count * 2)
  for (let step = 0; step < stepsFor(count); step++) {
    iterate(settings, nodes, edges)
    for (let at = 0; at < count; at++) {
      found[2 * at] = nodes[at * perNode]!
      found[2 * at + 1] = nodes[at * perNode + 1]!
    }
    yield found
  }
}
