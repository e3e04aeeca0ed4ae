import { Button, Group, Modal, MultiSelect, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../web/design/member-name'
import type { ShownRecord } from '../../web/design/record-head'
import { Failed, Slow } from '../../web/design/states'
import { useNode, useSignedIn } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { Preview, type Previewed } from './console-preview'

interface Acting {
  readonly record: ShownRecord
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Before anything leaves: exactly what each recipient will see, and which rule withholds the rest. */
export function Share({ record, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('threats.cancel') }}
      title={t('threats.share.title', { name: record.caption })}
    >
      <ForWork>
        <Choose record={record} onDone={onDone} onClose={onClose} />
      </ForWork>
    </Modal>
  )
}

function Choose({ record, onDone, onClose }: Acting) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const { member: me } = useSignedIn()
  const members = useMembers()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const body = { with: { members: chosen } }
  const share = useMutation({
    mutationFn: () => ask(`/api/v1/records/${record.id}/share`, { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
      onClose()
    },
  })
  const preview = useQuery({
    queryKey: ['preview', record.id, record.version, chosen, work],
    queryFn: () => ask<{ recipients: Previewed[] }>(`/api/v1/records/${record.id}/preview`, { method: 'POST', body }),
    enabled: chosen.length > 0,
  })
  const recipients = preview.data?.recipients ?? []
  const refused = recipients.some((it) => !it.permit)
  return (
    <Stack gap="md">
      <MultiSelect
        label={t('threats.share.with')}
        data={members.filter((it) => it.id !== me.id).map((it) => ({ value: it.id, label: it.name }))}
        value={chosen}
        onChange={setChosen}
        searchable
        data-autofocus
      />
      {preview.error !== null && <Failed cause={preview.error} />}
      {preview.isFetching && <Slow lines={2} />}
      <Preview recipients={recipients} />
      {share.error !== null && <Failed cause={share.error} />}
      {refused && <Text size="xs">{t('threats.share.blocked')}</Text>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('threats.cancel')}
        </Button>
        <Button disabled={recipients.length === 0 || refused} loading={share.isPending} onClick={() => share.mutate()}>
          {t('threats.share.act', { number: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}
