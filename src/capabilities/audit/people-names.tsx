import { useQuery } from '@tanstack/react-query'
import type { Ask } from '../../web/ask'
import { useAsk, useSignedIn } from '../../web/node'

export interface NamedPerson {
  readonly id: string
  readonly name: string
  readonly username: string
}

const pagesAtMost = 20

/** Who an id stands for: the ledger has ids alone. */
export async function readPeopleNames(ask: Ask): Promise<readonly NamedPerson[]> {
  const people: NamedPerson[] = []
  let after = ''
  for (let page = 0; page < pagesAtMost; page++) {
    const { items, next } = await ask<{ items: readonly NamedPerson[]; next: string | null }>(
      `/api/v1/people?limit=200${after}`,
    )
    people.push(...items)
    if (next === null) break
    after = `&after=${encodeURIComponent(next)}`
  }
  return people
}

/** Empty until they are read, and for those who may not read them. */
export function usePeopleNames(): readonly NamedPerson[] {
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data } = useQuery({
    queryKey: ['live', 'person', 'names'],
    queryFn: () => readPeopleNames(ask),
    staleTime: 300_000,
    enabled: roles.some((it) => it === 'auditor' || it === 'supervisor' || it === 'administrator'),
  })
  return data ?? []
}

/** A person by name, with the id that the ledger has. */
export function PersonName({ id }: { id: string }) {
  const known = usePeopleNames().find((it) => it.id === id)
  return (
    <>
      {known !== undefined && <bdi>{known.name}</bdi>}
      <span className={known === undefined ? undefined : 'under'}>
        <bdi className="code">{id}</bdi>
      </span>
    </>
  )
}
