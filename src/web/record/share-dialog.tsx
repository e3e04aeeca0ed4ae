import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownHolding } from '../design/ledger'
import { Failed, Slow } from '../design/states'
import { useNode } from '../node'
import { ForWork } from '../work-bar'
import { type Acting, useDirectory, useWhole, type WholeRecord } from './acting'
import { ChooseRecipients } from './choose-recipients'
import { KeepFrom } from './keep-from'
import { type Previewed, RecipientPreview } from './recipient-preview'
import { marksOf, membersOf, type Sharing } from './sharing'

/** Before anything leaves: exactly what each recipient will see, and which rule withholds the rest. */
export function ShareDialog({ record, onClose }: Acting) {
  const { t } = useTranslation()
  const { data, error } = useWhole(record)
  return (
    <Modal opened onClose={onClose} size="xl" title={t('web.acts.share.title', { name: record.caption })}>
      <ForWork>
        {error !== null && <Failed cause={error} />}
        {data === undefined && error === null && <Slow />}
        {data !== undefined && <Choose record={data} onClose={onClose} />}
      </ForWork>
    </Modal>
  )
}

const nobody: Sharing = { with: { members: [], groups: [], sectors: [] }, keptFrom: {} }

function Choose({ record, onClose }: { record: WholeRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const client = useQueryClient()
  const known = useDirectory()
  const [sharing, setSharing] = useState(nobody)
  const { data: ledger } = useQuery({
    queryKey: ['live', ['holding', record.id], 'holders', record.id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${record.id}/holders`),
  })
  const holders = ledger?.holders ?? []
  const chosen = membersOf(sharing.with, known).filter((it) => it.id !== record.owner)
  const marks = marksOf(sharing, record.marks, { known, holders: holders.map((it) => it.member) })
  const body = { with: sharing.with, marks }
  const preview = useQuery({
    queryKey: ['preview', record.id, record.version, body, work],
    queryFn: () => ask<{ recipients: Previewed[] }>(`/api/v1/records/${record.id}/preview`, { method: 'POST', body }),
    enabled: chosen.length > 0,
  })
  const share = useMutation({
    mutationFn: () => ask(`/api/v1/records/${record.id}/share`, { method: 'POST', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onClose()
    },
  })
  const recipients = preview.data?.recipients ?? []
  const refused = recipients.some((it) => !it.permit)
  return (
    <Stack gap="md">
      <ChooseRecipients
        owner={record.owner}
        known={known}
        holders={holders}
        chosen={sharing.with}
        onChange={(audience) => setSharing({ ...sharing, with: audience })}
      />
      {chosen.length > 0 && (
        <KeepFrom
          record={record}
          members={chosen}
          keptFrom={sharing.keptFrom}
          onChange={(keptFrom) => setSharing({ ...sharing, keptFrom })}
        />
      )}
      {preview.error !== null && <Failed cause={preview.error} />}
      {preview.isFetching && <Slow lines={2} />}
      {!preview.isFetching && <RecipientPreview record={record} recipients={recipients} />}
      {share.error !== null && <Failed cause={share.error} />}
      <Group justify="flex-end">
        {refused && <Text size="xs">{t('web.acts.share.blocked')}</Text>}
        <Button variant="default" onClick={onClose}>
          {t('web.cancel')}
        </Button>
        <Button
          disabled={recipients.length === 0 || refused || preview.isFetching}
          loading={share.isPending}
          onClick={() => share.mutate()}
        >
          {t('web.acts.share.act', { number: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}
