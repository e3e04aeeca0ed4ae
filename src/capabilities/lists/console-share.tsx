import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../web/ask'
import { Moment } from '../../web/design/clock'
import { useMembers } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { type AskingRule, SecondPerson } from '../../web/record/second-person'
import { ForWork } from '../../web/work-bar'
import type { PublishedList } from './console-shapes'

interface Sharing {
  readonly list: PublishedList
  readonly onClose: () => void
  readonly onDone: (recipients: readonly string[]) => void
}

/** A disclosure like any other: for a stated purpose, to members that are named. */
export function ShareList(sharing: Sharing) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={sharing.onClose} title={t('lists.share.title', { list: sharing.list.title })}>
      <ForWork>
        <Choose {...sharing} />
      </ForWork>
    </Modal>
  )
}

interface Shared {
  readonly state: 'done' | 'waiting'
  readonly recipients: readonly string[]
  readonly expiresAt: string | null
}

/** The rules that ask for a second person, once the node has said that some do. */
function rulesIn(error: Error | null): readonly AskingRule[] | undefined {
  if (!(error instanceof Refusal) || error.code !== 'lists/reason-missing') return undefined
  return error.details.rules as readonly AskingRule[]
}

function Choose({ list, onClose, onDone }: Sharing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { member: me } = useSignedIn()
  const others = useMembers().filter((it) => it.id !== me.id)
  const [chosen, setChosen] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const share = useMutation({
    mutationFn: () =>
      ask<Shared>(`/api/v1/lists/${list.id}/share`, {
        method: 'POST',
        body: { with: { members: chosen }, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
      }),
    onSuccess: async ({ state, recipients }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      if (state === 'done') onDone(recipients)
    },
  })
  const rules = rulesIn(share.error)
  if (share.data?.state === 'waiting') return <Waiting until={share.data.expiresAt} onClose={onClose} />
  return (
    <Stack gap="md">
      <Text>{t('lists.share.text', { entries: list.entries })}</Text>
      <Checkbox.Group label={t('lists.share.with')} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {others.map((it) => (
            <Checkbox key={it.id} value={it.id} label={<bdi>{it.name}</bdi>} />
          ))}
        </Stack>
      </Checkbox.Group>
      {rules !== undefined && <SecondPerson rules={rules} reason={reason} onChange={setReason} />}
      {share.error !== null && rules === undefined && <Failed cause={share.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('lists.cancel')}
        </Button>
        <Button
          disabled={chosen.length === 0 || (rules !== undefined && reason.trim().length < 3)}
          loading={share.isPending}
          onClick={() => share.mutate()}
        >
          {rules === undefined
            ? t('lists.share.act', { members: chosen.length })
            : t('web.acts.share.askFirst', { number: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}

/** Nothing has left: the second person finds it in Today. */
function Waiting({ until, onClose }: { until: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <Text fw={600}>{t('web.acts.second.waits')}</Text>
      <Text>
        {t('web.acts.second.until')} {until !== null && <Moment at={until} />}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('web.acts.close')}</Button>
      </Group>
    </Stack>
  )
}
