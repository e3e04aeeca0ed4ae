import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { office } from '../../web/office'
import type { ShownBatch } from './shown'
import { useFilters } from './use-filters'

/** Fetches the results as CSV part by part, in the language of the page and as they are filtered, and hands them over as one file. */
export function Download({ batch }: { batch: ShownBatch }) {
  const { t, i18n } = useTranslation()
  const ask = useAsk()
  const [{ band }] = useFilters(['band'])
  const [fetched, setFetched] = useState<number>()
  const load = useMutation({
    mutationFn: async () => {
      const parts: string[] = []
      let after: number | null = 0
      while (after !== null) {
        const query = new URLSearchParams({ after: String(after), language: i18n.language })
        if (band !== undefined) query.set('band', band)
        const part: { text: string; next: number | null } = await ask(`/api/v1/batches/${batch.id}/csv?${query}`)
        parts.push(part.text)
        after = part.next
        if (after !== null) setFetched(after)
      }
      save(new Blob(parts, { type: 'text/csv;charset=utf-8' }), fileNameOf(batch))
    },
    onSettled: () => setFetched(undefined),
  })
  return (
    <>
      <Button variant="default" loading={load.isPending} onClick={() => load.mutate()}>
        {t('screening.batch.download')}
      </Button>
      <span role="status">
        {fetched !== undefined && t('screening.batch.downloading', { rows: fetched })}
        {load.isSuccess && t('screening.batch.downloaded')}
      </span>
      {load.error !== null && <Failed cause={load.error} />}
    </>
  )
}

/** Whoever finds the file later sees by its name that it is of an exercise. */
function fileNameOf({ name, id }: ShownBatch): string {
  const plain = name.replace(/\.[a-z]{2,6}$/i, '').replace(/[^\p{L}\p{N}_-]+/gu, '-') || id
  return `${office.exercise ? 'EXERCISE-' : ''}${plain}-results.csv`
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
