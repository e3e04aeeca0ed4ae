/** One step of ForceAtlas2 over bare matrices; the package types only its functions over whole graphs. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  interface ForceAtlasSettings {
    readonly linLogMode: boolean
    readonly outboundAttractionDistribution: boolean
    readonly adjustSizes: boolean
    readonly edgeWeightInfluence: number
    readonly scalingRatio: number
    readonly strongGravityMode: boolean
    readonly gravity: number
    readonly slowDown: number
    readonly barnesHutOptimize: boolean
    readonly barnesHutTheta: number
  }
  const iterate: (settings: ForceAtlasSettings, nodes: Float32Array, edges: Float32Array) => unknown
  export = iterate
}
