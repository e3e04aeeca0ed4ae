import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * Filters of a page, kept in its address so that it can be reloaded and sent on. What a person types to find somebody is not
 * kept there: an address stays in the history of a machine that others use too, and in what they copy.
 */
export function useFilters<Name extends string>(
  names: readonly Name[],
): [Readonly<Record<Name, string | undefined>>, (change: Partial<Record<Name, string | undefined>>) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  const navigate = useNavigate()
  const filters = Object.fromEntries(
    names.map((it) => [it, search[it] === undefined ? undefined : String(search[it])]),
  ) as Record<Name, string | undefined>
  const change = (next: Partial<Record<Name, string | undefined>>) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: true })
  return [filters, change]
}
