import { Button, Group, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { NameAndDo } from '../../web/design/name-and-do'
import { useAsk } from '../../web/node'
import type { ShownPermission } from './console-shapes'

const usualDays = 30
const mostDays = 1_825

/** Grants for a time, or refuses: either way with a reason that the asker reads. */
export function Decide({ request: { id, asker, permits, recipients } }: { request: ShownPermission }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [decision, setDecision] = useState<'grant' | 'refuse'>()
  const [days, setDays] = useState<number | string>(usualDays)
  const granting = decision === 'grant'
  return (
    <>
      <Group gap="sm">
        <Button onClick={() => setDecision('grant')}>{t('records.decide.grant')}</Button>
        <Button variant="default" onClick={() => setDecision('refuse')}>
          {t('records.decide.refuse')}
        </Button>
        <Help about={t('records.permissions.one')} rule="protocol point 8">
          <p>{t('records.decide.help')}</p>
        </Help>
      </Group>
      {decision !== undefined && (
        <NameAndDo
          title={t(`records.decide.${decision}Title`)}
          act={granting ? t('records.decide.grantFor', { days }) : t('records.decide.refuse')}
          reason={t('records.decide.reason')}
          run={(reason) =>
            ask(`/api/v1/permission-requests/${id}/decision`, {
              method: 'POST',
              body: { decision, reason, ...(granting ? { days: Number(days) } : {}) },
            })
          }
          onClose={() => setDecision(undefined)}
        >
          <p>
            <MemberName id={asker} />: {t(`web.acts.permits.${permits}`)}{' '}
            {recipients.map((it) => (
              <MemberName key={it} id={it} />
            ))}
          </p>
          {granting && (
            <NumberInput
              label={t('records.decide.days')}
              value={days}
              onChange={setDays}
              min={1}
              max={mostDays}
              clampBehavior="strict"
              allowDecimal={false}
              required
            />
          )}
          {granting && permits === 'use-in-proceedings' && <p>{t('records.decide.second')}</p>}
        </NameAndDo>
      )}
    </>
  )
}
