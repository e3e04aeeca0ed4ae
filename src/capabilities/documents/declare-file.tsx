import { Button, FileInput, Group, Progress, Stack, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Failed } from '../../web/design/states'
import { handIn, type Sent } from '../../web/hand-in'
import { useNode } from '../../web/node'
import limits from './limits.json'
import type { ShownFile } from './shown'

const megabytes = Math.round(limits.fileBytes / 1_048_576)

/** Takes a table of documents and begins to declare it under the header above. */
export function DeclareFile({ begin }: { begin: object }) {
  const { t, i18n } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState<Sent>()
  const sending = useMutation({
    mutationFn: async (one: File) => {
      const { id } = await handIn<ShownFile>(one, { path: '/api/v1/documents/files', work, onSent: setSent })
      return ask(`/api/v1/documents/files/${id}/begin`, { method: 'POST', body: begin })
    },
    onSettled: async () => {
      setSent(undefined)
      await client.invalidateQueries({ queryKey: ['live', 'document-file'] })
    },
    onSuccess: () => setFile(null),
  })
  const tooLarge = file !== null && file.size > limits.fileBytes
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (file !== null && !tooLarge) sending.mutate(file)
  }
  return (
    <form onSubmit={submit} aria-label={t('documents.file.title')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('documents.file.title')}
        </Title>
        <FileInput
          label={t('documents.file.choose')}
          description={t('documents.file.text', {
            rows: numberFormat(i18n.language).format(limits.fileRows),
            megabytes: numberFormat(i18n.language).format(megabytes),
          })}
          placeholder={t('documents.file.placeholder')}
          value={file}
          onChange={setFile}
          accept=".csv,.tsv,.txt,text/csv"
          error={tooLarge ? t('documents.file.tooLarge') : undefined}
          clearable
          maw={640}
        />
        {sent !== undefined && (
          <Progress.Root>
            <Progress.Section
              value={(100 * sent.sent) / Math.max(1, sent.total)}
              aria-label={t('documents.file.sending', { name: file?.name ?? '' })}
            />
          </Progress.Root>
        )}
        {sending.error !== null && <Failed cause={sending.error} />}
        <Group>
          <Button type="submit" disabled={file === null || tooLarge} loading={sending.isPending}>
            {t('documents.file.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
