import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../design/clock'
import { Help } from '../design/help'
import type { ShownHolding } from '../design/ledger'
import { Failed, Slow } from '../design/states'
import { useNode } from '../node'
import { ForWork } from '../work-bar'
import { type Acting, useDirectory, useWhole, type WholeRecord } from './acting'
import { ChooseRecipients } from './choose-recipients'
import { KeepFrom } from './keep-from'
import { type Previewed, RecipientPreview } from './recipient-preview'
import { type AskingRule, SecondPerson } from './second-person'
import { marksOf, membersOf, type Sharing } from './sharing'

interface Previewing {
  readonly recipients: readonly Previewed[]
  readonly rules: readonly AskingRule[]
}

interface Shared {
  readonly state: 'done' | 'waiting'
  readonly approval: string | null
  readonly expiresAt: string | null
}

/** Before anything leaves: exactly what each recipient will see, and which rule withholds the rest. */
export function ShareDialog({ record, onClose }: Acting) {
  const { t } = useTranslation()
  const { data, error } = useWhole(record)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('web.acts.share.title', { name: record.caption })}
      closeButtonProps={{ 'aria-label': t('web.cancel') }}
    >
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
  const [reason, setReason] = useState('')
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
    queryFn: () => ask<Previewing>(`/api/v1/records/${record.id}/preview`, { method: 'POST', body }),
    enabled: chosen.length > 0,
    gcTime: 0,
  })
  const { recipients = [], rules = [] } = chosen.length > 0 ? (preview.data ?? {}) : {}
  const waits = rules.length > 0
  const share = useMutation({
    mutationFn: () =>
      ask<Shared>(`/api/v1/records/${record.id}/share`, {
        method: 'POST',
        body: waits ? { ...body, reason: reason.trim() } : body,
      }),
    onSuccess: async ({ state }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      if (state === 'done') onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    share.mutate()
  }
  if (share.data?.state === 'waiting') return <Waiting {...share.data} onClose={onClose} />
  const refused = recipients.some((it) => !it.permit)
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group gap="sm">
          <Text size="xs">{t('web.acts.share.explained')}</Text>
          <Help about={t('web.acts.share.help')} rule="protocol point 3, TLP 2.0 (FIRST)">
            <p>{t('web.acts.share.helpText')}</p>
          </Help>
        </Group>
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
        {preview.isFetching && recipients.length === 0 && <Slow lines={2} />}
        <RecipientPreview type={record.type} body={record.body} recipients={recipients} />
        {waits && <SecondPerson rules={rules} reason={reason} onChange={setReason} />}
        {share.error !== null && <Failed cause={share.error} />}
        <Group justify="flex-end">
          {refused && <Text size="xs">{t('web.acts.share.blocked')}</Text>}
          <Button variant="default" onClick={onClose}>
            {t('web.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={recipients.length === 0 || refused || preview.isFetching}
            loading={share.isPending}
          >
            {t(waits ? 'web.acts.share.askFirst' : 'web.acts.share.act', { number: recipients.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** It has not left: what happens next, and where that is seen. */
function Waiting({ approval, expiresAt, onClose }: Shared & { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <Text fw={600}>{t('web.acts.second.waits')}</Text>
      <Text>
        {t('web.acts.second.until')} {expiresAt !== null && <Moment at={expiresAt} />}
      </Text>
      <Link to={`/approvals/${approval}` as '/today'}>{t('web.acts.second.follow')}</Link>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('web.acts.close')}</Button>
      </Group>
    </Stack>
  )
}
