import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../node'

export interface ListedMember {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly country: string | null
}

/** The members of the federation, which every page names. */
export function useMembers(): readonly ListedMember[] {
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['live', 'directory', 'members'],
    queryFn: () => ask<{ items: ListedMember[] }>('/api/v1/members'),
    staleTime: 300_000,
  })
  return data?.items ?? []
}

/** A member by its name; its id stands in until the directory is read. */
export function MemberName({ id }: { id: string }) {
  const member = useMembers().find((it) => it.id === id)
  return (
    <bdi className="member" title={id}>
      {member?.country && <span className="country">{member.country}</span>}
      {member?.name.replace(' (EXERCISE)', '') ?? id}
    </bdi>
  )
}
