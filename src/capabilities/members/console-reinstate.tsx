import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../../web/design/name-and-do'
import { useAsk } from '../../web/node'

interface Suspended {
  readonly member: string
  readonly name: string
  readonly suspended: string
}

/** Lifts the suspension that a fork brought: whose chain goes on is a judgement, so it is chosen and reasoned. */
export function Reinstate({ peer, onClose }: { peer: Suspended; onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [chain, setChain] = useState('ours')
  return (
    <NameAndDo
      title={t('members.peers.reinstateTitle', { name: peer.name })}
      act={t('members.peers.reinstate')}
      reason={t('members.peers.reason')}
      final
      run={(reason) => ask(`/api/v1/peers/${peer.member}/reinstate`, { method: 'POST', body: { chain, reason } })}
      onClose={onClose}
    >
      <Text>
        {t('members.peers.suspended')}: <bdi>{peer.suspended}</bdi>
      </Text>
      <Radio.Group label={t('members.peers.chain')} value={chain} onChange={setChain}>
        <Stack gap="xs" mt="xs">
          <Radio value="ours" label={t('members.peers.ours')} />
          <Radio value="theirs" label={t('members.peers.theirs')} />
        </Stack>
      </Radio.Group>
    </NameAndDo>
  )
}
