import { useQuery } from '@tanstack/react-query'
import { Refusal } from '../ask'
import { useAsk } from '../node'
import type { WholeRecord } from './acting'

/** A record that somebody edits, read once: what changes meanwhile is shown when it matters, and not under the hands of who types. */
export function useEdited(id: string) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['edited', id],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** Whether a save was refused because another version came first: `subjects/stale`, or two at one moment. */
export function isStale(cause: unknown): boolean {
  return cause instanceof Refusal && (cause.code.endsWith('/stale') || cause.code === 'store/conflict')
}
