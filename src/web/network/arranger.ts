import type { LayoutRequest } from './layout'
import type { LayoutNews } from './layout.worker'

export interface Arranger {
  /** Arranges anew; what was under way is given up. */
  start(request: LayoutRequest): void
  stop(): void
}

/** Runs the layout beside the page, in a worker of its own that lives as long as the work does. */
export function makeArranger(onNews: (news: LayoutNews) => void): Arranger {
  let worker: Worker | undefined
  const stop = () => {
    worker?.terminate()
    worker = undefined
  }
  return {
    start(request) {
      stop()
      const own = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
      worker = own
      own.onmessage = ({ data }: MessageEvent<LayoutNews>) => {
        onNews(data)
        if (data.step === data.of && worker === own) stop()
      }
      own.postMessage(request)
    },
    stop,
  }
}
