import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import type { Peer } from './console-peers'

/** Lifts the suspension that a fork brought: whose chain goes on is a judgement, so it is chosen and reasoned. */
export function Reinstate({ peer, onClose, onDone }: { peer: Peer; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [chain, setChain] = useState('ours')
  const [reason, setReason] = useState('')
  const reinstate = useMutation({
    mutationFn: () =>
      ask(`/api/v1/peers/${peer.member}/reinstate`, { method: 'POST', body: { chain, reason: reason.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['live'] })
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    reinstate.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={t('members.peers.reinstateTitle', { name: peer.name })}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>
            {t('members.peers.suspended')}: <bdi>{peer.suspended}</bdi>
          </Text>
          <Radio.Group label={t('members.peers.chain')} value={chain} onChange={setChain}>
            <Stack gap="xs" mt="xs">
              <Radio value="ours" label={t('members.peers.ours')} />
              <Radio value="theirs" label={t('members.peers.theirs')} />
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('members.peers.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minLength={3}
            maxLength={1_000}
            required
            data-autofocus
          />
          {reinstate.error !== null && <Failed cause={reinstate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('members.cancel')}
            </Button>
            <Button type="submit" color="red" loading={reinstate.isPending}>
              {t('members.peers.reinstate')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
