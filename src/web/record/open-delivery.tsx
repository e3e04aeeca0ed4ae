import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../design/member-name'
import { NameAndDo } from '../design/name-and-do'
import { Failed } from '../design/states'
import { useAsk } from '../node'

/** What a person can do about a member who has not answered: try again now, or say that it was asked by other means. */
export function OpenDelivery({ record, member }: { record: string; member: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [following, setFollowing] = useState(false)
  const path = `/api/v1/records/${record}/holders/${member}`
  const retry = useMutation({ mutationFn: () => ask(`${path}/retry`, { method: 'POST' }) })
  return (
    <>
      <Group gap="sm">
        <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('web.acts.receipt.retry')}
          <span className="unseen">
            {' '}
            <MemberName id={member} />
          </span>
        </Button>
        <Button size="xs" variant="default" onClick={() => setFollowing(true)}>
          {t('web.acts.receipt.followUp')}
          <span className="unseen">
            {' '}
            <MemberName id={member} />
          </span>
        </Button>
      </Group>
      <span role="status" className="under">
        {retry.isSuccess && t('web.acts.receipt.retrying')}
      </span>
      {retry.error !== null && <Failed cause={retry.error} />}
      {following && (
        <NameAndDo
          title={t('web.acts.receipt.title')}
          act={t('web.acts.receipt.followUp')}
          reason={t('web.acts.receipt.reason')}
          run={(reason) => ask(`${path}/follow-up`, { method: 'POST', body: { reason } })}
          onClose={() => setFollowing(false)}
        >
          <p>
            <MemberName id={member} /> {t('web.acts.receipt.text')}
          </p>
        </NameAndDo>
      )}
    </>
  )
}
