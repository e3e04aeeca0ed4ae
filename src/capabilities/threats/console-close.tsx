import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRecord } from '../../web/design/record-head'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

interface Acting {
  readonly record: ShownRecord
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Says to all who hold the warning that the threat is over, or never was. It is confirmed by its name and a reason. */
export function Close({ record, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const close = useMutation({
    mutationFn: () => ask(`/api/v1/threats/${record.id}/close`, { method: 'POST', body: { reason } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    close.mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('threats.cancel') }}
      title={t('threats.close.title', { name: record.caption })}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('threats.close.text')}</Text>
          <Textarea
            label={t('threats.reason')}
            dir="auto"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minLength={3}
            maxLength={1_000}
            required
            data-autofocus
          />
          {close.error !== null && <Failed cause={close.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('threats.cancel')}
            </Button>
            <Button type="submit" color="red" loading={close.isPending}>
              {t('threats.close.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
