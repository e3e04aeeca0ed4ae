import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRecord } from '../../web/design/record-head'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

/** Takes the record back from everybody. It is confirmed by its name, and by a reason that every holder is told. */
export function Recall({ record, onClose }: { record: ShownRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const recall = useMutation({
    mutationFn: () => ask(`/api/v1/records/${record.id}/recall`, { method: 'POST', body: { reason } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    recall.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={t('subjects.recall.title', { name: record.caption })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('subjects.recall.text')}</Text>
          <Textarea
            label={t('subjects.recall.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minLength={3}
            maxLength={1_000}
            required
            data-autofocus
          />
          {recall.error !== null && <Failed cause={recall.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('subjects.cancel')}
            </Button>
            <Button type="submit" color="red" loading={recall.isPending}>
              {t('subjects.recall.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
