import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** How the stream of changes stands: since when it is lost, if it is. */
export interface Live {
  readonly lostSince: Date | null
}

interface FeedItem {
  readonly type: string
  readonly id: string
}

/**
 * Follows what changes at the node and has what is shown of it read again. The browser reconnects by itself and says where
 * it was, so nothing is missed. Queries name the types that they show: their key begins with `live`, then a type or several.
 */
export function useLive(): Live {
  const client = useQueryClient()
  const [lostSince, setLostSince] = useState<Date | null>(null)
  useEffect(() => {
    const source = new EventSource('/api/v1/events')
    source.onopen = () => setLostSince(null)
    source.onerror = () => setLostSince((since) => since ?? new Date())
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
    const take = ({ data }: MessageEvent<string>) => {
      const { type, id } = JSON.parse(data) as FeedItem
      changed.add(type).add(id)
      timer ??= setTimeout(refresh, 100) // many changes of one moment are one reading
    }
    for (const event of ['record', 'state', 'delivery', 'work']) source.addEventListener(event, take)
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client])
  return { lostSince }
}
