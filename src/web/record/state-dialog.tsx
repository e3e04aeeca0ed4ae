import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NameAndDo } from '../design/name-and-do'
import { useAsk } from '../node'
import type { Acting } from './acting'
import { RecallPlan } from './recall-plan'
import './acts.css'

type State = 'withdrawn' | 'suspended' | 'active'

/** The owner takes a record back, suspends it or lifts the suspension: every holder is told, and answers. */
export function ChangeState({ record, to, onClose }: Acting & { to: State }) {
  const { t } = useTranslation()
  const ask = useAsk()
  return (
    <NameAndDo
      title={t(`web.acts.state.${to}.title`, { name: record.caption })}
      act={t(`web.acts.state.${to}.act`)}
      reason={t('web.acts.state.reason')}
      final={to === 'withdrawn'}
      run={(reason) => ask(`/api/v1/records/${record.id}/recall`, { method: 'POST', body: { state: to, reason } })}
      onClose={onClose}
    >
      <Text>{t(`web.acts.state.${to}.text`)}</Text>
      {to === 'withdrawn' && <RecallPlan id={record.id} />}
    </NameAndDo>
  )
}
