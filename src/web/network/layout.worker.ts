import { arrange, type LayoutRequest, stepsFor } from './layout'

/** What the worker tells: how far it is, with the places so far now and then, and always at the end. */
export interface LayoutNews {
  readonly step: number
  readonly of: number
  readonly places?: Float32Array
}

const interval = 100

self.onmessage = ({ data }: MessageEvent<LayoutRequest>) => {
  const of = stepsFor(data.sizes.length)
  let step = 0
  let told = performance.now()
  for (const places of arrange(data)) {
    step++
    if (step < of && performance.now() - told < interval) continue
    told = performance.now()
    self.postMessage({ step, of, places: places.slice() } satisfies LayoutNews)
  }
}
