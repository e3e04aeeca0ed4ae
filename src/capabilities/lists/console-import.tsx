import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Sent, sendFile } from '../../web/hand-in'
import { useAsk } from '../../web/node'
import type { PublishedList } from './console-shapes'

/** How often a running import is looked at again. */
const lookMilliseconds = 700

/** The lists with how each stands; looked at often while one is imported or screening has not caught up. */
export function useLists() {
  const ask = useAsk()
  const titleOf = useListTitle()
  return useQuery({
    queryKey: ['live', ['list'], 'lists'],
    queryFn: () => ask<{ items: readonly PublishedList[] }>('/api/v1/lists'),
    select: ({ items }) => ({ items: items.map((it) => ({ ...it, title: titleOf(it) })) }),
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? lookMilliseconds : false),
  })
}

/** The title of a list that every node knows in the language of the page; of one that was defined here, as it was given. */
export function useListTitle(): (list: { readonly id: string; readonly title: string }) => string {
  const { t, i18n } = useTranslation()
  return ({ id, title }) => (i18n.exists(`lists.titles.${id}`) ? t(`lists.titles.${id}`) : title)
}

export function isMoving({ last, entries, findable }: PublishedList): boolean {
  return last?.state === 'running' || findable < entries
}

export type Handing =
  | ({ readonly stage: 'upload'; readonly part: string } & Sent)
  | { readonly stage: 'failed'; readonly cause: Error }

export type Files = Readonly<Record<string, File>>

/**
 * Hands in the files of a list and has the node begin. How far the files are is kept beside what was read and not in the page, so
 * that one can leave the page and find it again; once they are at the node, the import needs no window at all.
 */
export function useImport({ id, parts }: PublishedList) {
  const ask = useAsk()
  const client = useQueryClient()
  const key = ['list-import', id]
  const { data: handing } = useQuery<Handing | null>({
    queryKey: key,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const show = (next: Handing | null) => void client.setQueryData<Handing | null>(key, next)

  async function begin(reason?: string) {
    const body = reason === undefined ? {} : { force: true, reason }
    await ask(`/api/v1/lists/${id}/imports`, { method: 'POST', body })
    await client.invalidateQueries({ queryKey: ['live'] })
    show(null)
  }

  async function guarded(act: () => Promise<void>) {
    try {
      await act()
    } catch (cause) {
      show({ stage: 'failed', cause: cause instanceof Error ? cause : new Error(String(cause)) })
    }
  }

  return {
    handing: handing ?? undefined,
    handIn: (files: Files) =>
      guarded(async () => {
        for (const part of parts) {
          const file = files[part]
          if (file === undefined) continue
          show({ stage: 'upload', part, sent: 0, total: file.size, rate: 0 })
          await sendFile(file, {
            method: 'PUT',
            address: `/api/v1/lists/${id}/parts/${part}`,
            onSent: (sent) => show({ stage: 'upload', part, ...sent }),
          })
        }
        await begin()
      }),
    /** With the files that the node has: it keeps them until an import succeeds. A reason overrides the checks. */
    again: (reason?: string) => guarded(() => begin(reason)),
    askSource: () =>
      guarded(async () => {
        await ask(`/api/v1/lists/${id}/download`, { method: 'POST', body: {} })
        await client.invalidateQueries({ queryKey: ['live'] })
      }),
  }
}
