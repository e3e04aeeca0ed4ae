import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../../web/node'
import { type Sent, upload } from './console-upload'

export interface PublishedList {
  readonly id: string
  readonly title: string
  /** The first is needed, the others may be left out. */
  readonly parts: readonly string[]
  readonly entries: number
  readonly importedAt: string | null
  readonly generatedAt: string | null
}

export interface Report {
  readonly generatedAt: string | null
  readonly entries: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  readonly rejected: readonly { readonly where: string; readonly code: string; readonly reason: string }[]
  readonly seconds: number
}

export type Job =
  | ({ readonly stage: 'upload'; readonly part: string } & Sent)
  | { readonly stage: 'import'; readonly since: string }
  | { readonly stage: 'done'; readonly report: Report }
  | { readonly stage: 'failed'; readonly cause: Error }

export type Files = Readonly<Record<string, File>>

/**
 * The import of one list, from the first byte handed in to the report. It is kept beside what was read and not in the page,
 * so that one can leave the page and find it again; only closing the window ends what is being handed in.
 */
export function useImport({ id, parts }: PublishedList) {
  const ask = useAsk()
  const client = useQueryClient()
  const key = ['list-import', id]
  const { data: job } = useQuery<Job>({
    queryKey: key,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const show = (next: Job) => void client.setQueryData<Job>(key, next)

  async function finish(force: boolean) {
    show({ stage: 'import', since: new Date().toISOString() })
    const report = await ask<Report>(`/api/v1/lists/${id}/import`, { method: 'POST', body: { force } })
    show({ stage: 'done', report })
    await client.invalidateQueries({ queryKey: ['live'] })
  }

  async function guarded(act: () => Promise<void>) {
    try {
      await act()
    } catch (cause) {
      show({ stage: 'failed', cause: cause instanceof Error ? cause : new Error(String(cause)) })
    }
  }

  return {
    job,
    begin: (files: Files) =>
      guarded(async () => {
        for (const part of parts) {
          const file = files[part]
          if (file === undefined) continue
          show({ stage: 'upload', part, sent: 0, total: file.size, rate: 0 })
          await upload(`/api/v1/lists/${id}/parts/${part}`, file, (sent) => show({ stage: 'upload', part, ...sent }))
        }
        await finish(false)
      }),
    /** The files that were handed in are kept by the node until an import succeeds. */
    force: () => guarded(() => finish(true)),
  }
}
