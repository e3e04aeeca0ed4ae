import { Button } from '@mantine/core'
import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

/** A page of a list as the node gives it: where the next one begins, if there is one. */
export interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next: string | number | null
}

interface Reading<Page> {
  readonly queryKey: QueryKey
  /** Reads the page after this place; the first without one. */
  readonly read: (after: string | null) => Promise<Page>
  /** What was shown before stays while another filter is read. */
  readonly keepsBefore?: boolean
}

/** A list that is read page by page. */
export function usePages<Page extends PageOf<unknown>>({ queryKey, read, keepsBefore = false }: Reading<Page>) {
  return useInfiniteQuery<Page, Error, InfiniteData<Page, string | null>, QueryKey, string | null>({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null,
    getNextPageParam: ({ next }) => (next === null ? null : String(next)),
    ...(keepsBefore ? { placeholderData: (before: InfiniteData<Page, string | null> | undefined) => before } : {}),
  })
}

interface More {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** The button to the next page, where there is one. */
export function More({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: { of: More }) {
  const { t } = useTranslation()
  if (!hasNextPage) return null
  return (
    <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {t('web.list.more')}
    </Button>
  )
}
