import { Button, FileInput, Group, Progress, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Failed } from '../../web/design/states'
import { handIn, type Sent } from '../../web/hand-in'
import { useNode } from '../../web/node'
import limits from './batch-limits.json'
import type { ShownFile } from './shown'

const megabytes = Math.round(limits.fileBytes / 1_048_576)

/** Takes a file and leads on to its columns. */
export function HandIn() {
  const { t, i18n } = useTranslation()
  const { work } = useNode()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState<Sent>()
  const sending = useMutation({
    mutationFn: (one: File) =>
      handIn<Pick<ShownFile, 'batch' | 'survey'>>(one, { path: '/api/v1/batches', work, onSent: setSent }),
    onSuccess: async ({ batch }) => {
      await client.invalidateQueries({ queryKey: ['live', 'batch'] })
      await navigate({ to: `/screen/${batch.id}` as '/today' })
    },
    onSettled: () => setSent(undefined),
  })
  const tooLarge = file !== null && file.size > limits.fileBytes
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file !== null && !tooLarge) sending.mutate(file)
  }
  const label = t('screening.batch.sending', { name: file?.name ?? '' })
  return (
    <form onSubmit={submit} aria-label={t('screening.batch.handIn')}>
      <Stack gap="sm">
        <FileInput
          label={t('screening.batch.file')}
          description={t('screening.batch.fileText', {
            megabytes,
            rows: numberFormat(i18n.language).format(limits.rows),
          })}
          placeholder={t('screening.batch.choose')}
          value={file}
          onChange={setFile}
          accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
          error={tooLarge ? t('screening.batch.tooLarge', { megabytes }) : undefined}
          clearable
          maw={480}
        />
        {sent !== undefined && (
          <Progress.Root>
            <Progress.Section value={(100 * sent.sent) / Math.max(1, sent.total)} aria-label={label} />
          </Progress.Root>
        )}
        {sending.error !== null && <Failed cause={sending.error} />}
        <Group>
          <Button type="submit" disabled={file === null || tooLarge} loading={sending.isPending}>
            {t('screening.batch.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
