import { useQuery } from '@tanstack/react-query'
import type { Mark } from '#protocol/handling'
import type { ListedMember } from '../design/member-name'
import type { ShownRecord } from '../design/record-head'
import { useAsk } from '../node'
import type { Body } from './facts'

/** What every dialog of an act is given. */
export interface Acting {
  readonly record: ShownRecord
  readonly onClose: () => void
}

export interface WholeRecord extends ShownRecord {
  readonly body: Body
  readonly marks: Readonly<Record<string, Mark>>
}

/** The record as its page has read it: the key is that of the page, so it is not read twice. */
export function useWhole({ type, id }: ShownRecord): { data: WholeRecord | undefined; error: Error | null } {
  const ask = useAsk()
  return useQuery({
    queryKey: ['live', [type, id], 'record', id],
    queryFn: () => ask<WholeRecord>(`/api/v1/records/${id}`),
  })
}

export interface Group {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
}

/** The directory as this office sees it: all members, and the groups that it belongs to itself. */
export function useDirectory(): { members: readonly ListedMember[]; groups: readonly Group[] } {
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['live', 'directory', 'members'],
    queryFn: () => ask<{ items: readonly ListedMember[]; groups: readonly Group[] }>('/api/v1/members'),
    staleTime: 300_000,
  })
  return { members: data?.items ?? [], groups: data?.groups ?? [] }
}
