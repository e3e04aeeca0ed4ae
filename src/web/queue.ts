import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsk, useSignedIn } from './node'
import type { QueueItem } from './part'
import { parts } from './parts'

export interface Queue {
  /** The clock that runs out first on top, then what waits longest. */
  readonly items: readonly QueueItem[]
  readonly waiting: boolean
  readonly failures: readonly { readonly name: string; readonly cause: Error; readonly retry: () => void }[]
}

/** What waits for this person, from every capability. */
export function useQueue(): Queue {
  const ask = useAsk()
  const { roles } = useSignedIn()
  const sources = useMemo(
    () => parts.flatMap((it) => it.queue ?? []).filter((it) => it.roles.some((role) => roles.includes(role))),
    [roles],
  )
  return useQueries({
    queries: sources.map((it) => ({ queryKey: ['live', it.types, 'queue', it.name], queryFn: () => it.read(ask) })),
    combine: (results) => ({
      items: results.flatMap((it) => it.data ?? []).sort(byClock),
      waiting: results.some((it) => it.isPending && it.error === null),
      failures: results.flatMap((it, at) =>
        it.error === null ? [] : [{ name: sources[at]!.name, cause: it.error, retry: () => void it.refetch() }],
      ),
    }),
  })
}

function byClock(a: QueueItem, b: QueueItem): number {
  if (a.due !== null && b.due !== null) return Date.parse(a.due.at) - Date.parse(b.due.at)
  if (a.due !== null || b.due !== null) return a.due !== null ? -1 : 1
  return Date.parse(a.since) - Date.parse(b.since)
}
