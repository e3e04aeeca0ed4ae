import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../../web/design/member-name'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
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

function Choose({ list, onClose, onDone }: Sharing) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const { member: me } = useSignedIn()
  const others = useMembers().filter((it) => it.id !== me.id)
  const [chosen, setChosen] = useState<string[]>([])
  const share = useMutation({
    mutationFn: () =>
      ask<{ recipients: string[] }>(`/api/v1/lists/${list.id}/share`, {
        method: 'POST',
        body: { with: { members: chosen } },
      }),
    onSuccess: async ({ recipients }) => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone(recipients)
    },
  })
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
      {share.error !== null && <Failed cause={share.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('lists.cancel')}
        </Button>
        <Button disabled={chosen.length === 0} loading={share.isPending} onClick={() => share.mutate()}>
          {t('lists.share.act', { members: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}
