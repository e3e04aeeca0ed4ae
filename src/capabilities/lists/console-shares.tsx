import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { MemberName } from '../../web/design/member-name'
import { NameAndDo } from '../../web/design/name-and-do'
import { Failed } from '../../web/design/states'
import { useAsk, useSignedIn } from '../../web/node'
import { AskingRules } from '../../web/record/second-person'
import type { ShownShare } from './console-shapes'

/** What waits for a second person before the list goes out; nothing where nothing waits. */
export function WaitingShares({ list }: { list: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { roles } = useSignedIn()
  const { data, error } = useQuery({
    queryKey: ['live', 'list-share', 'waiting'],
    queryFn: () => ask<{ items: readonly ShownShare[] }>('/api/v1/list-shares'),
    enabled: roles.some((it) => it === 'officer' || it === 'supervisor'),
  })
  if (error !== null) return <Failed cause={error} />
  const waiting = (data?.items ?? []).filter((it) => it.list === list && it.state === 'waiting')
  return waiting.map((it) => (
    <section key={it.id} className="waits" aria-label={t('web.acts.second.title')}>
      <p>
        <strong>{t('lists.share.waits', { name: it.asker.name })}</strong> <bdi>{it.reason}</bdi>
      </p>
      <p>
        {it.recipients.map((one) => (
          <span key={one} className="shared">
            <MemberName id={one} />
          </span>
        ))}
      </p>
      <AskingRules rules={it.rules} />
      <p className="under">
        {t('web.acts.second.until')} <Moment at={it.expiresAt} />
      </p>
      {it.mine || !roles.includes('supervisor') ? (
        <p className="under">{t('lists.share.notYou')}</p>
      ) : (
        <Decide share={it} />
      )}
    </section>
  ))
}

function Decide({ share: { id, title, recipients } }: { share: ShownShare }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [decision, setDecision] = useState<'approve' | 'refuse'>()
  const say = (it: 'approve' | 'refuse') => t(`lists.share.${it}`, { number: recipients.length })
  return (
    <>
      <Group gap="sm">
        <Button onClick={() => setDecision('approve')}>{say('approve')}</Button>
        <Button variant="default" onClick={() => setDecision('refuse')}>
          {say('refuse')}
        </Button>
      </Group>
      {decision !== undefined && (
        <NameAndDo
          title={t('lists.share.title', { list: title })}
          act={say(decision)}
          reason={t('lists.share.why')}
          run={(reason) => ask(`/api/v1/list-shares/${id}/decision`, { method: 'POST', body: { decision, reason } })}
          onClose={() => setDecision(undefined)}
        >
          <p>{t(`lists.share.${decision}Text`)}</p>
        </NameAndDo>
      )}
    </>
  )
}
