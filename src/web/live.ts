import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNode } from './node'

/** How the stream of changes stands: since when it is lost, if it is. */
export interface Live {
  readonly lostSince: Date | null
}

interface FeedItem {
  readonly sequence: number
  readonly type: string
  readonly id: string
}

const firstPause = 1_000
const longestPause = 30_000

/**
 * Follows what changes at the node and has what is shown of it read again. It reconnects and says where it was, so nothing is
 * missed. Queries name the types that they show: their key begins with `live`, then a type or several.
 */
export function useLive(): Live {
  const client = useQueryClient()
  const { ask, expired } = useNode()
  const [lostSince, setLostSince] = useState<Date | null>(null)
  useEffect(() => {
    if (expired) return
    let last: number | undefined
    let pause = firstPause
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const changed = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined

    const refresh = () => {
      timer = undefined
      const types = new Set(changed)
      changed.clear()
      void client.invalidateQueries({
        predicate: ({ queryKey: [live, shown] }) =>
          live === 'live' && (Array.isArray(shown) ? shown.some((it) => types.has(it)) : types.has(String(shown))),
      })
    }
    const take = ({ data, lastEventId }: MessageEvent<string>) => {
      const { type, id } = JSON.parse(data) as FeedItem
      last = Number(lastEventId)
      changed.add(type).add(id)
      timer ??= setTimeout(refresh, 100) // many changes of one moment are one reading
    }
    const lose = () => {
      setLostSince((since) => since ?? new Date())
      // While the browser tries by itself there is nothing to do; it gives up on an answer that is no stream.
      if (source?.readyState !== EventSource.CLOSED || again !== undefined) return
      again = setTimeout(() => {
        again = undefined
        pause = Math.min(2 * pause, longestPause)
        // A session that has ended says so here; a node that is gone is tried again.
        ask('/api/v1/me').then(open, lose)
      }, pause)
    }
    const open = () => {
      source?.close()
      source = new EventSource(last === undefined ? '/api/v1/events' : `/api/v1/events?after=${last}`)
      source.addEventListener('open', (event) => {
        pause = firstPause
        setLostSince(null)
        // The node's own event of this name says where the stream begins.
        if (event instanceof MessageEvent && last === undefined) last = Number(event.lastEventId)
      })
      source.addEventListener('error', lose)
      for (const event of ['record', 'state', 'delivery', 'work', 'administration'])
        source.addEventListener(event, take)
    }
    const back = () => {
      clearTimeout(again)
      again = undefined
      if (source?.readyState !== EventSource.OPEN) open()
    }
    open()
    window.addEventListener('online', back)
    return () => {
      window.removeEventListener('online', back)
      clearTimeout(timer)
      clearTimeout(again)
      source?.close()
    }
  }, [client, ask, expired])
  return { lostSince }
}
